"""Encoders: a module for each kind of audio file, and the tags they carry."""
