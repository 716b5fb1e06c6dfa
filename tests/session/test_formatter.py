"""The formatter: one layout, with the same words, comments, quotes and meaning."""

import re
from collections import Counter
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from session_strategies import COMMENT, Scribe, meaning

from coach.errors import UsageError
from coach.session import library
from coach.session.formatter import format_session

HEAD = "coach: 1\ntitle: {nl: Rondje, en: Round}\nblocks:\n"


def laid_out(text: str) -> str:
    return format_session(dedent(text).encode(), "run.yaml").decode()


@pytest.mark.parametrize("path", [*sorted(library.find_folder().glob("*.yaml"))], ids=lambda path: path.stem)
def test_the_shipped_sessions_are_laid_out(path: Path) -> None:
    assert format_session(path.read_bytes(), path.name).decode() == path.read_text(encoding="utf-8")


def test_keys_come_in_one_order_and_comments_with_their_key() -> None:
    assert laid_out("""\
        # the whole file

        blocks:
            - easy:
                # quietly
                say-also:
                    - text: {nl: a, en: b}   # words
                      # halfway
                      at: 40%
                ticks: off    # none

                lasts: 5m
        # twenty minutes
        length: 20m   # or 25m
        # it is said so
        title: {nl: Rondje, en: Round}
        coach: 1
        """) == dedent("""\
        # the whole file

        coach: 1
        # it is said so
        title: {nl: Rondje, en: Round}
        # twenty minutes
        length: 20m   # or 25m
        blocks:
          - easy:
              lasts: 5m
              ticks: off    # none

              # quietly
              say-also:
                # halfway
                - at: 40%
                  text: {nl: a, en: b}   # words
        """)


def test_values_are_written_in_one_way_and_quotes_stay() -> None:
    assert laid_out("""\
        coach: 1
        title:   {nl: Rondje,en: 'Round'}
        length:  "20:00"
        breath: 3/3
        sounds: { bell: bowl , tick: wood }
        blocks:
        - check-in:   1m30s
        - settle: {cadence: 112→156, lasts: 60s .. 3m00s}
        -   easy: {lasts: 2m..9m, say: {text: {nl: a, en: b}, at: -90s}}
        - silence:
        """) == dedent("""\
        coach: 1
        title: {nl: Rondje, en: 'Round'}
        length: "20m"
        breath: 3 in / 3 out
        sounds: {tick: wood, bell: bowl}
        blocks:
          - check-in: 90s
          - settle: {lasts: 1m..3m, cadence: 112 -> 156}
          - easy: {lasts: 2m..9m, say: {at: -90s, text: {nl: a, en: b}}}
          - silence:
        """)


def test_a_comment_stays_with_what_it_is_about() -> None:
    text = HEAD + dedent("""\
          - easy:
              lasts: 5m
              # say: hello

          # after that

          # at last
          - walk-out: 4m
          # - reflect: 1m
        # the end
        """)
    assert laid_out(text) == text


def test_comments_at_the_end_stay_there_when_keys_move() -> None:
    moved = "coach: 1\ntitle: Proef\nblocks:\n  - easy: 5m\nlanguage: nl\n\n# to do\n# more hills\n"
    laid = "coach: 1\ntitle: Proef\nlanguage: nl\nblocks:\n  - easy: 5m\n\n# to do\n# more hills\n"
    assert laid_out(moved) == laid


def test_a_value_comes_up_to_its_key_and_the_first_block_to_its_list() -> None:
    blocks = "blocks:\n\n\n  # first\n  - easy:\n      5m   # long\n  - walk-out:   # slowly\n      4m\n"
    laid = "blocks:\n  # first\n  - easy: 5m  # long\n  - walk-out:   # slowly\n      4m\n"
    assert laid_out(HEAD.replace("blocks:\n", blocks)) == HEAD.replace("blocks:\n", laid)


WRITTEN = """\
- say:
    nl: |  # zacht
       Adem in.

         Adem uit.

    en: "Breathe in,
      and
        breathe out."
- body-scan:
    parts: [
      crown,   # the top
      jaw
    ]
"""
LAID_OUT = """\
  - say:
      nl: |  # zacht
        Adem in.

          Adem uit.

      en: "Breathe in,
        and
        breathe out."
  - body-scan:
      parts: [
        crown,   # the top
        jaw
      ]
"""


def test_texts_of_many_lines_keep_their_lines() -> None:
    assert laid_out(HEAD + WRITTEN) == HEAD + LAID_OUT
    assert laid_out(HEAD + LAID_OUT) == HEAD + LAID_OUT


def test_comments_in_a_column_stay_in_it() -> None:
    before = "coach: 1              # one\ntitle: Rondje         # two\nlanguage: nl\nlength: 1:00:00  # an hour\n"
    after = "coach: 1              # one\ntitle: Rondje         # two\nlength: 1h       # an hour\nlanguage: nl\n"
    assert laid_out(f"{before}blocks: [easy: 1h]\n") == f"{after}blocks: [easy: 1h]\n"


def test_line_ends_and_a_byte_order_mark_stay() -> None:
    data = b"\xef\xbb\xbfcoach: 1\r\ntitle: Rondje\r\nlanguage: nl\r\n\r\n\r\nblocks:\r\n- easy: 60s\r\n\r\n"
    expected = b"\xef\xbb\xbfcoach: 1\r\ntitle: Rondje\r\nlanguage: nl\r\n\r\nblocks:\r\n  - easy: 1m\r\n"
    assert format_session(data, "run.yaml") == expected


def test_keys_stay_where_they_are_where_one_repeats_another() -> None:
    text = "coach: 1\nblocks:\n  - easy: &rest {lasts: 1m}\n  - free: *rest\ntitle: Rondje\nlanguage: nl\n"
    assert laid_out(text) == text


@pytest.mark.parametrize(
    "text", ["{coach: 1, title: Rondje, blocks: [easy: 1m]}\n", "? coach\n: 1\n", "--- {coach: 1}\n"]
)
def test_rare_syntax_is_left_unchanged(text: str) -> None:
    with pytest.raises(UsageError, match=r"run\.yaml:1: this is written in a way that 'coach fmt' leaves alone"):
        laid_out(text)


WORDS = st.sampled_from(["q:Adem rustig.", "q:Nog even, {name}.", "q:Kijk: een boom.", "q:[2s] Adem # in.", "q:één"])
TEXT = st.one_of(WORDS, st.fixed_dictionaries({"nl": WORDS, "en": WORDS}))
BOTH = st.fixed_dictionaries({"nl": WORDS, "en": WORDS})
TIME = st.sampled_from(["3m", "180s", "3:00", "1m30s", "90s", "60s", "2m0s..3m", "1m .. 4:30", "1m30s..5m"])
CUE = st.one_of(
    BOTH,
    st.fixed_dictionaries(
        {"text": BOTH}, optional={"at": st.sampled_from(["2s", "-1m30s", "40 %"]), "level": st.just("extra")}
    ),
)
SETTINGS: dict[str, st.SearchStrategy[Any]] = {
    "lasts": TIME,
    "title": BOTH,
    "cadence": st.sampled_from(["+6", "150->160", "150 → 158.0", "156"]),
    "breath": st.sampled_from(["3/3", "2 in / 3 out", "none"]),
    "ticks": st.sampled_from(["on", "Off", "1m30s", "60s"]),
    "bell": st.just("start"),
    "sounds": st.fixed_dictionaries({}, optional={"bell": st.just("bowl"), "tick": st.just("wood")}).filter(bool),
    "say-also": st.one_of(CUE, st.lists(CUE, min_size=1, max_size=3)),
}
BLOCK = st.one_of(
    st.fixed_dictionaries(
        {"free": st.one_of(TIME, st.just(""), st.fixed_dictionaries({}, optional=SETTINGS).filter(bool))}
    ),
    st.fixed_dictionaries({"stretch": st.fixed_dictionaries({"parts": st.just(["hips", "back"])}, optional=SETTINGS)}),
    st.fixed_dictionaries({"say": st.one_of(BOTH, st.lists(BOTH, min_size=1, max_size=2))}),
)
BLOCKS = st.lists(BLOCK, min_size=1, max_size=3)
REPEAT = st.fixed_dictionaries({"repeat": st.fixed_dictionaries({"times": st.just("2"), "blocks": BLOCKS})})
SESSION = st.fixed_dictionaries(
    {
        "coach": st.just("1"),
        "title": BOTH,
        "values": st.just({"name": "q:"}),
        "blocks": st.lists(st.one_of(BLOCK, REPEAT), min_size=1, max_size=4),
    },
    optional={"cadence": st.just("158.0"), "breath": st.just("3/3"), "form": st.just("reset")},
)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("layout") / "run.yaml"


def comments(text: str) -> Counter[str]:
    return Counter(re.findall(rf"{COMMENT}\d+", text))


def beside(text: str) -> dict[str, str]:
    """For each comment at the end of a line with a key, that key."""
    found = re.findall(rf"^[ -]*([a-z-]+):[^#\n]*({COMMENT}\d+)", text, re.MULTILINE)
    return {comment: key for key, comment in found}


@settings(deadline=None, max_examples=120, suppress_health_check=[HealthCheck.too_slow])
@given(session=SESSION, data=st.data())
def test_however_a_session_is_written_its_layout_says_the_same(
    path: Path, session: dict[str, Any], data: st.DataObject
) -> None:
    text = Scribe(data).write(session)
    path.write_text(text, encoding="utf-8")
    before = meaning(path)
    assert before, text
    now = format_session(text.encode(), "run.yaml")
    path.write_bytes(now)
    assert meaning(path) == before
    assert comments(now.decode()) == comments(text)
    assert beside(now.decode()) == beside(text)
    assert format_session(now, "run.yaml") == now
    assert not re.search(r"[ \t]\n|\n\n\n|\t", now.decode())
    assert now.endswith(b"\n")


@settings(deadline=None, max_examples=60)
@given(
    name=st.sampled_from(library.list_names()),
    changes=st.lists(
        st.tuples(st.integers(0, 99), st.sampled_from(["", "# kept-9", "    # kept-9", "  "])), max_size=6
    ),
)
def test_a_shipped_session_with_lines_and_comments_put_in(
    path: Path, name: str, changes: list[tuple[int, str]]
) -> None:
    lines = library.find(name).read_text(encoding="utf-8").splitlines()
    for number, line in changes:
        lines.insert(number % len(lines), line)
    text = "\n".join(lines)
    path.write_text(text, encoding="utf-8")
    before = meaning(path)
    now = format_session(text.encode(), "run.yaml")
    path.write_bytes(now)
    assert meaning(path) == before
    assert comments(now.decode()) == comments(text)
    assert format_session(now, "run.yaml") == now
