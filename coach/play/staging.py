"""A session put on a stage: the first words are spoken first, the rest while it is heard."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial

from coach.audio import mastering
from coach.audio.soundbank import RATE_HZ, SoundBank, bell_length_s
from coach.errors import SessionError
from coach.play.known_level import recalled_db, remember
from coach.play.narrator import Booth, Narrator
from coach.play.performance import Performance
from coach.play.player import Player
from coach.play.stage import Stage
from coach.session.types import Session
from coach.sounds.clip import Clip
from coach.speech import Utterance
from coach.timeline.compile import compile_plan
from coach.timeline.plan import Plan, Wish
from coach.urgency import come_first


@contextmanager
def playing(stage: Stage, session: Session, wish: Wish, booth: Booth, delay_s: float) -> Iterator[Player]:
    """A player that has begun, or waits for the delay to end. Leaving it ends the sound softly, and closes the booth.

    Args:
        stage: where it is heard.
        session: what.
        wish: what differs from what the session says.
        booth: who speaks.
        delay_s: how long to wait first.

    Raises:
        SessionError: the session cannot be timed.
        UsageError: it does not speak the language, or there is no such voice.
        OutsideError: the voice failed.
    """
    narrator = Narrator(booth)
    bank = SoundBank(rate_hz=RATE_HZ, speech=narrator.clip)
    with stage.kept_full():
        plan = _planned(session, wish, narrator)
    performance = Performance(plan, bank, stage.deck, stage.outlet, level_db=recalled_db(plan.timeline) or 0.0)
    performance.begin(delay_s)
    player = Player(performance)
    over = threading.Event()
    narrating = threading.Thread(target=_narrate, args=(narrator, performance, player, over), name="narrator")
    player.start()
    narrating.start()
    try:
        yield player
    finally:
        player.stop()
        over.set()
        booth.close()
        narrating.join()
        player.join()


def _planned(session: Session, wish: Wish, narrator: Narrator) -> Plan:
    """A plan whose first words are spoken; where it cannot be made by estimate, all of them."""
    try:
        plan = compile_plan(session, wish, narrator.measure, bell_length_s)
    except SessionError:
        return compile_plan(session, wish, narrator.measure_spoken, bell_length_s)
    if narrator.speak_first(plan.timeline):
        plan = compile_plan(session, wish, narrator.measure, bell_length_s)
    return plan


def _narrate(narrator: Narrator, performance: Performance, player: Player, over: threading.Event) -> None:
    """Speak the rest of the session, then bring it to its loudness."""

    def clip(utterance: Utterance) -> Clip:
        if over.is_set():
            raise _OverError
        return narrator.clip(utterance)

    narrator.speak_rest(
        player.standing,
        on_more=lambda: player.wish(performance.plan_anew),
        on_missing=lambda: player.wish(performance.words_missing),
        is_over=over.is_set,
    )
    come_first()  # only now: whoever speaks might inherit it
    with suppress(_OverError):
        bank = SoundBank(rate_hz=RATE_HZ, speech=clip)
        timeline = performance.plan.timeline
        level_db = mastering.gain_db(timeline, bank, RATE_HZ)
        remember(timeline, level_db)
        player.wish(partial(performance.master, level_db))


class _OverError(Exception):
    """The run has ended; its loudness matters to no one any more."""
