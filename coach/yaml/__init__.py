"""YAML: text to nodes with their places, syntax errors, and fixes of these."""
