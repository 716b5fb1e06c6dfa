"""Speech packs: what one has is said without the model, all else by the model, or by espeak where there is none."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import build_speech_pack
import numpy as np
import pytest
import soundfile
from build_speech_pack import (
    Recording,
    encode,
    list_lines,
    list_pieces,
    list_planned_lines,
    read_entries,
    record,
    write_pack,
)
from speech_takes import Take, list_takes

from coach.languages.text_normalizer import normalize_text
from coach.services.session_preparation import print_missing_lines
from coach.utterance import Utterance
from coach.voices import registry
from coach.voices.engines import kokoro, kokoro_model
from coach.voices.engines.espeak import Espeak
from coach.voices.engines.kokoro import Kokoro, hash_settings
from coach.voices.engines.kokoro_model import RATE_HZ, KokoroVoice, read_accents, read_voices
from coach.voices.engines.speech_pack import (
    FOLDER_VARIABLE,
    SpeechPack,
    SpeechPiece,
    find_pack_file,
    read_version,
)
from coach.voices.speech_service import SpeechService

Say = Callable[..., Utterance]
DUTCH = read_accents()["nl"]
TONE = (0.3 * np.sin(2 * np.pi * 220.0 * np.arange(RATE_HZ) / RATE_HZ)).astype(np.float32)
LARGEST_BYTES = 6_500_000
AGAIN = "run: scripts/build_speech_pack.py"


def find_dutch_voice() -> KokoroVoice:
    return next(voice for voice in read_voices() if voice.name == "vrouw")


def write_tones(*texts: str, settings: str | None = None) -> Path:
    """Write a pack of the Dutch voice that says each text as a tone of a second."""
    pieces = list_pieces([(normalize_text(text, "nl"), False) for text in texts], DUTCH)
    entries = {piece.entry: Recording(encode(TONE, counted=False)) for piece in pieces}
    file = find_pack_file("vrouw")
    write_pack(file, entries, settings or hash_settings(find_dutch_voice(), DUTCH))
    return file


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    registry.load_voice.cache_clear()
    return tmp_path


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A model that is installed; each piece that it is asked for is listed, and said as silence."""
    asked: list[str] = []

    class Engine:
        def say(self, piece: str, *_: object, **__: object) -> np.ndarray:
            asked.append(piece)
            return np.zeros(RATE_HZ // 10, np.float32)

    monkeypatch.setattr(kokoro_model, "find_model_parts", lambda: (Path("model"),))
    monkeypatch.setattr(kokoro_model, "read_model", lambda: b"")
    monkeypatch.setattr(kokoro, "KokoroEngine", lambda *_: Engine())
    return asked


@pytest.mark.usefixtures("folder")
def test_what_is_in_the_pack_is_said_without_the_model(model: list[str], say: Say) -> None:
    write_tones("Adem rustig in. En weer uit.")
    clip = Kokoro("vrouw").speak(say("En weer uit.", "nl"))
    assert model == []
    pause = round(kokoro.SENTENCE_PAUSE_S * RATE_HZ)
    said = clip.samples[pause:-pause, 0]
    assert len(said) == len(TONE)
    assert np.sqrt(np.mean((said - TONE) ** 2)) < 0.02


@pytest.mark.usefixtures("folder")
def test_a_sentence_that_the_pack_lacks_is_the_only_one_that_the_model_says(model: list[str], say: Say) -> None:
    write_tones("Adem rustig in. En weer uit.")
    Kokoro("vrouw").speak(say("Adem rustig in. Loop naar de brug. En weer uit.", "nl"))
    assert len(model) == 1
    assert "bɾ" in model[0]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("text", ["Adem rustig in!", "Adem rustig, in.", "[[aːdəm]] rustig in."])
def test_what_is_to_sound_otherwise_is_not_in_the_pack(model: list[str], say: Say, text: str) -> None:
    write_tones("Adem rustig in.")
    Kokoro("vrouw").speak(say(text, "nl"))
    assert len(model) == 1


@pytest.mark.usefixtures("folder")
def test_a_word_in_the_pack_that_is_not_counted_is_none_that_is(model: list[str], say: Say) -> None:
    write_tones("in")
    Kokoro("vrouw").speak(say("in", "nl"))
    assert model == []
    Kokoro("vrouw").speak(say("in", "nl", counted=True))
    assert model != []


@pytest.mark.usefixtures("folder")
def test_another_pack_makes_other_keys(model: list[str]) -> None:
    assert model == []
    identities = [Kokoro("vrouw").identity]
    for text in ("Adem in.", "Adem uit."):
        write_tones(text)
        identities.append(Kokoro("vrouw").identity)
    assert len(set(identities)) == len(identities)


@pytest.mark.usefixtures("folder")
def test_a_pack_that_was_made_with_other_settings_is_not_used() -> None:
    file = write_tones("Adem in.", settings="0" * 64)
    (piece,) = list_pieces([("Adem in.", False)], DUTCH)
    assert SpeechPack(file, "0" * 64).has(piece)
    assert SpeechPack(file, hash_settings(find_dutch_voice(), DUTCH)).find(piece) is None


@pytest.mark.usefixtures("folder")
def test_a_damaged_pack_is_as_good_as_none() -> None:
    (piece,) = list_pieces([("Adem in.", False)], DUTCH)
    settings = hash_settings(find_dutch_voice(), DUTCH)
    for damage in (lambda data: data[-60:], lambda data: data[:40] + b"x" * 40 + data[80:], lambda _: b""):
        file = write_tones("Adem in.")
        file.write_bytes(damage(file.read_bytes()))
        assert SpeechPack(file, settings).find(piece) is None
    file.unlink()
    assert SpeechPack(file, settings).find(piece) is None


def test_a_piece_is_encoded_to_the_same_bytes_each_time() -> None:
    one, other = encode(TONE, counted=False), encode(TONE, counted=False)
    assert one == other
    samples, rate_hz = soundfile.read(io.BytesIO(one))
    assert (len(samples), rate_hz) == (len(TONE), RATE_HZ)
    assert len(encode(TONE, counted=True)) > len(one)


@pytest.mark.usefixtures("folder")
def test_the_same_entries_make_the_same_pack() -> None:
    entries = {"b.opus": Recording(b"1", "1 misheard, take 2"), "a.opus": Recording(b"2")}
    file = find_pack_file("vrouw")
    write_pack(file, entries, "f" * 64)
    before = file.read_bytes()
    write_pack(file, dict(reversed(entries.items())), "f" * 64)
    assert file.read_bytes() == before
    assert read_version(file).startswith("f" * 16 + " ")
    assert read_entries(file, "f" * 64) == entries
    assert read_entries(file, "0" * 64) == {}


class Speaker:
    """Says each take as a tone as long as its number among those it said, in tenths of a second."""

    def __init__(self) -> None:
        self.takes: list[Take] = []

    def synthesize(self, piece: SpeechPiece, *, speed: float = 1.0) -> np.ndarray:
        self.takes.append(Take(piece.sounds, speed))
        return TONE[: RATE_HZ // 10 * len(self.takes)]


def listen_to(*misheard: int) -> Callable[[np.ndarray, str], int]:
    """Count so many words for each take, by its length."""
    return lambda samples, _words: misheard[round(len(samples) / RATE_HZ * 10) - 1]


SENTENCE = SpeechPiece("fˈul jə fˈutən.")


def test_a_piece_that_is_understood_is_said_once() -> None:
    speaker = Speaker()
    made = record(SENTENCE, "Voel je voeten.", b"", speaker, listen_to(0))
    assert speaker.takes == [Take(SENTENCE.sounds)]
    assert made == Recording(encode(TONE[: RATE_HZ // 10], counted=False), "0 misheard, take 0")


def test_one_that_is_misheard_is_said_otherwise_until_it_is_understood() -> None:
    speaker = Speaker()
    made = record(SENTENCE, "Voel je voeten.", b"", speaker, listen_to(2, 1, 0))
    assert speaker.takes == list(list_takes(SENTENCE.sounds))[:3]
    assert made == Recording(encode(TONE[: RATE_HZ // 10 * 3], counted=False), "0 misheard, take 2")


def test_of_takes_that_are_all_misheard_the_first_of_the_best_is_kept() -> None:
    takes = list(list_takes(SENTENCE.sounds))
    made = record(SENTENCE, "Voel je voeten.", b"", Speaker(), listen_to(2, *[1] * (len(takes) - 1)))
    assert made == Recording(encode(TONE[: RATE_HZ // 10 * 2], counted=False), "1 misheard, take 1")


@pytest.mark.parametrize(
    ("before", "misheard", "takes"),
    [
        pytest.param(0, 9, 0, id="understood"),
        pytest.param(3, 2, 5, id="better takes"),
        pytest.param(2, 2, 5, id="no worse, so a take of the sounds of today"),
        pytest.param(1, 2, 5, id="no take is as good"),
    ],
)
def test_what_is_in_the_pack_is_replaced_unless_it_is_better(before: int, misheard: int, takes: int) -> None:
    speaker, said = Speaker(), encode(TONE, counted=False)
    made = record(SENTENCE, "Voel je voeten.", said, speaker, listen_to(*[misheard] * 9, before))
    assert len(speaker.takes) == takes
    assert (made.opus == said) == (before < misheard)
    assert made.note.startswith(f"{min(before, misheard)} misheard")


@pytest.mark.parametrize("piece", [SENTENCE, SpeechPiece("fˈir.", counted=True)])
def test_without_a_listener_and_for_a_counted_word_the_first_take_is_kept(piece: SpeechPiece) -> None:
    speaker, listen = Speaker(), listen_to(9) if piece.counted else None
    assert record(piece, "vier", b"", speaker, listen).note == ""
    assert speaker.takes == [Take(piece.sounds)]


def test_takes_are_of_one_voice_in_sounds_that_the_model_knows() -> None:
    pieces = [piece.sounds for piece in list_pieces(list_planned_lines("nl"), DUTCH) if not piece.counted]
    for sounds in pieces:
        takes = list(list_takes(sounds))
        assert takes[0] == Take(sounds)
        assert len(set(takes)) == len(takes) > 2
        assert all(set(take.sounds) <= set(kokoro_model.read_alphabet()) for take in takes)
        assert all(0.9 < take.speed < 1.1 for take in takes)


def test_each_piece_is_listed_with_its_words() -> None:
    pieces = list_pieces([("Adem in. En weer uit", False), ("vier", True)], DUTCH)
    assert list(pieces.values()) == ["Adem in.", "En weer uit.", "vier."]
    assert [piece.counted for piece in pieces] == [False, False, True]


@pytest.mark.usefixtures("folder")
def test_without_the_model_espeak_says_what_the_pack_lacks(say: Say) -> None:
    write_tones("Adem rustig in.")
    assert Kokoro.list_available() == ("vrouw",)
    assert registry.load_voice(registry.find_default("nl")).name == "kokoro:vrouw"
    voice, known, unknown = Kokoro("vrouw"), say("Adem rustig in.", "nl"), say("Loop naar de brug.", "nl")
    assert voice.explain_stand_in([known]) == ""
    assert voice.explain_stand_in([known, unknown]).startswith("espeak says 1 line of this session: kokoro's model ")
    assert voice.about == "Dutch, a woman's voice: neural, for the coach's own sentences."
    assert voice.speak(unknown).samples.tobytes() == Espeak().speak(unknown).samples.tobytes()
    assert len(voice.speak(known).samples) == len(TONE) + 2 * round(kokoro.SENTENCE_PAUSE_S * RATE_HZ)


@pytest.mark.usefixtures("folder")
def test_a_clip_by_espeak_is_not_kept_for_when_the_model_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    write_tones("Adem rustig in.")
    without = Kokoro("vrouw").identity
    monkeypatch.setattr(kokoro_model, "find_model_parts", lambda: (Path("model"),))
    assert Kokoro("vrouw").identity != without


@pytest.mark.usefixtures("folder")
def test_what_espeak_says_in_its_place_is_said_once(say: Say, capsys: pytest.CaptureFixture[str]) -> None:
    write_tones("Adem rustig in.")
    lines = [say(text, "nl") for text in ("Adem rustig in.", "Loop naar de brug.", "Adem rustig in. Steek over.")]
    with SpeechService() as service:
        print_missing_lines(service, lines[:1])
        print_missing_lines(service, lines)
    assert capsys.readouterr().err == (
        "espeak says 2 lines of this session: "
        "kokoro's model is not installed; download it (92 MB) with: coach voices add kokoro\n"
    )


@pytest.fixture
def shipped(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The names of what is in the pack that comes with the coach."""
    monkeypatch.delenv(FOLDER_VARIABLE)
    with zipfile.ZipFile(find_pack_file(build_speech_pack.VOICE)) as pack:
        return set(pack.namelist())


def test_the_pack_that_comes_with_the_coach_fits_its_voice_and_is_small(shipped: set[str]) -> None:
    file = find_pack_file(build_speech_pack.VOICE)
    assert read_version(file)[:16] == hash_settings(find_dutch_voice(), DUTCH)[:16], AGAIN
    assert file.stat().st_size < LARGEST_BYTES
    assert shipped


def test_all_that_the_shipped_sessions_say_is_in_the_pack(shipped: set[str]) -> None:
    """At their own lengths, with each guidance, no model is needed."""
    pieces = list_pieces(list_planned_lines("nl"), DUTCH)
    assert [piece.sounds for piece in pieces if piece.entry not in shipped] == [], AGAIN


def test_what_nobody_says_any_more_is_not_in_the_pack(shipped: set[str]) -> None:
    assert shipped <= {piece.entry for piece in list_pieces(list_lines("nl"), DUTCH)}, AGAIN
