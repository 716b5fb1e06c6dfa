"""Audio of a timeline: the sound of each event, mixing, mastering, and the gain cache."""
