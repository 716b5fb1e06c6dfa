"""Piper engine: deterministic synthesis from text to samples by one model."""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

import numpy as np
import onnxruntime
from piper import PiperConfig, PiperVoice, SynthesisConfig

from coach.errors import ExternalError
from coach.sounds.clip import Clip
from coach.storage.file_input import read_json
from coach.voices.clip_normalizer import find_speech
from coach.voices.engines.piper_models import (
    PACE_WPM,
    QUICKEST,
    SEED,
    SENTENCE_PAUSE_S,
    SLOWEST,
    find_config_path,
    find_pace_text,
)

LONGEST_PIECE = 250
_RATES_HZ = (8_000, 11_025, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000)
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+")
_ENDS = (".", "!", "?", "…")


class PiperEngine:
    """One model.

    A model draws noise from a generator whose state carries over from one utterance to the next, and whose seed can be
    set only when the model is loaded. So it is loaded anew for each utterance, unoptimised, which is no slower.

    Args:
        model: Its file, with the config beside it.
        language: Its language, for the text that its pace is measured with.

    Raises:
        ExternalError: These are not the model and the config of a Piper voice.
    """

    def __init__(self, model: Path, language: str) -> None:
        self._model = model
        self._language = language
        logging.getLogger("piper").setLevel(logging.CRITICAL)
        with _explain_load_errors(model):
            self._config = PiperConfig.from_dict(read_json(find_config_path(model)))
            if self._config.sample_rate not in _RATES_HZ:
                raise ValueError("its config names no usual sample rate")

    def synthesize_calmly(self, text: str) -> Clip:
        """Synthesize at the coach's pace, with a pause after each sentence."""
        return self.synthesize(text, self._calm_scale)

    def synthesize(self, text: str, scale: float) -> Clip:
        """Synthesize at ``scale`` times the model's own length.

        Returns:
            Mono, at the model's own rate and level. ``onset_s`` is left to the normalizer.
        """
        with _explain_load_errors(self._model):
            voice = PiperVoice(session=_make_session(self._model), config=self._config)
        pause = np.zeros(round(SENTENCE_PAUSE_S * self._config.sample_rate), np.float32)
        synthesis = SynthesisConfig(length_scale=scale)
        chunks = [pause]
        for phonemes in (sentence for piece in _split_sentences(text) for sentence in voice.phonemize(piece)):
            audio = voice.phoneme_ids_to_audio(voice.phonemes_to_ids(phonemes), synthesis)
            chunks += [np.asarray(audio, np.float32).reshape(-1), pause]
        return Clip(samples=np.concatenate(chunks)[:, None], rate_hz=self._config.sample_rate)

    @cached_property
    def _calm_scale(self) -> float:
        """How much slower this model must speak than it does by itself, which differs from model to model."""
        text = find_pace_text(self._language)
        clip = self.synthesize(text, 1.0)
        edges = find_speech(clip.samples, clip.rate_hz)
        if edges is None:
            raise ExternalError(f"the Piper voice {self._model.stem} makes no sound", help="choose another voice")
        own_s = (edges[1] - edges[0]) / clip.rate_hz
        calm_s = len(text.split()) * 60.0 / PACE_WPM
        return min(max(calm_s / own_s, QUICKEST), SLOWEST)


@contextmanager
def _explain_load_errors(model: Path) -> Iterator[None]:
    """Explain any error of loading a model: onnxruntime's exceptions differ from version to version."""
    try:
        yield
    except Exception as error:
        raise ExternalError(
            f"the Piper voice {model.stem} does not load: {_take_first_line(error)}",
            help="remove it, and add it again, or choose another voice",
        ) from error


def _make_session(model: Path) -> onnxruntime.InferenceSession:
    """Load the model with its seed reset: one thread, as several workers speak at once, and no memory arena."""
    onnxruntime.set_seed(SEED)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 4
    options.enable_cpu_mem_arena = False
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])


def _split_sentences(text: str) -> Iterator[str]:
    """Split a text into sentences, as models were trained on them; fragments become sentences, long ones are split.

    The cost grows with the square of a piece's length.
    """
    for sentence in _SENTENCE_END.split(text.strip()):
        yield from map(_complete_sentence, _split_long(sentence))


def _split_long(sentence: str) -> Iterator[str]:
    while len(sentence) > LONGEST_PIECE:
        cut = max(sentence.rfind(sign, 1, LONGEST_PIECE) for sign in (", ", "; ", ": "))
        cut = cut if cut > 0 else sentence.rfind(" ", 1, LONGEST_PIECE)
        cut = cut if cut > 0 else LONGEST_PIECE
        yield sentence[:cut]
        sentence = sentence[cut:].lstrip(",;: ")
    if sentence:
        yield sentence


def _complete_sentence(piece: str) -> str:
    """Add a capital and a final mark: without these, models garble short phrases."""
    whole = piece.strip().rstrip(",;:-–— ")
    if not whole:
        return piece
    return whole[0].upper() + whole[1:] + ("" if whole.endswith(_ENDS) else ".")


def _take_first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
