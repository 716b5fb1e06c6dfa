"""`coach voices` lists the system voices, but not all of them at once."""

import sys
from collections.abc import Callable, Iterator
from functools import cache

import pytest
from coach_process import Ran

from coach.voices import registry
from coach.voices.engines import system
from coach.voices.engines.system import SystemVoice, VoiceListing

Coach = Callable[..., Ran]
XANDER = SystemVoice(id="com.apple.voice.compact.nl-NL.Xander", name="Xander", language="nl")
ENGLISH = ("Daniel", "Fiona", "Karen", "Moira", "Samantha")


@pytest.fixture(autouse=True)
def mac(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    english = [SystemVoice(id=f"com.apple.voice.compact.en.{name}", name=name, language="en") for name in ENGLISH]
    known = VoiceListing(library="", data="", voices=(XANDER, *english))
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(system, "list_system_voices", cache(lambda: known))
    monkeypatch.setattr(registry, "list_preferred", {"en": ("system", "hibari"), "nl": ("system", "espeak")}.get)
    registry.load_voice.cache_clear()
    yield
    registry.load_voice.cache_clear()


def test_a_few_of_them_are_shown_and_how_to_see_the_others(coach: Coach) -> None:
    printed = coach("voices").out
    assert "  * system:Xander\n              Dutch, a voice of this computer: com.apple.voice.compact.nl-" in printed
    assert [name for name in ENGLISH if f"system:{name}\n" in printed] == ["Daniel", "Fiona", "Karen"]
    assert "    2 more of system: coach voices --lang en\n" in printed


def test_all_of_a_language_are_shown_when_it_is_asked_for(coach: Coach) -> None:
    printed = coach("voices", "--lang", "en").out
    assert [name for name in ENGLISH if f"system:{name}\n" in printed] == list(ENGLISH)
    assert " more " not in printed
