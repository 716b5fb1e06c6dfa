"""English by hibari, a small neural voice whose model comes inside its wheel: nothing is ever downloaded."""

from functools import cached_property
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coach.errors import OutsideError
from coach.speech import Utterance
from coach.voices.digest import file_digest

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
    languages = ("en",)
    about = "English, a woman's voice: neural, warm and clear. Built in, works without a network."

    @property
    def identity(self) -> str:
        """Versions, the model's hash, seed and speeds. It uses the Fourier transform of scipy where there is one."""
        transform = "scipy" if find_spec("scipy") else "numpy"
        engine = ", ".join(f"{name} {version(name)}" for name in ("hibari-tts", "onnxruntime", transform))
        return f"{engine}, {_MODEL_VOICE} {file_digest(_model())}, {_SEED}, {_SPEED}, {_COUNTED_SPEEDS}"

    @cached_property
    def _engine(self) -> Any:  # noqa: ANN401 - hibari ships no types
        from hibari import Hibari as Engine  # noqa: PLC0415 - a second, paid by the first words only

        return Engine(voice=_MODEL_VOICE, model=str(_model()))

    def speak(self, utterance: Utterance) -> "Clip":
        """The words, calmly; a counted word at the slowest speed at which it is short enough."""
        if not utterance.counted:
            return self._said(utterance.text, _SPEED)
        from coach.voices.door import first_short_enough  # noqa: PLC0415 - numpy, only where there is speech

        # A capital and a full stop make a word a sentence, which is what the model learnt from.
        word = utterance.text[0].upper() + utterance.text[1:].rstrip(".,;:") + "."
        return first_short_enough((self._said(word, speed) for speed in _COUNTED_SPEEDS), decay_s=_DECAY_S)

    def _said(self, text: str, speed: float) -> "Clip":
        from coach.sounds.clip import Clip  # noqa: PLC0415 - numpy, only where there is speech

        samples = self._engine(text, speed=speed, seed=_SEED)
        return Clip(samples=samples[:, None], rate_hz=self._engine.sample_rate)


def _model() -> Path:
    spec = find_spec("hibari")
    if spec is None or spec.origin is None:
        raise OutsideError(
            "the English voice hibari is not installed", help="install it again with: pip install hibari-tts"
        )
    return Path(spec.origin).parent / "assets" / _MODEL_FILE
