"""The language: from YAML text to a checked, frozen `Session`."""
