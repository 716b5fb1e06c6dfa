"""YAML text to nodes that know their place, with its syntax errors and their fixes."""
