"""QR code of an address, for the terminal and as a picture."""

from io import BytesIO, StringIO

_QUIET_MODULES = 2  # that many are enough on a screen, where the standard wants four on paper
_PIXELS_PER_MODULE = 10


def draw_qr_code(text: str) -> str:
    """Draw a code with half blocks, two rows to a line: light on a dark terminal, which phones read either way."""
    import segno  # noqa: PLC0415 - only where a code is shown

    out = StringIO()
    segno.make(text, micro=False, error="l").terminal(out, border=_QUIET_MODULES, compact=True)
    return out.getvalue().rstrip("\n")


def encode_qr_code(text: str) -> bytes:
    """Encode a code as a PNG, black on white."""
    import segno  # noqa: PLC0415 - as above

    out = BytesIO()
    segno.make(text, micro=False, error="m").save(out, kind="png", scale=_PIXELS_PER_MODULE)
    return out.getvalue()
