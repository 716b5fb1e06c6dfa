"""Voices: the `Voice` protocol, an engine per module, and the normalizer that every clip passes through."""
