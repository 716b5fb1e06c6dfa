from io import BytesIO

import timeline_builders
from PIL import Image

from coach.charts.palette import INKS, parse_rgb
from coach.charts.png import timeline_to_png


def opened(data: bytes) -> Image.Image:
    image = Image.open(BytesIO(data))
    image.load()
    return image


def test_the_picture_opens_at_twice_the_size_of_the_svg() -> None:
    image = opened(timeline_to_png(timeline_builders.reset_run("nl", bed=True)))
    assert (image.format, image.mode, image.size) == ("PNG", "RGB", (2400, 720))


def test_the_same_timeline_gives_the_same_bytes() -> None:
    assert timeline_to_png(timeline_builders.reset_run("nl")) == timeline_to_png(timeline_builders.reset_run("nl"))


def test_blocks_have_their_colours_where_they_lie() -> None:
    image = opened(timeline_to_png(timeline_builders.reset_run()))
    middle_of_block = {"check-in": 45.0, "breathing": 480.0, "silence": 1080.0, "reflect": 1410.0}
    for kind, time_s in middle_of_block.items():
        x = 2 * (40.0 + 1120.0 * time_s / 1440.0)
        assert image.getpixel((round(x), 2 * 265)) == parse_rgb(INKS[f"kind-{kind}"].day), kind
    assert image.getpixel((5, 5)) == parse_rgb(INKS["paper"].day)


def test_hostile_and_unknown_characters_do_no_harm() -> None:
    hostile = "🏃\x00 <script> \u202e 慢跑 " + "lang " * 80
    plan = timeline_builders.timeline(hostile, [timeline_builders.planned("zumba", 0.0, 60.0, title=hostile)], [])
    assert opened(timeline_to_png(plan)).size == (2400, 720)
