import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.languages.phonetic_alphabet import (
    Phonemes,
    find_meant_sign,
    find_odd_sign,
    has_sound,
    list_phonemes,
    mark_phonemes,
    to_engine_phonemes,
)
from coach.languages.text_normalizer import normalize_text

SIGNS = "abdefhijklmnoprstuvwxzøœɐɑɔəɛɡɣɪŋɵɹʁʃʊʋʏʒˈˌː.\u0303\u0361"
IPA = st.text(SIGNS, min_size=1, max_size=12).filter(has_sound)
NIJMEGEN = (("Nijmegen", "ˈnɛi.meː.ɣə"),)


@pytest.mark.parametrize(
    ("ipa", "place"),
    [
        ("ˈnɛi.meː.ɣə", None),
        ("ʃɑ̃ˈsɔ̃", None),
        (unicodedata.normalize("NFC", "ã"), None),
        ("t͡ʃʰa", None),
        ("n'a", 1),
        ("a:", 1),
        ("/a/", 0),
        ("nEi", 1),
        ("a1", 1),
        ("жa", 0),
        ("a\n", 1),
    ],
)
def test_signs_that_are_not_of_the_alphabet_are_found(ipa: str, place: int | None) -> None:
    assert find_odd_sign(ipa) == place


def test_what_is_meant_by_another_sign_is_one_of_the_alphabet() -> None:
    meant = {sign: find_meant_sign(sign) for sign in map(chr, range(33, 127))}
    assert (meant["E"], meant[":"], meant["'"], meant["a"], meant["/"]) == ("ɛ", "ː", "ˈ", "", "")
    assert all(find_odd_sign(sign) is None for sign in meant.values())
    assert not any(meant[sign] for sign in meant if find_odd_sign(sign) is None)


@pytest.mark.parametrize(
    ("ipa", "language", "written"),
    [
        ("ˈnɛi.meː.ɣə", "nl", "nˈɛɪmeːɣə"),
        ("ˈsxre͡ːʏ", "nl", "sxrˈeːɵ"),
        ("ɣut", "nl", "ɣut"),
        ("gut", "nl", "ɡut"),
        ("ʃɑ̃ˈsɔ̃", "nl", "ʃɑ̃sˈɔ̃"),
        ("dɛn ˈɦaːx", "nl", "dɛn hˈaːx"),
        ("ˈnaɪ.meɪ.xən", "en", "nˈaɪmeɪxən"),
        ("ˈʤɒɡ", "en", "dʒˈɒɡ"),
        ("ˈm̩", "en", "ˈm"),
    ],
)
def test_phonemes_are_written_as_engines_know_them(ipa: str, language: str, written: str) -> None:
    assert to_engine_phonemes(unicodedata.normalize("NFC", ipa), language) == written


@given(IPA, st.sampled_from(["nl", "en"]))
@settings(max_examples=60, deadline=None)
def test_phonemes_for_engines_keep_their_sounds_and_change_no_more(ipa: str, language: str) -> None:
    once = to_engine_phonemes(ipa, language)
    assert has_sound(once)
    assert find_odd_sign(once) is None
    assert to_engine_phonemes(once, language) == once
    assert set("ˈˌ") & set(once) == set("ˈˌ") & set(ipa)


def test_words_with_phonemes_are_found_whole_whatever_their_case() -> None:
    say_as = {"Nijmegen": Phonemes("nˈɛi"), "reset": "rie-set", "caf\u00e9": Phonemes("kɑfe")}
    found = list_phonemes("nijmegen, Nijmegenaar, NIJMEGEN, reset, cafe\u0301", say_as)
    assert found == (("nijmegen", "nˈɛi"), ("NIJMEGEN", "nˈɛi"), ("caf\u00e9", "kɑfe"))
    assert list_phonemes("reset", {"reset": "rie-set"}) == ()


@pytest.mark.parametrize(
    ("text", "phonemes", "marked"),
    [
        ("Naar Nijmegen, 2 km.", NIJMEGEN, "Naar [[nˈɛɪmeːɣə]], twee kilometer."),
        ("Nijmegen! NIJMEGEN?", NIJMEGEN, "[[nˈɛɪmeːɣə]]! [[nˈɛɪmeːɣə]]?"),
        ("Nijmegenaar", NIJMEGEN, "Nijmegenaar"),
        ("Den Haag: 3 km.", (("Den Haag", "dɛn ɦaːx"), ("km", "kaˈɛm")), "[[dɛn]] [[haːx]]: drie [[kaˈɛm]]."),
        ("東京 2x", (("東京", "toːkjoː"),), "[[toːkjoː]] twee keer"),
        ("moenoeboe Nijmegen moenoecoe", NIJMEGEN, "[[nˈɛɪmeːɣə]] [[nˈɛɪmeːɣə]] moenoecoe"),
        ("moenoeboe", (), "moenoeboe"),
    ],
)
def test_phonemes_stand_for_their_words_and_all_else_is_normalized(
    text: str, phonemes: tuple[tuple[str, str], ...], marked: str
) -> None:
    assert mark_phonemes(text, "nl", phonemes) == marked


@given(
    st.lists(st.sampled_from(["Nijmegen", "3", "km", "om 8:30", "u", "(ja)", "€5", "rustig.", "!", "a/b", "IV"])),
    IPA,
    st.sampled_from(["nl", "en"]),
)
@settings(max_examples=60, deadline=None)
def test_the_normalizer_never_touches_the_phonemes(words: list[str], ipa: str, language: str) -> None:
    text = " ".join(words)
    sounds = f"[[{to_engine_phonemes(ipa, language)}]]"
    marked = mark_phonemes(text, language, [("Nijmegen", ipa)])
    assert marked.count(sounds) >= words.count("Nijmegen")
    assert marked.replace(sounds, "Nijmegen") == normalize_text(text, language)
