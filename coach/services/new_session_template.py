"""Template of a new session: a short, complete file, with comments in the author's language."""

import json
import math
from collections.abc import Iterator, Mapping

from coach.languages import find_language
from coach.services.new_session_options import BRISK_TIMES, NewSessionOptions, find_span
from coach.session.session import Span
from coach.session.values.duration import format_duration
from coach.units import SECONDS_PER_MINUTE

REMARKS_FROM = 34
_WIDEST = 112
_PARTS = "crown, jaw, shoulders, belly, feet"

_SOUNDS = {
    "reset": "bell: bowl, breath: air, bed: none",
    "long": "bell: chime, breath: air, bed: wind",
    "intervals": "bell: chime, breath: air, bed: none",
    "mindful": "bell: bowl, breath: none, bed: none",
    "trail": "bell: chime, breath: air, bed: forest",
}


def write_template(options: NewSessionOptions, title: str) -> str:
    """Write the text of a new session, with its title in every language."""
    return "\n".join(_Writer(options).write_lines(title)) + "\n"


class _Writer:
    def __init__(self, options: NewSessionOptions) -> None:
        self.options = options
        self.words_in = {language: find_language(language).new_session for language in options.languages}
        self.words = self.words_in[options.languages[0]]
        self.is_mindful = options.form == "mindful"

    def write_lines(self, title: str) -> Iterator[str]:
        yield from (f"# {line}".rstrip() for line in self.words.head)
        yield ""
        yield from self._write_top(title)
        yield ""
        yield "blocks:"
        for number, kind in enumerate(self.options.kinds):
            yield from [""] * bool(number)
            remarks = (self.words.mindful if self.is_mindful else {}).get(kind, self.words.kinds[kind])
            yield from (f"  # {remark}" for remark in remarks)
            yield from (f"  {line}" for line in self._write_block(kind))

    def _write_top(self, title: str) -> Iterator[str]:
        options = self.options
        about = {language: words.about[options.form] for language, words in self.words_in.items()}
        yield self._add_remark("coach: 1", "coach")
        yield from self._write_text("title", dict.fromkeys(options.languages, title))
        yield from self._write_text("about", about)
        yield self._add_remark(f"form: {options.form}", "form")
        yield self._add_remark(f"length: {format_duration(options.length_s)}", "length")
        if len(options.languages) == 1:
            yield self._add_remark(f"language: {options.languages[0]}", "language")
        yield self._add_remark(f"cadence: {154 if self.is_mindful else 158}", "cadence")
        yield self._add_remark("breath: 3 in / 3 out", "breath")
        yield f"# {self.words.keys['tick' if options.ticks else 'no-tick']}"
        yield f"sounds: {{tick: {'wood' if options.ticks else 'none'}, {_SOUNDS[options.form]}}}"
        if not self.is_mindful:
            yield self._add_remark('values: {name: ""}', "values")

    def _add_remark(self, line: str, key: str) -> str:
        return f"{line:{REMARKS_FROM - 2}}  # {self.words.keys[key]}"

    def _write_text(self, key: str, words: Mapping[str, str]) -> list[str]:
        """Write a text under its key: plain if there is one language, else one text per language."""
        spoken = {language: json.dumps(text, ensure_ascii=False) for language, text in words.items()}
        if len(spoken) == 1:
            return [f"{key}: {next(iter(spoken.values()))}"]
        short = f"{key}: {{{', '.join(f'{language}: {text}' for language, text in spoken.items())}}}"
        long = [f"{key}:", *(f"  {language}: {text}" for language, text in spoken.items())]
        return [short] if len(short) < _WIDEST else long

    def _write_block(self, kind: str) -> list[str]:
        lasts = f"lasts: {self._format_span(kind)}"
        if kind == "brisk":
            title = self._write_text("title", {each: words.easy_between for each, words in self.words_in.items()})
            easy = f"- free: {{lasts: 45s..2m, {title[0]}}}"
            return ["- repeat:", f"    times: {BRISK_TIMES}", "    blocks:", "      - brisk: 1m", f"      {easy}"]
        if self.is_mindful:
            return self._write_mindful_block(kind, lasts)
        first_bell = ["bell: start"] * (kind == self.options.kinds[0])
        inside = {
            "breathing": ["ticks: 90s"] if self.options.ticks else [],
            "body-scan": [f"parts: [{_PARTS}]"],
            "easy": self._write_own_words(),
            "breathe": first_bell,
            "settle": first_bell,
        }.get(kind, [])
        return _format_block(kind, lasts, inside)

    def _write_own_words(self) -> list[str]:
        look = self._write_text("text", {each: words.look for each, words in self.words_in.items()})
        remarks = [f"# {line}" for line in self.words.own]
        return [*remarks, "say-also:", "  - at: 45s", *(f"    {line}" for line in look)]

    def _write_mindful_block(self, kind: str, lasts: str) -> list[str]:
        said = {
            each: words.said[self._find_cue(kind)] for each, words in self.words_in.items() if kind in self.words.said
        }
        inside = {
            "settle": [] if "check-in" in self.options.kinds else ["bell: start"],
            "breathing": ["ticks: 30s"] if self.options.ticks else [],
            "easy": self._write_text("title", {each: words.just_running for each, words in self.words_in.items()}),
            "silence": ["say: none"],
            "walk-out": ["ticks: off"],
        }.get(kind, [])
        first = kind == next(each for each in self.options.kinds if each in self.words.said)
        remark = [f"# {self.words.replaced}"] * first
        if said:
            cue = self._write_text("text", said)
            at = ["  - at: 40%"] if kind == "settle" else ["  - at: 10s"] if kind == "listening" else ["  - at: 2s"]
            inside = [*inside, *remark, "say:", *at, *(f"    {line}" for line in cue)]
        return _format_block("free" if kind == "easy" else kind, lasts, inside)

    def _find_cue(self, kind: str) -> str:
        return "ticking" if kind == "breathing" and self.options.ticks else kind

    def _format_span(self, kind: str) -> str:
        found = self._find_easy_span() if kind == "easy" else find_span(self.options.form, kind)
        ends = dict.fromkeys((format_duration(found.shortest_s), format_duration(found.longest_s)))
        return "..".join(ends)

    def _find_easy_span(self) -> Span:
        """Find the span of the easy run: the time that is left, so that all elastic blocks are about half stretched."""
        spans = {kind: find_span(self.options.form, kind) for kind in self.options.kinds}
        shortest_s = sum(each.shortest_s for each in spans.values())
        others_s = sum(each.longest_s - each.shortest_s for kind, each in spans.items() if kind != "easy")
        room_s = max(2 * (self.options.length_s - shortest_s) - others_s, 2 * SECONDS_PER_MINUTE)
        longest_s = spans["easy"].shortest_s + room_s
        whole_s = math.ceil(longest_s / SECONDS_PER_MINUTE) * SECONDS_PER_MINUTE
        return Span(shortest_s=spans["easy"].shortest_s, longest_s=whole_s)


def _format_block(kind: str, lasts: str, inside: list[str]) -> list[str]:
    """Format a block with only a length on one line, any other on several."""
    if not inside:
        return [f"- {kind}: {lasts.removeprefix('lasts: ')}"]
    return [f"- {kind}:", *(f"    {line}" for line in (lasts, *inside))]
