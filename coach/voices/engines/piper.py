"""Piper voices: neural voices that the user has installed, or any Piper model by its path; deterministic."""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coach.errors import ExternalError, UsageError, explain_missing_package
from coach.languages import LANGUAGES, find_language
from coach.storage.file_input import hash_file, read_json
from coach.translation import _, mark_message
from coach.utterance import Utterance
from coach.voices.engines import piper_models
from coach.voices.engines.piper_models import PACE_WPM, QUICKEST, SEED, SENTENCE_PAUSE_S, SLOWEST, find_pace_text

if TYPE_CHECKING:  # numpy takes 0.1 s, which a cached session need not pay
    from coach.sounds.clip import Clip

SETTINGS = (PACE_WPM, SEED, SENTENCE_PAUSE_S, SLOWEST, QUICKEST)
_COUNTED_SCALES = (0.9, 0.75, 0.6, 0.5, 0.4)
_DECAY_S = 0.08
LONGEST_PIECE = 250
_RATES_HZ = (8_000, 11_025, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000)
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+")
_ENDS = (".", "!", "?", "…")
_LANGUAGE_CODE = re.compile(r"[A-Za-z]{2,3}(?:[_-][A-Za-z0-9_-]{1,20})?")
_COUNTRIES = {
    "BE": mark_message("Belgium"),
    "NL": mark_message("the Netherlands"),
    "GB": mark_message("Great Britain"),
    "US": mark_message("the United States"),
}


class Piper:
    """One Piper voice, by its name if installed, or by the path of its model.

    Args:
        which: ``nl_BE-nathalie-medium`` if that is installed, or ``/some/where/model.onnx`` with its config beside it.

    Raises:
        UsageError: There is no such voice.
        ExternalError: The config beside the model cannot be read, or the package piper-tts is not installed.
    """

    good = True
    repertoire = None

    @cached_property
    def reads_phonemes(self) -> bool:
        """Whether its model was trained on phonemes, as nearly all are."""
        config = read_json(piper_models.find_config_path(self._model))
        return not isinstance(config, dict) or config.get("phoneme_type", "espeak") == "espeak"

    def __init__(self, which: str) -> None:
        if not find_spec("piper") and (missing := explain_missing_package("piper")):
            raise missing
        self.name = f"piper:{which}"
        self._installed = None if piper_models.is_path(which) else piper_models.find_installed(which)
        if self._installed is not None:
            self._model = self._installed.model_file
            self.languages: tuple[str, ...] = (self._installed.language.partition("_")[0],)
        elif piper_models.is_path(which):
            self._model = Path(which).expanduser()
            self.languages = (read_model_language(self._model).partition("_")[0],)
        else:
            raise UsageError(_explain_unknown_name(which))

    @property
    def about(self) -> str:
        """How it sounds, in one line."""
        if self._installed is not None:
            return _describe(self._installed)
        return _("A Piper voice of your own, {model}.", model=self._model.name)

    @staticmethod
    def list_available() -> tuple[str, ...]:
        """List the names of the installed voices, in the catalogue's order of quality."""
        names = [voice.name for voice in piper_models.list_installed()] if find_spec("piper") else []
        if not names:
            return ()
        return tuple(sorted(names, key=lambda name: (piper_models.find_rank(name), name)))

    @staticmethod
    def explain_missing(language: str) -> str:
        """Say how to install one that speaks a language."""
        first = find_language(language).piper_voice if language in LANGUAGES else ""
        if not first:
            return _('no installed Piper voice speaks "{language}"', language=language)
        return _(
            'no installed Piper voice speaks "{language}"; add one with: coach voices add {voice}',
            language=language,
            voice=first,
        )

    @cached_property
    def identity(self) -> str:
        """Versions, the hashes of model and config, and the settings; the pace is measured and follows from these."""
        engine = ", ".join(f"{name} {version(name)}" for name in ("piper-tts", "onnxruntime"))
        config = hash_file(piper_models.find_config_path(self._model))
        model = hash_file(self._model) if self._installed is None else self._installed.model.sha256
        return f"{engine}, {model}, {config}, {SETTINGS}, {_COUNTED_SCALES}, {find_pace_text(self.languages[0])}"

    @cached_property
    def _engine(self) -> "PiperEngine":
        return PiperEngine(self._model, self.languages[0])

    def speak(self, utterance: Utterance) -> "Clip":
        """Speak the words calmly; a counted word at the slowest pace at which it is short enough."""
        if not utterance.counted:
            return self._engine.synthesize_calmly(utterance.text)
        from coach.voices.clip_normalizer import pick_short_enough  # noqa: PLC0415 - numpy, only where there is speech

        clips = (self._engine.synthesize(utterance.text, scale) for scale in _COUNTED_SCALES)
        return pick_short_enough(clips, decay_s=_DECAY_S)


def _explain_unknown_name(which: str) -> str:
    way = (
        _("add it with: coach voices add {voice}", voice=which)
        if piper_models.find_in_catalogue(which)
        else _("see: coach voices list --available")
    )
    return _('the Piper voice "{name}" is not installed; {way_out}', name=which, way_out=way)


def read_model_language(model: Path) -> str:
    """Read the language of a model, as in ``nl_BE`` or ``nl``, from the config beside it.

    Raises:
        ExternalError: The config is missing, or is not of a Piper voice.
    """
    config = piper_models.find_config_path(model)
    try:
        data = read_json(config)
        language = data.get("language", {}).get("code") or data["espeak"]["voice"]
        return _LANGUAGE_CODE.fullmatch(language)[0].replace("-", "_")  # type: ignore[index] # no match is a TypeError
    except OSError as error:
        raise ExternalError(
            _("cannot read {path}: {reason}", path=config, reason=error.strerror),
            help=_("a Piper voice is two files: model.onnx and model.onnx.json"),
        ) from error
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise ExternalError(
            _("{file} is not the config of a Piper voice", file=config), help=_("download the voice again")
        ) from error


def _describe(voice: piper_models.InstalledVoice) -> str:
    language, _line, country = voice.language.partition("_")
    spoken = _(find_language(language).english_name) if language in LANGUAGES else language
    if country in _COUNTRIES:
        spoken = _("{language} of {country}", language=spoken, country=_(_COUNTRIES[country]))
    return _(
        "{language}: neural, {quality} quality. Installed by you; licence: {licence}.",
        language=spoken,
        quality=voice.quality,
        licence=_(voice.licence),
    )


class PiperEngine:
    """One model: its file, with the config beside it, and the language of the text that its pace is measured with.

    A model draws noise from a generator whose state carries over from one utterance to the next, and whose seed can be
    set only when the model is loaded. So it is loaded anew for each utterance, unoptimised, which is no slower.

    Raises:
        ExternalError: These are not the model and the config of a Piper voice.
    """

    def __init__(self, model: Path, language: str) -> None:
        from piper import PiperConfig  # noqa: PLC0415 - onnxruntime, only where there is speech

        self._model = model
        self._language = language
        logging.getLogger("piper").setLevel(logging.CRITICAL)
        with _explain_load_errors(model):
            self._config = PiperConfig.from_dict(read_json(piper_models.find_config_path(model)))
            if self._config.sample_rate not in _RATES_HZ:
                raise ValueError("its config names no usual sample rate")

    def synthesize_calmly(self, text: str) -> "Clip":
        """Synthesize at the coach's pace, with a pause after each sentence."""
        return self.synthesize(text, self._calm_scale)

    def synthesize(self, text: str, scale: float) -> "Clip":
        """Synthesize at ``scale`` times the model's own length.

        Returns:
            Mono, at the model's own rate and level. ``onset_s`` is left to the normalizer.
        """
        import numpy as np  # noqa: PLC0415 - only where there is speech
        from piper import PiperVoice, SynthesisConfig  # noqa: PLC0415 - the same

        from coach.sounds.clip import Clip  # noqa: PLC0415 - the same

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
        from coach.voices.clip_normalizer import find_speech  # noqa: PLC0415 - numpy, only where there is speech

        text = find_pace_text(self._language)
        clip = self.synthesize(text, 1.0)
        edges = find_speech(clip.samples, clip.rate_hz)
        if edges is None:
            raise ExternalError(
                _("the Piper voice {name} makes no sound", name=self._model.stem), help=_("choose another voice")
            )
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
            _(
                "the Piper voice {name} does not load: {reason}",
                name=model.stem,
                reason=_take_first_line(error),
            ),
            help=_("remove it, and add it again, or choose another voice"),
        ) from error


def _make_session(model: Path) -> Any:  # noqa: ANN401 - onnxruntime ships no types
    """Load the model with its seed reset: one thread, as several workers speak at once, and no memory arena."""
    import onnxruntime  # noqa: PLC0415 - only where there is speech

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
