"""QR code: what a camera reads off the terminal and off the picture."""

from io import BytesIO

import zxingcpp
from PIL import Image

from coach.send.qr_code import draw_qr_code, encode_qr_code

URL = "http://192.168.178.123:54321/Zm9vYmFyYmF6cXV4X3k-1w/"
HALVES = {" ": (0, 0), "▀": (1, 0), "▄": (0, 1), "█": (1, 1)}


def read(picture: Image.Image) -> str:
    (found,) = zxingcpp.read_barcodes(picture)
    return str(found.text)


def test_the_picture_is_read() -> None:
    assert read(Image.open(BytesIO(encode_qr_code(URL)))) == URL


def test_the_lines_in_the_terminal_are_read() -> None:
    lines = draw_qr_code(URL).splitlines()
    picture = Image.new("1", (len(lines[0]), 2 * len(lines)))
    for y, line in enumerate(lines):
        for x, sign in enumerate(line):
            for half, is_light in enumerate(HALVES[sign]):
                picture.putpixel((x, 2 * y + half), is_light)
    assert read(picture.convert("L").resize((8 * picture.width, 8 * picture.height), 0)) == URL


def test_it_fits_a_small_terminal() -> None:
    lines = draw_qr_code(URL).splitlines()
    assert len(lines) <= 20
    assert {len(line) for line in lines} == {33}
