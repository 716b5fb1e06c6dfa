"""Labels in words: a key, a place, a note or a language, which may not be said, and what surely is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.blocks.registry import SYNTAX
from coach.languages import LANGUAGES
from coach.session.reader import build_vocabulary

VOCABULARY = build_vocabulary(SYNTAX, LANGUAGES)
TEXTS = st.lists(st.sampled_from(("Loop", "rustig", "adem", "uit", "brug", "Nog", "drie")), min_size=1, max_size=4)
KEYS = st.sampled_from(sorted(VOCABULARY.settings | VOCABULARY.texts))
PLACES = st.builds(
    "{}{}{}".format, st.sampled_from(("", "at ", "na ", "laatste ")), st.integers(1, 90), st.sampled_from("sm%")
)


@settings(deadline=None, max_examples=60)
@given(TEXTS, st.one_of(KEYS, PLACES, st.sampled_from(("note", "opmerking", "de", "Duits"))), st.sampled_from(",;\n"))
def test_every_label_before_a_text_or_behind_a_comma_is_found(words: list[str], label: str, sign: str) -> None:
    text = " ".join(words)
    assert VOCABULARY.find_label(f"{label}: {text}")
    assert VOCABULARY.find_label(f"{text}{sign} {label}: {text}")
    assert VOCABULARY.find_label(f"{text}{sign} {label}: {text}", is_flow=True)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Loop zacht., opmerking: brug", "note"),
        ("Loop zacht. N.B.: brug", "note"),
        ("note to self: slower", "note"),
        ("Run softly., volume: 80", "setting"),
        ("Loop, klueur: rood", None),
        ("Loop rustig. bell: start", "setting"),
        ("level extra: Kijk", "setting"),
        ("{at 30s: Loop}", "setting"),
        ("Run., de: Lauf", "language"),
        ("nl:Loop", "language"),
        ("-20s: Bijna.", "place"),
        ("laatste minuut: hou vol", "place"),
        ("Drie dingen, let op: brug", None),
        ("Nog 3 minuten: hou vol", None),
        ("Rustig: adem uit", None),
        ("Tip: adem uit", None),
        ("Om 10:30 uur, dan 2x", None),
        ("{name}, let op: brug", None),
        ("Kijk op http://example.org: daar", None),
    ],
)
def test_a_label_is_told_from_words_with_a_colon(words: str, kind: str | None) -> None:
    found = VOCABULARY.find_label(words)
    assert (found.kind if found else None) == kind


def test_between_brackets_a_word_with_a_colon_behind_a_comma_is_a_setting() -> None:
    assert VOCABULARY.find_label("Loop, klueur: rood", is_flow=True)
    assert VOCABULARY.find_label("Drie dingen, let op: brug", is_flow=True) is None
