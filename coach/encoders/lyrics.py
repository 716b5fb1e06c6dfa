"""What is said, as text beside the sound: ``.lrc`` for music players, ``.vtt`` for browsers."""

import math
from collections.abc import Iterator

from coach.encoders.tags import Tags
from coach.units import seconds_to_ms

_MS_PER_SECOND = 1000

_MS_PER_MINUTE = 60 * _MS_PER_SECOND

_MS_PER_HOUR = 60 * _MS_PER_MINUTE

_LINGER_S = 4.0

_LRC_BRACKETS = str.maketrans("[]", "()")

_VTT_MARKUP = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def timed_lines(tags: Tags) -> Iterator[tuple[float, str]]:
    """Every line with the second at which it is first shown.

    Formats without ends show a line until the next: an empty one clears words that have been said for a while.
    """
    for number, line in enumerate(tags.lines, start=1):
        next_start_s = tags.lines[number].start_s if number < len(tags.lines) else math.inf
        yield line.start_s, line.text
        if next_start_s - line.end_s > _LINGER_S:
            yield line.end_s, ""


def lrc(tags: Tags) -> str:
    """The lines as an ``.lrc`` file. Its square brackets are markup, so those in a text become round."""
    head = (("ti", tags.title), ("ar", tags.artist), ("al", tags.album), ("la", tags.language))
    lines = [f"[{key}:{text.translate(_LRC_BRACKETS)}]" for key, text in head if text]
    lines += [f"[{_lrc_time(at_s)}]{text.translate(_LRC_BRACKETS)}" for at_s, text in timed_lines(tags)]
    return "".join(f"{line}\n" for line in lines)


def vtt(tags: Tags) -> str:
    """The lines as WebVTT, its markup escaped."""
    cues = (
        f"{vtt_time(line.start_s)} --> {vtt_time(line.end_s)}\n{line.text.translate(_VTT_MARKUP)}\n"
        for line in tags.lines
    )
    return "\n".join(["WEBVTT\n", *cues])


def _lrc_time(seconds: float) -> str:
    minutes, ms = divmod(seconds_to_ms(seconds), _MS_PER_MINUTE)
    return f"{minutes:02}:{ms // _MS_PER_SECOND:02}.{ms % _MS_PER_SECOND // 10:02}"


def vtt_time(seconds: float) -> str:
    """A time as ``hh:mm:ss.mmm``."""
    hours, ms = divmod(seconds_to_ms(seconds), _MS_PER_HOUR)
    minutes, ms = divmod(ms, _MS_PER_MINUTE)
    return f"{hours:02}:{minutes:02}:{ms // _MS_PER_SECOND:02}.{ms % _MS_PER_SECOND:03}"
