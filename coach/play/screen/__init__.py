"""What a runner sees during a run, drawn to be read at three metres."""
