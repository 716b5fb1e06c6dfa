"""Try `coach check --fix` on tens of thousands of nearly right sessions, and count what it mends and what it loses.

Each session is a template with a text that holds a sign. So it is known which words are to be said, which are a
comment, and how long the block lasts; all of it is looked up in the fixed file by PyYAML's own nodes and tokens.
Pairs are templates of pasted or hasty sessions beside what each means, filled with texts that hold anything, two at
once, with any line ends: the fixed file must have the same keys, values, words and comments, in the same order.

    python scripts/try_fixes.py                          # every template, in some minutes
    python scripts/try_fixes.py --every 50 --start 7     # a fiftieth of them, from the eighth on
    python scripts/try_fixes.py --pairs 5000 --seed 3    # so many pairs instead, chosen at random
    python scripts/try_fixes.py --labels --every 10      # labels that may not be said, and blocks without dashes
"""

import argparse
import html
import itertools
import random
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
from coach.session.values.duration import parse_duration
from coach.session.values.value_kind import ScalarError

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

# What pasted texts begin with, go on with, and hold.
PAIR_PHRASES = (
    *PHRASES,
    ("Nog 3 minuten", "tot 10:30, dan 2x"),
    ("lasts", "title: ja"),
    ('Zeg "ja"', "en 'nee'"),
    ("Kijk {name}", "[in] en [out]"),
    ("ÉÉN", "twee; drie"),
    ("Rustig", "bell"),
)

PAIR_SIGNS = (
    *SIGNS,
    *(
        "~",
        ";",
        ".",
        "(",
        ")",
        "<",
        "^",
        "$",
        "+",
        "/",
        "\x0c",
        "\u2029",
        "\u202f",
        "\u3000",
        "\u200b",
        "\u200d",
        "\ufeff",
        "\t",
    ),
    *("“", "”", "„", "‚", "‘", "’", "«", "»", "‹", "…", "—", "→", "->", "=>", "：", "，", "＃", "｛"),  # noqa: RUF001 - pasted signs
    *(
        "  #",
        "#1",
        "# 1",
        "(#2)",
        ": ",
        ":: ",
        "://",
        "--",
        "---",
        "- ",
        "? ",
        "! ",
        "& ",
        "* ",
        "% ",
        "| ",
        "> ",
        "<<: ",
    ),
    *(
        "&amp;",
        "&nbsp;",
        "&x",
        "*x",
        "!x",
        "%x",
        "@x",
        "|-",
        ">-",
        "...",
        "{name}",
        "[in]",
        "[2s]",
        "{name",
        "name}",
        "[in",
    ),
    *("\\[", '\\"', "''", '""', "5m", "10:30", "1,5", "3-3", "1. ", "1) ", "a) ", "x: ", ", x: ", "say: ", "- say: "),
    *("👩‍👩‍👧", "שלום", "\u200fא", "e\u0301", "5 %", "½"),
)

PAIR_PATTERNS = (*PATTERNS, "{s}{a}{b}", "{s} {a} {b}", "{s}{a} {b}{s}", "{a}, {b} {s}")

_SAY = "  - say: TEXT"

_EASY = "  - easy: {lasts: 5m, say: TEXT}"

_LONG = "  - say: [TEXT, Tot zo.]"

# Blocks as they are pasted or hastily written, and what each means, where TEXT is in quotes.
PAIRS = (
    *((block, _SAY) for block in (_SAY, '  - say: "TEXT', "  - say: 'TEXT", '  - say: TEXT"')),
    *((f"  - say: {first}TEXT{last}", _SAY) for first, last in ("“”", "„”", "«»", "‘’", '“"', '"”', '""', "''")),  # noqa: RUF001 - pasted signs
    *((f"  - say{sign}TEXT", _SAY) for sign in (":", "：", " = ", " : ", " ", " -> ", " → ", ":\xa0", "=")),  # noqa: RUF001 - pasted signs
    *(
        (f"  {sign}say: TEXT", _SAY)
        for sign in ("– ", "• ", "* ", "-", "-\xa0", "- \u200b", "-\t", " - ", "1. ", "2) ", "a. ")
    ),
    *((f"{indent}- say: TEXT", _SAY) for indent in (" ", "   ", "\xa0\xa0", "\t")),
    *((f"  - {key}: TEXT", _SAY) for key in ("Say", "zeg", "SAY")),
    *((f"  - say{sign}TEXT  # NOTE", f"{_SAY}  # NOTE") for sign in (": ", ":", " = ", ': "')),
    *((f"  - say:{sign}TEXT\n      Tot zo.{end}", _LONG) for sign, end in ((" ", ""), (" | ", ""), (' "', '"'))),
    *((f"  - say:{sign}\n      TEXT\n      Tot zo.", _LONG) for sign in ("", " |", " >")),
    *(
        (f"  - say: {{nl:{gap}TEXT, en:{gap}Hello{end}", "  - say: {nl: TEXT, en: Hello}")
        for gap, end in ((" ", "}"), (" ", ""), ("", "}"))
    ),
    ("  - say:\n      nl:TEXT\n      en:Hello", "  - say: {nl: TEXT, en: Hello}"),
    *(
        (f"  - easy: {{{inside}}}", _EASY)
        for inside in ("lasts: 5m, say: TEXT", "lasts:5m, say:TEXT", "lasts=5m, say=TEXT")
    ),
    *(
        (f"  - easy: {{{inside}}}", _EASY)
        for inside in ("lasts\uff1a5m\uff0csay\uff1aTEXT", "duur: 5m, zeg: TEXT", "lasts: 5m, say: “TEXT”")
    ),
    ("  - easy: {lasts: 5m, say: TEXT  # NOTE", f"{_EASY}  # NOTE"),
    ("  - easy: {5m, say: TEXT}", _EASY),
    *(
        (f"  - easy:{settings}", "  - easy: {lasts: 5m, say: [{at: 30s, text: TEXT}]}")
        for settings in (
            " {lasts: 5m, at 30s: TEXT}",
            " {5m, at 30s: TEXT}",
            " {lasts: 5m, say: {at 30s: TEXT}}",
            "\n      lasts: 5m\n      at 30s: TEXT",
            "\n      lasts: 5m\n      say:\n        at 30s: TEXT",
        )
    ),
    ("  - easy: {lasts: 2,5m, say: TEXT}", "  - easy: {lasts: 2m30s, say: TEXT}"),
    *(
        (f"  - easy: {{lasts: 5m, title: TEXT, say: TEXT{end}", "  - easy: {lasts: 5m, title: TEXT, say: TEXT}")
        for end in ("}", "")
    ),
    ("  - easy: {lasts: 5m, say: [TEXT, Hello]}", "  - easy: {lasts: 5m, say: [TEXT, Hello]}"),
    *((f"  - easy{lines}", _EASY) for lines in (" 5m: {say: TEXT}", " 5m:\n      say: TEXT", ": 5m\n      say: TEXT")),
    *(
        (f"  - easy:\n{lines}", _EASY)
        for lines in ("      lasts 5m\n      say TEXT", "      lasts = 5m\n      say = TEXT")
    ),
    *(
        (f"  - easy:\n{lines}", _EASY)
        for lines in ("      - lasts: 5m\n      - say: TEXT", "    lasts: 5m\n    say: TEXT")
    ),
    *(
        (f"  - easy:\n{lines}", _EASY)
        for lines in ("      lasts: 5m\n       say: TEXT", "      lasts: 5m\n     say: TEXT")
    ),
    *(
        (f"  - easy:\n{lines}", _EASY)
        for lines in ("\t\tlasts: 5m\n\t\tsay: TEXT", "      lasts: 5 minuten\n      say:TEXT")
    ),
    (
        "  - repeat: 2x\n      blocks:\n        - brisk: 1 min\n        - say: TEXT",
        "  - repeat: {times: 2, blocks: [{brisk: 1m}, {say: TEXT}]}",
    ),
    ("  - easy: 5 min # TEXT", "  - easy: 5m # TEXT"),
)

# What may be a setting, a place, a note or a language: with a colon behind it, it must not be said.
LABELS = (
    *("lasts", "bell", "titel", "lats", "duur", "note", "opmerking", "noot", "NB", "todo", "de", "fr", "DE", "nl-BE"),
    *("at 4m", "at 50%", "-20s", "3m", "50%", "level extra", "na 30 sec", "op 1 min", "laatste minuut", "halverwege"),
)

LABELLED = (
    "  - easy: {lasts: 5m, say: TEXT., LABEL: OTHER}",
    "  - easy: {lasts: 5 min, say: TEXT, LABEL: OTHER, bell: start}",
    "  - easy: {lasts: 5m, say: LABEL: OTHER}",
    "  - easy: {lasts: 5m, say: {LABEL: OTHER}}",
    "  - easy: {lasts: 5m\n     say: TEXT, LABEL: OTHER}",
    "  - easy: {lasts: 5m, say: {nl: TEXT., LABEL: OTHER}}",
    "  - easy:\n      lasts: 5 min\n      say:\n        - LABEL: OTHER",
    "  - easy:\n      lasts: 5m\n      say:\n        - LABEL:\n          text: OTHER",
    "  - easy:\n      lasts: 5m\n      say:\n        - {LABEL, OTHER}",
    "  - easy:\n      lasts: 5 min\n      zeg:\n        LABEL: OTHER",
    "  - easy:\n      lasts: 5m\n      say: TEXT\n        LABEL: OTHER",
    "  - easy:\n    lasts: 5m\n    say: TEXT; LABEL: OTHER",
    "  - say: TEXT, LABEL: OTHER",
    "  - say: LABEL: OTHER",
    "  - say = LABEL: OTHER",
)

# Blocks without dashes, with other blocks after which they come again, and how many blocks they are.
UNDASHED = (
    ("  - easy: 4m\n    {0}\n    {1}\n    {0}\n    {1}", 5),
    ("  - repeat:\n      times: 2\n      blocks:\n        {0}\n        {1}\n        {0}", 4),
    ("  - repeat:\n      times: 2\n      blocks:\n        {0}\n        {0}", 3),
)

REPEATED = ("brisk: 1m", "free: 2 min", "silence: 90s", "easy: {lasts: 1m, ticks: uit}", "easy:", "use: a.yaml")

TEXT_KEYS = {"say", "say-also", "text", "title", "about", "nl", "en"}

KINDS = {"easy", "free", "brisk", "silence", "walk-out"}

INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """A nearly right session: its content, the words to be said and noted in order, and the length of its block.

    ``label`` must not be said, and ``blocks`` is how many there must be.
    """

    content: str
    said: tuple[str, ...]
    noted: tuple[str, ...]
    lasts_s: int | None
    right: str = ""
    label: str = ""
    blocks: int = 0


def split_words(text: str) -> tuple[str, ...]:
    """Split a text into words: letters, marks and digits, composed, without what cannot be seen."""
    seen = (each for each in unicodedata.normalize("NFC", text) if each not in INVISIBLE)
    return tuple("".join(each if unicodedata.category(each)[0] in "LMN" else " " for each in seen).split())


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


def list_labelled() -> Iterator[Case]:
    """List cases with a label in a text, and with blocks without dashes."""
    for (a, b), label, block in itertools.product(PHRASES, LABELS, LABELLED):
        written = block.replace("TEXT", a).replace("OTHER", b).replace("LABEL", label)
        content = HEAD.format(title="Rondje", block="\0").replace("\0", written) + "  - walk-out: 4m\n"
        yield Case(content=content, said=(), noted=(), lasts_s=None, label=label)
    for (block, blocks), (one, other) in itertools.product(UNDASHED, itertools.permutations(REPEATED, 2)):
        content = HEAD.format(title="Rondje", block=block.format(one, other))
        yield Case(content=content, said=(), noted=(), lasts_s=None, blocks=blocks + 1)


def list_texts(node: yaml.Node, key: str = "") -> Iterator[str]:
    """List the texts of a session."""
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            yield from list_texts(value, name.value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from list_texts(item, key)
    elif key in TEXT_KEYS:
        yield node.value


def count_blocks(node: yaml.Node, key: str = "") -> int:
    """Count the blocks of a session, those that hold others too."""
    if isinstance(node, yaml.MappingNode):
        return sum(count_blocks(value, name.value) for name, value in node.value)
    if not isinstance(node, yaml.SequenceNode):
        return 0
    return sum(1 for _ in node.value if key == "blocks") + sum(count_blocks(item) for item in node.value)


def compose(content: str) -> yaml.Node | None:
    """Compose a session; None if YAML cannot read it."""
    try:
        return yaml.compose(content, LOADER)
    except yaml.YAMLError:
        return None


def judge_kept(case: Case, content: str) -> str:
    """Judge whether a label is said in a fixed session, or a block is lost; one that YAML read, it still reads."""
    root = compose(content)
    if root is None:
        return "mended, not read" if compose(case.content) else "mended"
    if any(re.search(rf"(?<!\w){re.escape(case.label)}:", text) for text in list_texts(root)):
        return "mended, a label is said"
    return "mended, blocks lost" if case.blocks not in (0, count_blocks(root)) else "mended"


def draw_pairs(count: int, seed: int) -> Iterator[Case]:
    """Draw pairs of blocks at random, with the session that is meant; some have a second fault below."""
    draw = random.Random(seed)  # noqa: S311 - which cases to try
    for _ in range(count):
        (a, b), sign = draw.choice(PAIR_PHRASES), draw.choice(PAIR_SIGNS)
        text = draw.choice(PAIR_PATTERNS).format(a=a, b=b, s=sign)
        chosen = draw.sample(PAIRS, draw.choice((1, 1, 2)))
        title = draw.choice(("Rondje",) * 9 + ("\0",))
        content = HEAD.format(title=title, block="\n".join(pair[0] for pair in chosen)) + "  - walk-out: 4m\n"
        right = HEAD.format(title=title, block="\n".join(pair[1] for pair in chosen)) + "  - walk-out: 4m\n"
        content, right = (each.replace("TEXT", "\0").replace("NOTE", NOTE) for each in (content, right))
        right = right.replace("# \0", f"# {write_plain(text)}").replace("\0", write_quoted(text))
        content = content.replace("\0", text).replace("\n", draw.choice(("\n", "\n", "\r\n", "\r")))
        yield Case(content=draw.choice(("", "", "\ufeff")) + content, said=(text,), noted=(), lasts_s=None, right=right)


def write_plain(text: str) -> str:
    """Write a space for each character that no session may hold."""
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff]", " ", text)


def write_quoted(text: str) -> str:
    """Write a text in double quotes as it is meant, with HTML written out."""
    plain = write_plain(html.unescape(text) if "&amp;" in text or "&nbsp;" in text else text)
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t") + '"'


def list_meant(node: yaml.Node, key: str = "") -> Iterator[object]:
    """List the keys, values and words of a session in their order, each with where it stands; lengths in seconds."""
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            yield from ((name.value, meant) for meant in list_meant(value, name.value))
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from list_meant(item, key)
    elif key in TEXT_KEYS:
        yield from split_words(node.value)
    else:
        yield ("lasts", read_value(node.value)) if key in KINDS else read_value(node.value)


def read_value(text: str) -> object:
    """Return the seconds of a time, else the text."""
    try:
        return parse_duration(text)
    except ScalarError:
        return text


def compare_meant(case: Case, content: str) -> str:
    """Compare a fixed session with the one that was meant."""
    now, right = yaml.compose(content, LOADER), yaml.compose(case.right, LOADER)
    assert now is not None  # noqa: S101 - it has no errors
    assert right is not None  # noqa: S101 - as above
    meant, wanted = list(list_meant(now)), list(list_meant(right))
    noted, to_note = find_noted(content), find_noted(case.right)
    if meant == wanted and noted == to_note:
        return "mended"
    words = [sorted(map(str, (*map(find_word, said), *notes))) for said, notes in ((meant, noted), (wanted, to_note))]
    if words[0] == words[1] and re.search(r"\s#", case.said[0]):
        return "mended"  # what YAML takes for a comment may be one
    # A key after a comma in braces, and a line that begins with a number sign, are what they are to YAML.
    is_yaml = re.search(r"[,;].*\btitle:|^#", case.said[0]) is not None
    return "mended as YAML reads it" if is_yaml else "mended, otherwise than meant"


def find_word(meant: object) -> object:
    """Return the word or value itself, without where it stands."""
    return find_word(meant[1]) if isinstance(meant, tuple) else meant


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
    kept = judge_kept(case, content) if case.label or case.blocks else ""
    if kept not in ("", "mended"):
        return kept, content
    if count_errors(check_session(path)):
        return "part", content
    if kept:
        return kept, content
    if case.right:
        plain = content.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
        return compare_meant(case, plain), content
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
    parser.add_argument("--start", type=int, default=0, help="leave out so many cases at first")
    parser.add_argument("--labels", action="store_true", help="try labels in texts and blocks without dashes instead")
    parser.add_argument("--pairs", type=int, default=0, help="try so many pairs at random instead")
    parser.add_argument("--seed", type=int, default=1, help="which pairs")
    parser.add_argument("--show", default="mended, ", help="print the cases whose outcome begins so")
    options = parser.parse_args(arguments)
    found: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        cases = list_labelled() if options.labels else list_cases()
        listed = itertools.islice(cases, options.start, None, options.every)
        for case in draw_pairs(options.pairs, options.seed) if options.pairs else listed:
            outcome, content = judge(case, Path(folder) / "run.yaml")
            found[outcome] += 1
            if outcome.startswith(options.show):
                print(f"--- {outcome}\n{case.content}+++\n{content}")
    for outcome, number in sorted(found.items()):
        print(f"{number:6} {outcome}")
    return 1 if any(outcome.startswith("mended, ") for outcome in found) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
