"""Speech engines, one per module."""
