"""`coach voices`: list, add and remove voices."""

from collections.abc import Callable
from pathlib import Path

import piper_test_voice
import pytest
from coach_process import Ran

from coach.voices import registry
from coach.voices.engines.piper import Piper
from coach.voices.voice import VoiceSpec

Coach = Callable[..., Ran]
INSTALLED = (
    "en_US-joe-medium: installed (63 MB, checked by SHA-256)\n"
    "licence: CC0\n"
    "it speaks from now on where the language is en, unless --voice names another\n"
)


@pytest.fixture(autouse=True)
def only_ours(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No voices of this computer's own, and none installed yet."""
    preferred = {"en": ("piper", "hibari", "espeak"), "nl": ("piper", "espeak")}
    monkeypatch.setattr(registry, "list_preferred", preferred.get)
    monkeypatch.setenv("COACH_DATA_DIR", str(tmp_path / "data"))


@pytest.mark.parametrize("words", [["voices"], ["voices", "list"]], ids=" ".join)
def test_every_voice_is_listed_under_its_languages_and_the_own_one_is_marked(coach: Coach, words: list[str]) -> None:
    ran = coach(*words)
    assert (ran.code, ran.err) == (0, "")
    heads = [line[:13].rstrip() for line in ran.out.splitlines() if line[:2] == "  " and line[2:5].strip()]
    assert heads == ["  * espeak", "    a warmer", "  * hibari", "    espeak", "    another v"]
    assert ran.out.splitlines()[0] == "nl:"
    assert ran.out.splitlines()[-1] == "* speaks unless --voice names another"
    said = " ".join(ran.out.split())
    assert all(registry.load_voice(spec).about in said for spec in registry.VOICES.values())


def test_each_language_says_how_to_get_a_better_voice(coach: Coach) -> None:
    lines = coach("voices").out.splitlines()
    assert "    a warmer voice, 63 MB, once: coach voices add nl_BE-nathalie-medium" in lines
    assert "    another voice, 114 MB, once: coach voices add en_GB-cori-high" in lines


def test_no_line_is_wider_than_a_terminal(coach: Coach) -> None:
    assert max(map(len, coach("voices").out.splitlines())) <= 80


@pytest.mark.parametrize("words", [["voices"], ["voices", "list"], ["voices", "list", "--available"]], ids=" ".join)
def test_one_language_can_be_asked_for(coach: Coach, words: list[str]) -> None:
    printed = coach(*words, "--lang", "nl").out
    assert "hibari" not in printed
    assert "en_GB-cori" not in printed
    assert coach(*words, "--lang", "fr") == Ran(
        code=2, out="", err="error: the coach does not speak 'fr'; choose one of nl, en\n"
    )


def test_available_voices_are_listed_with_size_and_licence(coach: Coach) -> None:
    lines = coach("voices", "list", "--available").out.splitlines()
    assert lines[:3] == [
        "nl:",
        "    nl_BE-nathalie-medium                 63 MB  CC0; trained further from en_US lessac",
        "    nl_NL-pim-medium                      64 MB  CC0",
    ]
    assert "    nl_NL-alex-medium                     64 MB  CC0; its SHA-256 is not known to us, only its MD5" in lines
    assert lines[-1] == "+ is installed; install another with: coach voices add NAME"


def test_a_voice_comes_speaks_and_goes(coach: Coach, tmp_path: Path) -> None:
    assert coach("voices", "add", piper_test_voice.NAME, "--from", str(piper_test_voice.FOLDER)) == Ran(
        code=0, out=INSTALLED, err=""
    )
    assert coach("voices", "add", f"piper:{piper_test_voice.NAME}") == Ran(
        code=0, out="en_US-joe-medium is already installed; hear it with --voice en_US-joe-medium\n", err=""
    )
    here = coach("voices", "--lang", "en").out.splitlines()
    assert here[1] == "  * piper:en_US-joe-medium"
    assert not any("coach voices add" in line for line in here)
    assert "  + en_US-joe-medium" in coach("voices", "list", "--available", "--lang", "en").out
    assert registry.find_voice(piper_test_voice.NAME, "en") == VoiceSpec(
        engine="coach.voices.engines.piper:Piper", name=piper_test_voice.NAME
    )
    (tmp_path / "run.yaml").write_text(
        "coach: 1\nlanguage: en\ntitle: Joe\nblocks: [free: {lasts: 20s, say: Hello there.}]\n", encoding="utf-8"
    )
    ran = coach("render", "run.yaml", "-o", "run.wav", "--voice", piper_test_voice.NAME)
    assert (ran.code, (tmp_path / "run.wav").is_file()) == (0, True)
    assert coach("voices", "remove", piper_test_voice.NAME) == Ran(
        code=0, out="en_US-joe-medium: removed (63 MB are free again)\n", err=""
    )
    assert Piper.list_available() == ()


def test_a_file_of_ones_own_is_known_for_what_it_is(coach: Coach) -> None:
    assert coach("voices", "add", str(piper_test_voice.MODEL)) == Ran(code=0, out=INSTALLED, err="")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            ["add", "nl_BE-natalie-medium"],
            'error: there is no voice "nl_BE-natalie-medium" to add; did you mean "nl_BE-nathalie-medium"?\n',
        ),
        (["add", "zzz"], 'error: there is no voice "zzz" to add; see: coach voices list --available\n'),
        (
            ["add", piper_test_voice.NAME, "--from", "ftp://x"],
            "error: a source of voices is an https:// address or a folder, not ftp://x\n",
        ),
        (["remove", "../.."], 'error: the Piper voice "../.." is not installed\n'),
    ],
)
def test_an_impossible_request_is_explained(coach: Coach, words: list[str], expected: str) -> None:
    assert coach("voices", *words) == Ran(code=2, out="", err=expected)


def test_a_place_without_the_voice_fails_with_the_way_out(coach: Coach, tmp_path: Path) -> None:
    assert coach("voices", "add", piper_test_voice.NAME, "--from", str(tmp_path)) == Ran(
        code=3,
        out="",
        err=f"error: cannot read {tmp_path / piper_test_voice.NAME}.onnx.json: No such file or directory\n"
        "help: name the folder that holds the voice's two files\n",
    )
