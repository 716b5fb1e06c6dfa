"""Onto the phone: one page on the local network that plays rendered sessions and lets a phone save them."""
