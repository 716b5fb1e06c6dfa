"""Export: sessions as files in a folder for phones, watches and web spaces; podcast feeds; structured workouts."""
