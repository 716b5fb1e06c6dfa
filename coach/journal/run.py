"""One run as the diary keeps it."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, get_args

from coach.languages.screen_words import Need

Ended = Literal["finished", "walked-out", "stopped", "open"]

CALMEST, TENSEST = 1, 10


def _new_id() -> str:
    return uuid.uuid4().hex


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """A run, with the answers that were given before and after it; None is what was not asked or not answered.

    Attributes:
        started_at: when the check-in began, in local time with its offset.
        language: the language the runner was spoken to in.
        session: the session's name or path; as its title, form, length and cadence, None until one is chosen.
        title: the session's title, in the run's language.
        form: the session's form, such as ``reset``.
        length_s: how long the session was planned to last.
        cadence_spm: the cadence it was begun with, in steps per minute.
        ran_s: how much of the session was heard.
        ended: ``finished``; ``walked-out`` or ``stopped`` before its end; ``open`` as long as it is going on, and
            for good if the computer went off meanwhile.
        tension_before: from 1 (calm) to 10 (very tense).
        tension_after: the same, after the run.
        need: what the runner needed.
        wanted_s: how long the runner wanted to run.
        lighter: what feels lighter than before, in the runner's words.
        id: 32 hexadecimal digits, chosen at random.

    Raises:
        ValueError: ``started_at`` has no offset, or an answer is none of those that can be given.
    """

    started_at: datetime
    language: str
    session: str | None = None
    title: str | None = None
    form: str | None = None
    length_s: float | None = None
    cadence_spm: float | None = None
    ran_s: float = 0.0
    ended: Ended = "open"
    tension_before: int | None = None
    tension_after: int | None = None
    need: Need | None = None
    wanted_s: float | None = None
    lighter: str | None = None
    id: str = field(default_factory=_new_id)

    def __post_init__(self) -> None:
        if self.started_at.utcoffset() is None:
            raise ValueError("a run starts at a time whose offset is known")
        tensions = {self.tension_before, self.tension_after} - {None, *range(CALMEST, TENSEST + 1)}
        others = {self.need, self.ended} - {None, *get_args(Need), *get_args(Ended)}
        if tensions or others:
            raise ValueError(f"no answer can be {', '.join(map(repr, tensions | others))}")
