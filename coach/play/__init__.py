"""Sessions played live: the deck, the player, and the screens that show it."""
