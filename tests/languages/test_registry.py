"""Languages are found by their folders, and imported when they are asked for."""

import subprocess
import sys

import pytest

from coach.errors import UsageError
from coach.languages import LANGUAGES, detect_own_language, find_language, find_language_or_english


def test_an_unknown_language_is_named_with_those_there_are() -> None:
    with pytest.raises(UsageError, match=f"^the coach does not speak 'fr'; choose one of {', '.join(LANGUAGES)}$"):
        find_language("fr")


def test_english_stands_in_for_a_language_that_may_be_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    assert find_language_or_english("fr") is find_language("en")
    assert find_language_or_english("nl") is find_language("nl")
    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")
    assert detect_own_language() == "en"
    monkeypatch.setenv("LC_ALL", "nl_BE.UTF-8")
    assert detect_own_language() == "nl"


def test_only_the_language_that_is_asked_for_is_imported() -> None:
    code = (
        "import sys; from coach.languages import LANGUAGES, find_language\n"
        "def loaded(): return sorted(name for name in sys.modules if name.startswith('coach.languages.'))\n"
        "print(loaded()); find_language('nl'); print('coach.languages.en' in loaded(), 'yaml' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said == "[]\nFalse False\n"
