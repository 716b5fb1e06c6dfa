"""MBROLA through the system's own espeak-ng, with a stand-in for the program that speaks."""

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from coach.errors import ExternalError, UsageError
from coach.utterance import Utterance
from coach.voices import registry
from coach.voices.engines import mbrola
from coach.voices.engines.mbrola import Mbrola
from coach.voices.voice import VoiceSpec
from coach.voices.worker_pool import WorkerHandle

Say = Callable[..., Utterance]
Tool = Callable[[str], str]
STAND_IN = Path(__file__).with_name("mbrola_stand_in.py")
LINE = VoiceSpec(engine="coach.voices.engines.mbrola:Mbrola", name="nl2")
INSTALL = "install it with: sudo apt install espeak-ng mbrola mbrola-nl2 mbrola-nl3 (in Debian's contrib and non-free)"


@pytest.fixture
def phonemes(tool: Tool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What the stand-in reads; it is installed as MBROLA would be, with the voice nl2."""
    ran = subprocess.run([tool("espeak-ng"), "--version"], capture_output=True, text=True, check=True).stdout
    system = Path(ran.partition("Data at:")[2].strip())
    data = tmp_path / "espeak-ng-data"
    (data / "mbrola").mkdir(parents=True)
    for part in system.iterdir():
        (data / part.name).symlink_to(part)
    (data / "mbrola" / "nl2").write_bytes(b"recorded speech")
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "mbrola").write_text(f"#!{sys.executable}\n{STAND_IN.read_text(encoding='utf-8')}")
    (programs / "mbrola").chmod(0o755)
    monkeypatch.setenv("PATH", os.pathsep.join([str(programs), os.environ["PATH"]]))
    monkeypatch.setenv("ESPEAK_DATA_PATH", str(data))
    monkeypatch.setenv("COACH_TEST_PHONEMES", str(tmp_path / "phonemes"))
    monkeypatch.setattr(mbrola, "_PLACES", ())
    registry.load_voice.cache_clear()
    return tmp_path / "phonemes"


@pytest.fixture
def nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    registry.load_voice.cache_clear()


def test_where_it_is_installed_it_speaks_dutch_unless_another_is_asked_for(
    phonemes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "list_preferred", {"nl": ("mbrola", "espeak")}.get)
    assert Mbrola.list_available() == ("nl2",)
    assert registry.find_default("nl") == LINE
    assert registry.find_voice("mbrola", "nl") == LINE
    assert not phonemes.exists()


def test_the_phonemes_of_the_words_are_said_by_the_other_program(phonemes: Path, say: Say) -> None:
    with closing(WorkerHandle(LINE)) as handle:
        clip = handle.speak(say("Adem rustig uit, en laat je schouders zakken.", "nl"))
    lines = phonemes.read_text(encoding="latin-1").splitlines()
    assert lines[0].endswith("/mbrola/nl2 - -.wav")
    sounds = [line.split() for line in lines if line[:1] not in {"", "#", ";", "_", "-"}]
    spoken_s = sum(float(sound[1]) for sound in sounds) / 1_000
    assert [sound[0] for sound in sounds][:4] == ["a", "d", "@", "m"]
    assert spoken_s < clip.length_s < spoken_s + 1.5


def test_text_is_never_an_option_a_path_or_markup(phonemes: Path, say: Say) -> None:
    with closing(WorkerHandle(LINE)) as handle:
        assert handle.speak(say("--version -w /tmp/x <audio src='/etc/passwd'/> $(id)", "nl")).length_s > 2.0
    assert phonemes.exists()


def test_a_counted_word_is_short(phonemes: Path, say: Say) -> None:
    with closing(WorkerHandle(LINE)) as handle:
        assert handle.speak(say("zeven", "nl", counted=True)).length_s <= 0.3
    assert phonemes.exists()


def test_an_error_message_of_espeak_ng_is_reported(phonemes: Path, say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_TEST_PHONEMES", str(phonemes / "nowhere"))
    with closing(WorkerHandle(LINE)) as handle, pytest.raises(ExternalError) as caught:
        handle.speak(say("Adem in.", "nl"))
    assert caught.value.message.startswith('the voice mbrola failed 2 times on "Adem in.": IncompleteSpeechError: ')
    assert "voice does not exist" in caught.value.message


def test_its_identity_changes_with_the_voice_and_the_program(phonemes: Path) -> None:
    programs, data = phonemes.parent / "programs", phonemes.parent / "espeak-ng-data"
    before = Mbrola("nl2").identity
    (data / "mbrola" / "nl2").write_bytes(b"recorded again")
    voice_changed = Mbrola("nl2").identity
    with (programs / "mbrola").open("a") as program:
        program.write("\n")
    assert len({before, voice_changed, Mbrola("nl2").identity}) == 3


@pytest.mark.usefixtures("nowhere")
def test_without_the_programs_nothing_is_listed_and_the_error_says_what_to_install() -> None:
    assert Mbrola.list_available() == ()
    with pytest.raises(UsageError) as caught:
        registry.find_voice("mbrola", "nl")
    assert str(caught.value) == f"no MBROLA voice is installed; {INSTALL}"
    assert Mbrola.explain_missing("en") == 'there is no MBROLA voice for "en"'


@pytest.mark.usefixtures("nowhere")
@pytest.mark.parametrize(
    ("which", "message"),
    [
        ("nl2", f"the MBROLA voice nl2 is not installed; {INSTALL}"),
        ("../nl2", 'there is no MBROLA voice "../nl2"; there are: nl2, nl3'),
        ("", 'there is no MBROLA voice ""; there are: nl2, nl3'),
    ],
)
def test_a_voice_that_is_not_there_is_refused(which: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        registry.find_voice(f"mbrola:{which}", "nl")
    assert str(caught.value) == message
