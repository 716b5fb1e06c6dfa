"""Voice installation: download, verification and removal."""
