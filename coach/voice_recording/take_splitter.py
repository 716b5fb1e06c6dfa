"""Splitting one long recording of a whole session into its lines, and the review of cuts that are uncertain."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from coach.sounds.clip import Clip
from coach.text.console import echo_line
from coach.text.sanitize import clean_text
from coach.translation import _, mark_message
from coach.units import seconds_to_clock, seconds_to_frames
from coach.voice_recording.line_alignment import ExpectedLine, LineMatch, SoundCost, align_lines
from coach.voice_recording.pack_writer import PackWriter
from coach.voice_recording.recorder import RecordingPrompt, play_clip
from coach.voice_recording.script_lines import ScriptLine
from coach.voice_recording.speech_features import (
    Features,
    SpeechSegment,
    extract_features,
    find_segments,
    measure_dtw_distance,
    normalize_features,
    resample_for_speech,
)

BEFORE_S, AFTER_S = 0.3, 0.5  # words end more softly than they begin
_SENTENCE_ENDS = re.compile(r"[.!?…]+\s")
_COMMAS = re.compile(r"[,;:–—]\s")
_SHORTEST_S = 0.1
_REACH = 16
_WEIGHT = 8.0
_EVEN, _WORST = 1.005, 1.2
_MOST_ROWS = 150
_MOST_TIMES = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class TakeCut:
    """Where a line is in the recording, in seconds, with a margin around it; both 0 where it is missing."""

    line: ScriptLine
    start_s: float
    end_s: float
    sure: bool

    @property
    def is_missing(self) -> bool:
        """Whether the line is not in the recording."""
        return self.end_s == 0.0


def split_take(lines: Sequence[ScriptLine], references: Sequence[Clip], take: Clip) -> tuple[TakeCut, ...]:
    """Find each line in a recording, in this order.

    ``references`` are the same lines by any voice, which tell how long each is and how it sounds.
    """
    mono = resample_for_speech(take)
    segments = find_segments(mono)
    known = [resample_for_speech(reference) for reference in references]
    known_segments = [find_segments(each) for each in known]
    expected = [_expect_line(line, each) for line, each in zip(lines, known_segments, strict=True)]
    words = [
        extract_features(each, line_segments)[0] for each, line_segments in zip(known, known_segments, strict=True)
    ]
    said, ends = extract_features(mono, segments)
    found = align_lines(expected, segments, _make_sound_cost(words, said, ends))
    return tuple(_make_cut(line, match, segments) for line, match in zip(lines, found, strict=True))


def cut_clip(take: Clip, cut: TakeCut) -> Clip:
    """Cut the clip of one line from the recording, mono."""
    start, end = (seconds_to_frames(each, take.rate_hz) for each in (cut.start_s, cut.end_s))
    mono = take.samples[start:end].mean(axis=1, keepdims=True, dtype=np.float32)
    return Clip(samples=mono, rate_hz=take.rate_hz)


def _expect_line(line: ScriptLine, line_segments: Sequence[SpeechSegment]) -> ExpectedLine:
    text = line.utterance.text.rstrip(".!?… ")
    return ExpectedLine(
        sounding_s=max(_SHORTEST_S, sum(each.length_s for each in line_segments)),
        due=len(_SENTENCE_ENDS.findall(text)),
        free=len(_COMMAS.findall(text)),
    )


def _make_sound_cost(words: Sequence[Features], said: Features, ends: Sequence[int]) -> SoundCost:
    """Make the cost of taking segments for a line rather than for any other words; negative where they sound alike."""
    around = np.concatenate(words) if words else said
    references = [normalize_features(each, around) for each in words]
    said = normalize_features(said, said)
    starts = [0, *ends]
    measured: dict[tuple[int, int], Sequence[float]] = {}

    def cost(line: int, first: int, end: int) -> float:
        if not len(references[line]):
            return 0.0
        if (line, first) not in measured:
            longest = starts[first] + _MOST_TIMES * len(references[line]) + _MOST_ROWS
            reach = [row for row in ends[first : first + _REACH] if row <= longest] or ends[first : first + 1]
            stretch = said[starts[first] : reach[-1]]
            measured[line, first] = measure_dtw_distance(
                references[line], stretch, [row - starts[first] for row in reach]
            ).tolist()
        reached = measured[line, first]
        off = (min(reached[end - first - 1], _WORST) if end - first <= len(reached) else _WORST) - _EVEN
        return float(_WEIGHT * off * min(len(references[line]), _MOST_ROWS) ** 0.5)

    return cost


def _make_cut(line: ScriptLine, match: LineMatch, segments: Sequence[SpeechSegment]) -> TakeCut:
    if match.is_missing:
        return TakeCut(line=line, start_s=0.0, end_s=0.0, sure=match.is_sure)
    start_s, end_s = segments[match.first].start_s, segments[match.end - 1].end_s
    before_s = start_s - segments[match.first - 1].end_s if match.first else start_s
    after_s = segments[match.end].start_s - end_s if match.end < len(segments) else AFTER_S * 2
    return TakeCut(
        line=line,
        start_s=start_s - min(BEFORE_S, before_s / 2),
        end_s=end_s + min(AFTER_S, after_s / 2),
        sure=match.is_sure,
    )


CHOICES = mark_message("y: yes   h: hear   n: no   q: quit")
_YES = {"y", "j"}  # as in yes and ja


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
            prompt.show("  " + _("This line was not heard; 'coach record' asks for it."))
            continue
        start, end = _format_time(cut.start_s), _format_time(cut.end_s)
        answer = prompt.ask(f"{_('Is it from {start} to {end}?', start=start, end=end)}  {_(CHOICES)}")
        while answer not in {*_YES, "n", "q"}:
            if answer == "h":
                play(cut_clip(take, cut))
            answer = prompt.ask(_(CHOICES))
        if answer == "q":
            break
        if answer in _YES:
            pack_writer.keep(cut.line, cut_clip(take, cut))


def list_cuts(cuts: Iterable[TakeCut]) -> None:
    """Print where each uncertain line may be."""
    for cut in cuts:
        start, end = _format_time(cut.start_s), _format_time(cut.end_s)
        place = _("not heard") if cut.is_missing else _("perhaps {start} to {end}", start=start, end=end)
        echo_line(f"  {place}  {clean_text(cut.line.caption)}")


def _format_time(seconds: float) -> str:
    """Format a time in a recording to a tenth of a second, as editors show it."""
    return f"{seconds_to_clock(seconds)}.{int(seconds * 10) % 10}"
