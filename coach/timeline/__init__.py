"""Compile a session to the exact times of everything that is heard."""
