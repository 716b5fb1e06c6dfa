import pytest

from coach.encoders.tags import Chapter, SpokenLine, Tags, one_line


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("  twee\r\n regels ", "twee regels"),
        ("nul\0 en piep\x07", "nul en piep"),
        ("half \ud83d teken", "half ? teken"),
        ("één & <b> 🙂", "één & <b> 🙂"),
        ("a\u2028b\x85c", "a b c"),
    ],
)
def test_a_text_becomes_one_clean_line(text: str, clean: str) -> None:
    assert one_line(text) == clean


def test_every_text_of_the_tags_is_cleaned() -> None:
    tags = Tags(title="a\nb", language="nl", artist="a\nb", album="a\nb", comment="a\nb", fingerprint="a\nb")
    assert tags == Tags(title="a b", language="nl", artist="a b", album="a b", comment="a b", fingerprint="a b")
    assert Chapter(title="a\nb", start_s=0, end_s=1).title == "a b"
    assert SpokenLine(text="a\nb", start_s=0, end_s=1).text == "a b"


@pytest.mark.parametrize(("language", "letters"), [("nl", "nld"), ("en", "eng"), ("fy", "und")])
def test_languages_have_three_letters_in_files(language: str, letters: str) -> None:
    assert Tags(title="", language=language).language_iso_639_2 == letters
