import pytest

from coach.blocks.registry import KINDS as BLOCKS
from coach.charts.palette import INKS, KINDS, blend, find_kind_colour, find_kind_ink, parse_rgb


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (part / 255 for part in parse_rgb(colour))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("words", ["ink", "muted"])
def test_text_has_contrast_by_day_and_by_night(words: str) -> None:
    for paper in ("paper", "bed"):
        assert contrast(INKS[words].day, INKS[paper].day) >= 4.5
        assert contrast(INKS[words].night, INKS[paper].night) >= 4.5


def test_every_kind_of_block_has_a_colour_of_its_own() -> None:
    assert set(BLOCKS) <= set(KINDS)
    assert len(set(KINDS.values())) == len(KINDS)


def test_an_unknown_kind_is_grey() -> None:
    assert find_kind_ink("zumba") == find_kind_ink('"/><script>') == "kind-other"
    assert find_kind_colour("zumba") == INKS["kind-other"].day == "#b8c2c9"


def test_colours_blend_by_shares() -> None:
    assert [blend("#000000", "#ff8040", share) for share in (0.0, 0.5, 1.0)] == ["#000000", "#804020", "#ff8040"]
