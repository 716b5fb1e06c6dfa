"""Breathing on the steps: taught on the beat, then the voice leaves, then the ticks."""

from collections.abc import Iterator

from coach.blocks.kind import BlockContext, Kind, after, at, at_share, minutes_to_span, share
from coach.session.session import NO_BREATH, Cue

COUNTED_CYCLES = 3

ROOM_FOR_FREEDOM_S = 120.0

ROOM_FOR_RETURN_S = 170.0

ROOM_FOR_LEAVING_S = 15.0

TICKS_SHARE = 0.66

BREATH_SOUND_SHARE = 0.4


def cues(moment: BlockContext) -> Iterator[Cue]:
    """Explain, count together, let go; later a nudge and, when the ticks fade, a word about it."""
    if moment.breath == NO_BREATH:
        yield moment.cue("soften", level="essential")
        return
    yield moment.cue("opening", at(0.0), level="essential", fill=_spell_breath(moment))
    if moment.ticks_s > 0.0:
        yield moment.cue("together", after(1.0))
    yield moment.text(_write_count(moment), after(0.8))
    yield moment.cue("soften", after(2.0))
    if moment.lasts_s >= ROOM_FOR_FREEDOM_S:
        yield moment.cue("freedom", at_share(0.42))
    if 0.0 < moment.ticks_s < moment.lasts_s - ROOM_FOR_LEAVING_S:
        yield moment.cue("leave", at(moment.ticks_s))
    if moment.lasts_s >= ROOM_FOR_RETURN_S:
        yield moment.cue("return", at_share(0.85), level="extra")


def _spell_breath(moment: BlockContext) -> dict[str, str]:
    numbers = moment.wording.numbers
    return {"in": numbers[moment.breath.steps_in - 1], "out": numbers[moment.breath.steps_out - 1]}


def _write_count(moment: BlockContext) -> str:
    """A few whole breaths counted aloud, each word on its step: 'in, two, three, out, two, three'."""
    words = moment.wording
    cycle = [
        f"[{phase}] [step] {' [step] '.join([words.count[phase], *words.numbers[1:steps]])}"
        for phase, steps in (("in", moment.breath.steps_in), ("out", moment.breath.steps_out))
    ]
    return " ".join(cycle * COUNTED_CYCLES)


KIND = Kind(
    name="breathing",
    about="Breathing on your steps. It is taught on the beat; then the voice leaves, and then the ticks.",
    example=(
        ("lasts", "3m..5m"),
        ("breath", "3 in / 3 out"),
        ("ticks", "90s"),
    ),
    cues=cues,
    lasts=minutes_to_span(3, 5),
    ticks_s=share(TICKS_SHARE),
    breath_sound_s=share(BREATH_SOUND_SHARE),
)
