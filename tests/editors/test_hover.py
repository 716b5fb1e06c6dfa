"""Hover texts in an editor: the meaning of every key and every kind."""

from collections.abc import Callable

import pytest
from lsp import Document

from coach.blocks.registry import KINDS
from coach.commands.schema import build_full_schema

Open = Callable[[str], Document]
SCHEMA = build_full_schema()
INSIDE = SCHEMA["definitions"]
SESSION = """coach: 1
author: Someone
album: Runs
track: 3
year: 2026
title: {nl: Hoi, en: Hi}
about: Two
language: en
form: trail
length: 20m
cadence: 158
breath: 3/2
sounds:
  tick: wood
  bell: bowl
  breath: air
  bed: none
  bed-fade: 10s
levels: {bed: -6dB}
values:
  name: ""
say-as:
  Goirle: goor-luh
blocks:
"""
BLOCK = """  - body-scan:
      lasts: 3m..8m
      may-last: 2m..9m
      title: Feel
      cadence: +6
      breath: none
      sounds: {bed: sea}
      ticks: 90s
      breath-sound: off
      bell: start
      parts: [jaw]
      say:
        - text: Hi
          at: 30s
          level: extra
          clip: hi.wav
        - text: Ho
          every: 2m
        - text: Hi
          after: 5s
      say-also: none
"""


def heading(shown: str) -> str:
    return shown.splitlines()[0].removeprefix("#### ")


@pytest.mark.parametrize("key", SCHEMA["properties"])
def test_keys_at_the_top_are_explained(editor: Open, key: str) -> None:
    shown = editor(SESSION + "  - easy:\n").hover(f"\n{key}:"[1:])
    assert heading(shown) == key
    assert SCHEMA["properties"][key]["description"] in shown


@pytest.mark.parametrize("key", INSIDE["SoundNames"]["properties"])
def test_sounds_are_explained(editor: Open, key: str) -> None:
    shown = editor(SESSION + "  - easy:\n").hover(f"  {key}:"[2:] if key == "tick" else f" {key}:"[1:])
    assert heading(shown) == key


@pytest.mark.parametrize("key", [*INSIDE["BlockSettings"]["properties"], "parts"])
def test_settings_of_a_block_are_explained(editor: Open, key: str) -> None:
    shown = editor("coach: 1\nblocks:\n" + BLOCK).hover(f"      {key}:".lstrip())
    assert heading(shown) == key
    assert INSIDE["BodyScan" if key == "parts" else "BlockSettings"]["properties"][key]["description"] in shown


@pytest.mark.parametrize("key", INSIDE["Cue"]["properties"])
def test_keys_of_a_cue_are_explained(editor: Open, key: str) -> None:
    shown = editor("coach: 1\nblocks:\n" + BLOCK).hover(f"{key}: ")
    assert heading(shown) == key
    assert INSIDE["Cue"]["properties"][key]["description"] in shown


@pytest.mark.parametrize("written", ["", " 3m", " {lasts: 3m..8m}", " {lasts: 3m, say: {nl: Ja, en: Yes}}"])
@pytest.mark.parametrize("kind", [name for name in KINDS if name != "say"])
def test_kinds_are_explained_however_their_block_is_written(editor: Open, kind: str, written: str) -> None:
    shown = editor(f"{SESSION}  - {kind}:{written}\n").hover(f"{kind}:")
    assert heading(shown) == kind
    assert KINDS[kind].about in shown


@pytest.mark.parametrize("written", ["say: Yes.", "say: {nl: Ja, en: Yes}", "say: [Yes., {text: No., at: 40%}]"])
def test_words_as_a_block_are_explained(editor: Open, written: str) -> None:
    shown = editor(f"{SESSION}  - {written}\n").hover("say: ")
    assert KINDS["say"].about in shown


def test_repeat_and_its_keys_are_explained(editor: Open) -> None:
    document = editor("coach: 1\nblocks:\n  - repeat:\n      times: 2\n      blocks: [easy: 1m]\n")
    assert INSIDE["Block"]["properties"]["repeat"]["description"] in document.hover("repeat:")
    assert INSIDE["Repeat"]["properties"]["times"]["description"] in document.hover("times:")


def test_a_value_is_explained_by_its_key_and_all_its_choices(editor: Open) -> None:
    shown = editor(SESSION + "  - easy:\n").hover("trail")
    assert heading(shown) == "form"
    assert "* `trail`: Among trees or over hills, with few words.\n* `reset`: " in shown
