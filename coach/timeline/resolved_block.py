"""A block with all decided that does not depend on time: the author's settings, else the kind's or the session's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coach.blocks.kind import BlockContext, Kind
from coach.diagnostics.problem import Problem, SessionError
from coach.languages.block_wording import BlockWording
from coach.session.session import BellPlacement as BellAt
from coach.session.session import Block, Breath, Cue, CueLevel, Session, Span
from coach.timeline.sound_events import SoundName

SLOWEST_SPM, QUICKEST_SPM = 60.0, 220.0

DEFAULT_SOUNDS = {"tick": "wood", "bell": "bowl", "breath": "air", "bed": "none"}

GUIDANCE: dict[str, tuple[CueLevel, ...]] = {
    "full": ("essential", "guide", "extra"),
    "light": ("essential", "guide"),
    "quiet": ("essential",),
}

SPAN_OF_WORDS = Span(shortest_s=0.0, longest_s=1e-9)


@dataclass(frozen=True, kw_only=True, slots=True)
class ResolvedBlock:
    """A block ready to be timed. ``turn`` counts the blocks of its kind before it; ``levels`` are those that speak."""

    block: Block
    kind: Kind
    wording: BlockWording
    title: str
    span: Span
    breath: Breath
    start_spm: float
    end_spm: float
    bell: BellAt
    sounds: Mapping[str, SoundName]
    turn: int
    levels: tuple[CueLevel, ...]

    def ticks_s(self, lasts_s: float) -> float:
        """How long ticks sound from the start of the block, if it lasts so long."""
        return self.kind.ticks_s(lasts_s) if self.block.ticks_s is None else self.block.ticks_s

    def breath_sound_s(self, lasts_s: float) -> float:
        """The same for breath sounds."""
        return self.kind.breath_sound_s(lasts_s) if self.block.breath_sound_s is None else self.block.breath_sound_s

    def cues(self, lasts_s: float) -> tuple[Cue, ...]:
        """What is said in it, at this guidance, if it lasts so long: the author's words, else the kind's own."""
        own = self.block.say if self.block.say is not None else tuple(self.kind.cues(self._moment(lasts_s)))
        return tuple(cue for cue in (*own, *self.block.say_also) if cue.level in self.levels)

    def _moment(self, lasts_s: float) -> BlockContext:
        return BlockContext(
            wording=self.wording,
            words=self.wording.kinds[self.kind.name],
            lasts_s=lasts_s,
            parts=self.kind.parts if self.block.parts is None else self.block.parts,
            breath=self.breath,
            bell=self.bell if self.sounds["bell"] != "none" else "none",
            ticks_s=self.ticks_s(lasts_s) if self.sounds["tick"] != "none" else 0.0,
            turn=self.turn,
            where=self.block.where,
        )


def resolve_blocks(
    session: Session, kinds: Sequence[Kind], wording: BlockWording, guidance: str
) -> tuple[ResolvedBlock, ...]:
    """The blocks of a session, each with the kind given for it.

    Raises:
        SessionError: a cadence lies outside what anyone can step.
    """
    turns: dict[str, int] = {}
    blocks: list[ResolvedBlock] = []
    for block, kind in zip(session.blocks, kinds, strict=True):
        turn = turns.get(kind.name, 0)
        turns[kind.name] = turn + 1
        blocks.append(_resolve_block(session, block, kind, wording, turn, GUIDANCE[guidance]))
    problems = [problem for prepared in blocks for problem in _check_cadence(prepared, session.cadence_spm)]
    if problems:
        raise SessionError(problems)
    return tuple(blocks)


def _resolve_block(
    session: Session, block: Block, kind: Kind, wording: BlockWording, turn: int, levels: tuple[CueLevel, ...]
) -> ResolvedBlock:
    ramp = block.cadence or kind.cadence
    breath = block.breath or kind.breath or session.breath
    return ResolvedBlock(
        block=block,
        kind=kind,
        wording=wording,
        title=wording.kinds[kind.name].title if block.title is None else block.title[wording.language],
        span=block.lasts or kind.lasts or SPAN_OF_WORDS,
        breath=breath,
        start_spm=ramp.start.resolve_spm(session.cadence_spm),
        end_spm=ramp.end.resolve_spm(session.cadence_spm),
        bell=block.bell or kind.bell,
        sounds={family: _choose_sound(session, block, family) for family in DEFAULT_SOUNDS},
        turn=turn,
        levels=levels,
    )


def _choose_sound(session: Session, block: Block, family: str) -> SoundName:
    chosen: SoundName = getattr(block.sounds, family) or getattr(session.sounds, family) or DEFAULT_SOUNDS[family]
    return chosen


def _check_cadence(prepared: ResolvedBlock, session_spm: float) -> list[Problem]:
    for spm in (prepared.start_spm, prepared.end_spm):
        if not SLOWEST_SPM <= spm <= QUICKEST_SPM:
            message = f"this block asks for {spm:g} steps per minute, at a session cadence of {session_spm:g}"
            way_out = f"a cadence lies between {SLOWEST_SPM:g} and {QUICKEST_SPM:g}"
            return [Problem(where=prepared.block.where, code="cadence-out-of-range", message=message, help=way_out)]
    return []
