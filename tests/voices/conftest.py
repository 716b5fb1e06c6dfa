"""Fixtures of the tests of voices: a cache for each, and workers that can load the broken voices."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from coach.utterance import Utterance
from coach.voices.clip_cache import ClipCache
from coach.voices.voice import VoiceSpec


@pytest.fixture
def cache(tmp_path: Path) -> ClipCache:
    return ClipCache(tmp_path)


@pytest.fixture
def broken_voice(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], VoiceSpec]:
    """The spec of one of ``broken_voices``, which worker processes can import from now on."""
    search = [str(Path(__file__).parent), *filter(None, [os.environ.get("PYTHONPATH")])]
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(search))
    return lambda name: VoiceSpec(engine=f"broken_voices:{name}")


@pytest.fixture
def say() -> Callable[..., Utterance]:
    def build(text: str, language: str = "en", *, counted: bool = False, recording: Path | None = None) -> Utterance:
        return Utterance(text=text, language=language, counted=counted, recording=recording)

    return build
