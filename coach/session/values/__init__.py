"""The kinds of value that a session file holds, a module each: how it is read, written, corrected and described."""
