"""Languages of voices, as real systems write them."""

import pytest

from coach.voices.engines.pyttsx3_driver import detect_voice_language

TOKENS = "HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Speech\\Voices\\Tokens\\"


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        (b"\x05nl", "nl"),
        (b"\x02en-gb", "en"),
        (b"\x05en-gb-x-rp", "en"),
        ("nl", "nl"),
        ("en-029", "en"),
        ("en-gb-scotland", "en"),
        ("nl_NL", "nl"),
        ("nl-BE", "nl"),
        ("en_GB_U_SD@sd=gbsct", "en"),
        ("en-scotland", "en"),
        ("nl-NL", "nl"),
        ("413", "nl"),
        ("813", "nl"),
        ("409;9", "en"),
        ("C09", "en"),
        ("13", "nl"),
        ("809;409", "en"),
        ("40C", "fr"),
        ("Dutch", "nl"),
        ("Nederlands (België)", "nl"),
        ("nld", "nl"),
        ("eng", "en"),
        ("de", "de"),
        ("cmn", "cmn"),
        ("fil_PH", "fil"),
    ],
)
def test_a_tag_is_understood(tag: str | bytes, language: str) -> None:
    assert detect_voice_language([tag]) == language


@pytest.mark.parametrize(
    ("voice_id", "name", "language"),
    [
        (f"{TOKENS}TTS_MS_NL-NL_FRANK_11.0", "Microsoft Frank", "nl"),
        (f"{TOKENS}TTS_MS_EN-GB_HAZEL_11.0", "Microsoft Hazel Desktop - English (Great Britain)", "en"),
        (f"{TOKENS}MSTTS_V110_nlNL_FrankM", "Microsoft Frank", "nl"),
        (f"{TOKENS}ScanSoftXander_Full_22kHz", "ScanSoft Xander - Dutch (Netherlands)", "nl"),
        ("com.apple.voice.enhanced.nl-BE.Ellen", "Ellen (Enhanced)", "nl"),
        ("com.apple.eloquence.en-US.Flo", "Flo (English (US))", "en"),
        ("gmw/nl", "Dutch", "nl"),
        ("com.apple.speech.synthesis.voice.xander", "Xander", None),
        (f"{TOKENS}MSSam", "Microsoft Sam", None),
        ("sit/cmn-latn-pinyin", "Chinese (Mandarin, latin as English)", None),
    ],
)
def test_where_no_tag_tells_it_the_names_may(voice_id: str, name: str, language: str | None) -> None:
    for nothing in ((), [None], [""], [b""], ["Unknown Locale: 4096"], ["\x05"]):
        assert detect_voice_language(nothing, voice_id=voice_id, name=name) == language


def test_a_tag_counts_before_a_name() -> None:
    assert detect_voice_language(["nl_BE"], voice_id="TTS_MS_EN-US_ZIRA_11.0", name="English") == "nl"
