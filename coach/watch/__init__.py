"""A session while it is being written: each save is seen and heard at once, on a page of this machine's own."""
