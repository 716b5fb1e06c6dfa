"""The words of a new session in one language: what it says, and what it tells its author."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class NewSessionWords:
    """The words of one language.

    ``head`` are the lines at the top. ``keys`` are short remarks on the keys, ``kinds`` one on each kind of block,
    ``mindful`` those that are other in a mindful run; ``about`` says for each form what it is for. ``look`` is a text
    of the author's own, ``said`` what a mindful run says, by kind, and ``own`` what to know of words of one's own.
    """

    head: tuple[str, ...]
    keys: Mapping[str, str]
    kinds: Mapping[str, tuple[str, ...]]
    mindful: Mapping[str, tuple[str, ...]]
    about: Mapping[str, str]
    look: str
    said: Mapping[str, str]
    own: tuple[str, ...]
    replaced: str
    just_running: str
    easy_between: str
