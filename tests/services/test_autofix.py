"""`coach check --fix`: problems with one certain fix are fixed, and everything else stays to the byte."""

import dataclasses
import importlib.util
import itertools
import os
import re
import stat
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml
from coach_process import Ran
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.diagnostics.edits import remove_line
from coach.diagnostics.problem import Location
from coach.services import autofix, session_reading
from coach.services.autofix import FixProof, apply_fixes
from coach.services.session_check import check_session, get_vocabulary
from coach.session import library

Coach = Callable[..., Ran]
Written = Callable[[str, str], Path]

RUN = """\
# the evening run  # kept-1
coach: 1
title: {nl: Rondje, en: Round}   # kept-2

form: reset
length: 24m
cadence: 158
breath: 3 in / 3 out
values: {name: ""}
blocks:
  # kept-3
  - check-in: 90s
  - settle:
      lasts: 3m   # kept-4
      cadence: 112 -> 156
  - breathing: {lasts: 2m..5m, ticks: 90s}
  - body-scan:
      lasts: 3m..9m
      parts: [shoulders, hands]   # kept-5
  - silence: 1m..3m
  - easy:
      lasts: 2m..9m
      say-also:
        - at: 40%
          text:
            nl: "Kijk eens om je heen, {name}. [2s] Wat valt je op?"
            en: "Have a look around, {name}. [2s] What do you notice?"
  - walk-out: 4m
  # kept-6
"""
KEPT = [f"kept-{number}" for number in range(1, 7)]
SLIPS = [
    ("coach: 1\n", ""),
    ("form: reset", "Form: Reset"),
    ("form: reset", "form: rest"),
    ("length: 24m", "length: 24 min"),
    ("length: 24m", "lenght: 24m"),
    ("say-also:", "sya-also:"),
    ("        - at: 40%\n          text:", "        - at: 40%\n          txet:"),
    ("length: 24m", "length:24m"),
    ("length: 24m", "length: “24m”"),
    ("length: 24m\n", "length: 24m\nlength: 24m\n"),
    ("cadence: 158\n", "cadense: 158\n"),
    ("3 in / 3 out", "3-3"),
    ("check-in: 90s", "check_in: 90 s"),
    ("check-in: 90s", "Check-In: 90"),
    ("silence: 1m..3m", "Silence: 1m-3m"),
    ("silence: 1m..3m", "sillence: 1m – 3m"),
    ("silence: 1m..3m", "silence: 3m..1m"),
    ("112 -> 156", "112 > 156"),
    ("{lasts: 2m..5m, ticks: 90s", "{last: 2m..5m, ticks: 90 sec"),
    ("ticks: 90s}", "ticks: 90s"),
    ("parts: [shoulders, hands]", "parts: [shoulder, hand]"),
    ("parts: [shoulders, hands]", "parts: shoulders, hands"),
    ("      lasts: 3m   # kept-4\n      cadence", "    lasts: 3m   # kept-4\n    cadence"),
    ("at: 40%", "at: 40 percent"),
    ("say-also", "say_also"),
    ("[2s] Wat", "[2 sec] Wat"),
    ("[2s] What", "[2] What"),
    ("heen, {name}", "heen, {Name}"),
    ("heen, {name}", "heen, { name }"),
    ("            nl: ", "            NL: "),
    ("  - check-in", "\t- check-in"),
]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("autofix") / "run.yaml"


def meaning(path: Path) -> Any:
    """A session without its places, or None if it has errors."""

    def bare(value: Any) -> Any:
        if dataclasses.is_dataclass(value):
            fields = (field.name for field in dataclasses.fields(value) if field.name != "location")
            return {name: bare(getattr(value, name)) for name in fields}
        return [bare(each) for each in value] if isinstance(value, tuple) else value

    return bare(session_reading.read_session(path).session)


def fixed(path: Path) -> str:
    """The text of a session once it is fixed; the file holds it, too."""
    for file, data in apply_fixes([path]).after.items():
        Path(file).write_bytes(data)
    return path.read_bytes().decode()


@pytest.mark.parametrize(("right", "slip"), SLIPS)
def test_a_slip_is_fixed_to_what_was_meant(path: Path, right: str, slip: str) -> None:
    path.write_text(RUN, encoding="utf-8")
    meant = meaning(path)
    assert meant
    path.write_text(RUN.replace(right, slip, 1), encoding="utf-8")
    assert meaning(path) is None
    text = fixed(path)
    assert meaning(path) == meant
    assert [word for word in KEPT if word in text] == KEPT
    assert fixed(path) == text


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("  - say: @home", '  - say: "@home"'),
        ("  - say: Let op: adem  # zacht", '  - say: "Let op: adem"  # zacht'),
        ("  - say: 'foto's kijken'", '  - say: "foto\'s kijken"'),
        ("  - say: 's Avonds lopen", '  - say: "\'s Avonds lopen"'),
        ('  - say: "Adem" rustig', "  - say: '\"Adem\" rustig'"),
        ("  - say: [2s] Adem", '  - say: "[2s] Adem"'),
        ("  - say: {name}", '  - say: "{name}"'),
        ("  - say: Adem\u2028rustig\x07.", "  - say: Adem rustig."),
        ("  - say: {name}, goed zo.", '  - say: "{name}, goed zo."'),
        ('  - say: "Adem rustig', '  - say: "Adem rustig"'),
        ('  - say: "\\[zacht]"', "  - say: '\\[zacht]'"),
        ("  - easy: {lasts: 5m  # open", "  - easy: {lasts: 5m}  # open"),
        ("  - silence", "  - silence:"),
        ("  - say: http://example.org: here", '  - say: "http://example.org: here"'),
        ("  - easy: {say: Hoi, lasts: 5m  # open", "  - easy: {say: Hoi, lasts: 5m}  # open"),
        (
            "  - easy: {lasts: 5m, say: Denk niet aan #werk, alleen aan nu}",
            '  - easy: {lasts: 5m, say: "Denk niet aan #werk, alleen aan nu"}',
        ),
        ("  - say: Let op: brug #3 komt eraan", '  - say: "Let op: brug #3 komt eraan"'),
        ('  - say: "Denk niet aan #werk', '  - say: "Denk niet aan #werk"'),
        ('  - say: "Zeg "ja" #nee en door"', "  - say: 'Zeg \"ja\" #nee en door'"),
        ("  - easy: {lasts:5m, say:Hallo}", "  - easy: {lasts: 5m, say: Hallo}"),
        ("  - easy: {lasts: 5m, say: Laat los, breathe}", '  - easy: {lasts: 5m, say: "Laat los, breathe"}'),
        ("  - easy: {lasts: 5m, say: Laat los, breath}", '  - easy: {lasts: 5m, say: "Laat los, breath"}'),
        (
            "  - easy: {lasts: 5m, say: Drie dingen, let op: brug}",
            '  - easy: {lasts: 5m, say: "Drie dingen, let op: brug"}',
        ),
        ("  - say: Adem\x85rustig\x0bverder", "  - say: Adem rustig verder"),
        ("  - say: Adem in\u2028  - say: Adem uit", "  - say: Adem in\n  - say: Adem uit"),
        ('  - say: {nl: "een" twee}', "  - say: {nl: '\"een\" twee'}"),
        ("  - say: &Adem in en uit", '  - say: "&Adem in en uit"'),
        ("  - say: *Adem in en uit", '  - say: "*Adem in en uit"'),
        ("  - silence 3m:", "  - silence: 3m"),
        ("  - easy 5m: {say: Hoi}", "  - easy: {lasts: 5m, say: Hoi}"),
        ("  - easy 5m:\n      say: Hoi", "  - easy:\n      lasts: 5m\n      say: Hoi"),
        ("  - silence:3m", "  - silence: 3m"),
        ("  - silence 3m", "  - silence: 3m"),
    ],
)
def test_yaml_syntax_errors_are_fixed(path: Path, written: str, right: str) -> None:
    around = 'coach: 1\nlanguage: nl\ntitle: Rondje\nvalues: {{name: ""}}\nblocks:\n  - easy: 5m\n{}\n'
    path.write_text(around.format(written), encoding="utf-8")
    assert fixed(path) == around.format(right)
    assert meaning(path)


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("  2. easy: 4m\n  3. say: Laat los", "  - easy: 4m\n  - say: Laat los"),
        ("  1) say: Let op: brug", '  - say: "Let op: brug"'),
        ("  b. say: Laat los", "  - say: Laat los"),
        ("  - say Laat los", "  - say: Laat los"),
        ("  - say Let op: brug", '  - say: "Let op: brug"'),
        ("  - say = Let op: brug #3", '  - say: "Let op: brug #3"'),
        ("  - say -> Laat los", "  - say: Laat los"),
        ("  - easy → 5 min", "  - easy: 5m"),
        ("  - easy – 5m", "  - easy: 5m"),
        ("  - easy:\n      lasts 5m\n      say Laat los", "  - easy:\n      lasts: 5m\n      say: Laat los"),
        ("  - Say: Let op: brug", '  - say: "Let op: brug"'),
        ("  - easy: {duur: 5m, zeg: Laat los, breathe}", '  - easy: {lasts: 5m, say: "Laat los, breathe"}'),
        ("  - easy: {lasts=5m, say=Laat los, breathe}", '  - easy: {lasts: 5m, say: "Laat los, breathe"}'),
        ("  - easy: {lasts\uff1a5m\uff0csay\uff1aLos, en}", '  - easy: {lasts: 5m,say: "Los, en"}'),
        ("  - easy: {lasts: 5m; say: Hoi}", "  - easy: {lasts: 5m, say: Hoi}"),
        ("  - easy: {lasts 5m, say: Hoi}", "  - easy: {lasts: 5m, say: Hoi}"),
        ("  - easy: {lasts: 5m, say: [Let op: brug, Hoi]}", '  - easy: {lasts: 5m, say: ["Let op: brug", Hoi]}'),
        (
            "  - free: {lasts: 3m, say: [Hoi, daar], title: Een, 2}",
            '  - free: {lasts: 3m, say: [Hoi, daar], title: "Een, 2"}',
        ),
        ("  - easy: 5m\n      say: Hoi", "  - easy:\n      lasts: 5m\n      say: Hoi"),
        ("  - easy: 5m\n    ticks: off", "  - easy:\n      lasts: 5m\n      ticks: off"),
        (
            "  - repeat: 3x\n      blocks:\n        - brisk: 1m",
            "  - repeat:\n      times: 3\n      blocks:\n        - brisk: 1m",
        ),
        ("  - easy:\n      - lasts: 5m\n      - say: Hoi", "  - easy:\n        lasts: 5m\n        say: Hoi"),
        ("  - easy: [lasts: 5m, say: Hoi]", "  - easy: {lasts: 5m, say: Hoi}"),
        ("  - say: | Laat\n      los", "  - say: |\n      Laat\n      los"),
        ("  - say: Let op: brug\n      en door", '  - say: "Let op: brug\n      en door"'),
        ("  - say:\n      nl:Hoi\n      en:Hi", "  - say:\n      nl: Hoi\n      en: Hi"),
        ("  - say: #werk aan jezelf", '  - say: "#werk aan jezelf"'),
        ("  - easy: {lasts: 5m, say: # werk}", '  - easy: {lasts: 5m, say: "# werk"}'),
        ("  - say: Laat los [ en adem", "  - say: Laat los \\[ en adem"),
        ('  - say: "Laat los { en"', '  - say: "Laat los \\\\{ en"'),
        ("   - say: Let op: brug", '  - say: "Let op: brug"'),
        ("  -\tsay: Let op: brug", '  - say: "Let op: brug"'),
        ("  - body-scan: {parts: kaken, schouders}", "  - body-scan: {parts: [jaw, shoulders]}"),
        ("  - easy: (5m),", "  - easy: 5m"),
        ("  - easy: lasts: 5 min  # rustig", "  - easy: {lasts: 5m}  # rustig"),
        ("  3. easy: 5m\n  4. silence: 1m", "  - easy: 5m\n  - silence: 1m"),
        ("  - easy: {say: Adem \\in, en \\ uit}", "  - easy: {say: 'Adem \\in, en \\ uit'}"),
        ("  - easy: 5:00 min", "  - easy: 5m"),
        ("  - easy: {5 min, bel: start}", "  - easy: {lasts: 5m, bell: start}"),
        ("  - easy: {3m..5m, at 30s: Loop}", "  - easy: {lasts: 3m..5m, say: {at: 30s, text: Loop}}"),
        ("  - easy: {at 30s: {nl: Loop, en: Run}}", "  - easy: {say: {at: 30s, text: {nl: Loop, en: Run}}}"),
        (
            "  - easy:\n      lasts: 2m\n      at 50%: Los",
            "  - easy:\n      lasts: 2m\n      say:\n        at: 50%\n        text: Los",
        ),
        ("  - easy:\n      say: {every 1m: Adem}", "  - easy:\n      say: {every: 1m, text: Adem}"),
        ("  - easy:\n      say:\n        at 30s: Loop", "  - easy:\n      say:\n        at: 30s\n        text: Loop"),
        ("  - body-scan: {parts: kaken, nek en voeten}", "  - body-scan: {parts: [jaw, neck, feet]}"),
        ("  - body-scan:\n      parts: jaw, neck, and feet", "  - body-scan:\n      parts: [jaw, neck, feet]"),
        ("  - stretch:\n      parts: rug & borst", "  - stretch:\n      parts: [back, chest]"),
        ("  - body-scan: {3m, parts: [jaw, neck and feet]}", "  - body-scan: {lasts: 3m, parts: [jaw, neck, feet]}"),
    ],
)
def test_what_is_hastily_written_or_pasted_is_fixed(path: Path, written: str, right: str) -> None:
    around = "coach: 1\ntitle: {{nl: Rondje, en: Lap}}\nblocks:\n  - free: 5m\n{}\n  - silence: 2m\n"
    if "nl:" not in written:
        around = around.replace("{{nl: Rondje, en: Lap}}", "Rondje\nlanguage: nl")
    path.write_text(around.format("\0").replace("\0", written), encoding="utf-8")
    assert meaning(path) is None
    assert fixed(path) == around.format("\0").replace("\0", right)
    assert meaning(path)


def test_blocks_and_keys_without_their_signs_are_fixed(path: Path) -> None:
    path.write_text(
        "coach 1\nlanguage nl\ntitle Rondje\nblocks:\n  easy: 5m\n  free:\n    lasts: 2m\n", encoding="utf-8"
    )
    right = "coach: 1\nlanguage: nl\ntitle: Rondje\nblocks:\n  - easy: 5m\n  - free:\n      lasts: 2m\n"
    assert fixed(path) == right
    assert meaning(path)


AROUND = "coach: 1\nlanguage: nl\ntitle: Rondje\nblocks:\n  - settle: 3m\n{}  - walk-out: 4m\n"


@pytest.mark.parametrize(
    ("written", "right"),
    [
        (
            "  - repeat:\n      times: 2\n      blocks:\n        free: 1m\n        brisk: 2m\n        free: 1m\n",
            "  - repeat:\n      times: 2\n      blocks:\n        - free: 1m\n        - brisk: 2m\n        - free: 1m\n",
        ),
        ("  - easy: 4m\n    brisk: 1m\n    brisk: 1m\n", "  - easy: 4m\n  - brisk: 1m\n  - brisk: 1m\n"),
        (
            "  - easy: 5 min\n    brisk:\n      lasts: 1m\n    brisk: 1m\n",
            "  - easy: 5m\n  - brisk:\n      lasts: 1m\n  - brisk: 1m\n",
        ),
        ("  - easy:\n      lasts: 5m\n      lasts: 5m\n", "  - easy:\n      lasts: 5m\n"),
    ],
)
def test_blocks_that_are_written_again_are_blocks_and_only_a_setting_is_not_needed_twice(
    path: Path, written: str, right: str
) -> None:
    path.write_text(AROUND.format(written), encoding="utf-8")
    assert fixed(path) == AROUND.format(right)
    assert meaning(path)


def test_all_blocks_without_dashes_get_one(path: Path) -> None:
    blocks = ("settle: 4m", "brisk: 1 min", "easy: 2 min", "brisk: 1 min", "easy: 3 min", "walk-out: 4m")
    path.write_text("coach: 1\nlanguage: nl\ntitle: Rondje\nblocks:\n  " + "\n  ".join(blocks), encoding="utf-8")
    right = "\n  - ".join(("blocks:", *blocks)).replace(" min", "m")
    assert fixed(path) == f"coach: 1\nlanguage: nl\ntitle: Rondje\n{right}"
    assert meaning(path)


LABELS = (
    *("opmerking", "noot", "note", "NB", "de", "fr", "nl-BE", "engels", "bell", "titel", "lats"),
    *("at 4m", "at 50%", "-20s", "level extra", "na 30 sec", "op 1 min", "laatste minuut", "3m", "halverwege"),
)


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize(
    "around",
    [
        "  - easy: {{lasts: 5m, say: Loop rustig., {}: bij de brug}}\n",
        "  - easy: {{lasts: 5m, say: {}: bij de brug, straks}}\n",
        "  - easy:\n      lasts: 5 min\n      zeg:\n        {}: bij de brug.\n",
        "  - say: {{nl: Loop., {}: bij de brug}}\n",
        "  - say: Loop rustig, {}: bij de brug\n",
        "  - say: {}: bij de brug\n",
        "  - say: Loop rustig\n      {}: bij de brug\n",
    ],
)
def test_what_may_be_a_setting_a_place_a_note_or_a_language_is_not_put_in_quotes(
    path: Path, label: str, around: str
) -> None:
    path.write_text(AROUND.format(around.format(label)), encoding="utf-8")
    assert not re.search(rf"[\"'][^\"']*{label}: bij", fixed(path))


@pytest.mark.parametrize(
    "written",
    [
        "  - easy:\n      lasts: 5m\n      say:\n        - {1m, Rustig}\n",
        "  - easy: {lasts: 5m, say: Run softly., volume: 80}\n",
        "  - easy: {lasts: 5m, say: Loop zacht, kleur: rood}\n",
        "  - easy: {lasts: 5m, say: Loop zacht. lasts: 3m}\n",
        "  - easy:\n      say:\n        at: 1m\n        text: Hoi\n        at: 2m\n        text: Hoi\n",
        "  - easy:\n      say: Hoi\n      say: Hoi\n",
    ],
)
def test_what_may_be_meant_in_two_ways_stays_as_it_is(path: Path, written: str) -> None:
    path.write_text(AROUND.format(written), encoding="utf-8")
    assert meaning(path) is None
    assert fixed(path) == AROUND.format(written)


QUOTES_IF = "or put the whole text in quotes, if '{}:' is to be said"

UNDER = "  - easy:\n      lasts: 5m\n      say:\n"


@pytest.mark.parametrize(
    ("written", "right"),
    [
        (
            f"{UNDER}        - at 4m: Can you hear it, too?\n",
            f"{UNDER}        - at: 4m\n          text: Can you hear it, too?\n",
        ),
        (f"{UNDER}        - at 50%: Let op: nu.\n", f'{UNDER}        - at: 50%\n          text: "Let op: nu."\n'),
        (f"{UNDER}        - -20s: Bijna.\n", f"{UNDER}        - at: -20s\n          text: Bijna.\n"),
        (f"{UNDER}        - level extra: Kijk.\n", f"{UNDER}        - level: extra\n          text: Kijk.\n"),
        (f"{UNDER}        - at 4m:\n          text: Hoi\n", f"{UNDER}        - at: 4m\n          text: Hoi\n"),
        ("  - easy: {lasts: 5m, say: nl: Loop rustig}\n", "  - easy: {lasts: 5m, say: {nl: Loop rustig}}\n"),
        ("  - say: nl: Loop, en door\n", '  - say: {nl: "Loop, en door"}\n'),
        ("  - easy: {lasts: 5m\n     say: Hoi}\n", "  - easy: {lasts: 5m,\n     say: Hoi}\n"),
        (
            "  - easy: {lasts: 5 min,\n      say: Let op: brug\n      ticks: off}\n",
            '  - easy: {lasts: 5m,\n      say: "Let op: brug",\n      ticks: off}\n',
        ),
        ("  - easy: 5 min\n    tikken: uit\n", "  - easy:\n      lasts: 5m\n      ticks: off\n"),
        (
            "  - easy: 5 min\n    ticks: uit\n  - easy: 5 min\n    ticks: off\n",
            "  - easy:\n      lasts: 5m\n      ticks: off\n" * 2,
        ),
        ("  - stilte 2 min\n  - Silence 2m\n", "  - silence: 2m\n  - silence: 2m\n"),
        ("  - easy: 3 à 4 min\n", "  - easy: 3m..4m\n"),
    ],
)
def test_a_place_a_language_and_a_setting_without_their_signs_are_fixed_to_what_they_are(
    path: Path, written: str, right: str
) -> None:
    path.write_text(AROUND.format("\0").replace("\0", written), encoding="utf-8")
    assert fixed(path) == AROUND.format("\0").replace("\0", right)
    assert meaning(path)


@pytest.mark.parametrize(
    ("line", "advice"),
    [
        (
            "  - easy: {lasts: 5m, say: Loop zacht., opmerking: bij de brug}\n",
            "put a note behind `# `, on a line of its own; " + QUOTES_IF.format("opmerking"),
        ),
        (
            "  - say: de: Lauf\n",
            "put each language in braces, as in {nl: …, en: …}; " + QUOTES_IF.format("de"),
        ),
        (
            "  - breathing (2 min), ticks off\n",
            "write its length behind a colon, as in - breathing: 3m, or - breathing: and each setting below it",
        ),
        (
            "  - easy: {lasts: 1m, Rustig}\n",
            'write say: "Rustig" to have it said, or title: "Rustig" to name the block',
        ),
        ("  - easy: {lasts: 5m, 30s: Loop}\n", 'write say: {at: 30s, text: "Loop"}'),
        ("  - body-scan: {parts: [de kaken en de nek]}\n", "write de kaken, de nek"),
        (
            "  - easy: {say: {3m: Loop}}\n",
            'write {at: 3m, text: "Loop"}; or put the whole text in quotes, if the brackets are to be said',
        ),
    ],
)
def test_what_is_left_names_both_ways_out(path: Path, line: str, advice: str) -> None:
    path.write_text(AROUND.format("\0").replace("\0", line), encoding="utf-8")
    (found,) = (problem for problem in check_session(path) if problem.severity == "error")
    assert (found.help, found.fix) == (advice, None)


def test_each_fix_is_reported_in_the_line_in_which_its_author_wrote_it(coach: Coach, written: Written) -> None:
    blocks = "  - easy: 5 min\n    ticks: off\n  - silence: 2m # still\n  - walk-out 3 min\n"
    written("run.yaml", AROUND.format(blocks))
    assert [line for line in coach("check", "--fix", "run.yaml").err.splitlines() if line.startswith("fixed")] == [
        "fixed run.yaml:6: begin the value on the next line",
        "fixed run.yaml:6: indent the settings of 'easy'",
        "fixed run.yaml:6: write '5m' for '5 min'",
        "fixed run.yaml:9: put a colon after 'walk-out'",
        "fixed run.yaml:9: write '3m' for '3 min'",
    ]


def test_a_line_out_of_its_column_moves_no_line_below_it(path: Path) -> None:
    blocks = "  - easy: 90s\n - easy: 90s\n  - easy: 90s\n  - easy: 90s\n"
    path.write_text(AROUND.format(blocks), encoding="utf-8")
    assert fixed(path) == AROUND.format("  - easy: 90s\n" * 4)


def test_two_fixes_that_are_each_right_are_not_both_made_if_together_they_lose_a_word() -> None:
    text = "coach: 1\nlength: 5m\nlength: 5m\ntitle: Rondje\nblocks:\n  - easy: 5m"
    places = [Location(file="run.yaml", line=line, column=1, end_column=1) for line in (2, 3)]
    first, second = (remove_line(place, "length: 5m") for place in places)
    proof = FixProof(text, get_vocabulary())
    assert proof.accept([first, second]) == (first,)
    assert FixProof(text, get_vocabulary()).accept([second]) == (second,)


def test_a_fix_that_is_right_after_a_round_but_loses_a_word_of_the_author_is_not_made() -> None:
    text = "coach: 1\nlength: 5m\nlength: 5m\ntitle: Rondje\nblocks:\n  - easy: 5m"
    place = Location(file="run.yaml", line=2, column=1, end_column=1)
    proof = FixProof(text, get_vocabulary())
    assert len(proof.accept([remove_line(place, "length: 5m")])) == 1
    assert proof.accept([remove_line(place, "length: 5m")]) == ()


@pytest.mark.parametrize(
    "line",
    [
        "  - easy: 5",
        "  - easy: {parts: [lips]}",
        "  - easy: {cadence: 150-160}",
        "  - easy: {lasts: -5m}",
        "  - pauze: 5m",
        "  - easy: lasts: 5m\n      say: Hallo",
        "  - easy: lasts: 5m, say: Hallo",
        "  - easy: {lasts: 3m, last: 4m}",
        "  - easy: 5m\n    say: Hallo",
        "  3. easy: 5m",
        "  3. easy: 5m\n  5. silence: 1m",
        '  - easy: {lasts: 5m, say: "Adem \\d, uit}',
        "  - say → # zacht",
        "  - easy: {lasts: 5m, say: Hoi; bell: start}",
        "  - easy:\n      say: Let go\n      say nothing, at all",
        "  - say: Laat los [in",
        "  - say: lasts: 5m",
        '  - say: "Adem rustig  # zacht',
        "  - say: Let op: adem. #zacht",
        "  - say: Let op, lasts: 5m",
        "  - easy: {lasts: 5m, say: Adem uit, breathe: laat los}",
        "  - brisk 3x: 1m",
    ],
)
def test_an_ambiguous_mistake_is_left_to_the_author(path: Path, line: str) -> None:
    text = f"coach: 1\nlanguage: nl\ntitle: Rondje\nblocks:\n{line}\n"
    path.write_text(text, encoding="utf-8")
    assert meaning(path) is None
    assert fixed(path) == text


def test_it_says_what_it_fixed_and_shows_what_is_left(coach: Coach, written: Written) -> None:
    path = written("run.yaml", "coach: 1\nlanguage: nl\ntitle: Rondje\nlenght: 5m\nblocks:\n  - esy: 5\n")
    assert coach("check", "--fix", "run.yaml") == Ran(
        code=1,
        out="",
        err="""\
fixed run.yaml:4: write 'length' for 'lenght'
fixed run.yaml:6: write 'easy' for 'esy'

run.yaml:6:11: error[no-unit]: '5' has no unit
   6 |   - easy: 5
     |           ^
     help: write a unit: 5s or 5m

1 session checked: 1 error
'coach explain no-unit' tells more
""",
    )
    assert path.read_text(encoding="utf-8") == (
        "coach: 1\nlanguage: nl\ntitle: Rondje\nlength: 5m\nblocks:\n  - easy: 5\n"
    )


@pytest.mark.parametrize("options", [["--diff"], ["--fix", "--diff"]])
def test_the_fixes_can_be_shown_first(coach: Coach, written: Written, options: list[str]) -> None:
    path = written("run.yaml", RUN.replace("lasts: 3m ", "last: 3m "))
    before = path.read_bytes()
    ran = coach("check", *options, "run.yaml")
    assert (ran.code, ran.err) == (1, "")
    assert ran.out == (
        "--- run.yaml\n+++ run.yaml (fixed)\n@@ -12,5 +12,5 @@\n   - check-in: 90s\n   - settle:\n"
        "-      last: 3m   # kept-4\n+      lasts: 3m   # kept-4\n       cadence: 112 -> 156\n"
        "   - breathing: {lasts: 2m..5m, ticks: 90s}\n"
    )
    assert path.read_bytes() == before


def test_a_session_with_nothing_to_fix_is_not_touched(coach: Coach, written: Written) -> None:
    path = written("run.yaml", RUN)
    os.utime(path, (1, 1))
    before = path.stat()
    assert coach("check", "--diff", "run.yaml") == Ran(code=0, out="", err="")
    assert coach("check", "--fix", "--ignore", "advice", "run.yaml").out == ""
    assert (path.stat().st_mtime, path.stat().st_ino) == (1, before.st_ino)


def test_only_what_was_selected_is_fixed(coach: Coach, written: Written) -> None:
    path = written("run.yaml", RUN.replace("length:", "lenght:").replace("form: reset", "form: rest"))
    coach("check", "--fix", "--select", "unknown-form", "run.yaml")
    assert path.read_text(encoding="utf-8") == RUN.replace("length:", "lenght:")


def test_windows_line_ends_and_a_byte_order_mark_stay(coach: Coach, tmp_path: Path) -> None:
    right = b"\xef\xbb\xbf" + RUN.replace("\n", "\r\n").encode()
    slips = right.replace(b"lasts: 3m ", b"last: 3m ").replace(b"coach: 1\r\n", b"")
    (tmp_path / "run.yaml").write_bytes(slips)
    coach("check", "--fix", "run.yaml")
    assert (tmp_path / "run.yaml").read_bytes() == right


def test_file_permissions_are_kept(coach: Coach, written: Written) -> None:
    path = written("run.yaml", RUN.replace("lasts: 3m ", "last: 3m "))
    path.chmod(0o600)
    coach("check", "--fix", "run.yaml")
    assert path.read_text(encoding="utf-8") == RUN
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_file_that_cannot_be_written_stays_as_it_was(
    coach: Coach, written: Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written("run.yaml", RUN.replace("length:", "lenght:"))
    before = path.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    ran = coach("check", "--fix", "run.yaml")
    assert ran == Ran(
        code=3,
        out="",
        err="error: cannot write run.yaml: the disk is full\nhelp: free some space, or write to another disk\n",
    )
    assert path.read_bytes() == before
    assert [each.name for each in path.parent.iterdir()] == ["run.yaml"]


def test_a_file_that_a_session_uses_is_fixed_with_it(coach: Coach, written: Written) -> None:
    used = written("parts/warm.yaml", "coach: 1\nblocks:\n  - settel: 3m\n")
    written("run.yaml", "coach: 1\nlanguage: en\ntitle: Round\nblocks:\n  - use: parts/warm.yaml\n")
    ran = coach("check", "--fix", "--ignore", "advice", "run.yaml")
    assert (ran.code, ran.err.splitlines()[0]) == (0, "fixed parts/warm.yaml:3: write 'settle' for 'settel'")
    assert used.read_text(encoding="utf-8") == "coach: 1\nblocks:\n  - settle: 3m\n"


def test_certain_advice_is_fixed_too_unless_it_is_suppressed(coach: Coach, written: Written) -> None:
    run = written("run.yaml", "coach: 1\nlanguage: en\ntitle: Round #2\nblocks:\n  - free: 1m\n")
    assert coach("check", "--fix", "run.yaml").err == (
        "fixed run.yaml:3: put the whole text in quotes\n\n1 session checked: no problems\n"
    )
    assert '"Round #2"' in run.read_text(encoding="utf-8")
    cut = "# coach: ignore cut-by-comment\ncoach: 1\nlanguage: en\ntitle: Round #2\nblocks:\n  - free: 1m\n"
    written("run.yaml", cut)
    assert coach("check", "--fix", "run.yaml").err == "1 session checked: no problems\n"
    assert run.read_text(encoding="utf-8") == cut


@pytest.mark.parametrize("slip", ["recordings\\hello.wav", "recordings/helo.wav"])
def test_a_file_that_is_there_is_named_as_it_is_called(path: Path, slip: str) -> None:
    (path.parent / "recordings").mkdir(exist_ok=True)
    (path.parent / "recordings" / "hello.wav").touch()
    around = "coach: 1\nlanguage: nl\ntitle: Rondje\nblocks:\n  - say: [{{clip: {}, text: Hallo.}}]\n"
    path.write_text(around.format(slip), encoding="utf-8")
    assert fixed(path) == around.format("recordings/hello.wav")


PIECES = st.sampled_from(["\n", "  ", " ", ": ", "- ", "[", "]", "{", "}", "'", '"', "\t", "#", "x", "S", "_", "5", ""])
CHANGES = st.lists(st.tuples(st.integers(0, len(RUN)), st.integers(0, 3), PIECES), min_size=1, max_size=3)


@settings(deadline=None, max_examples=150)
@given(changes=CHANGES)
def test_whatever_is_changed_fixing_loses_no_comment_and_breaks_nothing(
    path: Path, changes: list[tuple[int, int, str]]
) -> None:
    text = RUN
    for start, length, piece in changes:
        text = text[:start] + piece + text[start + length :]
    path.write_text(text, encoding="utf-8")
    before, kept = meaning(path), [word for word in KEPT if word in text]
    now = fixed(path)
    assert [word for word in kept if word in now] == kept
    assert fixed(path) == now
    if before:
        assert (meaning(path), now) == (before, text)


@settings(deadline=None, max_examples=60)
@given(slips=st.lists(st.sampled_from(SLIPS), min_size=2, max_size=5, unique_by=lambda slip: RUN.index(slip[0]) // 30))
def test_many_slips_at_once_are_fixed_to_what_was_meant(path: Path, slips: list[tuple[str, str]]) -> None:
    path.write_text(RUN, encoding="utf-8")
    meant, text = meaning(path), RUN
    for right, slip in slips:
        text = text.replace(right, slip, 1)
    path.write_text(text, encoding="utf-8")
    now = fixed(path)
    assert [word for word in KEPT if word in now] == KEPT
    assert meaning(path) == meant


@pytest.mark.parametrize("name", library.list_names())
def test_the_shipped_sessions_need_no_fixes(name: str) -> None:
    assert apply_fixes([library.find(name)]).files == ()


TRIED = importlib.util.spec_from_file_location("try_fixes", Path(__file__).parents[2] / "scripts" / "try_fixes.py")


@pytest.fixture(scope="module")
def tried() -> ModuleType:
    """The script that tries tens of thousands of nearly right sessions."""
    assert TRIED
    assert TRIED.loader
    module = importlib.util.module_from_spec(TRIED)
    sys.modules["try_fixes"] = module
    TRIED.loader.exec_module(module)
    return module


def test_of_many_nearly_right_sessions_none_loses_a_word_and_most_are_mended(path: Path, tried: ModuleType) -> None:
    judged = [(case.content, *tried.judge(case, path)) for case in itertools.islice(tried.list_cases(), 0, None, 401)]
    assert [each for each in judged if each[1].startswith("mended, ")] == []
    found = Counter(outcome for _, outcome, _ in judged)
    assert found["mended"] > 3 * (found["left"] + found["part"])


def test_no_label_is_said_after_a_fix_and_no_block_without_a_dash_is_lost(path: Path, tried: ModuleType) -> None:
    judged = [(case.content, *tried.judge(case, path)) for case in itertools.islice(tried.list_labelled(), 0, None, 29)]
    assert [each for each in judged if each[1].startswith("mended, ")] == []
    assert Counter(outcome for _, outcome, _ in judged)["mended"] > 3


@pytest.mark.parametrize("seed", range(40, 44))
def test_of_pasted_and_hasty_sessions_none_is_mended_otherwise_than_meant(
    path: Path, tried: ModuleType, seed: int
) -> None:
    judged = [(case.content, *tried.judge(case, path)) for case in tried.draw_pairs(25, seed)]
    assert [each for each in judged if each[1].startswith("mended, ")] == []
    found = Counter(outcome for _, outcome, _ in judged)
    assert found["mended"] > 2 * (found["left"] + found["part"])


def test_an_item_out_of_line_is_moved_to_the_others_not_they_to_it(path: Path) -> None:
    head, item = "coach: 1\nlanguage: nl\ntitle: Rondje\nblocks:\n", "  - easy: 90s\n"
    path.write_text(head + item[1:] + 3 * item, encoding="utf-8")
    assert fixed(path) == head + 4 * item


def test_in_a_long_file_a_fault_is_fixed_by_the_item_that_it_is_in(path: Path) -> None:
    head = "coach: 1\nlanguage: nl\ntitle: Rondje\nblocks:\n"
    block = "  - easy:\n      lasts: 9s\n      say:\n        - {}\n        - text: {}\n          at: end\n"
    rest = "  - free: 9s  # rustig\n" * 300
    path.write_text(head + rest + block.format("Let op: brug: 3", "Adem: in: uit") + rest, encoding="utf-8")
    assert fixed(path) == head + rest + block.format('"Let op: brug: 3"', '"Adem: in: uit"') + rest


@pytest.mark.parametrize("rest", ["", "  - free: 9s  # rustig\n" * 300], ids=["short", "long"])
@pytest.mark.parametrize("odd", ["\u2028", "\x0b", "\x85"])
def test_what_other_programs_take_for_a_line_break_is_replaced_in_a_file_of_any_length(
    path: Path, odd: str, rest: str
) -> None:
    pasted = f"  - easy: 5m{odd}  - easy:\n     {odd} lasts: 5 min\n      say: Adem{odd}in\n  - silence: 2 min\n"
    meant = "  - easy: 5m\n  - easy:\n      lasts: 5m\n      say: Adem in\n  - silence: 2m\n"
    path.write_text(AROUND.format(rest + pasted + rest), encoding="utf-8")
    done = apply_fixes([path])
    assert done.after[str(path)].decode() == AROUND.format(rest + meant + rest)
    above = AROUND.format(rest).count("\n") - 1
    assert [(line - above, title) for _, line, title in done.titles] == [
        (1, "begin a new line here"),
        (2, "delete it"),
        (3, "write a space for it"),
        (2, "write '5m' for '5 min'"),
        (4, "write '2m' for '2 min'"),
    ]


@pytest.mark.parametrize(
    ("line", "ways"),
    [
        ('  - say: "Adem rustig  # zacht', ("close it before the #", "at the end of the line if all of it is said")),
        ("  - easy: 5m\n    say: Hallo", ("two spaces further in", "`- say: …` on its line")),
        ("  3. easy: 5m", ("write `- ` if it counts the blocks", "a `repeat` if this is to be done 3 times")),
    ],
)
def test_where_two_meanings_are_left_the_message_names_both_ways_out(
    path: Path, line: str, ways: tuple[str, str]
) -> None:
    path.write_text(f"coach: 1\nlanguage: nl\ntitle: Rondje\nblocks:\n{line}\n", encoding="utf-8")
    (problem,) = check_session(path)
    assert problem.fix is None
    assert all(way in problem.help for way in ways)


TEXTS = st.text(st.sampled_from("ab é5.,:;#'\"{}[]-&*!?\u2028\x0b\xa0"), min_size=1, max_size=14)


@settings(deadline=None, max_examples=60)
@given(one=TEXTS, other=TEXTS, number=st.integers(0, 1000))
def test_whatever_a_text_holds_it_is_said_whole_or_a_problem_is_left(
    path: Path, tried: ModuleType, one: str, other: str, number: int
) -> None:
    whole = f"Adem {one} en {other} uit"
    block = tried.BLOCKS[number % len(tried.BLOCKS)].replace("NOTE", "noot").replace("TEXT", whole)
    content = tried.HEAD.format(title="Rondje", block="\0").replace("\0", block)
    path.write_bytes(content.encode())
    fixed = apply_fixes([path])
    if not fixed.files:
        return
    path.write_bytes(fixed.after[str(path)])
    if session_reading.read_session(path).session is None:
        return
    text = fixed.after[str(path)].decode()
    root = yaml.compose(text, tried.LOADER)
    assert root
    said = [*tried.find_said(root), *tried.find_noted(text)]
    assert Counter(tried.split_words(whole)) <= Counter(said)


MANY = (
    ("  - say: Let op: brug {}", '  - say: "Let op: brug {}"'),
    ("  - say:Hallo {}", "  - say: Hallo {}"),
    ("  - say: “Let op: {}”", '  - say: "Let op: {}"'),
    ('  - say: "Denk aan {}', '  - say: "Denk aan {}"'),
    ("  - easy: {{last: {} sec}}", "  - easy: {{lasts: {}s}}"),
    ("  - easy: {{lasts: 9s, say: Let op: brug {}", '  - easy: {{lasts: 9s, say: "Let op: brug {}"}}'),
    (
        "  - easy {}s:\n      say:\n        - Let op: ja: {}\n        - Twee",
        '  - easy:\n      lasts: {}s\n      say:\n        - "Let op: ja: {}"\n        - Twee',
    ),
    ("  - free: 1m", "  - free: 1m"),
)


@settings(deadline=None, max_examples=12)
@given(numbers=st.lists(st.integers(0, len(MANY) - 1), min_size=1, max_size=90))
def test_however_many_faults_a_file_has_all_are_fixed(path: Path, numbers: list[int]) -> None:
    head = "coach: 1\nlanguage: nl\ntitle: Rondje\nblocks:\n"
    slips, right = ("".join(f"{MANY[each][side].format(each + 2, each + 2)}\n" for each in numbers) for side in (0, 1))
    path.write_text(head + slips, encoding="utf-8")
    assert fixed(path) == head + right


def test_a_file_of_more_problems_than_a_session_can_have_is_not_gone_through_again_and_again(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What one round finds is fixed; with no more problems left to look at, what it hid stays for the next command."""
    head = "coach: 1\nlanguage: nl\ntitle: Rondje\nblocks:\n"
    path.write_text(f'{head}  - say: "Adem\n  - easy: 5 min\n', encoding="utf-8")
    monkeypatch.setattr(autofix, "_MOST_PROBLEMS", 1)
    assert fixed(path) == f'{head}  - say: "Adem"\n  - easy: 5 min\n'
    assert fixed(path) == f'{head}  - say: "Adem"\n  - easy: 5m\n'


def test_a_word_right_behind_a_line_that_is_put_in_is_mended_in_the_same_run(path: Path) -> None:
    path.write_text("Title: Rondje\nLanguage: NL\nblocks:\n  - easy: 5m\n", encoding="utf-8")
    assert fixed(path) == "coach: 1\ntitle: Rondje\nlanguage: nl\nblocks:\n  - easy: 5m\n"


@pytest.mark.parametrize("unknown", ["toeter: start", "parts: [crown; feet]", "zomaar: iets"])
def test_a_length_moves_below_its_kind_with_all_that_stands_beside_it(path: Path, unknown: str) -> None:
    """A setting that nobody knows belongs there as much as those that are known; left alone, it would tear the two."""
    head = "coach: 1\nlanguage: nl\ntitle: Rondje\nblocks:\n  - easy:"
    path.write_text(f"{head} 5m\n    ticks: on\n    {unknown}\n", encoding="utf-8")
    assert fixed(path) == f"{head}\n      lasts: 5m\n      ticks: on\n      {unknown}\n"


def test_a_list_beside_its_key_is_no_text_with_a_dash(path: Path) -> None:
    text = "coach: 1\nlanguage: nl\ntitle: Rondje\nblocks:\n  - say: - Loop zacht\n         - Adem uit\n  - easy: 5m\n"
    path.write_text(text, encoding="utf-8")
    assert fixed(path) == text


@pytest.mark.parametrize(("key", "line"), [("blocks:", 4), ("easy:", 5), ("say:", 7), ("walk-out:", 9)])
def test_a_key_without_its_colon_above_what_is_under_it_gets_it(path: Path, key: str, line: int) -> None:
    text = (
        "coach: 1\nlanguage: nl\ntitle: Rondje\nblocks:\n  - easy:\n      lasts: 5m\n      say:\n"
        "        - {at: 30s, text: Loop}\n  - walk-out:\n      lasts: 4m\n"
    )
    lines = text.split("\n")
    assert lines[line - 1].strip(" -") == key
    lines[line - 1] = lines[line - 1].removesuffix(":")
    path.write_text("\n".join(lines), encoding="utf-8")
    assert fixed(path) == text


def test_a_word_alone_among_the_words_of_a_text_gets_no_colon(path: Path) -> None:
    head = "coach: 1\nlanguage: nl\ntitle: Rondje\nblocks:\n"
    text = f"{head}  - say: |\n      silence\n        lasts: even\n  - easy: 5m\n"
    path.write_text(text, encoding="utf-8")
    assert fixed(path) == text
