"""Wording that does not belong in a mindful run, as a list of patterns for each language."""

import re
from dataclasses import dataclass
from typing import Literal

Subject = Literal["distance", "pace", "records", "calories", "goals", "effort", "cure"]


@dataclass(frozen=True, kw_only=True, slots=True)
class LexiconPhrase:
    """A way of speaking of a subject.

    ``stem`` is a piece that every match holds, so that most texts are done with at once; ``pattern`` matches whole
    words, whatever their case.
    """

    subject: Subject
    stem: str
    pattern: str

    def find(self, sentence: str) -> re.Match[str] | None:
        """The first match in a sentence, whose apostrophes are straight."""
        if self.stem not in sentence.casefold():
            return None
        return re.search(rf"(?<!\w)(?:{self.pattern})(?!\w)", sentence, re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Lexicon:
    """How a language speaks of goals, and of cures.

    ``denial`` matches what takes a sentence's sting away, as 'no' and 'forget' do; ``perhaps`` what leaves open
    whether it will be so, and so is no promise.
    """

    phrases: tuple[LexiconPhrase, ...]
    denial: re.Pattern[str]
    perhaps: re.Pattern[str]


def phrases(subject: Subject, patterns: dict[str, str]) -> tuple[LexiconPhrase, ...]:
    """Phrases of one subject, from patterns by stem."""
    return tuple(LexiconPhrase(subject=subject, stem=stem, pattern=pattern) for stem, pattern in patterns.items())
