"""Block settings, each from the author, else from the block's kind or the session; and which cues a guidance keeps."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from coach.blocks.kind import BlockContext, Kind, build_steady_cadence, make_no_cues
from coach.diagnostics.problem import Problem, SessionError, locate_option
from coach.languages.block_wording import BlockWording
from coach.session.inline_markup import fill, parse_markup, to_caption
from coach.session.session import (
    NO_BREATH,
    BellPlacement,
    Block,
    Breath,
    Cue,
    CueLevel,
    Session,
    SoundLevels,
    Span,
)
from coach.timeline.run_values import NO_FACTS, RunFacts, fill_run_values
from coach.timeline.sound_scheduling import SoundName, choose_for_phase
from coach.translation import _, mark_message
from coach.units import SECONDS_PER_MINUTE

SLOWEST_SPM, QUICKEST_SPM = 60.0, 220.0
DEFAULT_SOUNDS = {"tick": "wood", "bell": "bowl", "breath": "air", "bed": "none"}

GUIDANCE: dict[str, tuple[CueLevel, ...]] = {
    "full": ("essential", "guide", "extra"),
    "light": ("essential", "guide"),
    "quiet": ("essential",),
}

BELL_ALONE_S = 2.5
SPAN_OF_WORDS = Span(shortest_s=0.0, longest_s=1e-9)


@dataclass(frozen=True, kw_only=True, slots=True)
class ResolvedBlock:
    """A block ready to be timed.

    ``occurrence`` is the number of blocks of its kind before it, ``follows`` the kind just before it; cues of other
    levels than ``levels`` are left out.
    ``bell_length`` gives how long a bell rings, in seconds. ``facts`` are what its words can tell, without its times.
    """

    block: Block
    kind: Kind
    wording: BlockWording
    title: str
    span: Span
    breath: Breath
    start_spm: float
    end_spm: float
    bell: BellPlacement
    sounds: Mapping[str, SoundName]
    sound_levels: SoundLevels
    bed_fade_s: float | None
    occurrence: int
    follows: str
    levels: tuple[CueLevel, ...]
    bell_length: Callable[[str | Path], float]
    facts: RunFacts = NO_FACTS

    def make_trial_facts(self, lasts_s: float, whole_s: float | None) -> RunFacts:
        """Make what its words can tell before it has a place in time: they take as long as they may have to."""
        longest = (self.span, self.block.may_last or self.span)
        most_s = max(lasts_s, *(span.longest_s for span in longest))
        return replace(self.facts, whole_s=whole_s, most_s=most_s)

    @property
    def bell_alone_s(self) -> float:
        """How long a bell rings alone before the block's first words."""
        return BELL_ALONE_S if self.bell in ("start", "both") and self.sounds["bell"] != "none" else 0.0

    def resolve_ticks_s(self, lasts_s: float) -> float:
        """Resolve how long ticks sound from the block's start, in a block of this length."""
        return self.kind.ticks_share * lasts_s if self.block.ticks_s is None else self.block.ticks_s

    def resolve_breath_sound_s(self, lasts_s: float) -> float:
        """Resolve how long breath sounds sound from the block's start, in a block of this length."""
        asked_s = self.block.breath_sound_s
        return self.kind.breath_sound_share * lasts_s if asked_s is None else asked_s

    def make_cues(self, lasts_s: float) -> tuple[Cue, ...]:
        """Make the cues of a block of this length, at its levels: the author's words, else the kind's own."""
        own = self.block.say if self.block.say is not None else tuple(self.kind.make_cues(self._build_context(lasts_s)))
        return tuple(cue for cue in (*own, *self.block.say_also) if cue.level in self.levels)

    @property
    def has_kinds_words(self) -> bool:
        """Whether its kind speaks in it."""
        return self.block.say is None

    @property
    def has_authored_words(self) -> bool:
        """Whether its author wrote words for it."""
        return bool(self.block.say or self.block.say_also)

    @property
    def authored(self) -> "ResolvedBlock":
        """The same block with the author's words alone."""
        return self if self.block.say is not None else replace(self, kind=replace(self.kind, make_cues=make_no_cues))

    def _build_context(self, lasts_s: float) -> BlockContext:
        return BlockContext(
            wording=self.wording,
            words=self.wording.kinds[self.kind.name],
            lasts_s=lasts_s,
            parts=self.kind.parts if self.block.parts is None else self.block.parts,
            breath=self.breath,
            bell=self.bell if self.sounds["bell"] != "none" else "none",
            ticks_s=self.resolve_ticks_s(lasts_s) if self.sounds["tick"] != "none" else 0.0,
            first_bell_s=self.bell_alone_s,
            last_bell_s=0.0 if self._ends_silently else self.bell_length(choose_for_phase(self.sounds["bell"], None)),
            occurrence=self.occurrence,
            follows=self.follows,
            location=self.block.location,
        )

    @property
    def _ends_silently(self) -> bool:
        return self.bell not in ("end", "both") or self.sounds["bell"] == "none"


def resolve_blocks(
    session: Session,
    kinds: Sequence[Kind],
    wording: BlockWording,
    guidance: str,
    bell_length: Callable[[str | Path], float],
    *,
    is_option: bool = False,
) -> tuple[ResolvedBlock, ...]:
    """Resolve the blocks of a session, each with the kind given for it.

    ``is_option`` says that its cadence was asked for on the command line, not in the file.

    Raises:
        SessionError: a cadence is outside what anyone can step.
    """
    occurrences: dict[str, int] = {}
    blocks: list[ResolvedBlock] = []
    for block, kind in zip(session.blocks, kinds, strict=True):
        occurrence = occurrences.get(kind.name, 0)
        occurrences[kind.name] = occurrence + 1
        resolved = _resolve_block(session, block, kind, wording, occurrence)
        follows = blocks[-1].kind.name if blocks else ""
        blocks.append(replace(resolved, follows=follows, levels=GUIDANCE[guidance], bell_length=bell_length))
    problems = dict.fromkeys(
        each for resolved in blocks for each in _check_cadence(resolved, session.cadence_spm, is_option=is_option)
    )
    if problems:
        raise SessionError(tuple(problems))
    return tuple(replace(each, facts=_find_facts(blocks, index)) for index, each in enumerate(blocks))


def _find_facts(blocks: Sequence[ResolvedBlock], index: int) -> RunFacts:
    """Find what the words of a block can tell whatever its times: its round, and what comes next.

    Words between two blocks, with no title of their own, are not what comes next.
    """
    titled = (each for each in blocks[index + 1 :] if each.kind.lasts is not None or each.block.title is not None)
    following, block = next(titled, None), blocks[index].block
    title = following.title if following else ""
    return RunFacts(round_number=block.round_number, rounds=block.rounds, next_title=title)


def _ring_never(_name: str | Path) -> float:
    return 0.0


def _resolve_block(session: Session, block: Block, kind: Kind, wording: BlockWording, occurrence: int) -> ResolvedBlock:
    ramp, breath = block.cadence or kind.cadence, _choose_breath(session, block, kind)
    if breath.in_seconds:
        ramp = build_steady_cadence(SECONDS_PER_MINUTE)  # each second is counted as a step
    return ResolvedBlock(
        block=block,
        kind=kind,
        wording=wording,
        title=_make_title(block, session.values, wording.language) or wording.kinds[kind.name].title,
        span=block.lasts or kind.lasts or SPAN_OF_WORDS,
        breath=breath,
        start_spm=ramp.start.resolve_spm(session.cadence_spm),
        end_spm=ramp.end.resolve_spm(session.cadence_spm),
        bell=block.bell or kind.bell,
        sounds={family: _choose_sound(session, block, family) for family in DEFAULT_SOUNDS},
        sound_levels=session.levels,
        bed_fade_s=session.sounds.bed_fade_s if block.sounds.bed_fade_s is None else block.sounds.bed_fade_s,
        occurrence=occurrence,
        follows="",
        levels=GUIDANCE["full"],
        bell_length=_ring_never,
    )


def _make_title(block: Block, values: Mapping[str, str], language: str) -> str:
    """Make the title that an author gave a block: its values filled in, without marks."""
    if block.title is None:
        return ""
    facts = RunFacts(round_number=block.round_number, rounds=block.rounds)
    parts = fill_run_values(parse_markup(block.title[language]), values, facts, 0.0, language)
    return to_caption(fill(parts, values))


def _choose_breath(session: Session, block: Block, kind: Kind) -> Breath:
    """Choose the breath of a block; one in seconds is for blocks in which nobody steps."""
    breath = block.breath or kind.breath or session.breath
    if kind.running:
        return NO_BREATH if breath.in_seconds else breath
    if kind.breath and kind.breath.in_seconds:
        breath = block.breath or (session.breath if session.breath.in_seconds else kind.breath)
        return replace(breath, in_seconds=breath != NO_BREATH)
    return breath


def _choose_sound(session: Session, block: Block, family: str) -> SoundName:
    chosen: SoundName = getattr(block.sounds, family) or getattr(session.sounds, family) or DEFAULT_SOUNDS[family]
    return chosen


_HIGHER = mark_message(
    "a cadence lies between {slowest:g} and {quickest:g}: let that of the session be {better:g} or more"
)
_LOWER = mark_message(
    "a cadence lies between {slowest:g} and {quickest:g}: let that of the session be {better:g} or less"
)
_HIGHER_OPTION = mark_message("a cadence lies between {slowest:g} and {quickest:g}: `--cadence {better:g}`, or more")
_LOWER_OPTION = mark_message("a cadence lies between {slowest:g} and {quickest:g}: `--cadence {better:g}`, or less")


def _check_cadence(resolved: ResolvedBlock, session_spm: float, *, is_option: bool) -> list[Problem]:
    for spm in (resolved.start_spm, resolved.end_spm):
        if not SLOWEST_SPM <= spm <= QUICKEST_SPM:
            location = resolved.block.location
            message = _(
                "this block asks for {spm:g} steps per minute, at a session cadence of {session_spm:g}",
                spm=spm,
                session_spm=session_spm,
            )
            nearest_spm = min(max(spm, SLOWEST_SPM), QUICKEST_SPM)
            better_spm = session_spm + nearest_spm - spm
            template = _LOWER if spm > nearest_spm else _HIGHER
            if is_option and SLOWEST_SPM <= better_spm <= QUICKEST_SPM:
                message = _(
                    "the {kind} block on line {line} would ask for {spm:g} steps per minute",
                    kind=resolved.kind.name,
                    line=location.line,
                    spm=spm,
                )
                template = _LOWER_OPTION if spm > nearest_spm else _HIGHER_OPTION
                location = locate_option("--cadence", f"{session_spm:g}")
            advice = _(template, slowest=SLOWEST_SPM, quickest=QUICKEST_SPM, better=better_spm)
            return [Problem(location=location, code="cadence-out-of-range", message=message, help=advice)]
    return []
