"""Duration estimates of speech from its text alone: for checking a session before any voice has spoken.

A linear fit to 45 cues per language as their default voices say them, fitted by least squares of the relative
error, plus a margin of 3 %. On whole sentences 9 of 10 estimates lie within 14 % (English) or 11 % (Dutch).
"""

from coach.languages import find_language_or_english
from coach.languages.text_normalizer import normalize_text
from coach.utterance import SpokenDuration, Utterance

_MARGIN = 1.03
_COUNTED = SpokenDuration(length_s=0.3, onset_s=0.08)
_UNSPOKEN = SpokenDuration(length_s=0.05, onset_s=0.0)
_ONSET_S = 0.2
_LONGEST_COUNTED_WORD = 10


def estimate_duration(utterance: Utterance) -> SpokenDuration:
    """Estimate how long an utterance will last; a recording counts as if its words were spoken."""
    text = normalize_text(utterance.text, utterance.language).lower()
    if not text:
        return _UNSPOKEN
    if utterance.counted and len(text) <= _LONGEST_COUNTED_WORD and " " not in text:
        return _COUNTED
    pace = find_language_or_english(utterance.language).pace
    return SpokenDuration(length_s=_MARGIN * pace.estimate_s(text), onset_s=_ONSET_S)
