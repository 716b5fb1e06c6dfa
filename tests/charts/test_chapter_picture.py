"""Pictures of chapters: small JPEGs, each with its block's colour, words and place."""

from io import BytesIO

import pytest
import timeline_builders
from PIL import Image

from coach.charts.chapter_picture import LARGEST_BYTES, LARGEST_TOTAL_BYTES, draw_chapter_jpegs, lay_out_chapters
from coach.charts.palette import KINDS, parse_rgb
from coach.charts.shapes import Bar
from coach.timeline.timeline import Timeline

JPEG_ERROR = 3  # of 255, in an even area


def opened(data: bytes) -> Image.Image:
    image = Image.open(BytesIO(data))
    image.load()
    return image


def many(count: int) -> Timeline:
    blocks = [timeline_builders.planned("easy", n, n + 1.0, title="Één 🌲 en verder") for n in range(count)]
    return timeline_builders.timeline("Één 🌲", blocks, [])


def test_each_block_has_a_small_picture_in_its_colour() -> None:
    pictures = draw_chapter_jpegs(timeline_builders.reset_run("nl"))
    assert [opened(data).size for data in pictures] == [(600, 600)] * len(timeline_builders.PLAN)
    assert max(map(len, pictures)) <= LARGEST_BYTES
    for data, (kind, *_) in zip(pictures, timeline_builders.PLAN, strict=True):
        assert opened(data).getpixel((300, 480)) == pytest.approx(parse_rgb(KINDS[kind]), abs=JPEG_ERROR), kind


def test_all_pictures_of_a_session_are_bounded_together() -> None:
    pictures = draw_chapter_jpegs(many(45))
    assert sum(map(len, pictures)) <= LARGEST_TOTAL_BYTES
    assert {opened(data).size for data in pictures} == {(300, 300)}


def test_a_block_stands_out_where_it_is_and_shows_its_words() -> None:
    first, second, *_ = lay_out_chapters(timeline_builders.reset_run())
    bars = [shape for shape in second.shapes if isinstance(shape, Bar)]
    assert len([bar for bar in bars if bar.ink == "voice"]) == len(timeline_builders.ENGLISH["settle"][1])
    tall = [bar.box for bar in bars if bar.box.bottom - bar.box.top > 10]
    assert [(round(box.left), round(box.right)) for box in tall] == [(36, 69)]
    assert first.about == "0:00 – 1:30"


def test_no_blocks_have_no_pictures_and_any_name_can_be_drawn() -> None:
    assert draw_chapter_jpegs(timeline_builders.timeline("x", [], [], length_s=1.0)) == ()
    names = ("", "慢跑", "lang " * 80, "\x00\u202e<b>")
    blocks = [timeline_builders.planned("zumba", n, n, title=name) for n, name in enumerate(names)]
    assert all(draw_chapter_jpegs(timeline_builders.timeline("x", blocks, [], length_s=0.0)))
