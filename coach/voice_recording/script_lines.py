"""Script of a session to read aloud: its lines, each once, in the order in which they are heard."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from itertools import groupby

from coach.languages.text_normalizer import normalize_text
from coach.session.inline_markup import Moment, Wait
from coach.timeline.cue_scheduling import Caption, LateCue
from coach.timeline.cue_scheduling import TimedWords as Placed
from coach.timeline.schedule import Plan
from coach.translation import _, mark_message
from coach.units import seconds_to_text
from coach.utterance import Utterance


@dataclass(frozen=True, kw_only=True, slots=True)
class ScriptLine:
    """One line to read.

    ``utterance`` is what a voice would be given; ``caption`` the words as they are written, which differ where a
    pronunciation is given. ``file_line`` is the line of the file on which they stand. ``title`` is that of its block,
    the ``block``-th. ``length_s`` is how long it will probably take, ``room_s`` how long it may take until the step or
    breath for which the next words wait, infinity where they wait for none. It begins at the ``moments``: with an
    in-breath, an out-breath, a hold or a step.
    """

    utterance: Utterance
    caption: str
    file_line: int
    block: int
    title: str
    length_s: float
    room_s: float
    moments: tuple[Moment, ...]


ReadingScript = tuple[ScriptLine, ...]


def make_line_key(line: ScriptLine) -> tuple[str, bool]:
    """Make the key by which two lines are the same: the normalized words, and whether they are counted on a step."""
    return normalize_line(line.utterance), line.utterance.counted


def normalize_line(utterance: Utterance) -> str:
    """Normalize the words as a voice gets them; empty where there is nothing to say."""
    return normalize_text(utterance.text, utterance.language)


def collect_lines(plan: Plan) -> ReadingScript:
    """Collect the lines of a planned session that need a recording: each once, without those that have one."""
    found: dict[tuple[str, bool], ScriptLine] = {}
    for line in _iterate_lines(plan):
        if normalize_line(line.utterance):
            found.setdefault(make_line_key(line), line)
    return tuple(found.values())


def collect_written_lines(plan: Plan) -> ReadingScript:
    """Collect all lines that are written for a session, also those with nothing for a voice to say."""
    found: dict[tuple[str, Utterance], ScriptLine] = {}
    for line in _iterate_lines(plan):
        found.setdefault((line.caption, line.utterance), line)
    return tuple(found.values())


def _iterate_lines(plan: Plan) -> Iterator[ScriptLine]:
    placed = (
        (block, line) for block, line in plan.schedule.place_words(plan.speech_context) if not isinstance(line, LateCue)
    )
    for (block, _start_s), cue_lines in groupby(placed, key=lambda each: (each[0], each[1].cue_start_s)):
        lines = [each[1] for each in cue_lines]
        waits = [*_collect_moments(plan, block, lines[0]), ()]
        for index, line in enumerate(lines):
            if line.utterance.recording is None:
                yield ScriptLine(
                    utterance=line.utterance,
                    caption=line.caption,
                    file_line=line.cue.location.line,
                    block=block,
                    title=plan.timeline.blocks[block].title,
                    length_s=plan.speech_context.measure(line.utterance).length_s,
                    room_s=lines[index + 1].start_s - line.start_s if waits[index + 1] else math.inf,
                    moments=waits[index],
                )


def _collect_moments(plan: Plan, block: int, first: Placed) -> list[tuple[Moment, ...]]:
    """List what each utterance of a cue waits for: the moments marked before its words."""
    waiting: list[Moment] = []
    found: list[tuple[Moment, ...]] = []
    for part in plan.speech_context.build_script(first.cue, plan.schedule.find_facts(block), first.start_s):
        if isinstance(part, Wait):
            waiting.append(part.moment)
        elif isinstance(part, Caption):
            found.append(tuple(waiting))
            waiting = []
    return found


HOW_TO_COUNT = mark_message(
    "Counted on your steps: say each short and firm, and be quiet for a moment before the next."
)

BEGINS: Mapping[Moment, str] = {
    "in": mark_message("begins with an in-breath"),
    "out": mark_message("begins with an out-breath"),
    "hold": mark_message("begins where the breath is held"),
    "step": mark_message("begins on a step"),
}

_TIGHT = 1.5

_PAGE = """\
<!doctype html>
<html lang="{language}">
<meta charset="utf-8">
<meta name="generator" content="coach">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>
body {{ font: 1.35rem/1.6 Georgia, serif; max-width: 34rem; margin: 3rem auto; padding: 0 1rem; color: #222; }}
h1 {{ font-size: 1.8rem; font-weight: normal; }}
h2 {{ font-size: 1.35rem; font-weight: normal; color: #467; margin: 2.5rem 0 0.5rem; break-after: avoid; }}
ol {{ list-style: none; margin: 0; padding: 0; }}
li {{ position: relative; margin: 0.9rem 0; padding-left: 3rem; break-inside: avoid; }}
li b {{ position: absolute; left: 0; font-weight: normal; color: #89a; }}
small {{ display: block; font-size: 1rem; color: #678; }}
@media print {{ body {{ margin: 0; max-width: none; }} }}
</style>
<h1>{title}</h1>
<p>{summary}</p>
{blocks}
</html>
"""

NumberedLine = tuple[int, ScriptLine]


def number_lines(script: ReadingScript) -> tuple[NumberedLine, ...]:
    """Number the lines from 1."""
    return tuple(enumerate(script, 1))


def script_to_text(title: str, script: ReadingScript, *, spoken: bool = False) -> str:
    """Format the lines for a terminal, under their blocks' titles, each with its directions in parentheses.

    With ``spoken``, the directions are the text as a voice gets it, where it differs.
    """
    lines = [title, summarize_script(script)]
    width = len(str(len(script)))
    for heading, within in _group_by_block(script):
        lines += ["", heading]
        for counted, some in groupby(within, key=lambda each: each[1].utterance.counted):
            lines += [f"  {'':{width}}  ({_(HOW_TO_COUNT)})"] * counted
            lines += [
                f"  {number:>{width}}  {line.caption}{_format_directions(describe_line(line, spoken=spoken))}"
                for number, line in some
            ]
    return "\n".join(lines)


def _format_directions(said: tuple[str, ...]) -> str:
    return f"  ({'; '.join(said)})" if said else ""


def script_to_html(title: str, language: str, script: ReadingScript, *, spoken: bool = False) -> str:
    """Format the lines as a page to print, without external files. The session's texts are escaped."""
    return _PAGE.format(
        language=escape(language),
        title=escape(title),
        summary=escape(summarize_script(script)),
        blocks="\n".join(_make_html_blocks(script, spoken=spoken)),
    )


def summarize_script(script: ReadingScript) -> str:
    """Summarize the script: the number of lines, and their estimated length together."""
    length = seconds_to_text(round(sum(line.length_s for line in script)))
    return _(
        "{count} lines, {length} of speech. Leave two seconds of quiet after each.", count=len(script), length=length
    )


def script_to_json(language: str, script: ReadingScript) -> list[dict[str, int | str]]:
    """Convert the lines to plain data: the line in the file, the language, the text, and the text for a voice."""
    return [
        {"line": line.file_line, "language": language, "text": line.caption, "spoken": normalize_line(line.utterance)}
        for line in script
    ]


def describe_line(line: ScriptLine, *, spoken: bool = False) -> tuple[str, ...]:
    """List the directions for a line: how long it takes, what it waits for, how a word is pronounced.

    With ``spoken``, only how a voice gets it, if that differs from how it is written.
    """
    if spoken:
        words = normalize_line(line.utterance)
        told = _("spoken: {words}", words=words) if words else _("nothing is spoken")
        return () if words == line.caption else (told,)
    said = [_("about {length}", length=_format_length(line.length_s))] * (not line.utterance.counted)
    if not line.utterance.counted and line.room_s < _TIGHT * line.length_s:
        said.append(_("at most {length}", length=_format_length(line.room_s)))
    said += [_(BEGINS[moment]) for moment in line.moments if not (line.utterance.counted and moment == "step")]
    said += [_("say: {text}", text=line.utterance.text)] * (line.utterance.text != line.caption)
    return tuple(said)


def _format_length(seconds: float) -> str:
    return seconds_to_text(max(1, round(seconds)))


def _group_by_block(script: ReadingScript) -> Iterator[tuple[str, list[NumberedLine]]]:
    for _block, within in groupby(number_lines(script), key=lambda each: each[1].block):
        lines = list(within)
        yield lines[0][1].title, lines


def _make_html_blocks(script: ReadingScript, *, spoken: bool) -> Iterator[str]:
    for heading, within in _group_by_block(script):
        yield f"<h2>{escape(heading)}</h2>"
        for counted, some in groupby(within, key=lambda each: each[1].utterance.counted):
            if counted:
                yield f"<p><small>{escape(_(HOW_TO_COUNT))}</small></p>"
            yield "<ol>"
            for number, line in some:
                said = "; ".join(describe_line(line, spoken=spoken))
                note = f"<small>{escape(said)}</small>" if said else ""
                yield f"<li><b>{number}</b>{escape(line.caption)}{note}</li>"
            yield "</ol>"
