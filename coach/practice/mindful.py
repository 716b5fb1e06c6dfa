"""The form `mindful`: hardly a word, and no ticks once the run has begun."""

from collections.abc import Iterator

from coach.errors import Problem
from coach.practice.heard import Heard
from coach.practice.note import advice
from coach.units import seconds_to_clock

# A mindful run has at most six cues, and no ticks after its opening, which is done in a quarter of the time.
MOST_CUES = 6
OPENING_SHARE = 0.25


def mindful_words(heard: Heard) -> Iterator[Problem]:
    """More is said than six times."""
    if heard.session.form != "mindful" or len(heard.said) <= MOST_CUES:
        return
    seventh = heard.said[MOST_CUES]
    yield advice(
        seventh.where,
        "mindful-words",
        f"a mindful run speaks six times, and this one {len(heard.said)} times{heard.tongue}; the seventh is here",
        "leave some words out, with `say: none` or one cue where a kind has several, or choose another `form`",
    )


def mindful_ticks(heard: Heard) -> Iterator[Problem]:
    """It ticks after the opening."""
    opening_s = OPENING_SHARE * heard.length_s
    late_s = next((tick_s for tick_s in heard.ticks_s if tick_s > opening_s), None)
    if heard.session.form != "mindful" or late_s is None:
        return
    block = heard.blocks[heard.plan.score.grid.block_at(late_s)]
    yield advice(
        heard.places.setting(block.where, "ticks") or block.where,
        "mindful-ticks",
        f"it still ticks at {seconds_to_clock(late_s)}, and a mindful run is without ticks after its opening",
        "write `ticks: off` in this block, or a shorter time, like `ticks: 45s`",
    )
