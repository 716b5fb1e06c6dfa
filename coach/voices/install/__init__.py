"""Voices that are downloaded, checked and installed."""
