"""Every example in the reference of the session format is read, timed, and compared with what is shown beneath it."""

import re
import shlex
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from coach_process import Ran
from handbook.kinds import defaults
from markdown_examples import DOCS, Fence, code_in, fences, table
from session_texts import half_a_second_a_word

from coach.audio import mixer, soundbank
from coach.blocks.kind import BlockContext
from coach.blocks.registry import KINDS, SYNTAX
from coach.diagnostics import source_file
from coach.diagnostics.problem import Location, Problem, SessionError
from coach.diagnostics.render.full import render_problem
from coach.errors import ExitCode
from coach.languages import LANGUAGES
from coach.languages.block_wording import load_block_wording
from coach.services.session_reading import SOUNDS
from coach.session import block_models, reader
from coach.session.file_model import BlockSettings, CueModel, SessionFileModel
from coach.session.session import THROUGHOUT_S, Breath, CueLevel
from coach.session.values import breath, cadence, cue_place, duration, marked_text
from coach.session.values.duration import SPAN, SWITCH
from coach.sounds import decode, registry
from coach.timeline import block_settings_and_guidance, cue_scheduling, sound_scheduling, timeline
from coach.timeline.block_settings_and_guidance import DEFAULT_SOUNDS, GUIDANCE
from coach.timeline.compile import compile_timeline
from coach.timeline.schedule import PlanOptions
from coach.timeline.timeline import Timeline, timeline_to_json, timeline_to_text
from coach.translation import LANGUAGE_VARIABLE, set_language
from coach.voices import clip_normalizer
from coach.voices.engines import recording
from coach.yaml import nodes

Coach = Callable[..., Ran]
PAGE = "session-format.md"
DUTCH = "nl/session-format.md"
# The language of the messages that a page shows.
MESSAGES = {PAGE: "en", DUTCH: "nl"}
FILE_NAME = "run.yaml"
OWN_FILES = (
    *("recordings/hello.wav", "music/first.mp3", "music/second.mp3"),
    *("opnames/hallo.wav", "muziek/eerste.mp3", "muziek/tweede.mp3"),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Example:
    """A piece of YAML and all that is shown of it beneath."""

    yaml: Fence
    shown: tuple[Fence, ...]

    def __str__(self) -> str:
        return str(self.yaml)


def examples() -> Iterator[Example]:
    for page in (PAGE, DUTCH):
        found = fences(page)
        starts = [index for index, fence in enumerate(found) if fence.language == "yaml"]
        for start, end in zip(starts, [*starts[1:], len(found)], strict=True):
            yield Example(yaml=found[start], shown=found[start + 1 : end])


EXAMPLES = tuple(examples())
FAULTY = [each for each in EXAMPLES if any(re.search(r"(error|fout)\[", shown.text) for shown in each.shown)]
TIMED = [each for each in EXAMPLES if any(shown.language == "text" and " · " in shown.text for shown in each.shown)]


IN_DUTCH = {
    "session's": "sessie",
    "standing": "stilstaan",
    "none": "geen",
    "off": "uit",
    "on": "aan",
    "start": "begin",
    "end": "einde",
    "both": "allebei",
    "first": "eerste",
    "thinning": "steeds minder",
    "its words": "zijn woorden",
}


def is_whole(text: str) -> bool:
    return text.startswith("coach:") and "title:" in text


def completed(text: str) -> tuple[str, int]:
    """A fragment as a whole session, and how many lines were put before it.

    A list is one of blocks, and so is a file without a title, to be used; anything else stands at the top of the
    file. Texts that name no language are Dutch.
    """
    if is_whole(text):
        return text, 0
    title = "title: {nl: Proef, en: Trial}" if "nl:" in text else "title: Proef\nlanguage: nl"
    head = f"coach: 1\n{title}\n"
    if text.startswith(("-", "coach:")):
        head += "blocks:\n"
        blocks = text.removeprefix("coach: 1\nblocks:\n")
        return head + blocks, head.count("\n")
    return f"{head}{text}blocks:\n- free: 5m\n", head.count("\n")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the files that the examples name: recordings, words, and every example that is such a file."""
    words = re.search(r"```text\n(Nijmegen: [^`]+)```", (DOCS / PAGE).read_text(encoding="utf-8"))
    assert words
    for name in ("pronunciations.yaml", "uitspraak.yaml"):
        (tmp_path / name).write_text(words[1], encoding="utf-8")
    for name in OWN_FILES:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        soundfile.write(tmp_path / name, np.sin(np.arange(8_000) / 8.0) / 2.0, 8_000)
    for example in EXAMPLES:
        if example.yaml.note:
            path = tmp_path / example.yaml.note.removeprefix("title=").strip('"')
            path.parent.mkdir(exist_ok=True)
            path.write_text(example.yaml.text, encoding="utf-8")
    return tmp_path


def written(folder: Path, text: str) -> tuple[Path, int]:
    whole, before = completed(text)
    path = folder / FILE_NAME
    path.write_text(whole, encoding="utf-8")
    return path, before


def compiled(folder: Path, text: str, **options: Any) -> list[Timeline]:
    """A piece of YAML, timed in each of its languages.

    Raises:
        SessionError: It has errors.
    """
    path, _ = written(folder, text)
    session = reader.load(path, kinds=SYNTAX, languages=LANGUAGES, sounds=SOUNDS)
    return [
        compile_timeline(
            session, PlanOptions(language=each, **options), half_a_second_a_word, soundbank.measure_bell_length_s
        )
        for each in session.languages
    ]


def problems_of(folder: Path, text: str) -> tuple[Problem, ...]:
    """All problems of a piece of YAML, placed as if it were the whole file."""
    path, before = written(folder, text)
    found = list(reader.read(path, kinds=SYNTAX, languages=LANGUAGES, sounds=SOUNDS).problems)
    if not found:
        with pytest.raises(SessionError) as caught:
            compiled(folder, text)
        found += caught.value.problems
    return tuple(replace(each, location=moved(each.location, -before)) for each in found)


def moved(location: Location, lines: int) -> Location:
    return replace(location, line=location.line + lines)


def without_place(shown: str) -> str:
    """A report without the file, line and column it begins with."""
    return shown.split(": ", 1)[1]


def test_there_are_examples_of_every_sort() -> None:
    assert len(EXAMPLES) > 25
    assert len(FAULTY) > 8
    assert {fence.language for fence in fences(PAGE)} == {"yaml", "text", "console"}


@pytest.mark.parametrize("guidance", GUIDANCE)
@pytest.mark.parametrize("example", [each for each in EXAMPLES if each not in FAULTY], ids=str)
def test_an_example_can_be_heard_in_each_of_its_languages(folder: Path, example: Example, guidance: str) -> None:
    timelines = compiled(folder, example.yaml.text, guidance=guidance)
    assert timelines
    assert all(timeline.length_s > 0 for timeline in timelines)
    assert len(timelines) == (2 if "nl:" in example.yaml.text else 1)


@pytest.mark.parametrize("example", [each for each in FAULTY if each.shown[0].language == "text"], ids=str)
def test_a_faulty_example_gets_just_the_message_beneath_it(folder: Path, example: Example) -> None:
    set_language(MESSAGES[example.yaml.page])
    lines = example.yaml.text.split("\n")
    found = [without_place(render_problem(problem, lines)) for problem in problems_of(folder, example.yaml.text)]
    assert found == [example.shown[0].text.rstrip("\n")]


@pytest.mark.parametrize("example", TIMED, ids=str)
def test_a_plan_beneath_an_example_is_its_own(folder: Path, example: Example) -> None:
    set_language(MESSAGES[example.yaml.page])
    (timeline,) = compiled(folder, example.yaml.text)
    assert timeline_to_text(timeline) == example.shown[0].text.rstrip("\n")


CONSOLES = [(each, shown) for each in EXAMPLES for shown in each.shown if shown.language == "console"]


@pytest.mark.parametrize(("example", "shown"), CONSOLES, ids=str)
def test_a_command_beneath_an_example_prints_what_is_shown(
    coach: Coach, folder: Path, monkeypatch: pytest.MonkeyPatch, example: Example, shown: Fence
) -> None:
    written(folder, example.yaml.text)
    monkeypatch.setenv("COACH_CACHE_DIR", str(folder / "cache"))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv(LANGUAGE_VARIABLE, MESSAGES[shown.page])
    prompt, output = shown.text.split("\n", 1)
    program, *arguments = shlex.split(prompt.removeprefix("$ "))
    assert program == "coach"
    ran = coach(*arguments)
    assert (ran.out + ran.err).strip() == output.strip()


def keys(number: int) -> list[str]:
    """The keys of one of the page's tables of keys."""
    return [code[0] for row in table(PAGE, "key", number=number) if (code := code_in(row["key"]))]


def test_the_keys_of_the_tables_are_those_of_the_language() -> None:
    assert sorted(keys(0)) == sorted(SessionFileModel.list_known_keys())
    assert sorted(keys(1)) == sorted([*BlockSettings.list_known_keys(), "parts"])
    assert sorted(keys(2)) == sorted(CueModel.list_known_keys())


def at_the_top(cell: str) -> str:
    lines = {"coach": "coach: 1", "title": "title: x", "language": "language: nl"} | {
        cell.split(":", maxsplit=1)[0]: cell
    }
    return "\n".join([*lines.values(), "blocks:", "- free: 1m..40m", ""])


def in_a_block(cell: str) -> str:
    return f"- body-scan: {{{cell}}}\n"


def in_a_cue(cell: str) -> str:
    return f"- free: {{say: {{{cell if cell.startswith('text') else f'text: x, {cell}'}}}}}\n"


CELLS = [
    complete(cell)
    for number, complete in enumerate((at_the_top, in_a_block, in_a_cue))
    for page, key, example in ((PAGE, "key", "example"), (DUTCH, "sleutel", "voorbeeld"))
    for row in table(page, key, number=number)
    for cell in code_in(row[example])
]


@pytest.mark.parametrize("text", dict.fromkeys(CELLS))
def test_the_example_of_a_key_can_be_heard(folder: Path, text: str) -> None:
    assert compiled(folder, text)


READERS: dict[str, Callable[[str], object]] = {
    "time": duration.DURATION.parse,
    "length": SPAN.parse,
    "cadence": cadence.CADENCE.parse,
    "breath": breath.BREATH.parse,
    "share": cue_place.CUE_AT.parse,
    "switch": SWITCH.parse,
}


def test_every_way_of_writing_a_value_is_read() -> None:
    value, read = "", set()
    for row in table(PAGE, "value"):
        value = row["value"] or value
        for written_so in code_in(row["you write"]):
            if value in READERS:
                assert READERS[value](written_so) is not None
                read.add(value)
    assert read == set(READERS)


def test_the_table_of_kinds_is_the_registry() -> None:
    expected = [{"kind": f"`{name}`", **defaults(kind)} for name, kind in KINDS.items()]
    assert list(table(PAGE, "kind")) == expected
    written = [[in_dutch(cell) for cell in row.values()] for row in expected]
    assert [list(row.values()) for row in table(DUTCH, "soort")] == written


def in_dutch(cell: str) -> str:
    """A cell of the table of kinds as the Dutch page has it."""
    for english, dutch in IN_DUTCH.items():
        cell = re.sub(rf"(?<![\w`-]){english}(?![\w`-])", dutch, cell)
    return cell


def test_every_kind_is_said_to_speak_at_the_levels_it_speaks_at() -> None:
    rows = {code_in(row["kind"])[0]: row["says"] for row in table(PAGE, "kind", number=1)}
    assert list(rows) == list(KINDS)
    for name, says in rows.items():
        levels = {cue.level for lasts_s in (60.0, 1800.0) for cue in KINDS[name].make_cues(context(name, lasts_s))}
        plain = says.replace("**", "")
        assert ("**" in says) == ("essential" in levels), name
        assert ("*" in plain) == ("extra" in levels), name


def context(kind: str, lasts_s: float) -> BlockContext:
    words = load_block_wording("en")
    return BlockContext(
        wording=words,
        words=words.kinds[kind],
        lasts_s=lasts_s,
        parts=KINDS[kind].parts,
        breath=Breath(inhale=3, exhale=3),
        bell="none",
        ticks_s=0.0,
        occurrence=0,
        location=Location(file=FILE_NAME, line=1, column=1, end_column=2),
    )


def test_the_table_of_parts_is_the_registry() -> None:
    rows = {code_in(row["kind"])[0]: code_in(row["parts"]) for row in table(PAGE, "kind", number=2)}
    assert rows == {kind.name: kind.parts for kind in KINDS.values() if kind.parts}


def test_the_table_of_sounds_is_the_registry() -> None:
    rows = table(PAGE, "key of `sounds`")
    assert {code_in(row["key of `sounds`"])[0]: code_in(row["built in"]) for row in rows} == SOUNDS
    assert {
        code_in(row["key of `sounds`"])[0]: code_in(row["if you leave it out"])[0] for row in rows
    } == DEFAULT_SOUNDS
    for row in rows:
        number, unit, *_ = row["own file of up to"].replace(",", "").split()
        assert (
            float(number) * {"seconds": 1.0, "minutes": 60.0, "hours": 3600.0}[unit]
            == soundbank.LONGEST_S[code_in(row["key of `sounds`"])[0]]
        )


def test_the_table_of_guidance_is_the_one_that_is_followed() -> None:
    columns: tuple[CueLevel, ...] = ("essential", "guide", "extra")
    rows = table(PAGE, "`--guidance`")
    assert {
        code_in(row["`--guidance`"])[0]: tuple(level for level in columns if row[f"`{level}`"] == "yes") for row in rows
    } == GUIDANCE


def test_the_limits_are_those_that_are_kept() -> None:
    assert {row["what"]: row["most"] for row in table(PAGE, "what")} == {
        "a file": f"{source_file.LARGEST_BYTES // 1024**2} MiB, in UTF-8",
        "values and texts in it": f"{nodes.MOST_NODES:,}",
        "nesting": f"{nodes.DEEPEST} deep",
        "a session": f"{duration.LONGEST_S / 3600:g} hours",
        "blocks, with repeats written out": f"{block_models.MOST_BLOCKS:,}",
        "files that use files": f"{block_models.DEEPEST_USE} deep",
        "one text": f"{marked_text.LONGEST_TEXT:,} characters",
        "one recording": f"{recording.LONGEST_S / 60:g} minutes",
        "one sound file": f"{decode.LARGEST_BYTES // 1_000_000} MB",
        "one file of a bed": f"{decode.LARGEST_LONG_BYTES // 1_000_000_000} GB",
        "problems shown at once": str(reader.MOST_PROBLEMS),
    }


def test_the_tables_of_the_plan_are_what_is_printed(folder: Path) -> None:
    text = "- free: {lasts: 20s, ticks: on, breath-sound: on, bell: start, sounds: {bed: sea}, say: Hallo.}\n"
    printed = timeline_to_json(compiled(folder, text)[0])
    assert {key for row in table(PAGE, "key", number=3) for key in code_in(row["key"])} == set(printed)
    rows = {code_in(row["event"])[0]: row["besides `kind` and `start_s`"] for row in table(PAGE, "event")}
    events = {event["kind"]: event for event in printed["events"]}
    assert set(events) == set(rows)
    for kind, event in events.items():
        assert set(event) - {"kind", "start_s"} <= set(code_in(rows[kind])), kind


def test_the_exit_codes_are_those_of_the_command_line() -> None:
    assert [int(row["exit code"]) for row in table(PAGE, "exit code")] == list(ExitCode)


def test_the_numbers_in_the_text_are_those_of_the_code() -> None:
    page = (DOCS / PAGE).read_text(encoding="utf-8")
    low, high = cadence.CADENCE_SPM
    facts = (
        f"lie at least {cue_scheduling.GAP_S:g} seconds",
        f"in the last {cue_scheduling.QUIET_BEFORE_END_S:g} seconds",
        f"rings alone for {block_settings_and_guidance.BELL_ALONE_S:g} seconds",
        f"period, from {cue_place.SHORTEST_PERIOD_S:g}s",
        f"| {low:g} to {high:g} |",
        f"| {breath.BREATH_STEPS[0]} to {breath.BREATH_STEPS[1]} each |",
        f"within {clip_normalizer.COUNTED_S:g} seconds",
        f"every second one from {sound_scheduling.EVERY_SECOND_STEP_FROM:.0%}".replace(" one", ""),
        f"every fourth from {sound_scheduling.EVERY_FOURTH_STEP_FROM:.0%}",
        f"go down by {-mixer.DUCKED_DB:g} dB",
    )
    assert [fact for fact in facts if fact not in page] == []
    assert sound_scheduling.FADE_S == 10.0  # "the ten seconds after"
    assert timeline.BED_FADE_S == 4.0  # "over four seconds"
    assert sound_scheduling.FIRST_OF_PHASE_DB - sound_scheduling.OTHER_STEPS_DB == 3.0
    assert registry.BELL_LENGTHS_S == {
        "bowl": 6.0,
        "chime": 4.0,
        "gong": 8.0,
    }
    assert SWITCH.parse("on") == THROUGHOUT_S
