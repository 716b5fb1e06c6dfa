"""Sounds made from nothing but arithmetic, and the `Clip` that every sound is."""
