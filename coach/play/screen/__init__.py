"""Terminal screen of a run, large enough to be read at three metres."""
