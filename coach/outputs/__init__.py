"""Where finished sound goes: a module per kind of file."""
