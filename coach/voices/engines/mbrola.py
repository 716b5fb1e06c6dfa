"""MBROLA voices for Dutch: espeak-ng chooses the phonemes, and MBROLA joins diphones recorded from a speaker.

Both are programs of the system, as neither comes in a wheel. espeak-ng itself starts ``mbrola`` and passes it phonemes.
"""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from coach.errors import ExternalError, UsageError
from coach.languages import find_language
from coach.storage.file_input import hash_file
from coach.translation import _, mark_message
from coach.utterance import Utterance
from coach.voices.engines.espeak import hash_data

if TYPE_CHECKING:  # numpy takes 0.1 s, which a cached session need not pay
    from coach.sounds.clip import Clip

_VOICES = {"nl2": ("nl", mark_message("a man's voice")), "nl3": ("nl", mark_message("a woman's voice"))}
_PROGRAMS = ("espeak-ng", "mbrola")

# Where espeak-ng looks for a voice, in this order; before them in ``mbrola`` of its folder of data.
_PLACES = ("/usr/share/mbrola/{0}", "/usr/share/mbrola/{0}/{0}", "/usr/share/mbrola/voices/{0}")
_DATA_VARIABLE = "ESPEAK_DATA_PATH"
_DATA_AT = "Data at:"
_CALM_WPM = 96
_COUNTED_PACES_WPM = (170, 200, 230, 260, 300)

# Less than the worker's timeout for the shortest text, so that a killed worker leaves no program running.
_TIMEOUT_S = 25.0
_INSTALL = mark_message(
    "install it with: sudo apt install espeak-ng mbrola mbrola-nl2 mbrola-nl3 (in Debian's contrib and non-free)"
)


class Mbrola:
    """One of MBROLA's voices: ``mbrola:nl2``.

    Raises:
        UsageError: The voice is unknown or not installed.
    """

    good = True
    repertoire = None
    reads_phonemes = False

    def __init__(self, which: str) -> None:
        if which not in _VOICES:
            raise UsageError(
                _('there is no MBROLA voice "{name}"; there are: {known}', name=which, known=", ".join(_VOICES))
            )
        if which not in self.list_available():
            raise UsageError(_("the MBROLA voice {name} is not installed; {install}", name=which, install=_(_INSTALL)))
        self._which = which
        self.name = f"mbrola:{which}"
        self.languages = (_VOICES[which][0],)

    @property
    def about(self) -> str:
        """How it sounds, in one line."""
        language, who = _VOICES[self._which]
        return _(
            "{language}, {who}: pieces of real speech put together. Clearer than espeak, still stiff.",
            language=_(find_language(language).english_name),
            who=_(who),
        )

    @classmethod
    def list_available(cls) -> tuple[str, ...]:
        """List the names of the installed voices; none without the programs that they need."""
        if not all(map(shutil.which, _PROGRAMS)):
            return ()
        return tuple(which for which in _VOICES if _find_voice(which) is not None)

    @classmethod
    def explain_missing(cls, language: str) -> str:
        """Say what to install."""
        if language not in {spoken for spoken, _who in _VOICES.values()}:
            return _('there is no MBROLA voice for "{language}"', language=language)
        return _("no MBROLA voice is installed; {install}", install=_(_INSTALL))

    @property
    def identity(self) -> str:
        """The hashes of both programs, of what shapes their speech, and of the voice; the paces."""
        data = _find_data()
        programs = ", ".join(hash_file(Path(_find_program(name))) for name in _PROGRAMS)
        shaping = f"{hash_data(data, self.languages)}, {hash_file(data / 'voices' / 'mb' / f'mb-{self._which}')}"
        voice = hash_file(_find_voice(self._which) or Path())
        return f"{programs}, {shaping}, {self._which} {voice}, {_CALM_WPM}, {_COUNTED_PACES_WPM}"

    def speak(self, utterance: Utterance) -> "Clip":
        """Speak the words calmly; a counted word at the slowest pace at which it is short enough.

        Raises:
            IncompleteSpeechError: The program wrote no usable sound file.
        """
        if not utterance.counted:
            return self._synthesize(utterance.text, _CALM_WPM)
        from coach.voices.clip_normalizer import pick_short_enough  # noqa: PLC0415 - numpy, only where there is speech

        clips = (self._synthesize(utterance.text, pace_wpm) for pace_wpm in _COUNTED_PACES_WPM)
        return pick_short_enough(clips, decay_s=0.0)

    def _synthesize(self, text: str, pace_wpm: int) -> "Clip":
        from coach.voices.clip_normalizer import IncompleteSpeechError, read_engine_output  # noqa: PLC0415 - only where there is speech

        with tempfile.TemporaryDirectory(prefix="coach-") as folder:
            path = Path(folder) / "speech.wav"
            command = [_find_program("espeak-ng"), "-v", f"mb-{self._which}", "-s", str(pace_wpm), "-b", "1"]
            done = subprocess.run(  # noqa: S603 - the words go to its standard input, as plain text
                [*command, "--stdin", "-w", str(path)],
                input=text.encode(),
                capture_output=True,
                timeout=_TIMEOUT_S,
                check=False,
            )
            if done.returncode:
                raise IncompleteSpeechError(
                    done.stderr.decode(errors="replace").strip()
                    or _("espeak-ng ended with {code}", code=done.returncode)
                )
            return read_engine_output(path, text)


def _find_program(name: str) -> str:
    path = shutil.which(name)
    if path is None:
        raise ExternalError(_("the program {name} is not installed", name=name), help=_(_INSTALL))
    return path


def _find_voice(which: str) -> Path | None:
    own = os.environ.get(_DATA_VARIABLE)
    places = [*([f"{own}/mbrola/{which}"] if own else []), *(place.format(which) for place in _PLACES)]
    return next((path for path in map(Path, places) if path.is_file()), None)


def _find_data() -> Path:
    """Find espeak-ng's data folder from the output of ``espeak-ng --version``."""
    command = [_find_program("espeak-ng"), "--version"]
    try:
        result = subprocess.run(command, capture_output=True, timeout=_TIMEOUT_S, check=True, text=True)  # noqa: S603 - fixed arguments
    except (OSError, subprocess.SubprocessError) as error:
        raise ExternalError(_("'espeak-ng --version' failed"), help=_(_INSTALL)) from error
    return Path(result.stdout.partition(_DATA_AT)[2].strip())
