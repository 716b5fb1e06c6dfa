from io import BytesIO

import pytest
import timeline_builders
from PIL import Image

from coach.charts.cover import draw_cover_jpeg
from coach.charts.palette import INKS, KINDS, parse_rgb
from coach.timeline.timeline import Timeline

TITLE_ROWS = (0, 0, 1000, 470)
JPEG_ERROR = 3  # of 255, in an even area


def titled(title: str) -> Timeline:
    return timeline_builders.timeline(title, [timeline_builders.planned("easy", 0.0, 600.0)], [])


def opened(data: bytes) -> Image.Image:
    image = Image.open(BytesIO(data))
    image.load()
    return image


def inked(image: Image.Image, box: tuple[int, int, int, int]) -> tuple[int, int, int, int] | None:
    """The smallest box around what is nearly as dark as ink."""
    return image.crop(box).convert("L").point(lambda grey: 255 if grey < 90 else 0).getbbox()


def test_a_cover_is_a_small_square_jpeg() -> None:
    data = draw_cover_jpeg(timeline_builders.reset_run("nl"))
    image = opened(data)
    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (1000, 1000))
    assert len(data) <= 150_000


def test_the_same_timeline_gives_the_same_cover_and_another_title_another() -> None:
    assert draw_cover_jpeg(timeline_builders.reset_run("nl")) == draw_cover_jpeg(timeline_builders.reset_run("nl"))
    assert draw_cover_jpeg(titled("One")) != draw_cover_jpeg(titled("Two"))


def test_the_blocks_stand_along_the_foot_in_their_order_and_share() -> None:
    image = opened(draw_cover_jpeg(timeline_builders.reset_run()))
    start_s = 0.0
    for kind, lasts_s, _, _ in timeline_builders.PLAN:
        x = round(1000 * (start_s + lasts_s / 2.0) / 1440.0)
        assert image.getpixel((x, 990)) == pytest.approx(parse_rgb(KINDS[kind]), abs=JPEG_ERROR), kind
        start_s += lasts_s


@pytest.mark.parametrize(
    "title",
    [
        "Rust",
        "Korte reset-run",
        "Lichte intervallen tegen onrust",
        "Hottentottententententoonstellingsterrein",
        "lang " * 60,
    ],
)
def test_a_title_of_any_length_stays_within_its_margins(title: str) -> None:
    box = inked(opened(draw_cover_jpeg(titled(title))), TITLE_ROWS)
    assert box is not None
    left, top, right, bottom = box
    assert left >= 80
    assert top >= 75
    assert right <= 920
    assert bottom < 470


def test_a_short_title_is_large_enough_for_a_thumbnail() -> None:
    box = inked(opened(draw_cover_jpeg(titled("Reset"))), TITLE_ROWS)
    assert box is not None
    assert box[3] - box[1] >= 95
    small = opened(draw_cover_jpeg(titled("Reset"))).resize((100, 100))
    assert small.crop((8, 8, 45, 20)).convert("L").histogram()[:80] != [0] * 80


@pytest.mark.parametrize("title", ["🏃🏃🏃", "慢跑", "Пробіжка ввечері 5", "جري", "ריצה", "", "\x00\x1b"])
def test_the_length_takes_the_place_of_a_title_that_cannot_be_drawn(title: str) -> None:
    assert draw_cover_jpeg(titled(title)) == draw_cover_jpeg(titled("10 min"))


@pytest.mark.parametrize("title", ["Đorđe", "Þórr", "Café", "5 km", "Łódź naar zee"])
def test_a_title_with_letters_like_latin_ones_is_drawn(title: str) -> None:
    assert draw_cover_jpeg(titled(title)) != draw_cover_jpeg(titled("10 min"))


def test_emoji_are_left_out_of_a_title() -> None:
    assert draw_cover_jpeg(titled("Reset 🏃 run")) == draw_cover_jpeg(titled("Reset run"))


def test_the_sky_begins_as_paper() -> None:
    corner = opened(draw_cover_jpeg(titled("Reset"))).getpixel((999, 0))
    assert corner == pytest.approx(parse_rgb(INKS["paper"].day), abs=JPEG_ERROR)
