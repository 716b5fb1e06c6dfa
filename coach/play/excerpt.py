"""Excerpts of a session: the part that a block or a line is, the plan in which it is exact, and its playback."""

import itertools
import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace

import numpy as np

from coach.audio import mastering
from coach.audio.mastering import recall_gain_db, remember_gain
from coach.audio.mixer import Envelope, Mixer
from coach.audio.soundbank import RATE_HZ, SoundBank, measure_bell_length_s
from coach.devices.reconnecting_device import ReconnectingDevice
from coach.diagnostics.did_you_mean import did_you_mean
from coach.diagnostics.problem import Location, SessionError
from coach.errors import ExternalError, UsageError
from coach.play.playback_buffer import PlaybackBuffer, SampleSource, SwitchPoint
from coach.play.playback_session import QUIET_FIRST_S, SPLICE_S
from coach.play.sample_sources import FADE_OUT_S, Mix, play_floor, play_until
from coach.play.speech_prefetch import SpeechPrefetch
from coach.session.session import Cue, Session
from coach.session.source_map import SourceCue, SourceMap
from coach.sounds.beds import FLOOR, make_bed
from coach.sounds.clip import Samples
from coach.timeline.block_settings_and_guidance import GUIDANCE
from coach.timeline.compile import compile_plan
from coach.timeline.cue_scheduling import TINY_S, Caption
from coach.timeline.schedule import Plan, PlanOptions
from coach.timeline.timeline import Bed, Bell, Event, PlannedBlock, Speech, Tick, Timeline
from coach.translation import _
from coach.units import frames_to_seconds, seconds_to_frames
from coach.utterance import SpokenDuration, Utterance
from coach.voices.duration_estimate import estimate_duration
from coach.voices.voice import SpeechSynthesizer

LEAD_S = 1.0
TAIL_S = 1.0

# The fade where other words or a bell leave no room for a longer one; clips begin and end with at least as much quiet.
SEAM_S = 0.01


@dataclass(frozen=True, kw_only=True, slots=True)
class Excerpt:
    """A part of a session: full between ``from_s`` and ``to_s``, faded in from ``start_s`` and out until ``end_s``.

    ``title`` and ``words`` describe it; without words it is one or more whole blocks.
    """

    start_s: float
    from_s: float
    to_s: float
    end_s: float
    title: str
    words: str = ""


_MOST_DIGITS = 9  # of the number of a block


def find_whole(plan: Plan) -> Excerpt:
    """Choose the whole session as an excerpt."""
    length_s = plan.timeline.length_s
    return Excerpt(start_s=0.0, from_s=0.0, to_s=length_s, end_s=length_s, title=plan.timeline.title)


def find_block(plan: Plan, wanted: str) -> Excerpt:
    """Find a block by its number, from 1, or the first of a kind.

    Raises:
        UsageError: there is no such block.
    """
    blocks = plan.timeline.blocks
    kinds = [block.kind for block in blocks]
    if wanted in kinds:
        return _span_blocks(plan.timeline, [blocks[kinds.index(wanted)]])
    if not wanted.isdecimal() or len(wanted) > _MOST_DIGITS:
        advice = did_you_mean(wanted, dict.fromkeys(kinds))
        raise UsageError(_("this session has no block '{wanted}': {advice}", wanted=wanted, advice=advice))
    if not 1 <= int(wanted) <= len(blocks):
        raise UsageError(
            _(
                "there is no block {number}: this session has {count}, and 'coach plan' numbers them",
                number=wanted,
                count=len(blocks),
            )
        )
    return _span_blocks(plan.timeline, [blocks[int(wanted) - 1]])


def find_line(plan: Plan, source_map: SourceMap, file: str, line: int) -> Excerpt:
    """Find what a line of a file, counted from 1, says, at the first place where it is heard.

    Raises:
        UsageError: nothing in that line is heard; the message says why, or which lines are.
    """
    lines = source_map.files[file]
    said = lines[line - 1] if 1 <= line <= len(lines) else None
    if said is None:
        raise UsageError(_describe_silent_line(source_map, file, line))
    if isinstance(said, SourceCue):
        return _find_words(plan, said.location, line)
    blocks = plan.timeline.blocks
    first = next(index for index, block in enumerate(blocks) if block.location in said.inside)
    last = next((i for i in range(first, len(blocks)) if blocks[i].location not in said.inside), len(blocks))
    return _span_blocks(plan.timeline, blocks[first:last])


def _describe_silent_line(source_map: SourceMap, file: str, line: int) -> str:
    lines = source_map.files[file]
    if not 1 <= line <= len(lines):
        return _("there is no line {line} in {file}: it has {count}", line=line, file=file, count=len(lines))
    heard = (number for number, said in enumerate(lines, 1) if said is not None)
    nearest = min(heard, key=lambda number: abs(number - line), default=None)
    if nearest is None:
        return _("nothing in line {line} is heard", line=line)
    return _("nothing in line {line} is heard; the nearest line that is: {nearest}", line=line, nearest=nearest)


def _find_words(plan: Plan, location: Location, line: int) -> Excerpt:
    """Find the first time that a cue is said."""
    spoken = [event for event in plan.timeline.events if isinstance(event, Speech) and event.location == location]
    if not spoken:
        raise UsageError(_describe_unsaid(plan, location, line))
    said = spoken[: _count_captions(plan, spoken[0])]
    return _add_margins(
        plan.timeline,
        said[0].start_s,
        said[-1].end_s,
        title=plan.timeline.blocks[said[0].block].title,
        words=" ".join(event.text for event in said),
    )


def _describe_unsaid(plan: Plan, location: Location, line: int) -> str:
    level, guidance = _find_cue(plan, location).level, plan.options.guidance
    if level not in GUIDANCE[guidance]:
        return _(
            "line {line} is not said: '--guidance {guidance}' leaves out words whose level is '{level}'",
            line=line,
            guidance=guidance,
            level=level,
        )
    return _("line {line} is never said: its block ends too soon for it, or it has no words", line=line)


def _find_cue(plan: Plan, location: Location) -> Cue:
    cues = (cue for block in plan.session.blocks for cue in (*(block.say or ()), *block.say_also))
    return next(cue for cue in cues if cue.location == location)


def _count_captions(plan: Plan, said: Speech) -> int:
    """Count the utterances in the cue of which these are words."""
    cue, facts = _find_cue(plan, said.location), plan.schedule.find_facts(said.block)
    return sum(isinstance(part, Caption) for part in plan.speech_context.build_script(cue, facts, said.start_s))


def _span_blocks(timeline: Timeline, blocks: Sequence[PlannedBlock]) -> Excerpt:
    titles = ", ".join(dict.fromkeys(block.title for block in blocks))
    return _add_margins(timeline, blocks[0].start_s, blocks[-1].end_s, title=titles)


def _add_margins(timeline: Timeline, from_s: float, to_s: float, *, title: str, words: str = "") -> Excerpt:
    """Give an excerpt its fades, which reach into no other words and no later bell."""
    events = [event for event in timeline.events if isinstance(event, Speech | Bell)]
    ended_s = [event.end_s for event in events if isinstance(event, Speech) and event.start_s < from_s]
    begun_s = [event.start_s for event in events if event.start_s > to_s - TINY_S]
    start_s = max(from_s - LEAD_S, max(ended_s, default=-math.inf))
    end_s = min(to_s + TAIL_S, min(begun_s, default=math.inf), timeline.length_s)
    if end_s < timeline.length_s:
        to_s = min(to_s, end_s - SEAM_S)
    return Excerpt(
        start_s=max(0.0, min(start_s, from_s - SEAM_S)),
        from_s=from_s,
        to_s=max(from_s, to_s),
        end_s=end_s,
        title=title,
        words=words,
    )


# Events this near to an excerpt shape its sound: a bell that still rings, a bed that fades, ducking before speech.
BEFORE_S, AFTER_S = 10.0, 5.0

# The words of a block together take between these shares of their estimated length. A single one may lie outside.
QUICK, SLOW = 0.7, 1.4

FindExcerpt = Callable[[Plan], Excerpt]


def plan_excerpt(
    session: Session, options: PlanOptions, service: SpeechSynthesizer, find: FindExcerpt
) -> tuple[Plan, Excerpt]:
    """Plan a session so that one excerpt of it is the same as in the plan of fully spoken words.

    Only the words near the excerpt are spoken if it does not depend on how long the others take; otherwise all are.

    Raises:
        SessionError: the session cannot be timed.
        UsageError: it does not speak the language, or there is no such voice or excerpt.
        ExternalError: the voice failed.
    """
    guess = _Guess(service=service)
    try:
        plan = compile_plan(session, options, guess, measure_bell_length_s, estimate_duration)
    except SessionError:
        if not any(utterance.recording for utterance in guess.asked):  # the words fit with no voice
            raise
    else:
        with suppress(SessionError):  # of recordings that may last longer than is guessed
            service.prepare(_list_utterances_near(plan.timeline, find(plan)))
            quick, slow = (
                compile_plan(
                    session, options, _Guess(service=service, factor=factor), measure_bell_length_s, estimate_duration
                )
                for factor in (QUICK, SLOW)
            )
            excerpt = find(quick)
            if excerpt == find(slow) and _list_events_near(quick.timeline, excerpt) == _list_events_near(
                slow.timeline, excerpt
            ):
                return quick, excerpt
    service.prepare(list(guess.asked))
    plan = compile_plan(
        session, options, SpeechPrefetch(service).measure_spoken, measure_bell_length_s, estimate_duration
    )
    return plan, find(plan)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Guess:
    """Measures words, using a multiple of the estimate for those never spoken. Records every utterance asked for."""

    service: SpeechSynthesizer
    factor: float = 1.0
    asked: dict[Utterance, None] = field(default_factory=dict)

    def __call__(self, utterance: Utterance) -> SpokenDuration:
        self.asked[utterance] = None
        known = self.service.find_duration(utterance)
        if known is not None:
            return known
        probably = estimate_duration(utterance)
        return SpokenDuration(length_s=self.factor * probably.length_s, onset_s=self.factor * probably.onset_s)


def _list_utterances_near(timeline: Timeline, excerpt: Excerpt) -> list[Utterance]:
    """List all words of the blocks near an excerpt: other words of a block may move it or lengthen the block."""
    from_s, to_s = excerpt.start_s - BEFORE_S, excerpt.end_s + AFTER_S
    blocks = {i for i, block in enumerate(timeline.blocks) if block.start_s < to_s and block.end_s > from_s}
    return [event.utterance for event in timeline.events if isinstance(event, Speech) and event.block in blocks]


def _list_events_near(timeline: Timeline, excerpt: Excerpt) -> list[Event]:
    return list(_clip_events(timeline, excerpt.start_s - BEFORE_S, excerpt.end_s + AFTER_S))


def _clip_events(timeline: Timeline, from_s: float, to_s: float) -> Iterator[Event]:
    """Select the events in a span of time, with beds cut at its end."""
    for event in timeline.events:
        end_s = event.start_s if isinstance(event, Tick) else event.end_s
        if event.start_s < to_s and end_s > from_s:
            yield replace(event, end_s=min(end_s, to_s)) if isinstance(event, Bed) else event


POLL_S = 0.05

Sleep = Callable[[float], None]


@dataclass(frozen=True, kw_only=True, slots=True)
class ExcerptMix:
    """The samples of an excerpt, cut out of the mix of its session."""

    mix: Mix
    excerpt: Excerpt

    @property
    def start(self) -> int:
        """The session's frame at which it begins."""
        return _to_frame(self.excerpt.start_s)

    def play_from(self, frame: int) -> SampleSource:
        """Play the excerpt from a frame of the session on: the samples of the mix, faded at both ends."""
        from_, to, end = map(_to_frame, (self.excerpt.from_s, self.excerpt.to_s, self.excerpt.end_s))
        envelope = Envelope([(from_, to)], rise_frames=from_ - self.start, fall_frames=end - to)
        for piece in self.mix.play_from(frame):
            at = frame if piece.frame is None else piece.frame
            if at >= end:
                return
            samples = piece.samples[: end - at]
            yield replace(piece, samples=samples * np.float32(envelope.compute_gain(at, samples.shape[0])))

    def render(self) -> Samples:
        """Render all samples, (frames, 2), after the half second in which a headset wakes up."""
        pieces = itertools.chain(_play_floor(QUIET_FIRST_S), self.play_from(self.start))
        return np.concatenate([piece.samples for piece in pieces])


def cut_excerpt(plan: Plan, excerpt: Excerpt, service: SpeechSynthesizer) -> ExcerptMix:
    """Cut an excerpt out of a plan, at the gain of the whole session as far as that has been spoken.

    Raises:
        ExternalError: the voice failed, or a sound cannot be read.
    """
    bank = SoundBank(rate_hz=RATE_HZ, speech=SpeechPrefetch(service).get_clip)
    gain_db = recall_gain_db(plan.timeline, service.make_key)
    if gain_db is None:
        gain_db = mastering.measure_gain_db(plan.timeline, bank, RATE_HZ)
        if _is_spoken(plan.timeline, service):
            remember_gain(plan.timeline, service.make_key, gain_db)
    return ExcerptMix(mix=Mix(mixer=Mixer(plan.timeline, bank, RATE_HZ), gain_db=gain_db), excerpt=excerpt)


def _is_spoken(timeline: Timeline, service: SpeechSynthesizer) -> bool:
    utterances = (event.utterance for event in timeline.events if isinstance(event, Speech))
    return all(service.find_duration(utterance) is not None for utterance in utterances)


def play_excerpt(buffer: PlaybackBuffer, device: ReconnectingDevice, excerpt_mix: ExcerptMix, wait: Sleep) -> bool:
    """Play an excerpt to its end. Ctrl-C ends it softly; a second one is passed on.

    Args:
        buffer: plays it; so far it has played the noise floor only.
        device: the device that pulls from the buffer.
        excerpt_mix: the excerpt.
        wait: sleeps for that many seconds between two polls.

    Returns:
        Whether it was heard to its end.

    Raises:
        ExternalError: the device went away.
    """
    try:
        buffer.switch(lambda point: _play_start(excerpt_mix, point), fade_s=SPLICE_S, skip_missed=False)
        _fill_to_the_end(buffer, device, wait)
    except KeyboardInterrupt:
        buffer.switch(lambda point: _play_fade_out(excerpt_mix, point), fade_s=SPLICE_S, skip_missed=True)
        _fill_to_the_end(buffer, device, wait)
        return False
    return True


def _fill_to_the_end(buffer: PlaybackBuffer, device: ReconnectingDevice, wait: Sleep) -> None:
    while not buffer.is_over(device.get_latency_frames(RATE_HZ)):
        if device.check_lost():
            raise ExternalError(_("the sound device went away"), help=_("connect it again, and run the command again"))
        buffer.fill()
        wait(POLL_S)


def _play_start(excerpt_mix: ExcerptMix, point: SwitchPoint) -> SampleSource:
    """Play the excerpt after the time a headset needs to wake up, and after the crossfade, which hides its start."""
    wake_s = QUIET_FIRST_S - frames_to_seconds(point.at, RATE_HZ)
    return itertools.chain(_play_floor(max(wake_s, SPLICE_S)), excerpt_mix.play_from(excerpt_mix.start))


def _play_fade_out(excerpt_mix: ExcerptMix, point: SwitchPoint) -> SampleSource:
    if point.frame is None:
        return iter(())
    return play_until(excerpt_mix.play_from(point.frame), point.frame + _to_frame(FADE_OUT_S), RATE_HZ)


def _play_floor(lasts_s: float) -> SampleSource:
    return play_floor(make_bed(FLOOR, RATE_HZ), RATE_HZ, lasts_s)


def _to_frame(seconds: float) -> int:
    return seconds_to_frames(seconds, RATE_HZ)
