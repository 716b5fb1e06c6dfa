"""A fix is certain only if every word is still said, noted or set where it was."""

import pytest

from coach.blocks.registry import SYNTAX
from coach.diagnostics.edits import locate_edits
from coach.diagnostics.problem import Edit, Location
from coach.languages import LANGUAGES
from coach.session.reader import build_vocabulary
from coach.yaml.fix_safety import keeps_words
from coach.yaml.source_words import SourceWords

HEAD = "coach: 1\nlanguage: nl\ntitle: Rondje\nblocks:\n"
VOCABULARY = build_vocabulary(SYNTAX, LANGUAGES)


def _measure_common(one: str, other: str) -> int:
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def is_kept(before: str, after: str) -> bool:
    """Whether one line may become another, as one edit of what differs."""
    start, end = _measure_common(before, after), _measure_common(before[::-1], after[::-1])
    while start and before[start - 1] not in " {[":
        start -= 1
    end = min(end, len(before) - start, len(after) - start)
    while end and before[-end] not in " }],:":
        end -= 1
    location = Location(file="run.yaml", line=5, column=start + 1, end_column=len(before) - end + 1)
    words = SourceWords(text=f"{HEAD}{before}\n  - easy: 5m  # noot\n", vocabulary=VOCABULARY)
    edit = Edit(location=location, text=after[start : len(after) - end])
    return keeps_words(words, tuple(locate_edits(words.text, (edit,))))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("  - say: Let op: brug", '  - say: "Let op: brug"'),
        ("  - easy: {lasts: 5m, say: Adem, uit}", '  - easy: {lasts: 5m, say: "Adem, uit"}'),
        ("  - easy: {lasts: 5m  # open", "  - easy: {lasts: 5m}  # open"),
        ("  - easy: {last: 5m}", "  - easy: {lasts: 5m}"),
        ("  - easy: {duur: 5m}", "  - easy: {lasts: 5m}"),
        ("  - Rustig lopen: 5m", "  - easy: 5m"),
        ("  - easy: 5 minuten", "  - easy: 5m"),
        ("  - easy: 90 sec", "  - easy: 90s"),
        ("  - easy: 1,5 min", "  - easy: 90s"),
        ("  - easy: 3-5 min", "  - easy: 3m..5m"),
        ("  - easy: 1 uur en 5 min", "  - easy: 1h5m"),
        ("  - easy: {breath: 3-3}", "  - easy: {breath: 3 in / 3 out}"),
        ("  - say: Adem [2 sec] uit", "  - say: Adem [2s] uit"),
        ("  - silence 3m:", "  - silence: 3m"),
    ],
)
def test_a_fix_that_keeps_every_word_is_certain(before: str, after: str) -> None:
    assert is_kept(before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("  - easy: {lasts: 5m, say: Denk aan #werk}", "  - easy: {lasts: 5m, say: Denk aan} #werk}"),
        ('  - say: "Denk aan #werk', '  - say: "Denk aan" #werk'),
        ("  - say: 'Adem in  # foto's", "  - say: 'Adem in  # foto''s'"),
        ("  - easy: {lasts: 5m, say: Laat los, breathe}", "  - easy: {lasts: 5m, say: Laat los, breath}"),
        ("  - silence 3m:", "  - silence:"),
        ("  - easy 5m: {say: Hoi}", "  - easy: {say: Hoi}"),
        ("  - brisk 3x: 1m", "  - brisk: 1m"),
        ("  - easy slow: 5m", "  - easy: 5m"),
        ("  - easy: 5 min", "  - easy: 6m"),
        ("  - easy: 90 min", "  - easy: 90s"),
        ("  - say: Adem uit", "  - say: Ademuit"),
        ("  - say: Adem uit", "  - say: Adem"),
        ("  - say: Adem uit", "  - say: Uit adem"),
        ("  - say: Adem  # uit", '  - say: "Adem  # uit"'),
        ("  - say: Adem\u2028uit", "  - say: Ademuit"),
        ("  - say: Let op, lasts: 5m", '  - say: "Let op, lasts: 5m"'),
    ],
)
def test_a_fix_that_loses_joins_moves_or_turns_a_word_is_not(before: str, after: str) -> None:
    assert not is_kept(before, after)
