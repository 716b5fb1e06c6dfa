"""SHA-256 of files, in full or as a short identifier of their contents."""

import hashlib
from pathlib import Path


def compute_sha256(path: Path) -> str:
    """Compute the SHA-256 of a file, in 64 hexadecimal digits.

    Raises:
        OSError: The file cannot be read.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def hash_file(path: Path) -> str:
    """The first 16 digits of a file's SHA-256, which identify its contents in the identity of a voice.

    Raises:
        OSError: The file cannot be read.
    """
    return compute_sha256(path)[:16]
