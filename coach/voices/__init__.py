"""Voices: a small boundary, a module per engine, and one door every clip goes through."""
