"""Breathing on the steps: taught on the beat; then the voice stops, and later the ticks."""

from collections.abc import Iterator

from coach.blocks.kind import PHASES, BlockContext, Kind, minutes_to_span
from coach.session.session import NO_BREATH, After, AtShare, Cue, FromStart

COUNTED_CYCLES = 3
MIN_LENGTH_FOR_FREEDOM_S = 120.0
MIN_LENGTH_FOR_RETURN_S = 170.0
MIN_TIME_WITHOUT_TICKS_S = 15.0
TICKS_SHARE = 0.66
BREATH_SOUND_SHARE = 0.4


def make_cues(context: BlockContext) -> Iterator[Cue]:
    """Explain, count together, stop counting; later a reminder and, when the ticks fade, a cue that says so."""
    if context.breath == NO_BREATH:
        yield context.make_cue("soften", level="essential")
        return
    opening = "held" if context.breath.is_held else "opening"
    yield context.make_cue(opening, FromStart(seconds=0.0), level="essential", fill=_spell(context))
    if context.ticks_s > 0.0:
        yield context.make_cue("together", After(seconds=1.0))
    counted = _count_phases(context)
    counts = [context.write_cycles(counted, cycles) for cycles in range(COUNTED_CYCLES, 0, -1)]
    yield context.make_text_cue("count", counts, After(seconds=0.8))
    yield context.make_cue("soften", After(seconds=2.0))
    if context.lasts_s >= MIN_LENGTH_FOR_FREEDOM_S:
        yield context.make_cue("freedom", AtShare(share=0.42))
    if 0.0 < context.ticks_s < context.lasts_s - MIN_TIME_WITHOUT_TICKS_S:
        yield context.make_cue("leave", FromStart(seconds=context.ticks_s))
    if context.lasts_s >= MIN_LENGTH_FOR_RETURN_S:
        yield context.make_cue("return", AtShare(share=0.85), level="extra")


def _spell(context: BlockContext) -> dict[str, str]:
    wording, (steps_in, _, steps_out, _) = context.wording, map(int, context.breath.lengths)
    return {
        "in_steps": wording.count_steps(steps_in),
        "out_steps": wording.count_steps(steps_out),
        "out": wording.numbers[steps_out - 1],
        "cycle": context.spell_cycle(),
    }


def _count_phases(context: BlockContext) -> dict[str, str]:
    """Write how each phase is counted aloud, each word on its step: 'in, two, three', 'out, two, three'."""
    wording = context.wording
    return {
        phase: f"[step] {' [step] '.join([wording.count[phase], *wording.numbers[1 : int(steps)]])}"
        for (phase, _), steps in zip(PHASES, context.breath.lengths, strict=True)
    }


KIND = Kind(
    name="breathing",
    about="Breathing on your steps. It is taught on the beat; then the voice leaves, and then the ticks.",
    example=(
        ("lasts", "3m..5m"),
        ("breath", "3 in / 3 out"),
        ("ticks", "90s"),
    ),
    make_cues=make_cues,
    order=("opening", "held", "count", "soften", "together", "leave", "freedom", "return"),
    lasts=minutes_to_span(3, 5),
    ticks_share=TICKS_SHARE,
    breath_sound_share=BREATH_SOUND_SHARE,
)
