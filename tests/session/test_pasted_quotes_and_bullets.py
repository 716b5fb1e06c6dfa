"""Pasted signs are named, placed and replaced wherever they stand for a part of the structure, and only there."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.services.autofix import apply_fixes
from coach.services.session_check import check_session
from coach.session.reader import ReadResult

ReadFile = Callable[..., ReadResult]

SPACES = {
    "\u00a0": "a non-breaking space, as Word writes it,",
    "\u2007": "a figure space, as some programs write it,",
    "\u202f": "a narrow non-breaking space, as Word writes it,",
    "\u3000": "an ideographic space, as some programs write it,",
}
INVISIBLE = {
    "\u200b": "a zero width space, as some programs write it,",
    "\u200d": "a zero width joiner, as some programs write it,",
    "\u00ad": "a soft hyphen, as some programs write it,",
    "\u2060": "a word joiner, as some programs write it,",
}
BULLETS = {
    "–": "an en dash (–), as Word writes it,",
    "—": "an em dash (—), as Word writes it,",
    "•": "a bullet (•), as Word writes it,",
    "·": "a middle dot (·), as Word writes it,",
    "*": "an asterisk (*)",
}
COLONS = {
    "：": "a fullwidth colon (：), as some programs write it,",  # noqa: RUF001 - what this is about
    " = ": "an equals sign (=)",
    "=": "an equals sign (=)",
}
QUOTES = {
    "“”": "a curly quote (“), as Word writes it,",
    "„”": "a low quote („), as Word writes it,",
    "„“": "a low quote („), as Word writes it,",
    "‘’": "a curly quote (‘), as Word writes it,",  # noqa: RUF001 - what this is about
    "«»": "an angle quote («), as Word writes it,",
}

TIMES = st.sampled_from(["90s", "3m", "2m30s", "2m..5m"])
KINDS = st.sampled_from(["easy", "silence", "free", "settle", "brisk"])
# What a text without quotes cannot hold, in a block and inside { }.
WORDS = st.sampled_from(["Let op: een brug", "Zacht: laat los, adem uit", "Kijk: {name}, en adem [in] uit"])


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """A piece of a session: what it is, and its text."""

    role: str
    text: str


def word(text: str) -> Piece:
    return Piece(role="word", text=text)


def entry(key: str, value: list[Piece]) -> list[Piece]:
    return [
        Piece(role="key", text=key),
        Piece(role="after key", text=""),
        Piece(role="colon", text=": "),
        *value,
    ]


def quoted(text: str) -> list[Piece]:
    return [Piece(role="quoted", text=f'"{text}"')]


@st.composite
def blocks(draw: st.DrawFn) -> list[Piece]:
    """A block in one of the ways in which authors write them."""
    dash = [Piece(role="indent", text="  "), Piece(role="dash", text="-"), Piece(role="after dash", text=" ")]
    kind, lasts, words = draw(KINDS), [word(draw(TIMES))], draw(WORDS)
    break_ = [word("\n"), Piece(role="indent", text="      ")]
    match draw(st.sampled_from(["time", "mapping", "inline", "say"])):
        case "time":
            made = entry(kind, lasts)
        case "mapping":
            colon = [*entry(kind, [])[:-1], word(":")]
            made = [*colon, *break_, *entry("lasts", lasts), *break_, *entry("say", quoted(words))]
        case "inline":
            comma = [word(","), Piece(role="in braces", text=" ")]
            inside = [*entry("lasts", lasts), *comma, *entry("say", quoted(words))]
            made = entry(kind, [word("{"), Piece(role="in braces", text=""), *inside, word("}")])
        case _:
            made = entry("say", quoted(words))
    return [*dash, *made, word("\n")]


HEAD = "coach: 1\nlanguage: nl\ntitle: Rondje\nvalues: {name: Anna}\nblocks:\n"
SESSIONS = st.lists(blocks(), min_size=2, max_size=4).map(
    lambda made: [word(HEAD), *(each for one in made for each in one)]
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Pasted:
    """A session, the same with one sign of a word processor in it, and where that is: line, column and end column."""

    text: str
    pasted: str
    line: int
    column: int
    end_column: int


def paste(pieces: list[Piece], index: int, written: str, *, offset: int = 0, length: int | None = None) -> Pasted:
    before = "".join(piece.text for piece in pieces[:index])
    after = "".join(piece.text for piece in pieces[index + 1 :])
    column = len(before) - (before.rfind("\n") + 1) + 1 + offset
    return Pasted(
        text=before + pieces[index].text + after,
        pasted=before + written + after,
        line=before.count("\n") + 1,
        column=column,
        end_column=column + (len(written) if length is None else length),
    )


def choose(data: st.DataObject, pieces: list[Piece], roles: tuple[str, ...]) -> int:
    return data.draw(st.sampled_from([at for at, piece in enumerate(pieces) if piece.role in roles]))


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pasted") / "run.yaml"


def expect(path: Path, case: Pasted, code: str, message: str) -> None:
    """The sign is named in its place, alone, and without it the session is what it was."""
    path.write_text(case.pasted, encoding="utf-8")
    (found,) = (problem for problem in check_session(path) if problem.severity == "error")
    place = (found.location.line, found.location.column, found.location.end_column)
    assert (found.code, found.message) == (code, message)
    assert place == (case.line, case.column, case.end_column)
    fixed = apply_fixes([path], lambda problems: [each for each in problems if each.severity == "error"])
    assert fixed.after[str(path)].decode() == case.text


@pytest.mark.slow
@settings(deadline=None, max_examples=80)
@given(data=st.data(), pieces=SESSIONS, space=st.sampled_from(sorted(SPACES)))
def test_a_space_of_a_word_processor(path: Path, data: st.DataObject, pieces: list[Piece], space: str) -> None:
    index = choose(data, pieces, ("indent", "after dash", "in braces", "colon"))
    piece = pieces[index]
    if piece.role == "colon":
        case = paste(pieces, index, f":{space}", offset=1, length=1)
    elif piece.text == "":
        index = choose(data, pieces, ("after dash",))
        piece = pieces[index]
        case = paste(pieces, index, space)
    else:
        case = paste(pieces, index, space * len(piece.text))
    count = case.end_column - case.column
    named = SPACES[space]
    if count > 1:
        named = f"{count} {named.split(' ', 1)[1].replace('space,', 'spaces,').replace(' it,', ' them,')}"
    expect(path, case, "odd-space", f"{named} {'stand here for spaces' if count > 1 else 'stands here for a space'}")


@pytest.mark.slow
@settings(deadline=None, max_examples=60)
@given(data=st.data(), pieces=SESSIONS, character=st.sampled_from(sorted(INVISIBLE)))
def test_a_character_that_cannot_be_seen(path: Path, data: st.DataObject, pieces: list[Piece], character: str) -> None:
    index = choose(data, pieces, ("after key", "after dash", "key", "indent"))
    piece = pieces[index]
    at = data.draw(st.integers(1, len(piece.text))) if piece.text else 0
    case = paste(pieces, index, piece.text[:at] + character + piece.text[at:], offset=at, length=1)
    expect(path, case, "control-character", f"{INVISIBLE[character]} cannot be seen and does not belong here")


@pytest.mark.slow
@settings(deadline=None, max_examples=60)
@given(data=st.data(), pieces=SESSIONS, bullet=st.sampled_from(sorted(BULLETS)))
def test_a_bullet_in_place_of_a_dash(path: Path, data: st.DataObject, pieces: list[Piece], bullet: str) -> None:
    case = paste(pieces, choose(data, pieces, ("dash",)), bullet)
    expect(path, case, "bullet", f"{BULLETS[bullet]} stands where the dash of a list belongs")


@pytest.mark.slow
@settings(deadline=None, max_examples=30)
@given(data=st.data(), pieces=SESSIONS)
def test_a_dash_without_a_space(path: Path, data: st.DataObject, pieces: list[Piece]) -> None:
    index = choose(data, pieces, ("after dash",))
    case = paste(pieces, index, "", offset=-1, length=1)
    expect(path, case, "bullet", "the dash of a list has no space behind it")


@pytest.mark.slow
@settings(deadline=None, max_examples=60)
@given(data=st.data(), pieces=SESSIONS, colon=st.sampled_from(sorted(COLONS)))
def test_another_sign_in_place_of_a_colon(path: Path, data: st.DataObject, pieces: list[Piece], colon: str) -> None:
    index = choose(data, pieces, ("colon",))
    key = next(piece.text for piece in reversed(pieces[:index]) if piece.role == "key")
    case = paste(pieces, index, colon, offset=len(colon) - len(colon.lstrip()), length=1)
    expect(path, case, "no-colon", f"{COLONS[colon]} stands where the colon of '{key}' belongs")


@pytest.mark.slow
@settings(deadline=None, max_examples=60)
@given(data=st.data(), pieces=SESSIONS, quotes=st.sampled_from(sorted(QUOTES)))
def test_other_quotes_around_a_text(path: Path, data: st.DataObject, pieces: list[Piece], quotes: str) -> None:
    pieces = [
        *pieces,
        *[Piece(role="indent", text="  "), word("- "), *entry("say", quoted("Let op: hier")), word("\n")],
    ]
    index = choose(data, pieces, ("quoted",))
    case = paste(pieces, index, quotes[0] + pieces[index].text[1:-1] + quotes[1], length=1)
    expect(path, case, "curly-quote", f"{QUOTES[quotes]} does not keep a text together as a straight quote does")


SPOKEN = st.lists(
    st.sampled_from(
        [
            *("Adem", "in", "uit", "zo’n", "“zacht”", "„rustig”", "«hier»", "‘t", "–", "—", "• nu", "…", "50\u00a0%"),  # noqa: RUF001 - what is said
            *("\u00a0", "\u202f", "\u3000", "\u200b", "\u200d", "\u00ad", "= goed", "ja：nee", "a\u00a0:\u00a0b"),  # noqa: RUF001 - as above
        ]
    ),
    min_size=1,
    max_size=5,
).map(lambda words: "Nu " + " ".join(words) + " ja")


@pytest.mark.slow
@settings(deadline=None, max_examples=80)
@given(words=SPOKEN, more=SPOKEN, rest=st.sampled_from(["", "  - esy: 3m\n"]))
def test_nothing_is_said_of_such_signs_in_a_spoken_text(
    read_file: ReadFile, path: Path, words: str, more: str, rest: str
) -> None:
    texts = (
        f'  - say: "{words}"\n',
        f"  - say: {words}\n      – {more}\n",
        f"  - say: |\n      {words}\n      • {more}\n",
        f"  - easy: {{lasts: 3m, say: {words}, title: {more}}}\n",
        f"  - easy:\n      lasts: 3m\n      say: [{words}, {more}]\n      say-also:\n        - {words}\n",
    )
    path.write_text(HEAD + "".join(texts) + rest, encoding="utf-8")
    found = [problem.code for problem in read_file(path).problems if problem.severity == "error"]
    assert found == ["unknown-kind"] * bool(rest)


PROSE = st.lists(st.sampled_from(["Zeker! Hier is je sessie:", "", "- Veel plezier", "# zo", "say: hallo"]), max_size=3)


def fix_all(path: Path) -> str:
    """Mend a session's errors, and return what it then is."""
    fixed = apply_fixes([path], lambda problems: [each for each in problems if each.severity == "error"])
    return fixed.after[str(path)].decode()


@pytest.mark.slow
@settings(deadline=None, max_examples=40)
@given(before=PROSE, after=PROSE, pieces=SESSIONS, fence=st.sampled_from(["```", "~~~", "```yaml", "  ```yml"]))
def test_the_talk_of_a_chat_becomes_comments(
    path: Path, before: list[str], after: list[str], pieces: list[Piece], fence: str
) -> None:
    session = "".join(piece.text for piece in pieces)
    close = fence.rstrip("yaml")
    path.write_text(
        "".join(f"{line}\n" for line in [*before, fence]) + session + "\n".join([close, *after]), encoding="utf-8"
    )
    found = [problem for problem in check_session(path) if problem.severity == "error"]
    assert [(problem.code, problem.location.line) for problem in found] == [
        ("code-fence", len(before) + 1),
        ("code-fence", len(before) + 2 + session.count("\n")),
    ]
    talk = [[line if line.startswith("#") or not line else f"# {line}" for line in lines] for lines in (before, after)]
    assert fix_all(path) == "".join(f"{line}\n" for line in talk[0]) + session + "\n".join(talk[1])


FORMS = st.sampled_from(["  - say: {}\n", '  - say: "{}"\n', '  - free: {{lasts: 3m, say: "{}"}}\n'])
ENTITIES = st.lists(
    st.sampled_from(
        [
            *(("&nbsp;", " "), ("&amp;", "&"), ("&eacute;", "é"), ("&#233;", "é"), ("&rsquo;", "’"), ("&hellip;", "…")),  # noqa: RUF001 - what is said
            *(("&#39;", "'"), ("&#x2013;", "–"), ("&shy;", "")),
        ]
    ),
    min_size=1,
    max_size=4,
)


@pytest.mark.slow
@settings(deadline=None, max_examples=60)
@given(entities=ENTITIES, form=FORMS)
def test_html_entities_become_what_they_stand_for(path: Path, entities: list[tuple[str, str]], form: str) -> None:
    head = HEAD + "  - silence: 3m\n"
    written, meant = (" en ".join(f"zo{pair[side]}n" for pair in entities) for side in (0, 1))
    path.write_text(head + form.format(written), encoding="utf-8")
    found = [problem for problem in check_session(path) if problem.severity == "error"]
    assert [problem.message for problem in found] == [
        f"{entity} is HTML, as web pages write it, and a session is plain text" for entity, _ in entities
    ]
    columns = [match.start() + 1 for match in re.finditer("&[^;]+;", form.format(written))]
    assert [problem.location.column for problem in found] == columns
    assert fix_all(path) == head + form.format(meant)


@pytest.mark.parametrize(
    ("written", "right"),
    [
        (
            "---\ntitle: Rondje\nlanguage: nl\n---\ncoach: 1\nblocks: [silence: 3m]\n",
            "---\ntitle: Rondje\nlanguage: nl\ncoach: 1\nblocks: [silence: 3m]\n",
        ),
        (f"---\n{HEAD}  - silence: 3m\n---\n", f"---\n{HEAD}  - silence: 3m\n"),
        (
            f"---\n{HEAD}  - silence: 3m\n---\n# Notitie\nMooi gelopen.\n",
            f"---\n{HEAD}  - silence: 3m\n# Notitie\n# Mooi gelopen.\n",
        ),
    ],
)
def test_front_matter_is_named_and_joined(path: Path, written: str, right: str) -> None:
    path.write_text(written, encoding="utf-8")
    (found,) = (problem for problem in check_session(path) if problem.severity == "error")
    assert found.message == (
        "this line ends front matter, as programs for notes write it, and begins a second document"
    )
    assert fix_all(path) == right


@pytest.mark.slow
@settings(deadline=None, max_examples=60)
@given(data=st.data(), pieces=SESSIONS, more=st.booleans())
def test_a_line_one_space_out_of_its_column(path: Path, data: st.DataObject, pieces: list[Piece], more: bool) -> None:  # noqa: FBT001 - drawn
    index = choose(data, pieces, ("indent",))
    indent = pieces[index].text
    moved = paste(pieces, index, f"{indent} " if more else indent[1:])
    path.write_text(moved.pasted, encoding="utf-8")
    errors = [problem for problem in check_session(path) if problem.severity == "error"]
    if errors and errors[0].message.startswith("this line has one space"):
        fixed = fix_all(path)
        path.write_text(fixed, encoding="utf-8")
        assert not [problem for problem in check_session(path) if problem.severity == "error"]
        assert [line.strip() for line in fixed.split("\n")] == [line.strip() for line in moved.text.split("\n")]
