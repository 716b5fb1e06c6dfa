"""Breathing at rest, standing still or sitting: in counts of a second, led at first, then in quiet."""

from collections.abc import Iterator

from coach.blocks.kind import BlockContext, Kind, minutes_to_span
from coach.session.session import NO_BREATH, After, Breath, Cue, FromEnd, FromStart

LED_CYCLES = 2
LED_SHARE = 0.25
LED_FROM_S = 2.0  # a shorter phase is over before its words are
TIME_PER_REMINDER_S = 100.0
MIN_LENGTH_FOR_CLOSING_S = 45.0
CLOSING_BEFORE_END_S = 12.0
CALMING = Breath(inhale=4, exhale=6, in_seconds=True)


def make_cues(context: BlockContext) -> Iterator[Cue]:
    """Come to rest; name the breath, and lead some; then be quiet, with a reminder now and then; at last, let it go.

    Another breath after one at rest is named and led once.
    """
    is_led = context.follows != "breathe"
    yield context.make_cue("opening" if is_led else "next", FromStart(seconds=0.0))
    if context.breath == NO_BREATH:
        yield context.make_cue("free", level="essential")
        return
    cycle = context.spell_cycle()
    if cycle:
        yield context.make_cue("cycle", After(seconds=2.0), level="essential", fill={"cycle": cycle})
    else:
        yield context.make_cue("follow", After(seconds=2.0), level="essential")
    most = max(1, min(LED_CYCLES, int(LED_SHARE * context.lasts_s / context.breath.length))) if is_led else 1
    led = [context.write_cycles(context.wording.led, cycles, least=LED_FROM_S) for cycles in range(most, 0, -1)]
    if led[0]:
        first = led[-1].split(" [")[0]
        yield context.make_text_cue("lead", tuple(dict.fromkeys((*led, first))), After(seconds=1.5))
    if is_led:
        yield context.make_cue("soften", After(seconds=2.0))
    yield from context.make_reminders(TIME_PER_REMINDER_S, variants=2, after=0.5)
    if context.lasts_s >= MIN_LENGTH_FOR_CLOSING_S:
        yield context.make_cue("closing", FromEnd(seconds=CLOSING_BEFORE_END_S))


KIND = Kind(
    name="breathe",
    about="Breathing at rest, standing still. Numbers are seconds, as nobody steps; the breath may be held.",
    example=(("lasts", "2m..4m"), ("breath", "4s in / 6s out")),
    make_cues=make_cues,
    order=("cycle", "follow", "free", "opening", "next", "closing", "lead", "soften", "remind"),
    running=False,
    lasts=minutes_to_span(2, 4),
    breath=CALMING,
    breath_sound_share=1.0,
)
