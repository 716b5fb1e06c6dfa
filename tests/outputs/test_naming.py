import pytest

from coach.errors import UsageError
from coach.outputs.naming import chosen

NAMES = ["Built-in Audio", "Anna's Buds", "Buds", "Straße"]


@pytest.mark.parametrize(
    ("wanted", "place"), [("Built-in Audio", 0), ("AUDIO", 0), ("anna", 1), ("Buds", 2), ("STRASSE", 3)]
)
def test_a_device_is_meant_by_its_whole_name_or_a_part_that_fits_one_only(wanted: str, place: int) -> None:
    assert chosen(wanted, NAMES) == place


def test_of_two_with_the_same_name_the_first_is_meant() -> None:
    assert chosen("Buds", ["Speaker", "Buds", "Buds"]) == 1


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ("buds", '"buds" fits several devices: "Anna\'s Buds", "Buds"'),
        ("", '"" fits several devices: "Built-in Audio", "Anna\'s Buds", "Buds", "Straße"'),
        ("horn", 'there is no device "horn"; there are: "Built-in Audio", "Anna\'s Buds", "Buds", "Straße"'),
    ],
)
def test_what_fits_none_or_several_is_refused_with_the_names(wanted: str, message: str) -> None:
    with pytest.raises(UsageError) as refused:
        chosen(wanted, NAMES)
    assert str(refused.value) == message
