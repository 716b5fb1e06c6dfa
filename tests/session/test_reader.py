import unicodedata
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent
from typing import Literal

import pytest

from coach.diagnostics.problem import Location, Problem, SessionError, locate_option
from coach.errors import UsageError
from coach.session.reader import ReadResult, load
from coach.session.session import (
    EVENLY,
    NO_BREATH,
    THROUGHOUT_S,
    AbsoluteCadence,
    After,
    AtShare,
    Block,
    Breath,
    Cue,
    CuePlace,
    Every,
    FromEnd,
    FromStart,
    Ramp,
    RelativeCadence,
    Session,
    Sounds,
    Span,
    Text,
)

Form = Literal["NFC", "NFD"]
ReadText = Callable[..., ReadResult]
HEAD = "coach: 1\ntitle: {nl: Rondje, en: Round}\n"


def place(line: int, column: int, end_column: int) -> Location:
    return Location(file="run.yaml", line=line, column=column, end_column=end_column)


def session(reading: ReadResult) -> Session:
    assert [problem.message for problem in reading.problems if problem.severity == "error"] == []
    assert reading.session is not None
    return reading.session


def only_block(read_text: ReadText, block: str) -> Block:
    (made,) = session(read_text(f"{HEAD}blocks:\n  - {block}\n")).blocks
    return made


def messages(reading: ReadResult) -> list[str]:
    return [f"{problem.location.line}:{problem.location.column} {problem.message}" for problem in reading.problems]


def test_a_small_session_is_read_whole(read_text: ReadText) -> None:
    made = session(
        read_text(
            dedent("""\
            coach: 1
            title: {nl: Rondje, en: Round}
            form: reset
            length: 24m
            cadence: 160
            breath: 3 in / 2 out
            sounds: {tick: wood, bed: none}
            values: {name: "", city: Gent, year: 2026}
            say-as: {Nijmegen: naai-mee-gen, run: {nl: run}}
            blocks:
              - easy: {lasts: 3m..8m, ticks: 90s}
            """)
        )
    )
    assert made == Session(
        path=Path("run.yaml"),
        title=Text(words={"nl": "Rondje", "en": "Round"}, location=place(2, 8, 31)),
        about=None,
        form="reset",
        length_s=1440,
        cadence_spm=160,
        breath=Breath(inhale=3, exhale=2),
        sounds=Sounds(tick="wood", bed="none"),
        values={"name": "", "city": "Gent", "year": "2026"},
        say_as={"nl": {"Nijmegen": "naai-mee-gen", "run": "run"}, "en": {"Nijmegen": "naai-mee-gen"}},
        blocks=(Block(kind="easy", location=place(11, 5, 9), lasts=Span(shortest_s=180, longest_s=480), ticks_s=90),),
        languages=("nl", "en"),
        location=place(4, 1, 7),
    )


def test_omitted_keys_have_defaults(read_text: ReadText) -> None:
    made = session(read_text(f"{HEAD}blocks:\n  - easy:\n"))
    assert (made.form, made.length_s, made.cadence_spm, made.breath) == (
        "other",
        None,
        158,
        Breath(inhale=3, exhale=3),
    )
    assert made.blocks == (Block(kind="easy", location=place(4, 5, 9)),)


def test_a_block_with_every_setting_is_read(read_text: ReadText) -> None:
    made = only_block(
        read_text,
        "body-scan: {lasts: 5m, title: {nl: Scan, en: Scan}, cadence: 150 -> +4, breath: none, sounds: {bell: bowl}, "
        "ticks: on, breath-sound: off, bell: both, say: [], say-also: {nl: a, en: b}, parts: [jaw, crown, jaw]}",
    )
    assert made.title is not None
    assert made.title.words == {"nl": "Scan", "en": "Scan"}
    assert made.cadence == Ramp(start=AbsoluteCadence(spm=150), end=RelativeCadence(offset_spm=4))
    assert (made.breath, made.sounds, made.bell) == (NO_BREATH, Sounds(bell="bowl"), "both")
    assert (made.ticks_s, made.breath_sound_s) == (THROUGHOUT_S, 0.0)
    assert (made.say, [cue.text["en"] for cue in made.say_also]) == ((), ["b"])
    assert made.parts == ("jaw", "crown", "jaw")


@pytest.mark.parametrize("short", ["silence: 3m", "silence: {lasts: 3m}", "silence:\n      lasts: 3m", "silence: '3m'"])
def test_a_length_alone_is_short_for_a_block_that_lasts_so_long(read_text: ReadText, short: str) -> None:
    assert only_block(read_text, short).lasts == Span(shortest_s=180, longest_s=180)


@pytest.mark.parametrize(
    "block",
    [
        "say: {nl: Dag, en: Hi}",
        "say: [{nl: Dag, en: Hi}]",
        "say: {say: {nl: Dag, en: Hi}}",
        "say: {text: {nl: Dag, en: Hi}}",
        "say: {say: [{text: {nl: Dag, en: Hi}}]}",
        "say: [{text: {nl: Dag, en: Hi}, level: guide}]",
        "easy: {say: {nl: Dag, en: Hi}}",
    ],
)
def test_words_can_be_written_in_every_natural_way(read_text: ReadText, block: str) -> None:
    made = only_block(read_text, block)
    assert made.say is not None
    assert [cue.text.words for cue in made.say] == [{"nl": "Dag", "en": "Hi"}]


def test_a_block_of_words_may_have_a_length(read_text: ReadText) -> None:
    made = only_block(read_text, "say: {lasts: 1m, text: {nl: Dag, en: Hi}}")
    assert made.lasts == Span(shortest_s=60, longest_s=60)


@pytest.mark.parametrize("nothing", ["[]", "none"])
def test_a_block_may_have_no_words(read_text: ReadText, nothing: str) -> None:
    assert only_block(read_text, f"easy: {{say: {nothing}}}").say == ()


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("at: 30s", FromStart(seconds=30)),
        ("at: -20s", FromEnd(seconds=20)),
        ("at: 40%", AtShare(share=0.4)),
        ("after: 5s", After(seconds=5)),
        ("every: 2m", Every(period_s=120)),
        ("level: extra", EVENLY),
    ],
)
def test_a_cue_has_its_place(read_text: ReadText, key: str, expected: CuePlace) -> None:
    made = only_block(read_text, f"easy: {{say: [{{{key}, text: {{nl: a, en: b}}}}]}}")
    assert made.say is not None
    assert made.say[0].place == expected


def test_a_recording_stands_beside_its_words(read_text: ReadText, tmp_path: Path) -> None:
    (tmp_path / "hello.m4a").write_bytes(b"")
    made = only_block(read_text, "say: [{clip: hello.m4a, text: {nl: Dag, en: Hi}}]")
    location = place(4, 35, 52)
    text = Text(words={"nl": "Dag", "en": "Hi"}, location=location)
    assert made.say == (Cue(text=text, location=location, clip=(tmp_path / "hello.m4a").resolve()),)


def test_a_sound_with_an_audio_ending_is_a_file_beside_the_session(read_text: ReadText, tmp_path: Path) -> None:
    (tmp_path / "Birds.MP3").write_bytes(b"")
    assert only_block(read_text, "easy: {sounds: {bed: Birds.MP3}}").sounds.bed == (tmp_path / "Birds.MP3").resolve()


def test_repeated_blocks_are_written_out_nested(read_text: ReadText) -> None:
    inner = "        - repeat: {times: 3, blocks: [brisk: 1m]}\n        - easy: 90s\n"
    text = f"{HEAD}blocks:\n  - repeat:\n      times: 2\n      blocks:\n{inner}"
    assert [block.kind for block in session(read_text(text)).blocks] == ["brisk", "brisk", "brisk", "easy"] * 2


def test_blocks_of_other_files_are_put_in_place(read_text: ReadText, tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "warm.yaml").write_text("- settle: 3m\n- use: deeper.yaml\n")
    (tmp_path / "parts" / "deeper.yaml").write_text("coach: 1\nblocks:\n  - say: {nl: Dag, en: Hi}\n")
    made = session(read_text(f"{HEAD}blocks:\n  - use: parts/warm.yaml\n  - easy: 5m\n  - use: parts/warm.yaml\n"))
    assert [block.kind for block in made.blocks] == ["settle", "say", "easy", "settle", "say"]
    assert made.blocks[1].location == Location(file="parts/deeper.yaml", line=3, column=5, end_column=8)


def test_it_tells_every_file_it_was_read_from_and_every_one_that_is_missing(
    tmp_path: Path, read_text: ReadText
) -> None:
    (tmp_path / "warm.yaml").write_text("- settle: {lasts: 3m, say: [{clip: hello.wav, text: {nl: Dag, en: Hi}}]}\n")
    (tmp_path / "bird.wav").touch()
    read = read_text(
        f"{HEAD}sounds: {{bed: bird.wav, bell: /etc/passwd}}\nblocks:\n  - use: warm.yaml\n  - use: no.yaml\n"
    )
    assert read.session is None
    assert read.files == (
        *(Path("run.yaml"), tmp_path / "bird.wav", tmp_path / "warm.yaml", tmp_path / "hello.wav"),
        Path("no.yaml"),
    )


def test_files_that_use_one_another_twice_over_are_counted_and_not_written_out(
    read_text: ReadText, tmp_path: Path
) -> None:
    for number in range(6):
        (tmp_path / f"{number}.yaml").write_text(f"- use: {number + 1}.yaml\n" * 4)
    (tmp_path / "6.yaml").write_text("- easy: 1s\n")
    problems = read_text(f"{HEAD}blocks:\n  - use: 0.yaml\n").problems
    assert {problem.message for problem in problems} == {"this makes more than 2,000 blocks"}


def test_files_use_files_only_so_deep(read_text: ReadText, tmp_path: Path) -> None:
    for number in range(12):
        (tmp_path / f"{number}.yaml").write_text(f"- use: {number + 1}.yaml\n")
    assert messages(read_text(f"{HEAD}blocks:\n  - use: 0.yaml\n")) == ["1:8 files use files more than 10 deep"]


@pytest.mark.parametrize(
    "setting", ["use: {}", "say: [{{clip: {}, text: {{nl: a, en: b}}}}]", "easy: {{sounds: {{bed: {}}}}}"]
)
def test_a_link_out_of_the_folder_is_not_followed(read_text: ReadText, tmp_path: Path, setting: str) -> None:
    outside = tmp_path.parent / f"{tmp_path.name}-outside.wav"
    outside.write_text("- easy: 5m\n")
    (tmp_path / "link.wav").symlink_to(outside)
    (tmp_path / "folder").symlink_to(tmp_path.parent)
    for written in ("link.wav", f"folder/{outside.name}", f"folder/../{outside.name}"):
        reading = read_text(f"{HEAD}blocks:\n  - {setting.format(written)}\n")
        assert [problem.code for problem in reading.problems] == ["outside-folder"]


def test_a_link_inside_the_folder_is_followed(read_text: ReadText, tmp_path: Path) -> None:
    (tmp_path / "a.wav").write_bytes(b"")
    (tmp_path / "b.wav").symlink_to(tmp_path / "a.wav")
    assert only_block(read_text, "easy: {sounds: {bed: b.wav}}").sounds.bed == (tmp_path / "a.wav").resolve()


def test_a_file_that_is_not_regular_is_not_opened(read_text: ReadText, tmp_path: Path) -> None:
    (tmp_path / "loop.wav").symlink_to(tmp_path / "loop.wav")
    (tmp_path / "folder.wav").mkdir()
    for name in ("loop.wav", "folder.wav"):
        (problem,) = read_text(f"{HEAD}blocks:\n  - use: {name}\n").problems
        assert problem.location == place(4, 10, 10 + len(name))


def test_values_are_set_from_outside_as_data(read_text: ReadText) -> None:
    text = f'{HEAD}values: {{name: "", city: Gent}}\nblocks:\n  - easy: 5m\n'
    assert session(read_text(text, {"name": "[in]\n {name}"})).values == {"name": "[in] {name}", "city": "Gent"}


def test_a_value_that_the_session_lacks_cannot_be_set(read_text: ReadText) -> None:
    text = f'{HEAD}values: {{name: ""}}\nblocks:\n  - easy: 5m\n'
    assert read_text(text, {"naam": "Anna"}).problems == (
        Problem(
            location=locate_option("--set", "naam=…"),
            code="unknown-value",
            message="there is no value 'naam' to set",
            help="did you mean 'name'?",
        ),
    )


def test_more_than_fifty_problems_are_counted(read_text: ReadText) -> None:
    problems = read_text(f"{HEAD}blocks:\n" + "  - easy: 5\n" * 60).problems
    assert len(problems) == 51
    assert (problems[-1].message, problems[-1].location.line) == ("10 more problems are not shown", 54)


def test_loading_a_session_with_errors_raises_them_all(tmp_path: Path) -> None:
    (tmp_path / "run.yaml").write_text("coach: 2\nblocks: []\n")
    with pytest.raises(SessionError) as caught:
        load(tmp_path / "run.yaml", kinds={}, languages=("nl",), sounds={})
    assert [problem.code for problem in caught.value.problems] == ["missing-key", "unknown-format", "no-blocks"]


def test_a_file_that_is_not_there_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        load(tmp_path / "none.yaml", kinds={}, languages=("nl",), sounds={})


@pytest.mark.parametrize("written", ["NFC", "NFD"])
@pytest.mark.parametrize("there", ["NFC", "NFD"])
def test_names_are_the_same_composed_or_not(there: Form, written: Form, read_text: ReadText, tmp_path: Path) -> None:
    folder = tmp_path / unicodedata.normalize(there, "réserve")
    folder.mkdir()
    (folder / unicodedata.normalize(there, "zoë.wav")).write_bytes(b"RIFF")
    (folder / unicodedata.normalize(there, "één.yaml")).write_text("coach: 1\nblocks:\n  - easy: 2m\n")
    head = "coach: 1\nlanguage: nl\ntitle: Rondje\n" + unicodedata.normalize(there, 'values: {café: ""}\n')
    text = unicodedata.normalize(
        written,
        "blocks:\n  - easy: {lasts: 3m, say: {clip: réserve/zoë.wav, text: '{café}.'}}\n  - use: réserve/één.yaml\n",
    )
    made = session(read_text(head + text, {unicodedata.normalize("NFC", "café"): "Bo"}))
    assert len(made.blocks) == 2
    assert dict(made.values) == {"café": "Bo"}
