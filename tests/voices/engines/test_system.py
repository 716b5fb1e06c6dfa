"""The computer's own voices, by drivers that are not to be relied on."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from importlib.metadata import version
from pathlib import Path

import pytest

from coach.errors import UsageError
from coach.utterance import Utterance
from coach.voices import registry
from coach.voices.engines import espeak, system, system_listing
from coach.voices.engines.system import System
from coach.voices.engines.system_listing import Listing, SystemVoice
from coach.voices.worker_pool import WorkerHandle, _WorkerLostError

Say = Callable[..., Utterance]
BrokenVoice = Callable[[str], str]
XANDER = SystemVoice(id="com.apple.voice.compact.nl-NL.Xander", name="Xander", language="nl")
CLAIRE = SystemVoice(id="com.apple.voice.enhanced.nl-NL.Claire", name="Claire (Enhanced)", language="nl")
ELLEN = SystemVoice(id="com.apple.voice.compact.nl-BE.Ellen", name="Ellen", language="nl")
DANIEL = SystemVoice(id="com.apple.voice.compact.en-GB.Daniel", name="Daniel", language="en")
ANNA = SystemVoice(id="com.apple.voice.compact.de-DE.Anna", name="Anna", language="de")
BELLS = SystemVoice(id="com.apple.speech.synthesis.voice.Bells", name="Bells", language="en")


@pytest.fixture
def line(broken_voice: BrokenVoice) -> Callable[[str], str]:
    assert broken_voice("")
    return lambda name: f"broken_system:Broken:{name}"


@pytest.fixture
def mac(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A computer with voices of its own."""
    known = Listing(library="", data="", voices=(CLAIRE, XANDER, ELLEN, DANIEL, ANNA, BELLS))
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(system, "listing", lambda: known)
    monkeypatch.setattr(system, "look_again", lambda: None)
    yield
    registry.load.cache_clear()


def told(line: str, words: Utterance) -> str:
    """Why the first of its two tries failed."""
    with closing(WorkerHandle(line)) as employer, pytest.raises(_WorkerLostError) as caught:
        employer._asked(words)
    return str(caught.value)


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        ("Crash", "it stopped"),
        ("Nothing", "IncompleteSpeechError: no sound file was written"),
        ("Half", "IncompleteSpeechError: half a sound file was written"),
        ("Short", "IncompleteSpeechError: 17 letters were said in 0.02 s"),
        ("Silent", "IncompleteSpeechError: there is only silence in the file"),
        ("Gone", "ValueError: there is no voice of that kind"),
    ],
)
def test_a_driver_that_fails_is_not_believed(line: Callable[[str], str], fault: str, message: str, say: Say) -> None:
    assert told(line(fault), say("Adem rustig uit en in", "nl")) == message


@pytest.mark.parametrize("fault", ["Empty", "Page"])
def test_a_file_that_is_no_speech_is_not_believed(line: Callable[[str], str], fault: str, say: Say) -> None:
    end = {"Empty": "there is no sound in this file", "Page": "this is no sound file of a kind that can be read"}
    assert told(line(fault), say("Adem in.", "nl")).endswith(f"said.wav: {end[fault]}")


@pytest.mark.parametrize("fault", ["CrashOnce", "HangOnce"])
def test_a_crash_or_a_hang_costs_one_retry(
    line: Callable[[str], str], fault: str, say: Say, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = tmp_path / "mark"
    mark.touch()
    monkeypatch.setenv("COACH_TEST_MARK", str(mark))
    with closing(WorkerHandle(line(fault), patience=lambda _: 4.0)) as employer:
        assert employer.speak(say("Adem rustig uit", "nl")).length_s == pytest.approx(2.0, abs=0.2)
    assert not mark.exists()


def test_aiff_under_the_name_of_a_wav_is_read_as_what_it_is(line: Callable[[str], str], say: Say) -> None:
    with closing(WorkerHandle(line("AsAiff"))) as employer:
        assert employer.speak(say("Adem rustig uit", "nl")).length_s == pytest.approx(2.0, abs=0.2)


def test_the_same_words_are_the_same_samples_whatever_was_said_before(say: Say) -> None:
    voice, text = System("Dutch"), say("Adem rustig uit, en laat je schouders zakken.", "nl")
    first = voice.speak(text).samples.tobytes()
    for words in ("Iets anders.", "in, en uit"):
        voice.speak(say(words, "nl"))
        assert voice.speak(text).samples.tobytes() == first


def test_where_no_espeak_ng_is_installed_the_one_in_the_wheel_speaks(
    say: Say, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("COACH_CACHE_DIR", str(tmp_path))
    code = (
        "from coach.voices.engines import pyttsx3_driver as engine; import json\n"
        "engine._ESPEAK_LIBRARY = 'libnowhere.so.1'; print(json.dumps(engine.voices()))"
    )
    answer = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    kept = json.loads(answer)
    assert (Path(kept["library"]), Path(kept["data"])) == (espeak.library(), espeak.data())
    monkeypatch.setattr(system, "listing", lambda: system_listing._listing(kept))
    assert System("Dutch").speak(say("Adem rustig uit.", "nl")).length_s > 1.0


def test_a_voice_is_found_by_its_name_a_part_of_it_or_the_system_s_name(mac: None) -> None:  # noqa: ARG001
    for which in ("Xander", "xan", "com.apple.voice.compact.nl-NL.Xander", "compact.nl-nl"):
        assert System(which).name == "system:Xander"
    assert System("Claire").name == "system:Claire (Enhanced)"


@pytest.mark.parametrize(
    ("which", "message"),
    [
        ("compact.nl", 'several voices of this computer are called "compact.nl": Xander, Ellen'),
        ("Xandre", 'this computer has no voice "Xandre"; did you mean "system:Xander"?'),
        (
            "-f/etc/passwd",
            'this computer has no voice "-f/etc/passwd"; there are: Claire (Enhanced), Xander, Ellen, Daniel, Bells',
        ),
        ("a\0b", 'this computer has no voice "a\0b"; there are: Claire (Enhanced), Xander, Ellen, Daniel, Bells'),
        ("", 'this computer has no voice ""; there are: Claire (Enhanced), Xander, Ellen, Daniel, Bells'),
        ("Anna", 'this computer has no voice "Anna"; there are: Claire (Enhanced), Xander, Ellen, Daniel, Bells'),
    ],
)
def test_what_cannot_be_found_is_explained(mac: None, which: str, message: str) -> None:  # noqa: ARG001
    with pytest.raises(UsageError) as caught:
        System(which)
    assert str(caught.value) == message


def test_on_a_mac_its_voices_speak_unless_another_is_asked_for(mac: None, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001
    monkeypatch.setattr(registry, "preferred_voices", {"en": ("system", "hibari"), "nl": ("system", "espeak")}.get)
    assert registry.default_for("nl") == "coach.voices.engines.system:System:Claire (Enhanced)"
    assert registry.default_for("en") == "coach.voices.engines.system:System:Daniel"
    assert [System(name).good for name in System.here()] == [True, True, True, True, False]


def test_its_identity_changes_with_the_system(mac: None, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001
    monkeypatch.setattr(system, "system_version", lambda: "darwin 26.1")
    assert System("Xander").identity == (
        f"pyttsx3 {version('pyttsx3')}, darwin 26.1, com.apple.voice.compact.nl-NL.Xander, 120, "
        "(170, 200, 230, 260, 300)"
    )


@pytest.mark.parametrize(
    ("platform", "way"),
    [
        ("darwin", "add one in System Settings, Accessibility, Spoken Content, System voice, Manage Voices"),
        ("win32", "add one in Settings, Time & language, Speech, Add voices"),
        ("linux", "install espeak-ng, or choose another: 'coach voices' lists them"),
    ],
)
def test_how_to_get_one_is_told(platform: str, way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    assert System.missing("nl") == f"this computer has no voice of its own for Dutch; {way}"
