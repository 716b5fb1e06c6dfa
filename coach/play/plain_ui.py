"""Plain-text output of a run, where there is no terminal to draw on."""

from collections.abc import Callable, Iterator

from coach.languages import find_language
from coach.play.playback_status import Controls, PlaybackStatus
from coach.play.screen.presenter import format_notice
from coach.text.sanitize import clean_text
from coach.units import seconds_to_clock, seconds_to_text

POLL_S = 0.1
MIN_ANNOUNCED_DELAY_S = 1.0

Write = Callable[[str], None]

SleepSeconds = Callable[[float], None]


def print_run(controls: Controls, *, write: Write, wait: SleepSeconds) -> bool:
    """Write a line for each block and each utterance as it begins to be heard, until the run has ended.

    ``write`` takes one line without its end. ``wait`` sleeps for that many seconds between two polls; Ctrl-C stops the
    run, and a second one is passed on.

    Returns:
        Whether the run reached its end without a Ctrl-C.
    """
    shown: PlaybackStatus | None = None
    stopping = False
    while True:
        try:
            now = controls.get_status()
            if now.state == "ended":
                return not stopping
            lines, shown = tuple(_describe_changes(shown, now)), now
            for line in lines:
                write(line)
            wait(POLL_S)
        except KeyboardInterrupt:
            if stopping:
                raise
            stopping = True
            controls.stop()


def _describe_changes(shown: PlaybackStatus | None, now: PlaybackStatus) -> Iterator[str]:
    """List the lines for what has changed between two statuses."""
    clock = seconds_to_clock(now.position_s)
    words = find_language(now.timeline.language).screen
    if now.state == "waiting":
        if shown is None and now.starts_in_s >= MIN_ANNOUNCED_DELAY_S:
            yield words.lines_waiting.format(clock=seconds_to_clock(round(now.starts_in_s)))
    elif shown is None or shown.state == "waiting" or now.block != shown.block or now.position_s < shown.position_s:
        block = now.timeline.blocks[now.block]
        yield f"{clock}  {clean_text(block.title)}, {seconds_to_text(round(block.end_s - block.start_s))}"
    if now.state in {"paused", "lost"} and (shown is None or now.state != shown.state):
        yield f"{clock}  {words.paused_title if now.state == 'paused' else words.lost_title}"
    if now.notice is not None and (shown is None or now.notice != shown.notice):
        yield f"{clock}  {format_notice(now.notice, words)}"
    if now.speech is not None and (shown is None or now.speech != shown.speech) and not now.speech.utterance.counted:
        yield f"{clock}    {clean_text(now.speech.text)}"
