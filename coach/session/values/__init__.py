"""The kinds of value that a session file holds: durations, cadences, breaths, places and others."""
