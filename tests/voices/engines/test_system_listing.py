"""The system's voices are asked for seldom, and in a process of their own."""

import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from coach.voices.engines import pyttsx3_driver, system_listing
from coach.voices.engines.system_listing import Listing, SystemVoice, listing, look_again

DUTCH = {"id": "gmw/nl", "name": "Dutch", "language": "nl"}


class Asked:
    """Answers as the system would, and counts how often."""

    def __init__(self, library: Path) -> None:
        self.times = 0
        self.library = library

    def __call__(self) -> dict[str, object]:
        self.times += 1
        return {"library": str(self.library), "data": "", "preferred": "gmw/nl", "voices": [DUTCH]}


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Asked:
    monkeypatch.setenv("COACH_CACHE_DIR", str(tmp_path))
    library = tmp_path / "libespeak-ng.so.1"
    library.write_bytes(b"one")
    asked = Asked(library)
    monkeypatch.setattr(system_listing, "_asked", asked)
    listing.cache_clear()
    monkeypatch.setattr(system_listing, "listing", listing)
    return asked


def another_run() -> Listing:
    listing.cache_clear()
    return listing()


def test_it_is_asked_for_once(asked: Asked, tmp_path: Path) -> None:
    known = another_run()
    assert known == Listing(
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
    monkeypatch.setattr(system_listing, "version", lambda _: "3.0")
    another_run()
    assert asked.times == 3


@pytest.mark.parametrize("damage", ["", "{", "[]", "null", '{"stamp": 1}', '{"voices": [{}]}'])
def test_a_damaged_list_is_made_again(asked: Asked, tmp_path: Path, damage: str) -> None:
    known = another_run()
    (tmp_path / "system-voices.json").write_text(damage)
    assert another_run() == known
    assert asked.times == 2


def test_who_looks_for_a_new_voice_has_it_asked_for_anew(asked: Asked) -> None:
    another_run()
    look_again()
    listing()
    assert asked.times == 2


def test_where_nothing_can_be_kept_it_is_still_known(asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_CACHE_DIR", "/dev/null/nowhere")
    assert [voice.name for voice in another_run().voices] == ["Dutch"]
    look_again()
    assert asked.times == 1


@pytest.mark.parametrize("module", ["coach.nowhere", "coach.units"])
def test_an_engine_that_crashes_or_says_nothing_has_no_voices(
    module: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("COACH_CACHE_DIR", str(tmp_path))
    monkeypatch.setattr(system_listing, "_MODULE", module)
    assert another_run() == Listing(library="", data="", voices=())
    listing.cache_clear()


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
    voices = [{"id": id_, "name": name, "language": language} for id_, (name, language) in ids.items()]
    preferred = f"{apple}.voice.compact.nl-NL.Xander"
    known = system_listing._listing({"library": "", "data": "", "preferred": preferred, "voices": voices})
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
    assert list(pyttsx3_driver._tokens(engine)) == [
        {"id": "Tokens\\Zira", "name": "Zira", "language": "en"},
        {"id": "Tokens\\Fenna", "name": "Fenna", "language": "nl"},
    ]
