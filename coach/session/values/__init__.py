"""The kinds of value that a session file holds, a module each: duration, span, cadence, breath, cue place."""
