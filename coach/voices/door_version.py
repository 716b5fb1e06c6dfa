"""The version of what the door does to a clip; a change there that can be heard makes it one more."""

DOOR_VERSION = 1
