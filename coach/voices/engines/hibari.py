"""Hibari voice: a small neural voice for English, whose model comes inside its wheel, without a download."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coach.errors import ExternalError
from coach.storage.file_input import hash_file
from coach.translation import _
from coach.utterance import Utterance

if TYPE_CHECKING:  # numpy takes 0.1 s, which a cached session need not pay
    from coach.sounds.clip import Clip

_MODEL_VOICE = "heart"
_MODEL_FILE = "hibari.onnx"
_SEED = 0
_SPEED = 0.56
_DECAY_S = 0.08
_COUNTED_SPEEDS = (1.0, 1.2, 1.35, 1.5, 1.75, 2.0)


class Hibari:
    """An American woman's voice, at some 120 words a minute in whole sentences."""

    name = "hibari"
    languages = ("en",) if find_spec("hibari") else ()  # Intel Macs have no onnxruntime for Python 3.14
    good = True
    repertoire = None
    reads_phonemes = False

    @property
    def about(self) -> str:
        """How it sounds, in one line."""
        return _("English, a woman's voice: neural, warm and clear. Built in, works without a network.")

    @property
    def identity(self) -> str:
        """Versions, the model's hash, seed and speeds; numpy's too, as its Fourier transform makes the waves."""
        engine = ", ".join(f"{name} {version(name)}" for name in ("hibari-tts", "onnxruntime", "numpy"))
        return f"{engine}, {_MODEL_VOICE} {hash_file(_find_model())}, {_SEED}, {_SPEED}, {_COUNTED_SPEEDS}"

    @cached_property
    def _engine(self) -> Any:  # noqa: ANN401 - hibari ships no types
        with _hide_scipy():
            from hibari import Hibari as Engine  # noqa: PLC0415 - a second, paid by the first words only

        engine = Engine(voice=_MODEL_VOICE, model=str(_find_model()))
        del engine.sess  # so that there are never two in memory
        engine.sess = _make_session()
        return engine

    def speak(self, utterance: Utterance) -> "Clip":
        """Speak the words calmly; a counted word at the slowest speed at which it is short enough."""
        if not utterance.counted:
            return self._synthesize(utterance.text, _SPEED)
        from coach.voices.clip_normalizer import pick_short_enough  # noqa: PLC0415 - numpy, only where there is speech

        # A capital and a full stop make the word a sentence, as the model was trained on sentences.
        word = utterance.text[0].upper() + utterance.text[1:].rstrip(".,;:") + "."
        return pick_short_enough((self._synthesize(word, speed) for speed in _COUNTED_SPEEDS), decay_s=_DECAY_S)

    def _synthesize(self, text: str, speed: float) -> "Clip":
        from coach.sounds.clip import Clip  # noqa: PLC0415 - numpy, only where there is speech

        samples = self._engine(text, speed=speed, seed=_SEED)
        return Clip(samples=samples[:, None], rate_hz=self._engine.sample_rate)


@contextmanager
def _hide_scipy() -> Iterator[None]:
    """Hide scipy from hibari, which would use its Fourier transform: 16 MB more, and different samples.

    A module that is None counts as not installed, so that the voice is the same everywhere.
    """
    before = sys.modules.get("scipy")
    sys.modules["scipy"] = None  # type: ignore[assignment]  # what the import system looks for
    try:
        yield
    finally:
        del sys.modules["scipy"]
        if before is not None:
            sys.modules["scipy"] = before


def _make_session() -> Any:  # noqa: ANN401 - onnxruntime ships no types
    """Load the model in a session that frees memory: hibari's own would keep 60 MB more, and gain no time."""
    import onnxruntime  # noqa: PLC0415 - the same

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.enable_cpu_mem_arena = False
    return onnxruntime.InferenceSession(str(_find_model()), options, providers=["CPUExecutionProvider"])


def _find_model() -> Path:
    spec = find_spec("hibari")
    if spec is None or spec.origin is None:
        raise ExternalError(
            _("the English voice hibari is not installed"), help=_("install it again with: pip install hibari-tts")
        )
    return Path(spec.origin).parent / "assets" / _MODEL_FILE
