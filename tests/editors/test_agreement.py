"""The schema and `coach check` agree on what is wrong with a session's form, as readers that know nothing of us see it.

YAML is read by ruamel.yaml and by npm's yaml, both made for YAML 1.2; the schema is held by jsonschema and by ajv.
"""

import datetime as dt
import json
import os
import subprocess
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import corpus
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from coach.blocks.registry import KINDS
from coach.commands.schema import build_full_schema
from coach.services.session_check import check_session
from coach.session.file_model import BlockSettings, CueModel, SessionFileModel

HERE = Path(__file__).parent
VALIDATOR = Draft7Validator(build_full_schema())
MOST_VALUES = 30_000  # with aliases written out; npm's yaml has a bound of its own

SUMS = "takes a sum, or compares two"
SPELLING = "is a matter of how a number is spelled; a schema is given the number"
ELSEWHERE = "depends on another place in the file"
DISK = "depends on other files"
READER = "is a power of YAML, which a reader has used up before a schema is asked"
TIMING = "shows when the session is timed"
UNSEEN = {
    "html-entity": "is a sign in a text, which the schema takes as any other",
    "no-colon": "is in a text, where a key was meant",
    "open-quote": "is in a text, which the schema takes as any other",
    "too-long": SUMS,
    "backwards-span": SUMS,
    "too-many-blocks": SUMS,
    "cadence-out-of-range": f"{SUMS}, where it is relative, and {SPELLING}: +6 is 6",
    "not-a-cadence": SPELLING,
    "not-a-number": SPELLING,
    "unknown-format": SPELLING,
    "unknown-value": ELSEWHERE,
    "not-repeated": ELSEWHERE,
    "not-timed": ELSEWHERE,
    "uneven-lists": ELSEWHERE,
    "breath-in-seconds": "depends on whether the runner steps in a block, with its cadence and that of the session",
    "which-language": ELSEWHERE,
    "no-common-language": ELSEWHERE,
    "no-such-file": DISK,
    "not-a-file": DISK,
    "outside-folder": DISK,
    "endless-use": DISK,
    "tag": READER,
    "merge-key": READER,
    "directive": READER,
    "control-character": READER,
    "too-deep": READER,
    "too-many-values": READER,
    "too-large": READER,
    "not-a-key": READER,
    "more": "counts the problems that are not shown",
    "words-do-not-fit": TIMING,
    "wait-never-comes": TIMING,
    "length-out-of-reach": TIMING,
    "count-over-breath": TIMING,
}


def errors(path: Path) -> set[str]:
    """The codes of all that is wrong in a file itself."""
    return {
        problem.code
        for problem in check_session(path)
        if problem.severity == "error" and problem.location.file == str(path)
    }


def plain(value: Any, counted: Iterator[int]) -> Any:
    """A value as YAML 1.2's core rules have it, to which a date is a text, and with keys as JSON has them."""
    if next(counted) > MOST_VALUES:
        raise OverflowError
    if isinstance(value, dict):
        return {str(key): plain(each, counted) for key, each in value.items()}
    if isinstance(value, list):
        return [plain(each, counted) for each in value]
    return str(value) if isinstance(value, dt.date) else value


def python_takes(path: Path) -> bool:
    """Whether ruamel.yaml reads a file, and jsonschema takes what is in it."""
    try:
        return bool(VALIDATOR.is_valid(plain(YAML(typ="safe", pure=True).load(path.read_bytes()), count())))
    except (YAMLError, RecursionError, UnicodeDecodeError, OverflowError):
        return False


def agrees(codes: set[str], *, taken: bool) -> bool:
    """Whether what a schema takes is right but for what it cannot see, and what it refuses is wrong."""
    return codes <= set(UNSEEN) if taken else bool(codes)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return list(corpus.files(tmp_path_factory.mktemp("pages")))


@pytest.fixture(scope="module")
def node_takes(node_modules: Path, files: list[Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, bool]:
    """Whether npm's yaml reads each file, and ajv takes what is in it."""
    asked = tmp_path_factory.mktemp("judge") / "asked.json"
    asked.write_text(json.dumps({"schema": build_full_schema(), "files": list(map(str, files))}), encoding="utf-8")
    answered = subprocess.run(
        ["node", str(HERE / "judge.cjs"), str(asked)],
        env={**os.environ, "NODE_PATH": str(node_modules)},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    taken: dict[str, bool] = json.loads(answered.stdout)
    return taken


@pytest.fixture(scope="module")
def found(files: list[Path]) -> dict[str, set[str]]:
    """The codes of all that is wrong in each file."""
    return {str(path): errors(path) for path in files}


@pytest.fixture(scope="module")
def taken(files: list[Path]) -> dict[str, bool]:
    """Whether Python's reader and validator take each file."""
    return {str(path): python_takes(path) for path in files}


def test_there_is_enough_to_agree_on(found: dict[str, set[str]]) -> None:
    good = [path for path, codes in found.items() if not codes]
    assert len(good) >= 100
    assert len(found) - len(good) >= 150


def test_python_agrees_with_the_check_on_every_session(found: dict[str, set[str]], taken: dict[str, bool]) -> None:
    verdicts = {path: (codes, taken[path]) for path, codes in found.items()}
    assert {path: both for path, both in verdicts.items() if not agrees(both[0], taken=both[1])} == {}


def test_node_agrees_with_the_check_on_every_session(found: dict[str, set[str]], node_takes: dict[str, bool]) -> None:
    verdicts = {path: (codes, node_takes[path]) for path, codes in found.items()}
    assert {path: both for path, both in verdicts.items() if not agrees(both[0], taken=both[1])} == {}


def test_nothing_is_called_unseen_that_no_schema_ever_missed(
    found: dict[str, set[str]], taken: dict[str, bool]
) -> None:
    missed = {code for path, codes in found.items() if taken[path] for code in codes}
    assert missed <= set(UNSEEN)


WRITTEN = r"""
3m | 3m..8m | 8m..3m | 90 | 1.5 | 0s | 13h | 1m90s | 3:30 | 0:00 | -20s | 40% | 140% | 9s | 10s | on | Off | yes
true | none | ~ | 1 | 01 | 158 | 59 | 300 | +6 | -200 | '158' | '+6' | 150→160 | 150 -> 160 | 3/2 | 3/13 | 3 in / 3 out
start | both | essential | extra | trail | nl | fr | crown | wood | bowl | air | sea | a.wav | ../a.wav | -a.wav
http://a.wav | hi | '' | ' ' | '[in] hi' | '[je]' | '[2s] {name}' | '{oops' | '\[' | {} | [] | [hi] | [crown, hips]
{nl: a, en: b} | {nl: a} | {fr: a} | {nl: [a]} | {nl: } | {name: ''} | {2x: a} | {Goirle: goor-luh} | {lasts: 3m}
{tick: wood} | {tick: wod} | {at: 30s} | {text: a} | {text: a, at: 30s} | {text: a, at: 30s, every: 2m}
{say: a, text: b} | [{text: a}, b]
"""
APT = {
    **dict.fromkeys(("coach", "times"), "1 | '1'"),
    **dict.fromkeys(("title", "about", "text"), "Hi | {nl: a, en: b} | '[2s] Yes.'"),
    **dict.fromkeys(("ticks", "breath-sound"), "90s | on | Off"),
    **dict.fromkeys(("say", "say-also"), "Yes. | none | [Yes., {text: No., at: 40%}] | {text: Yes., level: extra}"),
    "language": "nl",
    "form": "trail",
    "length": "20m | 1:05:00",
    "blocks": "[easy: 3m]",
    "cadence": "158 | '150' | 154.5",
    "breath": "3/2 | none",
    "sounds": "{tick: wood} | {bed: sea, bell: none}",
    "values": "{name: '', a2: 3}",
    "say-as": "{Goirle: goor-luh, reset: {nl: rie-set}}",
    "lasts": "3m | 3m..8m | 1m30s",
    "bell": "both",
    "parts": "hips | [hips, back]",
    "at": "30s | -20s | 40%",
    "after": "5s",
    "every": "2m",
    "level": "extra",
    "clip": "a.wav",
}


def some(written: str) -> st.SearchStrategy[str]:
    """One of some values, as they are written between bars."""
    return st.sampled_from([value for line in written.strip().splitlines() for value in line.split(" | ")])


def value(key: str) -> st.SearchStrategy[str]:
    """A value that suits a key, and now and then any other."""
    return st.one_of(*[some(APT[key])] * 5, some(WRITTEN)) if key in APT else some(WRITTEN)


def pairs(keys: tuple[str, ...]) -> st.SearchStrategy[dict[str, str]]:
    """Some of these keys with a value each."""
    pair = st.sampled_from(keys).flatmap(lambda key: st.tuples(st.just(key), value(key)))
    return st.lists(pair, max_size=3).map(dict)


def in_a_line(found: dict[str, str]) -> str:
    return "{" + ", ".join(f"{key}: {each}" for key, each in found.items()) + "}"


CUE = pairs(CueModel.list_known_keys()).map(lambda found: in_a_line({"text": "Yes."} | found))
SETTINGS = pairs(BlockSettings.list_known_keys())
OF_A_KIND = st.one_of(
    some("3m | 3m..8m | "), SETTINGS.map(in_a_line), CUE.map(lambda cue: f"{{say: [{cue}]}}"), some(WRITTEN)
)
BLOCK = st.one_of(
    st.tuples(st.sampled_from(list(KINDS)), OF_A_KIND),
    st.tuples(st.just("say"), st.one_of(value("say"), CUE)),
    st.tuples(st.just("stretch"), value("parts").map(lambda parts: f"{{parts: {parts}}}")),
    st.tuples(st.sampled_from(["use", "bosloop"]), some(WRITTEN)),
).map(": ".join)
REPEAT = st.tuples(value("times"), BLOCK).map(lambda both: f"repeat: {{times: {both[0]}, blocks: [{both[1]}]}}")
SESSION = st.tuples(
    pairs((*SessionFileModel.list_known_keys(), "lenght")),
    st.lists(st.one_of(BLOCK, BLOCK, REPEAT), min_size=1, max_size=3),
)


@settings(deadline=None, max_examples=400)
@given(parts=SESSION)
def test_schema_and_check_agree_on_any_session(
    parts: tuple[dict[str, str], list[str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    tops, blocks = parts
    keys = {"coach": "1", "title": "Hi", "language": "nl"} | tops
    text = "".join(f"{key}: {value}\n" for key, value in keys.items() if key != "blocks")
    text += (
        f"blocks: {tops['blocks']}\n" if "blocks" in tops else "blocks:\n" + "".join(f"- {each}\n" for each in blocks)
    )
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_text(text, encoding="utf-8")
    codes, taken = errors(path), python_takes(path)
    assert agrees(codes, taken=taken), (text, codes, taken)
