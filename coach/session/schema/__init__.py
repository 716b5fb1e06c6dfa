"""The JSON Schema of session files, for editors."""
