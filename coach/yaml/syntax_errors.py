"""YAML syntax errors, in words that an author can act on."""

import re

import yaml

from coach.diagnostics.problem import Problem
from coach.diagnostics.source_file import SourceFile
from coach.text.sanitize import quote
from coach.translation import _, mark_message

SYNTAX_CODES = frozenset(
    {"unquoted", "stray-colon", "open-quote", "bad-escape", "no-colon", "indentation", "not-yaml"}
    | {"open-list", "open-mapping", "open-bracket", "stray-dash", "unknown-alias", "tag"}
)

_QUOTES = mark_message('put the text in quotes: "…"')
_HIDDEN = mark_message("a # after a space begins a comment, and hides the closing bracket")

_CLOSINGS = {
    "'": mark_message("write '' for an apostrophe inside single quotes, or use double quotes"),
    '"': mark_message('write \\" for a quote inside double quotes, or use single quotes'),
    "]": mark_message("put a text that begins with [ in quotes"),
    "}": mark_message("put a text that begins with { in quotes"),
}

_FAULTS: tuple[tuple[str, str, str, str], ...] = (
    (
        r"mapping values are not allowed|found unexpected ':'",
        "stray-colon",
        mark_message("a `:` is not allowed here"),
        mark_message("put the text in quotes if the colon belongs to it, else check the indentation"),
    ),
    (
        r"quoted scalar.*(unexpected end of stream|document (separator|indicator))",
        "open-quote",
        mark_message("this quote is never closed"),
        mark_message("close it, and write '' for an apostrophe inside single quotes"),
    ),
    (
        r"quoted scalar.*(unknown escape|escape character|hexadecimal|escape code)",
        "bad-escape",
        mark_message("this is not an escape that YAML knows"),
        mark_message("inside double quotes write \\\\ for a backslash, or use single quotes"),
    ),
    (r"an (alias|anchor) .*alphabetic", "unquoted", mark_message("a text cannot begin with * or &"), _QUOTES),
    (
        r"(parsing|scanning) a tag|tag handle",
        "unquoted",
        mark_message("a text cannot begin with !"),
        _QUOTES,
    ),
    (
        r"scanning a block scalar",
        "indentation",
        mark_message("a text after | or > begins on the next line"),
        mark_message("begin it on the next line, indented further than its key"),
    ),
    (
        r"parsing a flow node",
        "unquoted",
        mark_message("no value can begin here"),
        mark_message("close the bracket before, or put the text in quotes"),
    ),
    (
        r"parsing a flow sequence",
        "open-list",
        mark_message("this [ … ] list is not closed or lacks a comma"),
        mark_message("close it with ], or put a text that begins with [ in quotes"),
    ),
    (
        r"parsing a flow mapping",
        "open-mapping",
        mark_message("this { … } is not closed or lacks a comma"),
        mark_message("close it with }, or put a text that begins with { in quotes"),
    ),
    (
        r"sequence entries are not allowed",
        "stray-dash",
        mark_message("a list cannot begin here"),
        mark_message("begin the list on the next line, with `- `"),
    ),
    (
        r"simple key|mapping keys are not allowed",
        "no-colon",
        mark_message("this is neither `key: value` nor the text of a line above"),
        mark_message("write `key: value`, or indent a text that goes on; quote one that begins with ?"),
    ),
    (
        r"parsing a block collection",
        "indentation",
        mark_message("this does not line up with the list above"),
        mark_message("begin each item of a list with `- `, in the same column"),
    ),
    (
        r"block mapping|document start|node content",
        "indentation",
        mark_message("this does not line up with the lines above"),
        mark_message("begin the keys of one mapping in the same column; quote a text that begins with \" ' [ or {"),
    ),
)


# What mails, chats and Markdown put at the beginning of a line, with what to do about it.
_MARKUP: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (
        re.compile(r"\s*(?:[-*+] +)?(?P<mark>\*\*[^*]+\*\*)"),
        mark_message("asterisks make words bold in Markdown, and a session is plain text"),
        mark_message("write it without asterisks: {plain}"),
    ),
    (
        re.compile(r"\s*(?P<mark>>+) ?(?=[^\s>])"),
        mark_message("a mail puts > before each line that it quotes"),
        mark_message("take the > out of each line"),
    ),
    (
        re.compile(r"\s*(?P<mark>\|.*\|)\s*$"),
        mark_message("this is a row of a table, and a session is a list"),
        mark_message("write each row as a block of its own, like - easy: 5m"),
    ),
    (
        re.compile(
            r"\s*(?P<mark>(?:\[[^\]]*[0-9][:.][0-9]{2}[^\]]*\]|[0-9]+[-/.][0-9]+[-/.][0-9]+,? [0-9]+[:.][0-9]+ -)"
            r" *[^:]{1,40}:)(?= )"
        ),
        mark_message("a chat puts the time and a name before each message"),
        mark_message("take both out of each line"),
    ),
)

_LONGEST_MARKED = 400

# Settings with a value that nothing can stand under.
_SETTINGS = ("lasts", "may-last", "cadence", "ticks", "bell", "at", "after", "every", "level", "times")

_SECOND_KEY = re.compile(
    r" *(?:- +)*(?P<key>[a-z][a-z-]*): +(?P<value>-?[0-9][0-9.,]*(?: ?[a-z%]{1,8})?)"
    r"(?:[,;]? +(?P<second>[a-z][a-z-]*))?:(?= |$)"
)

_UNKNOWN = (
    "not-yaml",
    mark_message("this is not YAML"),
    mark_message('put the text in quotes: "…" if it is one, else compare it with the lines around it'),
)


def explain_syntax_error(error: yaml.YAMLError, source: SourceFile) -> Problem:
    """Turn a parser's error into a problem: what it means, and where."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    start = getattr(error, "context_mark", None) or mark
    said = f"{getattr(error, 'context', '')} {getattr(error, 'problem', '')}"
    line, column = (mark.line, mark.column) if mark else (0, 0)
    special = _find_markup(source, line) or _explain_by_text(
        said, source, line, column, {line, start.line if start else line}
    )
    if special is not None:
        return special
    code, message, advice = next((fault[1:] for fault in _FAULTS if re.search(fault[0], said)), _UNKNOWN)
    message, advice = _(message), _(advice)
    if start and code in ("open-quote", "open-list", "open-mapping", "no-colon"):
        line, column = start.line, start.column
    comment = _find_hiding_comment(_get_line(source, line), column) if code in ("open-list", "open-mapping") else None
    if comment is not None:
        return _report_unquoted(source, line, comment, _(_HIDDEN))
    if code == "open-quote" and re.search(r"\s#", _get_line(source, line)[column:]):
        advice = _("close it before the # if a comment begins there, or at the end of the line if all of it is said")
    if code == "bad-escape" and source.lines[line][column - 1 : column] == "\\":
        column -= 1  # the pure parser points past the backslash
    line, column = _move_inside(source, line, column)
    if code == "no-colon":
        advice = _advise_no_colon(source.lines[line], _get_line(source, line + 1))
    return Problem(location=source.locate(line, column, column + 1), code=code, message=message, help=advice)


def _find_markup(source: SourceFile, line: int) -> Problem | None:
    """Find the marks of a mail, a chat or Markdown at the beginning of a line."""
    written = _get_line(source, line)
    for pattern, message, advice in _MARKUP:
        found = pattern.match(written[:_LONGEST_MARKED])
        if found:
            location = source.locate(line, *found.span("mark"))
            plain = written[found.start("mark") :].replace("**", "").strip()[:60]
            return Problem(location=location, code="markup", message=_(message), help=_(advice, plain=plain))
    return None


def _advise_no_colon(line: str, below: str) -> str:
    """Say what to do with a line without a colon; one in the first column may be no part of the session."""
    if re.fullmatch(r" *[a-z][a-z-]*", line.rstrip()) and len(_get_indentation(below)) > len(_get_indentation(line)):
        return _("write {text}", text=f"`{line.strip()}:`")
    if line[:1].isspace() or line[:1] == "?":
        return _(next(fault[3] for fault in _FAULTS if fault[1] == "no-colon"))
    return _("write `key: value`, or, if it is no part of the session, delete this line or put `# ` before it")


def _explain_by_text(said: str, source: SourceFile, line: int, column: int, lines: set[int]) -> Problem | None:
    """Find what the text itself shows better than the parser's words."""
    for at in sorted(lines):
        if "\t" in _get_indentation(_get_line(source, at)):
            return _report_tab(source, at)
    if _get_line(source, line).startswith("%"):
        return _report_unquoted(source, line, 0, _("a line cannot begin with %"))
    if "cannot start any token" in said:
        return _report_unquoted(
            source,
            line,
            column,
            _("a text cannot begin with {sign}", sign=_get_line(source, line)[column : column + 1]),
        )
    if "flow node" in said and not any(
        rest.strip() for rest in (_get_line(source, line)[column:], *source.lines[line + 1 :])
    ):
        return _report_open_bracket(source, line, column)
    below = _report_list_below(source, line) if "block" in said or "mapping values" in said else None
    below = below or _report_interrupted_list(source, line)
    if below is not None or "mapping values" in said:
        return below or _report_second_key(source, line, column) or _report_value_above(source, line)
    after = "block" in said or "document start" in said
    return _report_after_closing(source, line, column) if after else None


def _report_open_bracket(source: SourceFile, line: int, column: int) -> Problem:
    line, column = _move_inside(source, line, column)
    opened = re.search(r"[\[{]", source.lines[line])
    comment = _find_hiding_comment(source.lines[line], opened.start()) if opened else None
    if comment is not None:
        return _report_unquoted(source, line, comment, _(_HIDDEN))
    location = source.locate(line, column, 0)
    message = _("a bracket is never closed")
    return Problem(location=location, code="open-bracket", message=message, help=_("close it with ] or }"))


def _report_value_above(source: SourceFile, line: int) -> Problem | None:
    """Report a line without a colon, or a key that has a number behind it, above a setting."""
    number = next((each for each in range(line - 1, -1, -1) if source.lines[each].strip()), line)
    above = source.lines[number]
    if ":" not in above and _get_indentation(above) == _get_indentation(_get_line(source, line)) and "#" not in above:
        location = source.locate(number, len(_get_indentation(above)), len(above))
        code, message = next(fault[1:3] for fault in _FAULTS if fault[1] == "no-colon")
        return Problem(
            location=location, code=code, message=_(message), help=_advise_no_colon(above, _get_line(source, line))
        )
    here = re.match(r" *(?=[\w-]+:(?: |$))", _get_line(source, line))
    bare = re.fullmatch(r"(?P<indent> *(?:- +)+)(?P<key>[a-z][a-z-]*)(?P<value> +-?[0-9]\S*)? *", above)
    if here and bare and here.end() >= bare.start("key") and (bare["value"] is None or bare["key"] in _SETTINGS):
        return _report_bare_key(source, number, bare.start("key"), bare["key"], bare["value"] or "")
    setting = re.match(rf" *(?:- +)*(?P<key>{'|'.join(_SETTINGS)}): +[^\s\"'#{{\[|>]", above)
    if here and setting and here.end() > setting.start("key"):
        return _report_deeper(source, line, here.end(), setting["key"])
    found = re.match(r" *(?:- +)*(?P<key>[\w-]+): +(?P<value>[0-9][^#]*)", above)
    if here is None or found is None or here.end() <= found.start("key"):
        return None
    location = source.locate(line, here.end(), len(_get_line(source, line)))
    key, value = found["key"], found["value"].strip()
    message = _("{key} has its value behind it already, so nothing can stand under it", key=quote(key))
    name = "times" if key == "repeat" else "lasts"
    advice = _(
        "write `{name}: {value}` on a line of its own above this one, and nothing behind `{key}:`",
        name=name,
        value=value,
        key=key,
    )
    return Problem(location=location, code="stray-colon", message=message, help=advice)


def _report_bare_key(source: SourceFile, line: int, column: int, key: str, value: str) -> Problem:
    location = source.locate(line, column, column + len(key + value))
    message = _("{text} lacks a colon and a space", text=quote(key + value))
    return Problem(location=location, code="no-colon", message=message, help=_("write {text}", text=f"{key}:{value}"))


def _report_deeper(source: SourceFile, line: int, column: int, key: str) -> Problem:
    message = _("{key} has its value behind it already, so nothing can stand under it", key=quote(key))
    location = source.locate(line, column, len(_get_line(source, line)))
    advice = _("begin it in the same column as `{key}:` above", key=key)
    return Problem(location=location, code="indentation", message=message, help=advice)


def _report_second_key(source: SourceFile, line: int, column: int) -> Problem | None:
    """Report a second key behind a number that another key has, or words behind it with a colon between."""
    written = _get_line(source, line)
    found = _SECOND_KEY.match(written)
    if found is None or column != found.end("value" if found["second"] is None else "second"):
        return None
    key, value = found["key"], found["value"]
    placed = key in ("at", "after", "every")
    second = found["second"] or ("text" if placed else "say")
    both = f"{key if key in _SETTINGS else 'lasts'}: {value}, {second}: …"
    advice = _("write {text}", text=f"{{{both}}}" if key in _SETTINGS else f"{key}: {{{both}}}")
    begin = found.start("second") if found["second"] else column
    message = _("{key} has its value behind it already, so no other key can follow in this line", key=quote(key))
    location = source.locate(line, begin, column + 1)
    return Problem(location=location, code="stray-colon", message=message, help=advice)


def _report_interrupted_list(source: SourceFile, line: int) -> Problem | None:
    """Report a setting between two items of a list, to the left of their dashes."""
    here = re.match(r" *(?=- )", _get_line(source, line))
    number = next((each for each in range(line - 1, -1, -1) if source.lines[each].strip()), line)
    above = re.match(r"(?P<indent> *)(?P<key>[\w-]+): +\S", source.lines[number])
    if here is None or above is None or above.end("indent") >= here.end():
        return None
    if not any(text.startswith(f"{here[0]}- ") for text in source.lines[:number]):
        return None
    location = source.locate(line, here.end(), here.end() + 1)
    message = _("{key} stands above this item, further to the left, and ends the list", key=quote(above["key"]))
    advice = _("move `{key}:` above the list, or indent it under the item that it belongs to", key=above["key"])
    return Problem(location=location, code="indentation", message=message, help=advice)


def _report_list_below(source: SourceFile, line: int) -> Problem | None:
    """Report a list under a key that has a number behind it."""
    above = next((source.lines[each] for each in range(line - 1, -1, -1) if source.lines[each].strip()), "")
    here = re.match(r" *(?P<dash>-) +(?P<item>(?P<key>[\w-]+:)?.*)", _get_line(source, line))
    found = re.match(r"(?P<indent> *)(?:- +)(?P<key>[\w-]+): +(?P<value>[0-9][^#]*)", above)
    if here is None or found is None or here.start("dash") <= len(found["indent"]):
        return None
    key, value = found["key"], found["value"].strip()
    message = _("{key} has its value behind it already, so no list can stand under it", key=quote(key))
    if key == "repeat":
        count = re.match("[0-9]+", value)
        advice = _(
            "write `times: {count}` and `blocks:` under `repeat:`, and this list under that",
            count=count[0] if count else 2,
        )
    elif here["key"] in ("say:", "say-also:"):
        advice = _(
            "write `lasts: {value}` under `{key}:`, and `{below}` level with it, without a dash",
            value=value,
            key=key,
            below=here["key"],
        )
    elif here["key"]:
        advice = _("begin it in the same column as the dash above, if it is the next block")
    else:
        advice = _("write `lasts: {value}` and `say:` under `{key}:`, and this list under that", value=value, key=key)
    location = source.locate(line, here.start("dash"), here.end("dash"))
    return Problem(location=location, code="indentation", message=message, help=advice)


def _find_hiding_comment(line: str, opening: int) -> int | None:
    """Return the column of a number sign that makes the closing bracket a comment; None if no bracket is hidden."""
    closing = {"{": "}", "[": "]"}.get(line[opening : opening + 1], "")
    found = re.search(r"(?<=\s)#", line[opening:])
    return opening + found.start() if closing and found and closing in line[opening + found.start() :] else None


def _get_line(source: SourceFile, number: int) -> str:
    return source.lines[number] if number < len(source.lines) else ""


def _report_unquoted(source: SourceFile, line: int, column: int, message: str) -> Problem:
    location = source.locate(line, column, column + 1)
    return Problem(location=location, code="unquoted", message=message, help=_(_QUOTES))


def _get_indentation(line: str) -> str:
    return line[: len(line) - len(line.lstrip(" \t"))]


def _report_tab(source: SourceFile, line: int) -> Problem:
    column = source.lines[line].index("\t")
    location = source.locate(line, column, len(_get_indentation(source.lines[line])))
    return Problem(
        location=location, code="tab", message=_("a tab cannot indent a line"), help=_("use spaces, two for each level")
    )


def _report_after_closing(source: SourceFile, line: int, column: int) -> Problem | None:
    """Report text that goes on after a closing quote or bracket, which its author meant as one text."""
    written = _get_line(source, line)
    before, rest = written[:column].rstrip(), written[column:].rstrip()
    advice = _CLOSINGS.get(before[-1:])
    if advice is None or not rest or rest[0] in ":#":
        return None
    location = source.locate(line, column, len(written.rstrip()))
    return Problem(
        location=location,
        code="unquoted",
        message=_("this goes on after the closing {sign}", sign=before[-1]),
        help=_(advice),
    )


def _move_inside(source: SourceFile, line: int, column: int) -> tuple[int, int]:
    """Return the last place with something on it, for errors that show only at the end of the file."""
    line = min(line, len(source.lines) - 1)
    while line > 0 and not source.lines[line].strip():
        line, column = line - 1, len(source.lines[line - 1].rstrip()) - 1
    return line, max(0, min(column, len(source.lines[line]) - 1))
