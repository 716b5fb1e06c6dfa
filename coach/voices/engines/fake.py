"""Fake voice for tests: one soft tone for each word, as long as the word, without an engine."""

from typing import TYPE_CHECKING

from coach.languages import LANGUAGES
from coach.translation import _
from coach.utterance import Utterance

if TYPE_CHECKING:  # numpy takes 0.1 s, which a cached session need not pay
    from coach.sounds.clip import Clip

_RATE_HZ = 16_000
_LETTER_S = 0.07
_GAP_S = 0.06
_QUIET_S = 0.1
_LOWEST_HZ = 200.0
_STEP_HZ = 5.0
_STEPS = 40
_DECAY_S = 0.25


class Fake:
    """70 ms per letter or sign, 60 ms between words, a tenth of a second of silence at either end; any language."""

    name = "fake"
    languages = LANGUAGES
    good = True
    repertoire = None
    reads_phonemes = False
    identity = f"fake 2, {_LETTER_S}, {_GAP_S}"

    @property
    def about(self) -> str:
        """How it sounds, in one line."""
        return _("Tones instead of words, for tests.")

    def speak(self, utterance: Utterance) -> "Clip":
        """Make a tone per word; a counted text is one short tone."""
        import numpy as np  # noqa: PLC0415 - only where there is speech

        from coach.sounds.clip import Clip  # noqa: PLC0415 - the same

        words = [utterance.text[:2]] if utterance.counted else utterance.text.split()
        sounds = [np.zeros(round(_QUIET_S * _RATE_HZ))]
        for word in words:
            times_s = np.arange(round(_LETTER_S * len(word) * _RATE_HZ)) / _RATE_HZ
            pitch_hz = _LOWEST_HZ + _STEP_HZ * (sum(map(ord, word)) % _STEPS)
            tone = np.sin(2.0 * np.pi * pitch_hz * times_s) * np.exp(-times_s / _DECAY_S)
            sounds += [0.2 * tone, np.zeros(round(_GAP_S * _RATE_HZ))]
        sounds.append(np.zeros(round(_QUIET_S * _RATE_HZ)))
        return Clip(samples=np.concatenate(sounds).astype(np.float32)[:, None], rate_hz=_RATE_HZ)
