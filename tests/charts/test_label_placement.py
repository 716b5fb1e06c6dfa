import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from coach.charts.label_placement import LabelRequest, LabelRows, place_labels
from coach.charts.shapes import Label, Polyline

ROWS = LabelRows(baselines=(134.0, 119.0, 104.0), foot_y=142.0, size=12.0)
PLACES = st.floats(min_value=40.0, max_value=1160.0)
WORDS = st.text(alphabet="abc déW", min_size=1, max_size=60).map(str.strip).filter(bool)


def request(x: float, text: str) -> LabelRequest:
    return LabelRequest(x=x, text=text, least_width=90.0, leader_ink="hair", text_ink="ink")


def place(*requests: LabelRequest) -> list[tuple[float, str, float]]:
    """Where each pole stands, what it bears, and at what height; left to right."""
    shapes = list(place_labels(requests, ROWS))
    pairs = zip(shapes[::2], shapes[1::2], strict=True)
    return sorted(
        (pole.paths[0][0][0], label.text, label.at[1])
        for pole, label in pairs
        if isinstance(pole, Polyline) and isinstance(label, Label)
    )


def test_a_label_with_room_is_low_and_whole() -> None:
    assert place(request(300.0, "Feel your feet on the ground.")) == [(300.0, "Feel your feet on the ground.", 134.0)]


def test_a_label_that_would_reach_the_next_leader_is_placed_higher() -> None:
    assert place(request(300.0, "Feel your feet."), request(340.0, "And your hands.")) == [
        (300.0, "Feel your feet.", 119.0),
        (340.0, "And your hands.", 134.0),
    ]


def test_the_first_labels_stay_where_not_all_fit() -> None:
    crowded = [request(300.0 + 12.0 * nth, f"Sentence {nth}") for nth in range(5)]
    assert [text for _, text, _ in place(*crowded)] == ["Sentence 0", "Sentence 1", "Sentence 2"]
    assert [text for _, text, _ in place(*reversed(crowded))] == ["Sentence 2", "Sentence 3", "Sentence 4"]


def test_a_label_at_the_right_edge_is_left_of_its_leader() -> None:
    _, label = place_labels([request(1150.0, "What feels lighter than before?")], ROWS)
    assert isinstance(label, Label)
    assert (label.anchor, label.at) == ("end", (1146.0, 104.0))


def test_a_long_label_is_shortened_at_a_space() -> None:
    long = "Breathe in for three steps, and out for three, and go on like that for a while."
    assert place(request(300.0, long)) == [(300.0, "Breathe in for three steps, and out…", 134.0)]


@settings(deadline=None, max_examples=80)
@given(st.lists(st.builds(request, PLACES, WORDS), max_size=12))
def test_no_leader_and_no_label_crosses_another_label(requests: list[LabelRequest]) -> None:
    shapes = list(place_labels(requests, ROWS))
    labels = [shape for shape in shapes if isinstance(shape, Label)]
    assert not any(one.box.meets(other.box) for one, other in itertools.combinations(labels, 2))
    assert not any(pole.box.meets(label.box) for pole in shapes if isinstance(pole, Polyline) for label in labels)
