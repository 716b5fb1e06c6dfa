"""Files and folders: atomic writes, disk errors, locks, hashes, and the folders for the user's data and caches."""
