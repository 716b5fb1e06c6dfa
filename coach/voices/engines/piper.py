"""Piper voices: neural voices that the user has installed, or any Piper model by its path."""

import re
from functools import cached_property
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from coach.errors import ExternalError, UsageError, explain_missing_package
from coach.languages import LANGUAGES, find_language
from coach.storage.file_input import hash_file, read_json
from coach.utterance import Utterance
from coach.voices.engines import piper_models
from coach.voices.engines.piper_models import PACE_WPM, QUICKEST, SEED, SENTENCE_PAUSE_S, SLOWEST, find_pace_text

if TYPE_CHECKING:  # numpy takes 0.1 s, which a cached session need not pay
    from coach.sounds.clip import Clip
    from coach.voices.engines.piper_engine import PiperEngine

SETTINGS = (PACE_WPM, SEED, SENTENCE_PAUSE_S, SLOWEST, QUICKEST)


_COUNTED_SCALES = (0.9, 0.75, 0.6, 0.5, 0.4)
_DECAY_S = 0.08
_LANGUAGE_CODE = re.compile(r"[A-Za-z]{2,3}(?:[_-][A-Za-z0-9_-]{1,20})?")
_COUNTRIES = {"BE": "Belgium", "NL": "the Netherlands", "GB": "Great Britain", "US": "the United States"}


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

    def __init__(self, which: str) -> None:
        if not find_spec("piper") and (missing := explain_missing_package("piper")):
            raise missing
        self.name = f"piper:{which}"
        self._installed = None if piper_models.is_path(which) else piper_models.find_installed(which)
        if self._installed is not None:
            self._model = self._installed.model_file
            self.languages: tuple[str, ...] = (self._installed.language.partition("_")[0],)
            self.about = _describe(self._installed)
        elif piper_models.is_path(which):
            self._model = Path(which).expanduser()
            self.languages = (read_model_language(self._model).partition("_")[0],)
            self.about = f"A Piper voice of your own, {self._model.name}."
        else:
            raise UsageError(_explain_unknown_name(which))

    @staticmethod
    def list_available() -> tuple[str, ...]:
        """List the names of the installed voices, in the catalogue's order of quality."""
        names = [voice.name for voice in piper_models.list_installed()] if find_spec("piper") else []
        if not names:
            return ()
        from coach.voices.engines.piper_models import find_rank  # noqa: PLC0415 - read only where there is something to rank

        return tuple(sorted(names, key=lambda name: (find_rank(name), name)))

    @staticmethod
    def explain_missing(language: str) -> str:
        """Say how to install one that speaks a language."""
        start = f'no installed Piper voice speaks "{language}"'
        first = find_language(language).piper_voice if language in LANGUAGES else ""
        return f"{start}; add one with: coach voices add {first}" if first else start

    @cached_property
    def identity(self) -> str:
        """Versions, the hashes of model and config, and the settings; the pace is measured and follows from these."""
        engine = ", ".join(f"{name} {version(name)}" for name in ("piper-tts", "onnxruntime"))
        config = hash_file(piper_models.find_config_path(self._model))
        model = hash_file(self._model) if self._installed is None else self._installed.model.sha256
        return f"{engine}, {model}, {config}, {SETTINGS}, {_COUNTED_SCALES}, {find_pace_text(self.languages[0])}"

    @cached_property
    def _engine(self) -> "PiperEngine":

        from coach.voices.engines.piper_engine import PiperEngine  # noqa: PLC0415 - onnxruntime, only where there is speech

        return PiperEngine(self._model, self.languages[0])

    def speak(self, utterance: Utterance) -> "Clip":
        """Speak the words calmly; a counted word at the slowest pace at which it is short enough."""
        if not utterance.counted:
            return self._engine.synthesize_calmly(utterance.text)
        from coach.voices.clip_normalizer import pick_short_enough  # noqa: PLC0415 - numpy, only where there is speech

        clips = (self._engine.synthesize(utterance.text, scale) for scale in _COUNTED_SCALES)
        return pick_short_enough(clips, decay_s=_DECAY_S)


def _explain_unknown_name(which: str) -> str:
    from coach.voices.engines.piper_models import find_in_catalogue  # noqa: PLC0415 - read only for an error

    way = f"add it with: coach voices add {which}" if find_in_catalogue(which) else "see: coach voices list --available"
    return f'the Piper voice "{which}" is not installed; {way}'


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
            f"cannot read {config}: {error.strerror}", help="a Piper voice is two files: model.onnx and model.onnx.json"
        ) from error
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise ExternalError(f"{config} is not the config of a Piper voice", help="download the voice again") from error


def _describe(voice: piper_models.InstalledVoice) -> str:
    language, _, country = voice.language.partition("_")
    where = f" of {_COUNTRIES[country]}" if country in _COUNTRIES else ""
    spoken = find_language(language).english_name if language in LANGUAGES else language
    return f"{spoken}{where}: neural, {voice.quality} quality. Installed by you; licence: {voice.licence}."
