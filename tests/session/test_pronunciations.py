"""Pronunciations: respelled or in phonemes, in the session or in a file beside it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from coach.diagnostics.problem import Problem
from coach.languages.phonetic_alphabet import Phonemes
from coach.session.library import find_all, is_pronunciations
from coach.session.reader import ReadResult

ReadFile = Callable[[Path], ReadResult]

SESSION = """\
coach: 1
title: {nl: Rondje, en: Round}
say-as: SAY-AS
blocks: [easy: 5m]
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, for a session and its file of words."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    return tmp_path / "here"


def read(read_file: ReadFile, say_as: str, words: str | None = None) -> ReadResult:
    Path("run.yaml").write_text(SESSION.replace("SAY-AS", say_as), encoding="utf-8")
    if words is not None:
        Path("words.yaml").write_text(words, encoding="utf-8")
    return read_file(Path("run.yaml"))


def say(problem: Problem) -> str:
    where = problem.location
    return f"{where.file}:{where.line}:{where.column}: {problem.code}: {problem.message}; {problem.help}"


WORDS = '{Nijmegen: {ipa: nˈɛi}, Gent: {nl: {ipa: xɛnt}, en: "gent"}, reset: rie-set}'


@pytest.mark.parametrize(("say_as", "words"), [(WORDS, None), ("words.yaml", WORDS), ("./words.yaml", f"# c\n{WORDS}")])
def test_phonemes_stand_beside_respellings_in_the_session_or_in_a_file(
    read_file: ReadFile, say_as: str, words: str | None
) -> None:
    result = read(read_file, say_as, words)
    assert (result.problems, result.session is not None) == ((), True)
    assert result.session is not None
    assert result.session.say_as == {
        "nl": {"Nijmegen": "nˈɛi", "Gent": "xɛnt", "reset": "rie-set"},
        "en": {"Nijmegen": "nˈɛi", "Gent": "gent", "reset": "rie-set"},
    }
    phonemes = {word for each in result.session.say_as.values() for word in each if isinstance(each[word], Phonemes)}
    assert phonemes == {"Nijmegen", "Gent"}
    assert not isinstance(result.session.say_as["en"]["Gent"], Phonemes)
    assert [each.name for each in result.files] == (["run.yaml", "words.yaml"] if words else ["run.yaml"])


@pytest.mark.parametrize(
    ("say_as", "words", "problems"),
    [
        (
            "words.yaml",
            "Gent:\n  ipa: xEnt\nBrugge: [x]\nZee: {de: see}\n",
            [
                "words.yaml:2:9: not-ipa: 'E' is no sign of the phonetic alphabet; write ɛ",
                (
                    "words.yaml:3:9: wrong-shape: expected a pronunciation, found a list;"
                    ' write how it sounds, in quotes: "naai-mee-gen"'
                ),
                "words.yaml:4:7: unknown-language: unknown language 'de'; choose from: nl, en, ipa",
            ],
        ),
        (
            "words.yaml",
            "- Gent: x\n",
            [
                (
                    "words.yaml:1:1: wrong-shape: say-as is a mapping of words, not a list;"
                    ' write say-as: {Nijmegen: "naai-mee-gen"}, or the name of a file with such words'
                )
            ],
        ),
        (
            "naai",
            None,
            [
                (
                    "run.yaml:3:9: wrong-shape: say-as is a mapping of words, not 'naai';"
                    ' write say-as: {Nijmegen: "naai-mee-gen"}, or the name of a file with such words'
                )
            ],
        ),
        (
            "word.yaml",
            "Gent: x",
            ["run.yaml:3:9: no-such-file: there is no file 'word.yaml'; did you mean 'words.yaml'?"],
        ),
        (
            "../words.yaml",
            None,
            [
                (
                    "run.yaml:3:9: outside-folder: '../words.yaml' lies outside the session's folder;"
                    " copy the file into the session's folder, and name it from there"
                )
            ],
        ),
        ("run.yaml", None, ["run.yaml:3:9: endless-use: this file uses itself; name a file of words alone"]),
    ],
)
def test_mistakes_are_reported_where_they_are(
    read_file: ReadFile, folder: Path, say_as: str, words: str | None, problems: list[str]
) -> None:
    (folder.parent / "words.yaml").write_text("Gent: x", encoding="utf-8")
    result = read(read_file, say_as, words)
    assert [say(problem) for problem in result.problems] == problems
    assert result.session is None


def test_a_file_of_words_is_no_session(folder: Path) -> None:
    (folder / "run.yaml").write_text(SESSION.replace("SAY-AS", "words.yaml"), encoding="utf-8")
    for name in ("words.yaml", "others.yaml"):
        (folder / name).write_text("Gent: x\n", encoding="utf-8")
    assert [file.name for file in find_all(["."])] == ["others.yaml", "run.yaml"]
    assert [is_pronunciations(Path(name)) for name in ("words.yaml", "others.yaml", "run.yaml")] == [True, False, False]
