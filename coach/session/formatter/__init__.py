"""Formatter of session files: one layout, which keeps every comment, quote and word."""
