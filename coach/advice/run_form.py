"""How long a run of each form usually lasts."""

from collections.abc import Iterator

from coach.advice.plan_facts import PlanFacts, advice, lasting
from coach.diagnostics.problem import Problem
from coach.units import seconds_to_clock

# A reset run takes twenty to thirty minutes; a long one is for who has more time than that.
RESET_S = (1200.0, 1800.0)

LONG_FROM_S = 1800.0


def length_unusual(heard: PlanFacts) -> Iterator[Problem]:
    """A session's length is not what its form promises to who chooses by it."""
    form, length_s = heard.session.form, heard.length_s
    shortest, longest = map(lasting, RESET_S)
    if form == "reset" and not RESET_S[0] <= length_s <= RESET_S[1]:
        usual = f"a reset run lasts {shortest} to {longest}"
        way_out = "choose another `length`, or another form: " + ("long" if length_s > RESET_S[1] else "other")
    elif form == "long" and length_s < LONG_FROM_S:
        usual, way_out = f"a long run lasts {longest} or more", "choose a longer `length`, or another form: reset"
    else:
        return
    message = f"{usual}, and this one {lasting(length_s)}"
    yield advice(heard.session.where, "length-unusual", message, way_out)


# A mindful run has at most six cues, and no ticks after its opening, which is done in a quarter of the time.
MOST_CUES = 6

OPENING_SHARE = 0.25


def mindful_words(heard: PlanFacts) -> Iterator[Problem]:
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


def mindful_ticks(heard: PlanFacts) -> Iterator[Problem]:
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
