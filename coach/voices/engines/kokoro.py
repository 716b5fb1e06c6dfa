"""Kokoro voices: neural voices for Dutch and English from one model, which is given phonemes; deterministic.

The model learnt no Dutch, but, between them, languages with nearly all of its sounds. So Dutch phonemes are written in
the nearest of its alphabet (``kokoro_voices.json``), and a mix of its styles speaks them.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, cached_property
from importlib.metadata import version
from importlib.util import find_spec
from itertools import zip_longest
from typing import TYPE_CHECKING

from coach.errors import UsageError
from coach.languages import find_language, load_pronunciations
from coach.storage.file_input import hash_file
from coach.translation import _, mark_message, translate_plural
from coach.utterance import Utterance
from coach.voices.engines import kokoro_model
from coach.voices.engines.espeak import Espeak, find_data_path, find_library_path, hash_data, phonemize
from coach.voices.engines.kokoro_model import (
    HISS,
    LEAD_IN,
    RATE_HZ,
    Accent,
    KokoroVoice,
    cut_hiss,
    make_session,
    silence_lead_in,
    trim,
)
from coach.voices.engines.speech_pack import SpeechPack, SpeechPiece, find_pack_file, read_version
from coach.voices.voice import write_text

if TYPE_CHECKING:  # numpy takes 0.1 s, which a cached session need not pay
    from numpy.typing import NDArray

    from coach.sounds.clip import Clip, Samples

SENTENCE_PAUSE_S = 0.6
LONGEST_PIECE = 300
_COUNTED_SPEEDS = (1.2, 1.4, 1.6, 1.9, 2.2, 2.7, 3.3)

# With the style of its few sounds, a word that is said fast is mistaken for another; with that of a sentence it is not.
_COUNTED_STYLE = 40
_DECAY_S = 0.08
_EDGE = 0
_STAND_IN = "moenoe"
_PHONEMES = "[["
_STRESS = "ˈˌ"
_WORD = "[^\\W\\d_]+(?:['\N{RIGHT SINGLE QUOTATION MARK}-][^\\W\\d_]+)*"
_ENDS = ".!?…"
_DASHES = "\N{EN DASH}\N{EM DASH}"
_PAUSES = f"{_ENDS},;:{_DASHES}"


SPEAKERS = (
    *(mark_message("a woman's voice"), mark_message("a man's voice")),
    *(mark_message("an American woman's voice"), mark_message("an American man's voice")),
    *(mark_message("a British woman's voice"), mark_message("a British man's voice")),
)
"""Who the voices are, as their file says."""


class Kokoro:
    """One of Kokoro's voices: ``kokoro:vrouw``. Without the model it says what its speech pack has, espeak the rest.

    Raises:
        UsageError: There is no such voice, or neither the model nor a pack is installed.
    """

    good = True
    repertoire = None
    reads_phonemes = True

    def __init__(self, which: str) -> None:
        voices = {voice.name: voice for voice in kokoro_model.read_voices()}
        if which not in voices:
            known = ", ".join(voices)
            raise UsageError(_('there is no Kokoro voice "{name}"; there are: {known}', name=which, known=known))
        if which not in self.list_available():
            raise UsageError(explain_absence())
        self._voice = voices[which]
        self._accent = kokoro_model.read_accents()[self._voice.accent]
        self.name = f"kokoro:{which}"
        self.languages = (self._accent.language,)
        self._has_model = has_model()

    @property
    def about(self) -> str:
        """How it sounds, in one line."""
        template = mark_message("{language}, {who}: neural, for the coach's own sentences.")
        if self._has_model:
            template = mark_message("{language}, {who}: neural. Built in, works without a network.")
        return _(template, language=_(find_language(self._accent.language).english_name), who=_(self._voice.who))

    @staticmethod
    def list_available() -> tuple[str, ...]:
        """List the names of its voices, for each language the best first; without the model only those with a pack."""
        is_whole = has_model()
        names = (voice.name for voice in kokoro_model.read_voices())
        return tuple(name for name in names if is_whole or find_pack_file(name).is_file())

    @staticmethod
    def explain_missing(language: str) -> str:
        """Say how to get its model, or that it does not speak a language."""
        return _('no Kokoro voice speaks "{language}"', language=language) if has_model() else explain_absence()

    @property
    def identity(self) -> str:
        """Versions, the hashes of the model, styles, pack, pronunciations and espeak-ng's data; pace and pauses."""
        espeak = f"espeakng-loader {version('espeakng-loader')}, {hash_data(find_data_path(), self.languages)}"
        styles, voices = map(hash_file, (kokoro_model.STYLES_FILE, kokoro_model.VOICES_FILE))
        known = hashlib.sha256(repr(load_pronunciations(self._accent.language)).encode()).hexdigest()[:16]
        speaking = (SENTENCE_PAUSE_S, LONGEST_PIECE, _COUNTED_SPEEDS, _COUNTED_STYLE, LEAD_IN, HISS)
        settings = f"{self._voice.name}, {speaking}, {known}, {read_version(find_pack_file(self._voice.name))}"
        if not self._has_model:
            return f"{Espeak().identity}, {settings}"
        model = kokoro_model.read_model_facts().sha256
        return f"onnxruntime {version('onnxruntime')}, {espeak}, {model}, {styles}, {voices}, {settings}"

    @cached_property
    def _engine(self) -> "KokoroEngine":
        return KokoroEngine(kokoro_model.read_model(), self._voice.name)

    @cached_property
    def _pack(self) -> SpeechPack:
        return SpeechPack(find_pack_file(self._voice.name), hash_settings(self._voice, self._accent))

    def speak(self, utterance: Utterance) -> "Clip":
        """Speak the words calmly, piece by piece: from the voice's speech pack, else by the model."""
        pieces = [(piece, self._pack.find(piece)) for piece in self._list_pieces(utterance)]
        if not self._has_model and any(said is None for _piece, said in pieces):
            return Espeak().speak(utterance)
        said = (self.synthesize(piece) if said is None else cut_hiss(said, piece.sounds) for piece, said in pieces)
        return _join(list(said))

    def explain_stand_in(self, utterances: Iterable[Utterance]) -> str:
        """Write how many espeak says, as the model is not installed, and the speech pack lacks them."""
        texts = (replace(each, text=write_text(self, each)) for each in (() if self._has_model else utterances))
        count = sum(not all(map(self._pack.has, self._list_pieces(each))) for each in texts)
        if not count:
            return ""
        return translate_plural(
            "espeak says {count} line of this session: {reason}",
            "espeak says {count} lines of this session: {reason}",
            count,
            reason=explain_absence(),
        )

    def _list_pieces(self, utterance: Utterance) -> Iterator[SpeechPiece]:
        return (SpeechPiece(sounds, utterance.counted) for sounds in write_phonemes(utterance.text, self._accent))

    def synthesize(self, piece: SpeechPiece, *, speed: float = 1.0) -> "Samples":
        """Have the model say a piece, ``speed`` times as fast as the voice; a counted word just as fast as it must."""
        if not piece.counted:
            return self._engine.say(piece.sounds, speed * self._voice.speed, lead_in_steps=self._accent.lead_in_steps)
        from coach.voices.clip_normalizer import pick_short_enough  # noqa: PLC0415 - numpy, only where there is speech

        sounds = self._accent.counted.get(piece.sounds, piece.sounds)
        takes = (_join([self._engine.say(sounds, speed, _COUNTED_STYLE)]) for speed in _COUNTED_SPEEDS)
        return trim(pick_short_enough(takes, decay_s=_DECAY_S).samples[:, 0])


def hash_settings(voice: KokoroVoice, accent: Accent) -> str:
    """Hash all but the sounds that shapes what a voice says; the same on any machine."""
    import numpy as np  # noqa: PLC0415 - only where there is speech

    with np.load(kokoro_model.STYLES_FILE) as styles:
        style = hashlib.sha256(styles["lengths"].tobytes() + styles[voice.name].tobytes()).hexdigest()
    counted = (_COUNTED_SPEEDS, _COUNTED_STYLE, _DECAY_S)
    shaped_by = (kokoro_model.read_model_facts().sha256, style, voice.speed, counted, LEAD_IN, accent.lead_in_steps)
    return hashlib.sha256(repr(shaped_by).encode()).hexdigest()


def has_model() -> bool:
    """Return whether its model is installed, and what runs it."""
    return find_spec("onnxruntime") is not None and bool(kokoro_model.find_model_parts())


def explain_absence() -> str:
    """Say why no Kokoro voice is here: what is missing, and the way out."""
    if not find_spec("onnxruntime"):
        return _("kokoro needs the package onnxruntime, which some systems lack (docs/platforms.md)")
    size_mb = round(kokoro_model.read_model_facts().size_bytes / 1e6)
    return _(
        "kokoro's model is not installed; download it ({size_mb} MB) with: coach voices add kokoro", size_mb=size_mb
    )


def write_phonemes(text: str, accent: Accent) -> Iterator[str]:
    """Write a text in the model's alphabet, sentence by sentence, and long ones in pieces.

    Words that the language's pronunciations have are taken from there, all others are espeak-ng's.
    """
    pieces = re.findall(rf"[{_PAUSES}]+|[^{_PAUSES}]+", text)
    clauses = [piece for piece in pieces if piece[0] not in _PAUSES]
    ipa = dict(zip(clauses, _pronounce(clauses, accent), strict=True))
    written = "".join(ipa.get(piece, _write_pause(piece)) for piece in pieces)
    for sentence in re.split(rf"(?<=[{_ENDS}])\s+", written):
        sounds = _translate(sentence, accent).strip(f" {_PAUSES}")
        yield from _split_long(sounds + (sentence.rstrip()[-1:] if sentence.rstrip()[-1:] in _ENDS else "."))


def _write_pause(signs: str) -> str:
    """Write the first of several signs, which the model knows; of a dash a comma."""
    return f"{',' if signs[0] in _DASHES else signs[0]} "


def _pronounce(clauses: Sequence[str], accent: Accent) -> Iterator[str]:
    """Write clauses in IPA. espeak-ng is given a word of ours for each that is known, so that it hears the others.

    Where it writes these together, and so loses some, it is given the clause as it is, between an author's phonemes.
    """
    masked = [_mask_known(clause, load_pronunciations(accent.language)) for clause in clauses]
    texts = (_STAND_IN, *(text for text, _ in masked), *clauses)
    said = phonemize(texts, accent.espeak, library=find_library_path(), data=find_data_path())
    stand_in = re.compile(f"[{_STRESS}]?".join(["", *re.sub(f"[{_STRESS}]", "", said[0])]))
    heard_plain = zip(said[1 : len(clauses) + 1], said[len(clauses) + 1 :], strict=True)
    for clause, (_said, known), (heard, plain) in zip(clauses, masked, heard_plain, strict=True):
        between = stand_in.split(heard)
        whole = "".join(part for pair in zip_longest(between, known, fillvalue="") for part in pair)
        yield whole if len(between) == len(known) + 1 else _join_parts(clause, accent) if _PHONEMES in clause else plain


def _join_parts(clause: str, accent: Accent) -> str:
    """Write a clause in IPA, what is between an author's phonemes by itself."""
    parts = re.split(r"\[\[(.*?)\]\]", clause)
    words = [part for part in parts[::2] if part.strip()]
    ipa = dict(zip(words, _pronounce(words, accent), strict=True))
    return " ".join(ipa.get(part, part.strip()) if nth % 2 == 0 else part for nth, part in enumerate(parts))


def _mask_known(clause: str, pronunciations: Mapping[str, str]) -> tuple[str, Sequence[str]]:
    """Replace each word of known pronunciation, or each such part of one with hyphens; return these, too, in order.

    An author's phonemes, in double brackets, are known.
    """
    known: list[str] = []

    def mask(part: str) -> str:
        ipa = pronunciations.get(part.lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'"))
        known.extend([ipa] if ipa else [])
        return _STAND_IN if ipa else part

    def mask_parts(word: re.Match[str]) -> str:
        if word[1]:
            known.append(word[1])
            return _STAND_IN
        whole = mask(word[0])
        return "-".join(map(mask, word[0].split("-"))) if whole == word[0] else whole

    return re.sub(rf"\[\[(.*?)\]\]|{_WORD}", mask_parts, clause), known


def _translate(ipa: str, accent: Accent) -> str:
    """Translate IPA into the model's alphabet; what it has no sign for is left out."""
    alphabet = kokoro_model.read_alphabet()
    sounds = accent.sounds
    written = re.sub(_compile_sounds(accent.name), lambda found: sounds[found[0]], ipa)
    return "".join(sound for sound in written if sound in alphabet)


@cache
def _compile_sounds(accent: str) -> "re.Pattern[str]":
    """Compile what finds the longest sound that the model knows by another sign."""
    sounds = sorted(kokoro_model.read_accents()[accent].sounds, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, sounds)))


def _split_long(sentence: str) -> Iterator[str]:
    """Split a sentence where the model would hurry, or take no more: at a pause, else between words, else anywhere."""
    while len(sentence) > LONGEST_PIECE:
        cut = max(sentence.rfind(f"{sign} ", 1, LONGEST_PIECE) + 1 for sign in _PAUSES)
        cut = cut or sentence.rfind(" ", 1, LONGEST_PIECE)
        cut = cut if cut > 0 else LONGEST_PIECE
        yield sentence[:cut]
        sentence = sentence[cut:].lstrip()
    if any(sound.isalpha() for sound in sentence):
        yield sentence


class KokoroEngine:
    """The model in memory, with the style of one voice: a row of numbers for each number of phonemes.

    Args:
        model: The bytes of the model, or anything that has its ``run``.
        which: The voice's name.
    """

    def __init__(self, model: bytes, which: str) -> None:
        import numpy as np  # noqa: PLC0415 - only where there is speech

        self._session = make_session(model)
        with np.load(kokoro_model.STYLES_FILE) as styles:
            self._lengths = styles["lengths"].astype(np.float64)
            self._style = styles[which].astype(np.float64)
        self._alphabet = kokoro_model.read_alphabet()

    def say(
        self, piece: str, speed: float, least_style: int = 0, *, lead_in_steps: tuple[int, int] | None = None
    ) -> "Samples":
        """Say a piece in the model's alphabet, without what sounds around it.

        One with fewer sounds than ``least_style`` gets the style of that many. ``lead_in_steps`` are the
        accent's, where what sounds before the piece is silenced.
        """
        said = self._run(piece, speed, least_style)
        return trim(cut_hiss(silence_lead_in(said, *lead_in_steps) if lead_in_steps else said, piece))

    def _run(self, piece: str, speed: float, least_style: int) -> "Samples":
        import numpy as np  # noqa: PLC0415 - only where there is speech

        numbers = [self._alphabet[sound] for sound in piece]
        inputs = {
            "tokens": np.array([[_EDGE, *numbers, _EDGE]], np.int64),
            "style": self._find_style(max(len(numbers), least_style)),
            "speed": np.array([speed], np.float32),
        }
        samples: Samples = np.asarray(self._session.run(None, inputs)[0], np.float32).reshape(-1)
        return samples

    def _find_style(self, length: int) -> "Samples":
        """Find the style for a number of phonemes, between those that are kept."""
        import numpy as np  # noqa: PLC0415 - only where there is speech

        after = min(max(int(np.searchsorted(self._lengths, length)), 1), len(self._lengths) - 1)
        before = after - 1
        share = (length - self._lengths[before]) / (self._lengths[after] - self._lengths[before])
        row: NDArray[np.float64] = (1.0 - share) * self._style[before] + share * self._style[after]
        return row.astype(np.float32)[None]


def _join(said: Sequence["Samples"]) -> "Clip":
    """Join pieces, with a pause before and after each. Mono; ``onset_s`` is left out."""
    import numpy as np  # noqa: PLC0415 - only where there is speech

    from coach.sounds.clip import Clip  # noqa: PLC0415 - the same

    pause = np.zeros(round(SENTENCE_PAUSE_S * RATE_HZ), np.float32)
    parts = [pause, *(part for each in said for part in (each, pause))]
    return Clip(samples=np.concatenate(parts)[:, None], rate_hz=RATE_HZ)
