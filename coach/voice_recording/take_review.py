"""Review of the cuts of a long take: keep those that are certain; ask the author about the others, or list them."""

from collections.abc import Callable, Iterable, Sequence

from coach.sounds.clip import Clip
from coach.text.console import echo_line
from coach.text.sanitize import clean_text
from coach.units import seconds_to_clock
from coach.voice_recording.pack_writer import PackWriter
from coach.voice_recording.recorder import RecordingPrompt, play_clip
from coach.voice_recording.take_splitter import TakeCut, cut_clip

CHOICES = "y: yes   h: hear   n: no   q: quit"


def keep_certain_cuts(cuts: Iterable[TakeCut], take: Clip, pack_writer: PackWriter) -> tuple[TakeCut, ...]:
    """Keep the cuts that are certain in the voice pack; return the others.

    Raises:
        ExternalError: the pack cannot be written.
    """
    uncertain: list[TakeCut] = []
    for cut in cuts:
        if cut.is_missing or not cut.sure:
            uncertain.append(cut)
        else:
            pack_writer.keep(cut.line, cut_clip(take, cut))
    return tuple(uncertain)


def review_cuts(
    cuts: Sequence[TakeCut],
    take: Clip,
    pack_writer: PackWriter,
    prompt: RecordingPrompt,
    play: Callable[[Clip], None] = play_clip,
) -> None:
    """Let the author decide about each uncertain cut; nothing is played unless it is asked for.

    Raises:
        ExternalError: the pack cannot be written, or there is nothing to play on.
    """
    for cut in cuts:
        prompt.show("")
        prompt.show(f"    {cut.line.caption}")
        if cut.is_missing:
            prompt.show("  This line was not heard; 'coach record' asks for it.")
            continue
        answer = prompt.ask(f"Is it from {_format_time(cut.start_s)} to {_format_time(cut.end_s)}?  {CHOICES}")
        while answer not in {"y", "n", "q"}:
            if answer == "h":
                play(cut_clip(take, cut))
            answer = prompt.ask(CHOICES)
        if answer == "q":
            break
        if answer == "y":
            pack_writer.keep(cut.line, cut_clip(take, cut))


def list_cuts(cuts: Iterable[TakeCut]) -> None:
    """Print where each uncertain line may be."""
    for cut in cuts:
        place = "not heard" if cut.is_missing else f"perhaps {_format_time(cut.start_s)} to {_format_time(cut.end_s)}"
        echo_line(f"  {place}  {clean_text(cut.line.caption)}")


def _format_time(seconds: float) -> str:
    """Format a time in a recording to a tenth of a second, as editors show it."""
    return f"{seconds_to_clock(seconds)}.{int(seconds * 10) % 10}"
