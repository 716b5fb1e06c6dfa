"""Live playback of a session: the buffer, the thread that fills it, and the screens that show it."""
