"""System voices, with unreliable drivers."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from importlib.metadata import version
from pathlib import Path
from types import SimpleNamespace

import pytest

from coach.errors import UsageError
from coach.utterance import Utterance
from coach.voices import registry
from coach.voices.engines import espeak, pyttsx3_driver, system
from coach.voices.engines.system import System, SystemVoice, VoiceListing, list_system_voices, refresh_listing
from coach.voices.voice import VoiceSpec
from coach.voices.worker_pool import WorkerHandle, _WorkerLostError

Say = Callable[..., Utterance]
BrokenVoice = Callable[[str], VoiceSpec]
XANDER = SystemVoice(id="com.apple.voice.compact.nl-NL.Xander", name="Xander", language="nl")
CLAIRE = SystemVoice(id="com.apple.voice.enhanced.nl-NL.Claire", name="Claire (Enhanced)", language="nl")
ELLEN = SystemVoice(id="com.apple.voice.compact.nl-BE.Ellen", name="Ellen", language="nl")
DANIEL = SystemVoice(id="com.apple.voice.compact.en-GB.Daniel", name="Daniel", language="en")
ANNA = SystemVoice(id="com.apple.voice.compact.de-DE.Anna", name="Anna", language="de")
BELLS = SystemVoice(id="com.apple.speech.synthesis.voice.Bells", name="Bells", language="en")


@pytest.fixture
def line(broken_voice: BrokenVoice) -> Callable[[str], VoiceSpec]:
    assert broken_voice("").engine
    return lambda name: VoiceSpec(engine="broken_system:Broken", name=name)


@pytest.fixture
def mac(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A computer with voices of its own."""
    known = VoiceListing(library="", data="", voices=(CLAIRE, XANDER, ELLEN, DANIEL, ANNA, BELLS))
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(system, "list_system_voices", lambda: known)
    monkeypatch.setattr(system, "refresh_listing", lambda: None)
    yield
    registry.load_voice.cache_clear()


def get_error(line: VoiceSpec, words: Utterance) -> str:
    """Why the first of its two tries failed."""
    with closing(WorkerHandle(line)) as handle, pytest.raises(_WorkerLostError) as caught:
        handle._request_clip(words)
    return str(caught.value)


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        ("Crash", "its process ended"),
        ("Nothing", "IncompleteSpeechError: no sound file was written"),
        ("Half", "IncompleteSpeechError: the sound file is incomplete"),
        ("Short", "IncompleteSpeechError: the speech is too short: 0.02 s for 17 letters"),
        ("Silent", "IncompleteSpeechError: the sound file is silent"),
        ("Gone", "ValueError: there is no voice of that kind"),
    ],
)
def test_a_driver_that_fails_is_not_believed(
    line: Callable[[str], VoiceSpec], fault: str, message: str, say: Say
) -> None:
    assert get_error(line(fault), say("Adem rustig uit en in", "nl")) == message


@pytest.mark.parametrize("fault", ["Empty", "Page"])
def test_a_file_that_is_no_speech_is_not_believed(line: Callable[[str], VoiceSpec], fault: str, say: Say) -> None:
    end = {"Empty": "there is no sound in this file", "Page": "not a sound file in a supported format"}
    assert get_error(line(fault), say("Adem in.", "nl")).endswith(f"speech.wav: {end[fault]}")


@pytest.mark.parametrize("fault", ["CrashOnce", "HangOnce"])
def test_a_crash_or_a_hang_costs_one_retry(
    line: Callable[[str], VoiceSpec], fault: str, say: Say, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = tmp_path / "mark"
    mark.touch()
    monkeypatch.setenv("COACH_TEST_MARK", str(mark))
    with closing(WorkerHandle(line(fault), timeout_for=lambda _: 4.0)) as handle:
        assert handle.speak(say("Adem rustig uit", "nl")).length_s == pytest.approx(2.0, abs=0.2)
    assert not mark.exists()


def test_aiff_under_the_name_of_a_wav_is_read_as_what_it_is(line: Callable[[str], VoiceSpec], say: Say) -> None:
    with closing(WorkerHandle(line("AsAiff"))) as handle:
        assert handle.speak(say("Adem rustig uit", "nl")).length_s == pytest.approx(2.0, abs=0.2)


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
        "engine._ESPEAK_LIBRARY = 'libnowhere.so.1'; print(json.dumps(engine.list_voices()))"
    )
    answer = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    kept = json.loads(answer)
    assert (Path(kept["library"]), Path(kept["data"])) == (espeak.find_library_path(), espeak.find_data_path())
    monkeypatch.setattr(system, "list_system_voices", lambda: system._parse_listing(kept))
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
def test_an_unknown_voice_is_explained(mac: None, which: str, message: str) -> None:  # noqa: ARG001
    with pytest.raises(UsageError) as caught:
        System(which)
    assert str(caught.value) == message


def test_on_a_mac_its_voices_speak_unless_another_is_asked_for(mac: None, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001
    monkeypatch.setattr(registry, "list_preferred", {"en": ("system", "hibari"), "nl": ("system", "espeak")}.get)
    assert registry.find_default("nl") == VoiceSpec(
        engine="coach.voices.engines.system:System", name="Claire (Enhanced)"
    )
    assert registry.find_default("en") == VoiceSpec(engine="coach.voices.engines.system:System", name="Daniel")
    assert [System(name).good for name in System.list_available()] == [True, True, True, True, False]


def test_its_identity_changes_with_the_system(mac: None, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001
    monkeypatch.setattr(system, "read_system_version", lambda: "darwin 26.1")
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
def test_the_error_says_how_to_get_a_voice(platform: str, way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    assert System.explain_missing("nl") == f"this computer has no voice of its own for Dutch; {way}"


DUTCH: pyttsx3_driver.DriverVoice = {"id": "gmw/nl", "name": "Dutch", "language": "nl"}


class Asked:
    """A fake of the system's list of voices, which counts how often it is read."""

    def __init__(self, library: Path) -> None:
        self.times = 0
        self.library = library

    def __call__(self) -> pyttsx3_driver.DriverListing:
        self.times += 1
        return {"library": str(self.library), "data": "", "preferred": "gmw/nl", "voices": [DUTCH]}


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Asked]:
    monkeypatch.setenv("COACH_CACHE_DIR", str(tmp_path))
    library = tmp_path / "libespeak-ng.so.1"
    library.write_bytes(b"one")
    asked = Asked(library)
    monkeypatch.setattr(system, "_query_driver", asked)
    list_system_voices.cache_clear()
    monkeypatch.setattr(system, "list_system_voices", list_system_voices)
    yield asked
    list_system_voices.cache_clear()


def another_run() -> VoiceListing:
    list_system_voices.cache_clear()
    return list_system_voices()


def test_it_is_asked_for_once(asked: Asked, tmp_path: Path) -> None:
    known = another_run()
    assert known == VoiceListing(
        library=str(tmp_path / "libespeak-ng.so.1"),
        data="",
        voices=(SystemVoice(id="gmw/nl", name="Dutch", language="nl"),),
    )
    assert another_run() == known
    assert asked.times == 1
    assert [path.name for path in tmp_path.iterdir() if path != asked.library] == ["system-voices.json"]


def test_it_is_asked_for_anew_after_a_day(asked: Asked, tmp_path: Path) -> None:
    another_run()
    file = tmp_path / "system-voices.json"
    kept = json.loads(file.read_text())
    for asked_s in (kept["asked_s"] - 86_401.0, kept["asked_s"] + 86_400.0):
        file.write_text(json.dumps({**kept, "asked_s": asked_s}))
        another_run()
    assert asked.times == 3


def test_it_is_asked_for_anew_when_espeak_ng_was_replaced_or_pyttsx3_was(
    asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    another_run()
    asked.library.write_bytes(b"another")
    another_run()
    monkeypatch.setattr(system, "version", lambda _: "3.0")
    another_run()
    assert asked.times == 3


@pytest.mark.parametrize("damage", ["", "{", "[]", "null", '{"stamp": 1}', '{"voices": [{}]}'])
def test_a_damaged_list_is_made_again(asked: Asked, tmp_path: Path, damage: str) -> None:
    known = another_run()
    (tmp_path / "system-voices.json").write_text(damage)
    assert another_run() == known
    assert asked.times == 2


def test_an_unlisted_voice_renews_the_list(asked: Asked) -> None:
    another_run()
    refresh_listing()
    list_system_voices()
    assert asked.times == 2


def test_where_nothing_can_be_kept_it_is_still_known(asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_CACHE_DIR", "/dev/null/nowhere")
    assert [voice.name for voice in another_run().voices] == ["Dutch"]
    refresh_listing()
    assert asked.times == 1


@pytest.mark.parametrize("module", ["coach.nowhere", "coach.units"])
def test_an_engine_that_crashes_or_says_nothing_has_no_voices(
    module: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("COACH_CACHE_DIR", str(tmp_path))
    monkeypatch.setattr(system, "_MODULE", module)
    assert another_run() == VoiceListing(library="", data="", voices=())
    list_system_voices.cache_clear()


def test_the_best_come_first_and_of_equals_the_one_that_the_system_prefers() -> None:
    apple = "com.apple"
    ids = {
        f"{apple}.speech.synthesis.voice.Bells": ("Bells", "en"),
        f"{apple}.eloquence.en-GB.Flo": ("Flo (English (UK))", "en"),
        f"{apple}.voice.compact.en-GB.Daniel": ("Daniel", "en"),
        f"{apple}.voice.compact.nl-NL.Xander": ("Xander", "nl"),
        f"{apple}.voice.enhanced.nl-BE.Ellen": ("Ellen (Enhanced)", "nl"),
        f"{apple}.voice.premium.en-US.Ava": ("Ava (Premium)", "en"),
        f"{apple}.voice.compact.xx.Nobody": ("Nobody", None),
        "TTS_MS_NL-NL_FennaNeural": ("Microsoft Fenna Online (Natural) - Dutch (Netherlands)", "nl"),
        f"{apple}.speech.synthesis.voice.daniel": ("Daniel", "en"),
    }
    voices: list[pyttsx3_driver.DriverVoice] = [
        {"id": id_, "name": name, "language": language} for id_, (name, language) in ids.items()
    ]
    preferred = f"{apple}.voice.compact.nl-NL.Xander"
    known = system._parse_listing({"library": "", "data": "", "preferred": preferred, "voices": voices})
    assert [voice.name for voice in known.voices] == [
        "Ava (Premium)",
        "Ellen (Enhanced)",
        "Microsoft Fenna Online (Natural) - Dutch (Netherlands)",
        "Xander",
        "com.apple.voice.compact.en-GB.Daniel",
        "com.apple.speech.synthesis.voice.daniel",
        "Bells",
        "Flo (English (UK))",
    ]
    assert [voice.name for voice in known.voices if not voice.pleasant] == ["Bells", "Flo (English (UK))"]


def test_on_windows_a_voice_of_several_languages_or_a_broken_one_hides_no_other() -> None:
    def token(name: str, language: str | None) -> SimpleNamespace:
        def attribute(asked: str) -> str:
            assert asked == "Language"
            if language is None:
                raise OSError("no such attribute")
            return language

        return SimpleNamespace(Id=f"Tokens\\{name}", GetDescription=lambda: name, GetAttribute=attribute)

    tokens = [token("Zira", "409"), token("Broken", None), token("Fenna", "413;13")]
    tts = SimpleNamespace(GetVoices=lambda: tokens)
    engine = SimpleNamespace(proxy=SimpleNamespace(_driver=SimpleNamespace(_tts=tts)))
    assert list(pyttsx3_driver._iterate_sapi_tokens(engine)) == [
        {"id": "Tokens\\Zira", "name": "Zira", "language": "en"},
        {"id": "Tokens\\Fenna", "name": "Fenna", "language": "nl"},
    ]
