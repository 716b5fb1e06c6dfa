"""Pasted characters: what word processors, chats and web pages write in place of YAML's own, their names and meaning.

Here is what concerns whole lines: code fences, front matter, HTML entities, and a line one space out of its column.
"""

import html
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import yaml

from coach.diagnostics.edits import apply_edits_to_text, remove_line
from coach.diagnostics.problem import Edit, Fix, Location, Problem
from coach.diagnostics.source_file import SourceFile, split_lines
from coach.text.sanitize import quote
from coach.translation import _, translate_plural
from coach.yaml.character_names import (
    BULLETS,
    INVISIBLE,
    ODD,
    PICTURE_FORM,
    QUOTES,
    SIGNS,
    SPACE,
    SPACES,
    name_written,
)
from coach.yaml.nodes import FAST_LOADER

ODD_RUN = re.compile(rf"(?P<space>[{SPACES}]+)|(?P<invisible>[{INVISIBLE}]+)|(?P<tab>\t+)")
MARK = re.compile(r"\\[\[\]{}]|\[(?:in|out|step|[0-9][^\[\]{}]*)\]|\{\w+\}")
LONGEST_LINE = 2_000
DEEPEST = 40

_PLAIN = {**dict.fromkeys(SPACES, " "), **dict.fromkeys(INVISIBLE + QUOTES, "")}

_PLAIN_SIGNS = str.maketrans(
    {**dict.fromkeys(SPACES + PICTURE_FORM, " "), **dict.fromkeys(SIGNS, "-"), "：": ":", "，": ","}  # noqa: RUF001 - as above
)

# An indentation with its dash, or a key with its colon, that has such signs in it.
_STRUCTURE = re.compile(
    rf"(?m)^{SPACE}*(?:[{BULLETS}-]{PICTURE_FORM}?(?={SPACE}){SPACE}*)?(?:[\w-]+{SPACE}*(?:：|:(?:{SPACE}|$)))?{SPACE}*"  # noqa: RUF001 - as above
    rf"|[{{\[,，]{SPACE}*[\w-]+{SPACE}*(?:：{SPACE}*|:{SPACE}+)"  # noqa: RUF001 - as above
)

_SPACES = re.compile(f"{SPACE}*")
_ENTITY = re.compile(r"&(?:#[0-9]{1,6}|#[xX][0-9a-fA-F]{1,5}|[a-zA-Z][a-zA-Z0-9]{1,20});")
_QUOTED = re.compile(r"""(?<![^ \t,:\[{])(?:"(?:[^"\\]|\\.)*"?|'(?:[^']|'')*'?)""")
_BEFORE_COMMENT = re.compile(rf"(?:{_QUOTED.pattern}|(?!(?<!\S)#).)*")
_FENCE = re.compile(r"\s*(?:`{3,}|~{3,})\s*[\w-]*\s*")
_SAID = re.compile(r"[^\W_]+")
_TOP_KEY = re.compile(r"([\w-]+)[ \t]*:(?:\s|$)")


def write_plain_structure(text: str) -> str:
    """Write plain spaces, dashes and colons where a line or a setting begins; every character keeps its place."""
    return _STRUCTURE.sub(lambda found: found[0].translate(_PLAIN_SIGNS), text)


def to_plain(text: str) -> str:
    """Replace odd spaces in a value by plain ones, and leave out what cannot be seen and curly quotes."""
    return "".join(_PLAIN.get(each, each) for each in text).strip()


def find_odd(text: str) -> re.Match[str] | None:
    """Find the first run of characters in a value that only word processors write."""
    return re.search(f"[{SPACES}]+|[{INVISIBLE}]+|[{QUOTES}…–—−：＝]", text)  # noqa: RUF001 - those they write in values


def name_odd(text: str) -> str:
    """Name what only word processors write in a value, as the end of a sentence about it; "" for none."""
    odd = find_odd(text)
    return _("; it holds {sign}", sign=name_written(odd[0][0]).rstrip(",")) if odd else ""


def match_spaces(line: str, column: int) -> int:
    """Find the end of the spaces, plain or odd, that begin at a column."""
    found = _SPACES.match(line, column)
    return found.end() if found else column


def find_closing_quote(line: str, column: int, *, flow: bool) -> int | None:
    """Find the curly quote that closes a text at the end of its value."""
    if line[column] not in QUOTES:
        return None
    end = re.compile(rf"{SPACE}*(?:[,}}\]]|$)" if flow else rf"{SPACE}*(?:[ \t]#.*)?$")
    closes = (found.start() for found in re.finditer(f'[{QUOTES}"]', line[column + 1 :]))
    return next((column + 1 + at for at in closes if end.match(line, column + 2 + at)), None)


def needs_quotes(text: str, *, flow: bool) -> bool:
    """Return whether YAML would end a text too early if it had no quotes."""
    return re.search(r":(?:[ \t]|$)|[ \t]#" + (r"|[,\[\]{}]" if flow else ""), text) is not None


def write_quoted(text: str) -> str:
    """Write a text in straight quotes so that YAML reads it back."""
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


@dataclass(kw_only=True, slots=True)
class SignReporter:
    """Collects the problems of signs in the lines of a session; lines and columns count from 0."""

    source: SourceFile
    problems: list[Problem] = field(default_factory=list)

    def skip_spaces(self, number: int, line: str, column: int, *, tabs: bool = False) -> int:
        """Report what is odd in the spaces that begin at a column, and return where they end."""
        end = match_spaces(line, column)
        self.report_spaces(number, line, column, end, tabs=tabs)
        return end

    def report_spaces(self, number: int, line: str, start: int, end: int, *, tabs: bool = False) -> None:
        """Report each run of odd spaces, and of invisible characters, between two columns."""
        for found in ODD_RUN.finditer(line, start, end):
            location = self.source.locate(number, *found.span())
            if found["space"]:
                count = len(found[0])
                message = translate_plural(
                    "{signs} stands here for a space",
                    "{signs} stand here for spaces",
                    count,
                    signs=name_written(found[0][0], count),
                )
                title = translate_plural("write a plain space", "write {count} plain spaces", count)
                self.report(location, "odd-space", message, title, title, Edit(location=location, text=" " * count))
            elif found["invisible"]:
                message = _("{sign} cannot be seen and does not belong here", sign=name_written(found[0][0]))
                edit = Edit(location=location, text="")
                self.report(location, "control-character", message, _("delete it"), _("delete it"), edit)
            elif tabs:
                message = _("a tab, as Word writes it, cannot follow a dash")
                self.report(
                    location, "tab", message, _("write a space"), _("write a space"), Edit(location=location, text=" ")
                )

    def report(self, location: Location, code: str, message: str, advice: str, title: str, *edits: Edit) -> None:
        """Report a sign with its fix."""
        self.problems.append(Problem.at(location, code, message, advice, Fix(title=title, edits=edits)))


def replace_signs(source: SourceFile, problems: Iterable[Problem]) -> SourceFile:
    """Apply the fixes of signs that take no lines away."""
    edits = [edit for problem in problems if problem.fix for edit in problem.fix.edits]
    text = apply_edits_to_text(source.text, edits)
    return SourceFile(file=source.file, text=text, lines=split_lines(text))


def has_entities(source: SourceFile) -> bool:
    """Return whether a session holds an HTML entity."""
    return "&" in source.text and any(True for _ in _list_entities(source))


def find_document_signs(source: SourceFile, keys: frozenset[str], code: str) -> tuple[Problem, ...]:
    """Find what stands around a session, or in it, because of where it was copied from.

    Args:
        source: the session.
        keys: every word that may be a key.
        code: that of the syntax error, or "".
    """
    front = code == "several-documents"
    found = tuple(_find_fences(source)) or (tuple(_find_front_matter(source, keys)) if front else ())
    return found or tuple(_list_entities(source))


def keeps_text(text: str, edits: Sequence[Edit]) -> bool:
    """Whether edits only write HTML entities out, or only take fences away and make comments of what is around them."""
    after = apply_edits_to_text(text, edits)
    if all(_ENTITY.fullmatch(written) for written in _list_replaced(text, edits)):
        return _SAID.findall(_write_out(text)) == _SAID.findall(_write_out(after))
    lines = iter(after.splitlines())
    line = next(lines, None)
    for before in text.splitlines():
        if line in (before, f"# {before}"):
            line = next(lines, None)
        elif not (_FENCE.fullmatch(before) or before.rstrip() == "---"):
            return False
    return line is None


def _list_replaced(text: str, edits: Sequence[Edit]) -> Iterator[str]:
    lines = split_lines(text)
    return (lines[edit.location.line - 1][edit.location.column - 1 : edit.location.end_column - 1] for edit in edits)


def _write_out(text: str) -> str:
    """Write entities out, without what cannot be seen and without escapes."""
    return "".join("" if each in f"{INVISIBLE}\\" else each for each in html.unescape(text))


def _find_fences(source: SourceFile) -> Iterator[Problem]:
    """Find the lines before and after code in a chat; the talk around it becomes comments, so that no word is lost."""
    lines = source.lines
    fences = [number for number, line in enumerate(lines) if _FENCE.fullmatch(line)]
    pairs = 2
    certain = 1 <= len(fences) <= pairs
    for index, number in enumerate(fences):
        opens = index == 0 and (
            len(fences) == pairs or any(re.match(r"\s*(?:coach|blocks)\s*:", line) for line in lines[number + 1 :])
        )
        around = range(number) if opens else range(number + 1, len(lines))
        location = source.locate(number, 0, len(lines[number].rstrip()))
        fix = None
        if certain:
            edits = (*remove_line(location, lines[number]).edits, *_comment_out(source, around))
            fix = Fix(title=_("take out {line}", line=quote(lines[number].strip())), edits=edits)
        message = _("a code fence, as chats write it after code, is no part of a session")
        if opens:
            message = _("a code fence, as chats write it before code, is no part of a session")
        yield Problem.at(
            location, "code-fence", message, _("delete this line, and keep only what is between the two"), fix
        )


def _comment_out(source: SourceFile, numbers: Iterable[int]) -> Iterator[Edit]:
    for number in numbers:
        line = source.lines[number]
        if line.strip() and not line.startswith("#"):
            location = source.locate(number, 0, 1)
            yield Edit(location=location, text=f"# {line[:1]}")


def _find_front_matter(source: SourceFile, keys: frozenset[str]) -> Iterator[Problem]:
    """Find the lines of dashes around the properties of a note, where they make two documents of one session."""
    lines = source.lines
    marks = [number for number, line in enumerate(lines) if line.rstrip() == "---"]
    if not marks:
        return
    first, last = next(number for number, line in enumerate(lines) if line.strip()), marks[-1]
    above, below = _list_top_keys(lines[:last]), _list_top_keys(lines[last + 1 :])
    ends = not any(line.strip() and not line.startswith("#") for line in lines[last + 1 :])
    if marks not in ([first, last], [last]) or not (ends or first == marks[0]):
        return
    location = source.locate(last, 0, 3)
    removal = remove_line(location, lines[last]).edits
    fix = None
    if ends or (above <= keys and below <= keys and not above & below and "blocks" in below):
        fix = Fix(title=_("take out '---'"), edits=removal)
    elif "blocks" in above and not below:
        fix = Fix(
            title=_("make notes of what follows"), edits=(*removal, *_comment_out(source, range(last + 1, len(lines))))
        )
    message = _("this line ends front matter, as programs for notes write it, and begins a second document")
    yield Problem.at(location, "several-documents", message, _("delete this line, and keep one session"), fix)


def _list_top_keys(lines: Iterable[str]) -> set[str]:
    return {found[1] for line in lines if (found := _TOP_KEY.match(line))}


def _list_entities(source: SourceFile) -> Iterator[Problem]:
    for number, line in enumerate(source.lines):
        searched = "&" in line and len(line) <= LONGEST_LINE and not line.lstrip().startswith("#")
        if not searched:
            continue
        noted = len(_BEFORE_COMMENT.match(line)[0])  # type: ignore[index] # it matches everywhere
        texts = [(*each.span(), each[0][0]) for each in _QUOTED.finditer(line)]
        for found in _ENTITY.finditer(line):
            meant = html.unescape(found[0])
            if (
                found.start() > noted
                or meant == found[0]
                or len(meant) != 1
                or not (meant.isprintable() or meant in ODD)
            ):
                continue
            meant = _PLAIN.get(meant, meant) if meant in ODD else meant
            inside = bisect_left(texts, (found.start(),)) - 1
            quotes = texts[inside][2] if inside >= 0 and found.start() < texts[inside][1] else ""
            written = {'""': '\\"', '"\\': "\\\\", "''": "''"}.get(quotes + meant, meant)
            location = source.locate(number, *found.span())
            title = _("write {sign} for {entity}", sign=meant, entity=found[0])
            if not meant.strip():
                title = _("write a space for {entity}", entity=found[0]) if meant else _("delete {text}", text=found[0])
            begins = line[: found.start()].rstrip()[-1:] in ("", *":,[{-")
            safe = quotes or meant == " " or meant.isalnum() or not (begins or meant in tuple("#:,[]{}"))
            fix = Fix(title=title, edits=(Edit(location=location, text=written),)) if safe else None
            message = _("{entity} is HTML, as web pages write it, and a session is plain text", entity=found[0])
            yield Problem.at(location, "html-entity", message, title, fix)


def find_misalignment(source: SourceFile, keys: frozenset[str], number: int, repaired: Sequence[str]) -> Problem | None:
    """Find a line that is one space out of its column, at a syntax error or above it.

    It is certain if the session, with its lines ``repaired``, then reads to its end, and in one way only, or if the
    line then begins where the line above it does.
    """
    columns = {column for line in source.lines for column in _list_columns(line)}
    found: list[tuple[tuple[str, ...], Problem, int]] = []
    before = [each for each in range(number) if source.lines[each].strip()][-1:]
    for each in (number, *before):
        line = source.lines[each]
        indent = len(line) - len(line.lstrip(" "))
        key = re.match(r"(?:- +)*([\w-]+):", line[indent:])
        if (key is None or key[1].lower() not in keys) and not line[indent:].startswith("- "):
            continue
        for better in (indent - 1, indent + 1):
            moved = _move(source, each, indent, better, repaired) if better >= 0 and better in columns else None
            if moved is not None:
                found.append((*moved, better))
    if found and all(events == found[0][0] for events, *_ in found):
        return found[0][1]
    above = [len(line) - len(line.lstrip(" ")) for line in source.lines[:number] if line.strip()][-1:]
    level = [problem for _, problem, column in found if column in above]
    return level[0] if len(level) == 1 else None


def _list_columns(line: str) -> Iterator[int]:
    dashes = re.match(r" *(?:- +)*", line)
    if line.strip() and not line.lstrip().startswith("#") and dashes:
        yield len(line) - len(line.lstrip(" "))
        yield dashes.end()


def _move(
    source: SourceFile, number: int, indent: int, better: int, repaired: Sequence[str]
) -> tuple[tuple[str, ...], Problem] | None:
    """Try a line in another column: what YAML reads then to the end of the session, and the problem with that fix."""
    location = source.locate(number, 0, max(indent, 1))
    edit = Edit(location=location if indent else source.locate(number, 0, 1), text=" " * better)
    if not indent:
        edit = Edit(location=edit.location, text=" " * better + source.lines[number][:1])
    events = read_events(
        "\n".join(
            (
                *repaired[:number],
                " " * (better - indent) + repaired[number][max(indent - better, 0) :],
                *repaired[number + 1 :],
            )
        )
    )
    if events is None:
        return None
    message = _("this line has one space too few before it")
    if indent > better:
        message = _("this line has one space too many before it")
    fix = Fix(title=_("begin the line in column {column}", column=better + 1), edits=(edit,))
    advice = _("begin it in column {column}, as the lines that it belongs with", column=better + 1)
    return events, Problem.at(location, "indentation", message, advice, fix)


def read_events(text: str) -> tuple[str, ...] | None:
    """Return what YAML reads in a text, with its structure; None if it cannot be read to the end."""
    events: list[str] = []
    depth = 0
    try:
        for event in yaml.parse(text, FAST_LOADER):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > DEEPEST:  # libyaml does not stand thousands of brackets
                return None
            events.append(f"{type(event).__name__} {getattr(event, 'value', '')}")
    except yaml.YAMLError:
        return None
    return tuple(events)


def read_scalar(words: str) -> str | None:
    """Return what YAML reads as a value in one or more lines; None if it is no scalar."""
    try:
        events = list(yaml.parse(f"a: {words}", FAST_LOADER))
    except yaml.YAMLError:
        return None
    return events[4].value if len(events) == 8 and isinstance(events[4], yaml.ScalarEvent) else None  # noqa: PLR2004 - a, words
