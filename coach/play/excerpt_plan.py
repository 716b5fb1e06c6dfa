"""A plan in which one excerpt is exactly as it will be heard, with no more spoken than that takes."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace

from coach.audio.soundbank import bell_length_s
from coach.diagnostics.problem import SessionError
from coach.play.excerpt import Excerpt
from coach.play.speech_prefetch import PrefetchSpeech, SpeechPrefetch
from coach.session.session import Session
from coach.timeline.compile import compile_plan
from coach.timeline.schedule import Plan, PlanOptions
from coach.timeline.timeline import Bed, Event, Speech, Tick, Timeline
from coach.utterance import SpokenDuration, Utterance
from coach.voices.duration_estimate import estimate

# So near an excerpt is what shapes its sound: a bell that still rings, a bed that fades, a voice about to come.
BEFORE_S, AFTER_S = 10.0, 5.0

# All words of a block together take so much of their estimate at least, and at most. A single one may lie outside.
QUICK, SLOW = 0.7, 1.4

Find = Callable[[Plan], Excerpt]


def plan_excerpt(session: Session, wish: PlanOptions, booth: PrefetchSpeech, find: Find) -> tuple[Plan, Excerpt]:
    """A plan, and an excerpt of it that is as the plan of all spoken words has it.

    Only the words near the excerpt are spoken, if it stays the same however long the others take; else all are.

    Args:
        session: the session.
        wish: what differs from what the session says.
        booth: who speaks.
        find: the excerpt of a plan.

    Raises:
        SessionError: the session cannot be timed.
        UsageError: it does not speak the language, or there is no such voice or excerpt.
        OutsideError: the voice failed.
    """
    guess = _Guess(booth=booth)
    with suppress(SessionError):  # by estimate; whether it really is one, the measured words will tell
        plan = compile_plan(session, wish, guess, bell_length_s)
        booth.prepare(_words_near(plan.timeline, find(plan)))
        quick, slow = (
            compile_plan(session, wish, _Guess(booth=booth, factor=factor), bell_length_s) for factor in (QUICK, SLOW)
        )
        excerpt = find(quick)
        if excerpt == find(slow) and _near(quick.timeline, excerpt) == _near(slow.timeline, excerpt):
            return quick, excerpt
    booth.prepare(list(guess.asked))
    plan = compile_plan(session, wish, SpeechPrefetch(booth).measure_spoken, bell_length_s)
    return plan, find(plan)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Guess:
    """Measures words: those that were never spoken by a multiple of their estimate. Remembers all it was asked."""

    booth: PrefetchSpeech
    factor: float = 1.0
    asked: dict[Utterance, None] = field(default_factory=dict)

    def __call__(self, utterance: Utterance) -> SpokenDuration:
        self.asked[utterance] = None
        known = self.booth.known(utterance)
        if known is not None:
            return known
        probably = estimate(utterance)
        return SpokenDuration(length_s=self.factor * probably.length_s, onset_s=self.factor * probably.onset_s)


def _words_near(timeline: Timeline, excerpt: Excerpt) -> list[Utterance]:
    """The words of all blocks near an excerpt: in its own, others may push it or make the block longer."""
    from_s, to_s = excerpt.start_s - BEFORE_S, excerpt.end_s + AFTER_S
    blocks = {i for i, block in enumerate(timeline.blocks) if block.start_s < to_s and block.end_s > from_s}
    return [event.utterance for event in timeline.events if isinstance(event, Speech) and event.block in blocks]


def _near(timeline: Timeline, excerpt: Excerpt) -> list[Event]:
    return list(_cut(timeline, excerpt.start_s - BEFORE_S, excerpt.end_s + AFTER_S))


def _cut(timeline: Timeline, from_s: float, to_s: float) -> Iterator[Event]:
    """The events in a stretch of time, beds only as far as they lie in it."""
    for event in timeline.events:
        end_s = event.start_s if isinstance(event, Tick) else event.end_s
        if event.start_s < to_s and end_s > from_s:
            yield replace(event, end_s=min(end_s, to_s)) if isinstance(event, Bed) else event
