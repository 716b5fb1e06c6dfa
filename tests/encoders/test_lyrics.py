from coach.encoders.lyrics import lrc, timed_lines, vtt
from coach.encoders.tags import SpokenLine, Tags

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
    assert list(timed_lines(TAGS)) == [
        (0.25, "Adem in & <b>uit</b> --> [00:09.00]"),
        (2.504, "Loslaten"),
        (3.0, ""),
        (3725.996, "Nog even"),
        (3727.0, ""),
    ]


def test_lrc_has_a_head_and_a_time_before_every_line() -> None:
    assert lrc(TAGS) == (
        "[ti:Reset (kort)]\n"
        "[la:nl]\n"
        "[00:00.25]Adem in & <b>uit</b> --> (00:09.00)\n"
        "[00:02.50]Loslaten\n"
        "[00:03.00]\n"
        "[62:05.99]Nog even\n"
        "[62:07.00]\n"
    )


def test_vtt_escapes_what_a_browser_would_take_for_markup() -> None:
    assert vtt(TAGS) == (
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
    assert lrc(silent) == "[ti:Stil]\n[la:nl]\n"
    assert vtt(silent) == "WEBVTT\n"
