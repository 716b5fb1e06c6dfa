import pytest

from coach.encoders.tags import Chapter, SpokenLine, Tags, iterate_timed_lines, tags_to_lrc, tags_to_vtt


def test_every_text_of_the_tags_is_cleaned() -> None:
    tags = Tags(title="a\nb", language="nl", artist="a\nb", album="a\nb", comment="a\nb", fingerprint="a\nb")
    assert tags == Tags(title="a b", language="nl", artist="a b", album="a b", comment="a b", fingerprint="a b")
    assert Chapter(title="a\nb", start_s=0, end_s=1).title == "a b"
    assert SpokenLine(text="a\nb", start_s=0, end_s=1).text == "a b"


@pytest.mark.parametrize(("language", "letters"), [("nl", "nld"), ("en", "eng"), ("fy", "und")])
def test_languages_have_three_letters_in_files(language: str, letters: str) -> None:
    assert Tags(title="", language=language).language_iso_639_2 == letters


TAGS = Tags(
    title="Reset [kort]",
    language="nl",
    lines=(
        SpokenLine(text="Adem in & <b>uit</b> --> [00:09.00]", start_s=0.25, end_s=1.5),
        SpokenLine(text="Loslaten", start_s=2.504, end_s=3.0),
        SpokenLine(text="Nog even", start_s=3725.996, end_s=3727.0),
    ),
)


def test_words_are_cleared_when_nothing_follows_for_a_while() -> None:
    assert list(iterate_timed_lines(TAGS)) == [
        (0.25, "Adem in & <b>uit</b> --> [00:09.00]"),
        (2.504, "Loslaten"),
        (3.0, ""),
        (3725.996, "Nog even"),
        (3727.0, ""),
    ]


def test_lrc_has_a_head_and_a_time_before_every_line() -> None:
    assert tags_to_lrc(TAGS) == (
        "[ti:Reset (kort)]\n"
        "[la:nl]\n"
        "[00:00.25]Adem in & <b>uit</b> --> (00:09.00)\n"
        "[00:02.50]Loslaten\n"
        "[00:03.00]\n"
        "[62:05.99]Nog even\n"
        "[62:07.00]\n"
    )


def test_vtt_escapes_what_a_browser_would_take_for_markup() -> None:
    assert tags_to_vtt(TAGS) == (
        "WEBVTT\n"
        "\n"
        "00:00:00.250 --> 00:00:01.500\n"
        "Adem in &amp; &lt;b&gt;uit&lt;/b&gt; --&gt; [00:09.00]\n"
        "\n"
        "00:00:02.504 --> 00:00:03.000\n"
        "Loslaten\n"
        "\n"
        "01:02:05.996 --> 01:02:07.000\n"
        "Nog even\n"
    )


def test_without_words_only_the_head_is_left() -> None:
    silent = Tags(title="Stil", language="nl")
    assert tags_to_lrc(silent) == "[ti:Stil]\n[la:nl]\n"
    assert tags_to_vtt(silent) == "WEBVTT\n"
