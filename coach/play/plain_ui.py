"""A run as plain lines, where there is no terminal to draw on."""

from collections.abc import Callable, Iterator

from coach.languages.registry import find_language
from coach.play.playback_status import Controls, PlaybackStatus
from coach.play.screen.presenter import format_notice
from coach.text.cell_width import clean_text
from coach.units import seconds_to_clock, seconds_to_text

POLL_S = 0.1

WORTH_TELLING_S = 1.0

Write = Callable[[str], None]

SleepSeconds = Callable[[float], None]


def print_run(controls: Controls, *, write: Write, wait: SleepSeconds) -> bool:
    """Write a line for each block and each stretch of words as they begin to be heard, until the run has ended.

    Args:
        controls: the run.
        write: takes one line without its end.
        wait: waits so many seconds between two looks. Ctrl-C stops the run; a second one is passed on.

    Returns:
        Whether the run went to its end without a Ctrl-C.
    """
    told: PlaybackStatus | None = None
    stopping = False
    while True:
        try:
            now = controls.standing()
            if now.state == "ended":
                return not stopping
            lines, told = tuple(_describe_changes(told, now)), now
            for line in lines:
                write(line)
            wait(POLL_S)
        except KeyboardInterrupt:
            if stopping:
                raise
            stopping = True
            controls.stop()


def _describe_changes(told: PlaybackStatus | None, now: PlaybackStatus) -> Iterator[str]:
    """The lines for what has changed between two standings."""
    clock = seconds_to_clock(now.position_s)
    words = find_language(now.timeline.language).screen
    if now.state == "waiting":
        if told is None and now.starts_in_s >= WORTH_TELLING_S:
            yield words.lines_waiting.format(clock=seconds_to_clock(round(now.starts_in_s)))
    elif told is None or told.state == "waiting" or now.block != told.block or now.position_s < told.position_s:
        block = now.timeline.blocks[now.block]
        yield f"{clock}  {clean_text(block.title)}, {seconds_to_text(round(block.end_s - block.start_s))}"
    if now.state in {"paused", "lost"} and (told is None or now.state != told.state):
        yield f"{clock}  {words.paused_title if now.state == 'paused' else words.lost_title}"
    if now.notice is not None and (told is None or now.notice != told.notice):
        yield f"{clock}  {format_notice(now.notice, words)}"
    if now.speech is not None and (told is None or now.speech != told.speech) and not now.speech.utterance.counted:
        yield f"{clock}    {clean_text(now.speech.text)}"
