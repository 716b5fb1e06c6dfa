"""Sound synthesis, decoding and measurement; every sound is a `Clip`."""
