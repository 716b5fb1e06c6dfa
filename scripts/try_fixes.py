"""Try `coach check --fix` on tens of thousands of nearly right sessions, and count what it mends and what it loses.

Each session is a template with a text that holds a sign. So it is known which words are to be said, which are a
comment, and how long the block lasts; all of it is looked up in the fixed file by PyYAML's own nodes and tokens.

    python scripts/try_fixes.py               # every case, in some minutes
    python scripts/try_fixes.py --every 50    # a fiftieth of them
"""

import argparse
import itertools
import re
import sys
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from coach.diagnostics.problem import count_errors
from coach.services.autofix import apply_fixes
from coach.services.session_check import check_session

# The pure parser takes a ? inside a word for a key.
LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

HEAD = 'coach: 1\nlanguage: nl\ntitle: {title}\nvalues: {{name: ""}}\nblocks:\n  - free: 1m  # warm worden\n{block}\n'

PHRASES = (
    ("Laat los", "breathe"),
    ("Adem in", "en uit"),
    ("Denk niet aan", "werk, alleen aan nu"),
    ("Let op: brug", "drie komt eraan"),
    ("Foto's van 's ochtends", "één café"),
    ("Let go", "say nothing, at all"),
)

SIGNS = (*"#:,{}[]\"'–•&*!%@`|>-?=", "\u2028", "\x85", "\x0b", "\xa0", "\\", " #", " # ")

PATTERNS = ("{a} {s}{b}", "{a}{s} {b}", "{a} {s} {b}", "{s}{a} {b}", "{a} {b}{s}", "{a}{s}{b}", "{a} {s}{b}{s} nu")

NOTE = "zacht, foto's en {rust}"

BLOCKS = (
    "  - say: TEXT",
    '  - say: "TEXT"',
    "  - say: 'TEXT'",
    '  - say: "TEXT',
    "  - say: 'TEXT",
    "  - say:TEXT",
    "  - say: TEXT  # NOTE",
    '  - say: "TEXT"  # NOTE',
    '  - say: "TEXT  # NOTE',
    "  - say: |\n      TEXT\n      Tot zo.",
    "  - say: TEXT\n      Tot zo.",
    '  - say: "TEXT\n      Tot zo."',
    "  - say: {nl: TEXT, en: Hello}",
    "  - say: {nl: TEXT, en: Hello",
    "  - easy: {lasts: 5m, say: TEXT}",
    "  - easy: {say: TEXT, lasts: 5m}",
    "  - easy: {lasts:5m, say:TEXT}",
    "  - easy: {lasts: 5m, say: TEXT",
    "  - easy: {lasts: 5m, say: TEXT  # NOTE",
    "  - easy: {lasts: 5 min, say: TEXT}  # NOTE",
    '  - easy: {lasts: 5m, say: "TEXT"}',
    "  - easy: {lasts: 5m, say: TEXT, bell: start}",
    "  - easy: {lasts: 5m, say: [{at: 30s, text: TEXT}]}",
    "  - easy 5m: {say: TEXT}",
    "  - esy: {last: 5m, say: TEXT}",
    "  - easy:\n      lasts: 5 minuten\n      say: TEXT",
    "  - easy:\n      say: TEXT  # NOTE\n      lasts: 300",
    "  - easy:\n    lasts: 5m\n    say: TEXT",
    "  - easy:\n      lasts: 5m\n      say:\n        - TEXT\n        - at: 2m\n          text: Tot zo.",
    "  - easy:\n      lasts: 5m\n      say:\n        - at: 30 sec\n          text: TEXT  # NOTE",
    "\t- easy:\n\t\t\tlasts: 5m\n\t\t\tsay: TEXT",
)

TEXT_KEYS = {"say", "say-also", "text", "title", "about", "nl", "en"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """A nearly right session: its content, the words to be said and noted in order, and the length of its block."""

    content: str
    said: tuple[str, ...]
    noted: tuple[str, ...]
    lasts_s: int | None


def split_words(text: str) -> tuple[str, ...]:
    """Split a text into words: letters, marks and digits, composed."""
    kept = (each if unicodedata.category(each)[0] in "LMN" else " " for each in unicodedata.normalize("NFC", text))
    return tuple("".join(kept).split())


def list_cases() -> Iterator[Case]:
    """List all cases: texts with signs, in blocks and in the title."""
    for (a, b), sign, pattern in itertools.product(PHRASES, SIGNS, PATTERNS):
        text = pattern.format(a=a, b=b, s=sign)
        for block in BLOCKS:
            rest = block.replace("TEXT", "\0").replace("NOTE", NOTE)
            told = re.findall(r"\0|Tot zo|Hello", block.replace("TEXT", "\0"))
            said = [word for part in told for word in split_words(text if part == "\0" else part)]
            yield Case(
                content=HEAD.format(title="Rondje", block=rest).replace("\0", text),
                said=("Rondje", *said),
                noted=(*split_words("warm worden"), *(split_words(NOTE) if "NOTE" in block else ())),
                lasts_s=300 if "5" in block or "300" in block else None,
            )
        content = HEAD.format(title="\0", block="  - easy: 5 min").replace("\0", text)
        yield Case(content=content, said=split_words(text), noted=split_words("warm worden"), lasts_s=300)


def find_said(node: yaml.Node, key: str = "") -> Iterator[str]:
    """List the words of all texts of a session, in their order."""
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            yield from find_said(value, name.value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from find_said(item, key)
    elif key in TEXT_KEYS:
        yield from split_words(node.value)


def find_noted(content: str) -> tuple[str, ...]:
    """List the words of all comments: what follows a number sign outside of all tokens with a value."""
    gaps = list(content)
    for token in yaml.scan(content, LOADER):
        if isinstance(token, yaml.ScalarToken):
            start, end = token.start_mark.index, token.end_mark.index
            gaps[start:end] = ["." if each != "\n" else each for each in gaps[start:end]]
    marks = [found.span() for found in re.finditer(r"(?<!\S)#[^\n]*", "".join(gaps))]
    return tuple(word for start, end in marks for word in split_words(content[start:end]))


def find_length_s(node: yaml.Node) -> int | None:
    """Find how long the last block lasts, as the templates write it in the end."""
    blocks = next(value for name, value in node.value if name.value == "blocks")
    ((_, settings),) = blocks.value[-1].value
    if isinstance(settings, yaml.MappingNode):
        settings = next((value for name, value in settings.value if name.value == "lasts"), None)
    return {"5m": 300, "300s": 300}.get(settings.value) if isinstance(settings, yaml.ScalarNode) else None


def judge(case: Case, path: Path) -> tuple[str, str]:
    """Fix a case, and judge what became of it; also return the fixed content."""
    path.write_bytes(case.content.encode())
    before = count_errors(check_session(path))
    fixed = apply_fixes([path])
    if not fixed.files:
        return ("valid" if not before else "left"), case.content
    content = next(iter(fixed.after.values())).decode()
    path.write_bytes(content.encode())
    if count_errors(check_session(path)):
        return "part", content
    return compare(case, content), content


def compare(case: Case, content: str) -> str:
    """Compare what is said, noted and set in a fixed session, which has no errors, with what was written."""
    root = yaml.compose(content, LOADER)
    assert root is not None  # noqa: S101 - it has no errors
    said, noted = tuple(find_said(root)), find_noted(content)
    # What YAML takes for a comment, with a space after its sign, may be one.
    may_note = re.search(r"\s#\s|\s\s#", re.sub(r"# (warm worden|zacht)", "", case.content))
    if may_note and said != case.said and sorted((*said, *noted)) == sorted((*case.said, *case.noted)):
        return "mended"
    if said != case.said:
        return "mended, other words said"
    if noted != case.noted:
        return "mended, other comments"
    other_length = case.lasts_s is not None and find_length_s(root) != case.lasts_s
    return "mended, another length" if other_length else "mended"


def main(arguments: Sequence[str]) -> int:
    """Count what becomes of all cases; print those that lose something. Return 1 if there are any."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--every", type=int, default=1, help="take each Nth case only")
    parser.add_argument("--show", default="mended, ", help="print the cases whose outcome begins so")
    options = parser.parse_args(arguments)
    found: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        for case in itertools.islice(list_cases(), 0, None, options.every):
            outcome, content = judge(case, Path(folder) / "run.yaml")
            found[outcome] += 1
            if outcome.startswith(options.show):
                print(f"--- {outcome}\n{case.content}+++\n{content}")
    for outcome, number in sorted(found.items()):
        print(f"{number:6} {outcome}")
    return 1 if any(outcome.startswith("mended, ") for outcome in found) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
