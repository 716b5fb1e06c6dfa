"""Parts of a session that are never heard: unused values, pronunciations and sounds, cut-off or unsaid words."""

import re
from collections.abc import Iterator
from dataclasses import replace

from coach.advice.plan_facts import PlanFacts
from coach.diagnostics.problem import Edit, Fix, Location, Problem
from coach.languages import LANGUAGES
from coach.languages.block_wording import load_block_wording
from coach.session.session import NO_BREATH, After, Cue, Every
from coach.text.sanitize import compose, quote
from coach.timeline.block_settings_and_guidance import ResolvedBlock
from coach.timeline.cue_scheduling import QUIET_BEFORE_END_S, pronounce
from coach.timeline.timeline import PlannedBlock
from coach.translation import _
from coach.units import seconds_to_text
from coach.yaml.nodes import Scalar

SILENT = "none"
SWITCHES = {"tick": "ticks", "breath": "breath-sound", "bell": "bell"}
ON = {"tick": "ticks: on", "breath": "breath-sound: on", "bell": "bell: start"}


def check_unused_value(facts: PlanFacts) -> Iterator[Problem]:
    """Advise where a value is in no text."""
    if not facts.session.values:
        return
    written = "\n".join(line for file in facts.files for line in facts.places.read_lines(file))
    for name in facts.session.values:
        place = facts.places.find_key(facts.session.location.file, "values", name)
        if place and f"{{{name}}}" not in compose(written):
            message = _("no text uses the value '{name}'", name=name)
            yield Problem.at(
                place, "unused-value", message, _("write {{{name}}} where it is to be said, or leave it out", name=name)
            )


def check_unused_pronunciation(facts: PlanFacts) -> Iterator[Problem]:
    """Advise where a word with a pronunciation is in no text of the languages that it is given for."""
    say_as = facts.session.say_as
    texts = {language: "\n".join(_list_texts_in(facts, language)) for language, words in say_as.items() if words}
    for word in {word: None for words in say_as.values() for word in words}:
        place = facts.places.find_key(facts.session.location.file, "say-as", word)
        if place and not any(_occurs(word, text) for language, text in texts.items() if word in say_as[language]):
            message = _("{word} is in no text, so its pronunciation is never used", word=quote(word))
            yield Problem.at(
                place, "unused-pronunciation", message, _("write it as it is in the text, or leave it out")
            )


def check_part_twice(facts: PlanFacts) -> Iterator[Problem]:
    """Advise where a part of the body is named twice."""
    for block in facts.session.blocks:
        parts = block.parts or ()
        twice = next((part for index, part in enumerate(parts) if part in parts[:index]), None)
        if twice:
            place = facts.places.find_setting(block.location, "parts") or block.location
            yield Problem.at(
                place, "part-twice", _("'{part}' is given twice here", part=twice), _("name each part once")
            )


def _list_texts_in(facts: PlanFacts, language: str) -> Iterator[str]:
    """List all that can be said in a language: the author's words and values, and the words of the kinds."""
    yield from facts.session.values.values()
    for block in facts.session.blocks:
        yield from (cue.text[language] for cue in (*(block.say or ()), *block.say_also))
    for kind in {block.kind: None for block in facts.session.blocks}:
        words = load_block_wording(language).kinds[kind]
        for phrasings in (*words.cues.values(), *words.parts.values()):
            yield from phrasings


def _occurs(word: str, text: str) -> bool:
    text = compose(text)
    return compose(word).casefold() in text.casefold() and pronounce(text, {word: ""}) != text


def check_sound_unheard(facts: PlanFacts) -> Iterator[Problem]:
    """Advise where a block chooses a sound that it never plays, or switches on one that is `none`."""
    for block, resolved in zip(facts.blocks, facts.plan.schedule.blocks, strict=True):
        for family, switch in SWITCHES.items():
            chosen = getattr(resolved.block.sounds, family)
            silent = resolved.sounds[family] == SILENT
            if family == "breath" and resolved.breath == NO_BREATH and _is_switched_on(resolved, family):
                message = _("breath sounds are on here, and this block has no breath")
                place = facts.places.find_setting(block.location, switch)
                yield Problem.at(
                    place or block.location, "sound-unheard", message, _("give it one, like `breath: 3 in / 3 out`")
                )
            elif silent and _is_switched_on(resolved, family):
                message = _("`{switch}` is on here, and the {family} sound is `none`", switch=switch, family=family)
                place = facts.places.find_setting(block.location, switch)
                yield Problem.at(
                    place or block.location,
                    "sound-unheard",
                    message,
                    _("choose a sound, or leave `{switch}` out", switch=switch),
                )
            elif chosen not in (None, SILENT) and not _is_heard(resolved, family, block):
                message = _("this {family} sound is never heard: nothing in this block makes it sound", family=family)
                place = facts.places.find_setting(block.location, "sounds", family)
                yield Problem.at(
                    place or block.location,
                    "sound-unheard",
                    message,
                    _("add `{setting}`, or leave the sound out", setting=ON[family]),
                )


def _is_switched_on(resolved: ResolvedBlock, family: str) -> bool:
    """Return whether the author, not the kind, switches it on."""
    block = resolved.block
    wanted = {"tick": block.ticks_s, "breath": block.breath_sound_s, "bell": block.bell not in (None, SILENT)}
    return bool(wanted[family])


def _is_heard(resolved: ResolvedBlock, family: str, block: PlannedBlock) -> bool:
    lasts_s = block.end_s - block.start_s
    if family == "tick":
        return resolved.resolve_ticks_s(lasts_s) > 0.0
    if family == "breath":
        return resolved.resolve_breath_sound_s(lasts_s) > 0.0 and resolved.breath != NO_BREATH
    return resolved.bell != SILENT


def check_never_said(facts: PlanFacts) -> Iterator[Problem]:
    """Advise where a cue's period is longer than its block can be: the cue, and any that follows it, is never said."""
    said = {each.location for each in facts.spoken_cues}
    for block, resolved in zip(facts.blocks, facts.plan.schedule.blocks, strict=True):
        longest_s = max(resolved.span.longest_s, block.end_s - block.start_s)
        for cue in _find_unreachable(((*(resolved.block.say or ()), *resolved.block.say_also)), longest_s):
            if cue.location not in said:
                yield _explain(cue, block, longest_s)


def _find_unreachable(cues: tuple[Cue, ...], longest_s: float) -> Iterator[Cue]:
    """Find cues whose first time comes too late, and those that follow one of them."""
    waiting = False
    for cue in cues:
        follows = waiting and isinstance(cue.place, After)
        waiting = follows or (isinstance(cue.place, Every) and cue.place.period_s > longest_s - QUIET_BEFORE_END_S)
        if waiting:
            yield cue


def _explain(cue: Cue, block: PlannedBlock, longest_s: float) -> Problem:
    if not isinstance(cue.place, Every):
        return Problem.at(
            cue.location,
            "never-said",
            _("these words are never said: the cue that they follow is never said"),
            _("fix that one first, or place this one with `at`"),
        )
    period, longest = seconds_to_text(cue.place.period_s), seconds_to_text(round(longest_s))
    return Problem.at(
        cue.location,
        "never-said",
        _(
            "these words are never said: they come every {period}, and this {kind} block lasts {longest} at most",
            period=period,
            kind=block.kind,
            longest=longest,
        ),
        _(
            "write a shorter time after `every` (the last {quiet:g} seconds stay free), or use `at`",
            quiet=QUIET_BEFORE_END_S,
        ),
    )


TEXTS = ("title", "about", "author", "album", "text", "say", "say-also", *LANGUAGES)

# A comment that is meant has a space after the sign, or follows a finished sentence.
_SIGN = re.compile(r"(?<=\s)#\w")
_COMMENT = re.compile(r"\s#\s")
_FINISHED = (".", "!", "?", "…")
LONGEST_SHOWN = 60


def check_cut_by_comment(facts: PlanFacts) -> Iterator[Problem]:
    """Advise where a text stops before a ` #2` that should be said."""
    for file in facts.files:
        lines = facts.places.read_lines(file)
        if not any(_SIGN.search(line) for line in lines):
            continue
        for key, scalar in facts.places.walk_scalars(file):
            if key in TEXTS and not scalar.quoted and scalar.text_column and not scalar.text.endswith(_FINISHED):
                yield from _check_text(scalar, lines[scalar.location.line - 1])


def _check_text(scalar: Scalar, line: str) -> Iterator[Problem]:
    location = scalar.location
    rest = line[location.end_column - 1 :].lstrip()
    begin = len(line) - len(rest)
    if not rest or not _SIGN.match(line, begin):
        return
    comment = _COMMENT.search(line, begin)
    whole = _quote_whole(line[location.column - 1 : comment.start() if comment else len(line)].rstrip())
    yield Problem.at(
        replace(location, column=begin + 1, end_column=begin + 2),
        "cut-by-comment",
        _("a # after a space begins a comment, so this text ends at {text}", text=quote(scalar.text)),
        _("put the whole text in quotes") + f": {whole}" * (len(whole) <= LONGEST_SHOWN),
        Fix(
            title=_("put the whole text in quotes"),
            edits=(Edit(location=_find_whole(location, line, comment), text=whole),),
        ),
    )


def _find_whole(location: Location, line: str, comment: re.Match[str] | None) -> Location:
    """Find the place of the text with what was cut off, up to a real comment."""
    return replace(location, end_column=len(line[: comment.start()] if comment else line.rstrip()) + 1)


def _quote_whole(text: str) -> str:
    """Quote a text so that YAML reads all of it, whatever it holds."""
    return "'" + text.replace("'", "''") + "'" if '"' in text or "\\" in text else f'"{text}"'
