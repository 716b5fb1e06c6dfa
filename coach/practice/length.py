"""How long a run of each form usually lasts."""

from collections.abc import Iterator

from coach.errors import Problem
from coach.practice.heard import Heard
from coach.practice.note import advice, lasting

# A reset run takes twenty to thirty minutes; a long one is for who has more time than that.
RESET_S = (1200.0, 1800.0)
LONG_FROM_S = 1800.0


def length_unusual(heard: Heard) -> Iterator[Problem]:
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
