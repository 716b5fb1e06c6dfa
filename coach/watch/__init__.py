"""Live preview of a session while it is being written: each save is shown and played on a local web page."""
