import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from coach.charts.label_placement import LabelRequest, LabelRows, place_labels
from coach.charts.shapes import Label, Polyline

ROWS = LabelRows(baselines=(134.0, 119.0, 104.0), foot_y=142.0, size=12.0)
PLACES = st.floats(min_value=40.0, max_value=1160.0)
WORDS = st.text(alphabet="abc déW", min_size=1, max_size=60).map(str.strip).filter(bool)


def flag(x: float, text: str) -> LabelRequest:
    return LabelRequest(x=x, text=text, least_width=90.0, pole_ink="hair", text_ink="ink")


def raised(*flags: LabelRequest) -> list[tuple[float, str, float]]:
    """Where each pole stands, what it bears, and at what height; left to right."""
    shapes = list(place_labels(flags, ROWS))
    pairs = zip(shapes[::2], shapes[1::2], strict=True)
    return sorted(
        (pole.paths[0][0][0], label.text, label.at[1])
        for pole, label in pairs
        if isinstance(pole, Polyline) and isinstance(label, Label)
    )


def test_a_flag_with_room_stands_low_with_all_its_words() -> None:
    assert raised(flag(300.0, "Feel your feet on the ground.")) == [(300.0, "Feel your feet on the ground.", 134.0)]


def test_a_flag_whose_words_would_reach_the_next_pole_stands_higher() -> None:
    assert raised(flag(300.0, "Feel your feet."), flag(340.0, "And your hands.")) == [
        (300.0, "Feel your feet.", 119.0),
        (340.0, "And your hands.", 134.0),
    ]


def test_the_first_given_stay_where_not_all_find_room() -> None:
    crowd = [flag(300.0 + 12.0 * nth, f"Sentence {nth}") for nth in range(5)]
    assert [text for _, text, _ in raised(*crowd)] == ["Sentence 0", "Sentence 1", "Sentence 2"]
    assert [text for _, text, _ in raised(*reversed(crowd))] == ["Sentence 2", "Sentence 3", "Sentence 4"]


def test_words_at_the_right_edge_lean_back_from_their_pole() -> None:
    _, label = place_labels([flag(1150.0, "What feels lighter than before?")], ROWS)
    assert isinstance(label, Label)
    assert (label.anchor, label.at) == ("end", (1146.0, 104.0))


def test_long_words_are_shortened_at_a_space() -> None:
    long = "Breathe in for three steps, and out for three, and go on like that for a while."
    assert raised(flag(300.0, long)) == [(300.0, "Breathe in for three steps, and out…", 134.0)]


@settings(deadline=None, max_examples=80)
@given(st.lists(st.builds(flag, PLACES, WORDS), max_size=12))
def test_no_pole_and_no_words_cross_the_words_of_another(flags: list[LabelRequest]) -> None:
    shapes = list(place_labels(flags, ROWS))
    labels = [shape for shape in shapes if isinstance(shape, Label)]
    assert not any(one.box.meets(other.box) for one, other in itertools.combinations(labels, 2))
    assert not any(pole.box.meets(label.box) for pole in shapes if isinstance(pole, Polyline) for label in labels)
