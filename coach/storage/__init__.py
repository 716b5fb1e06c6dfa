"""Files and folders: atomic writes, disk errors, locks, hashes, and where the user's data and caches lie."""
