"""Fuzzing: random input of every kind, for tracebacks, exit code 4, crashes, hangs, and too much memory.

    .venv/bin/python scripts/fuzz.py                          # 40,000 inputs, some minutes on two cores
    .venv/bin/python scripts/fuzz.py --count 2000 --seed 7 --kinds session,clip

An input depends only on the seed, its kind and its number, so that each fault can be had again:
``--kinds clip --first 1234 --count 1 --keep FOLDER`` runs one input, and leaves its files in a folder.
"""

import argparse
import contextlib
import io
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import traceback
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import soundfile

from coach.cli import main as run_coach
from coach.errors import CoachError, ExternalError
from coach.journal import parse_answers
from coach.journal.diary import Diary, Run
from coach.journal.export_runs import runs_to_csv, runs_to_json, runs_to_xlsx
from coach.journal.parse_moment import parse_moment
from coach.languages import LANGUAGES, find_language
from coach.services.check_cache import CheckCache
from coach.sounds.clip import Clip
from coach.sounds.decode import decode, find_ffmpeg
from coach.utterance import Utterance
from coach.voices.clip_cache import ClipCache
from coach.voices.engines.piper import Piper, PiperEngine
from coach.voices.engines.piper_models import find_installed
from coach.voices.engines.voice_pack import VoicePack

ROOT = Path(__file__).resolve().parent.parent

LONGEST_S = 30
MOST_MB = 1_200
CODES = {0, 1, 2, 3}
EVERY = 1_000  # inputs of one process: caches and leaks of libraries are not what we look for


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """What an input needs: randomness of its own, and an empty folder, which is the current one."""

    random: random.Random
    folder: Path


class FaultError(Exception):
    """Something that no input may cause."""


def split(text: str, separator: str | None = None) -> tuple[str, ...]:
    """Words of a text."""
    return tuple(text.split(separator))


NUMBERS = (*split(f"0 -1 1e999 NaN -0 0x7fffffff {2**31} {2**63} 1.5e-320 ٣"), "1" * 400, "9" * 5_000)

TOKENS = (
    *split("[ ] { } : - , # &a *a !! | > ' \" \\ % @ ` ? \0 \x1b[31m 😀 “ – \u0301 \u202e \ufeff", " "),
    *split(
        ": ;- ; #;\t;\n;\r;\u00a0;\u2028;\x85;language: en;{nl: a};{en: b};3 in / 2 out;[2s];{name};<<: ;-> +4", ";"
    ),
    *split("blocks say lasts easy silence title repeat times use clip values length cadence breath sounds tick at"),
    *split("yes null ~ 1m..2m 90s 1:30 walk-out check-in ../x"),
)


def mutate_text(chance: random.Random, text: str, others: tuple[str, ...] = ()) -> str:
    """Change a text in a few places."""
    for _ in range(chance.choice((1, 1, 2, 3, 8))):
        start = chance.randrange(len(text) + 1)
        end = min(len(text), start + chance.choice((0, 0, 1, 1, 2, 5, 40)))
        new = chance.choice(
            (
                chance.choice(TOKENS),
                chance.choice(NUMBERS),
                "",
                text[start : end + chance.randrange(60)] * 2,
                chr(chance.choice((chance.randrange(0xD800), chance.randrange(0xE000, 0x11000)))),
                chance.choice(others or ("",))[: chance.randrange(400)],
                chance.choice("[{(-\"' ") * chance.choice((2, 50, 90_000 if chance.random() < 0.02 else 60)),  # noqa: PLR2004 - rarely
            )
        )
        text = text[:start] + new + text[end:]
    return text


def mutate_bytes(chance: random.Random, data: bytes) -> bytes:
    """Change bytes in a few places, more often near the start, where headers are."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        reach = chance.choice((64, 256, len(changed)))
        at = chance.randrange(max(1, min(reach, len(changed))))
        match chance.randrange(6):
            case 0 if changed:
                changed[at % len(changed)] ^= 1 << chance.randrange(8)
            case 1:
                size = chance.choice((1, 2, 4, 8))
                value = chance.choice((0, 1, (1 << 8 * size) - 1, 1 << 8 * size - 1, (1 << 8 * size - 1) - 1))
                changed[at : at + size] = value.to_bytes(size, chance.choice(("little", "big")))
            case 2:
                del changed[at : at + chance.choice((1, 4, 100, len(changed)))]
            case 3:
                changed[at:at] = chance.randbytes(chance.choice((1, 4, 100)))
            case 4:
                changed[at : at + 8] = chance.randbytes(8)
            case _:
                changed[at:at] = changed[at : at + 64]
    return bytes(changed)


def run_main(*arguments: str, allowed: set[int] = CODES) -> int:
    """Run a command in this process.

    Raises:
        FaultError: it had an internal error, or an exit code that it may not have.
    """
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", errors="surrogateescape")
    err = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run_coach(arguments)
    said = err.getvalue()
    if code not in allowed or "Traceback" in said or "internal error" in said:
        raise FaultError(f"coach {' '.join(arguments)!r}: exit code {code}: {said[-2000:]}")
    return code


def read_texts() -> tuple[str, ...]:
    """Sessions to begin with: those we ship, and small ones of every kind of value."""
    small = (
        (
            "coach: 1\nlanguage: en\ntitle: A run\nlength: 10m\nblocks:\n  - settle: 1m\n"
            "  - easy: {lasts: 3m, say: Hello}\n"
        ),
        (
            "coach: 1\ntitle: {nl: Rondje, en: Round}\nblocks:\n  - say: {nl: a, en: b}\n"
            "  - repeat: {times: 3, blocks: [brisk: 1m]}\n"
        ),
        (
            'coach: 1\nlanguage: nl\ntitle: "{wie}"\nvalues: {wie: Jij}\nsay-as: {café: kafee}\nblocks:\n'
            "  - free: {lasts: 1m, say: [{text: Hoi, at: 10s}]}\n"
        ),
    )
    return (*small, *(path.read_text(encoding="utf-8") for path in sorted((ROOT / "sessions").glob("*.yaml"))))


def fuzz_session(case: Case) -> None:
    """A session that is nearly right, through the commands that read one."""
    texts = read_texts()
    text = mutate_text(case.random, case.random.choice(texts[: 3 if case.random.random() < 0.6 else None]), texts)  # noqa: PLR2004 - the small ones more often
    (case.folder / "run.yaml").write_bytes(text.encode("utf-8", "surrogatepass"))
    code = run_main("check", "run.yaml", *case.random.choice(((), (), ("--format", "json"), ("--fix",))))
    if case.random.random() < 0.3:  # noqa: PLR2004 - slower, and shorter
        other = case.random.choice((("fmt", "--check"), ("fmt", "--diff"), ("script",), ("plan",), ("plan", "--json")))
        voice = ("--voice", "fake") if other[0] == "plan" else ()
        run_main(other[0], "run.yaml", *other[1:], *voice)
    if code not in CODES:
        raise FaultError(f"check: exit code {code}")


def make_sounds() -> tuple[bytes, ...]:
    """A short sound in every format, made once in a process."""
    if not _SOUNDS:
        samples = (np.sin(np.arange(2_400) / 9.0) * 0.3).astype(np.float32)
        with tempfile.TemporaryDirectory() as folder:
            plain = Path(folder) / "plain.wav"
            soundfile.write(plain, samples, 48_000, subtype="PCM_16")
            for kind in ("WAV", "RF64", "WAVEX", "FLAC", "OGG", "AIFF", "MP3"):
                made = io.BytesIO()
                soundfile.write(made, samples, 48_000, format=kind)
                _SOUNDS.append(made.getvalue())
            for ending, codec in (
                ("m4a", "alac"),
                ("m4a", "aac"),
                ("webm", "libopus"),
                ("caf", "pcm_s16be"),
                ("aac", "aac"),
            ):
                path = Path(folder) / f"made.{ending}"
                command = [find_ffmpeg(), "-v", "error", "-y", "-i", str(plain), "-c:a", codec, str(path)]
                subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
                _SOUNDS.append(path.read_bytes())
    return tuple(_SOUNDS)


_SOUNDS: list[bytes] = []

BY_LIBSNDFILE = 7


def fuzz_clip(case: Case) -> None:
    """A sound whose file is damaged; those that ffmpeg decodes less often, as it takes a tenth of a second."""
    sounds = make_sounds()
    which = case.random.randrange(len(sounds) if case.random.random() < 0.1 else BY_LIBSNDFILE)  # noqa: PLR2004 - a tenth
    (case.folder / "clip.wav").write_bytes(mutate_bytes(case.random, sounds[which]))
    with contextlib.suppress(ExternalError):
        clip = decode(case.folder / "clip.wav", 48_000, longest_s=case.random.choice((0.01, 2.0, 600.0, 7_200.0)))
        if clip.rate_hz != 48_000 or clip.samples.shape[1] not in {1, 2}:  # noqa: PLR2004 - what was asked for
            raise FaultError(f"decoded as {clip.samples.shape}")


PACK = {
    "coach": 1,
    "speaker": "Anna",
    "language": "nl",
    "licence": "CC0",
    "lines": [{"text": "Hoi", "file": "hoi.flac", "sha256": "0" * 64, "length_s": 1.5, "counted": False}],
}

MODEL = {
    "audio": {"sample_rate": 22050, "quality": "medium"},
    "espeak": {"voice": "nl"},
    "language": {"code": "nl_BE"},
    "inference": {"noise_scale": 0.667, "length_scale": 1.0, "noise_w": 0.8},
    "phoneme_type": "espeak",
    "phoneme_id_map": {"_": [0], "a": [1, 2]},
    "num_symbols": 256,
    "num_speakers": 1,
    "speaker_id_map": {},
}

VOICE = {
    "coach": 1,
    **dict.fromkeys(("language", "quality", "licence", "source", "checked"), "x"),
    **{part: {"size_bytes": 1, "sha256": "0" * 64} for part in ("model", "config")},
}


def mutate_json(chance: random.Random, value: object) -> str:
    """JSON with another value somewhere, or with other signs."""
    text = json.dumps(value)
    if chance.random() < 0.5:  # noqa: PLR2004 - half
        at = [start for start in range(len(text)) if text.startswith((": ", "[", ", "), start)]
        start = chance.choice(at) + 2
        end = next((end for end in range(start, len(text)) if text[end] in ",]}"), len(text))
        odd = (*split(r'null [] {} true -1 1e400 NaN "\ud800" "\u0000" "../x"'), "9" * 5_000, "1" * 400)
        return text[:start] + chance.choice((*odd, "[" * 90_000)) + text[end:]
    return mutate_text(chance, text)


def fuzz_pack(case: Case) -> None:
    """A voice pack with a damaged manifest, and a line of it."""
    text = mutate_json(case.random, PACK)
    (case.folder / "pack.json").write_bytes(text.encode("utf-8", "surrogatepass"))
    (case.folder / "hoi.flac").write_bytes(b"fLaC")
    with contextlib.suppress(CoachError):
        pack = VoicePack(str(case.folder))
        print(pack.about, pack.speaker, pack.languages)
        pack.speak(Utterance(text="hoi", language="nl"))


def fuzz_model(case: Case) -> None:
    """A Piper model with a damaged config, or an installed one with a damaged note."""
    model = case.folder / "voice.onnx"
    model.write_bytes(b"0")
    text = mutate_json(case.random, MODEL).encode("utf-8", "surrogatepass")
    (case.folder / "voice.onnx.json").write_bytes(text)
    with contextlib.suppress(CoachError):
        print(Piper(str(model)).about.encode(), Piper(str(model)).languages[0].encode())
        PiperEngine(model, "nl").synthesize("Hoi.", 1.0)
    folder = Path(os.environ["COACH_DATA_DIR"]) / "voices" / "piper" / "voice"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "voice.json").write_bytes(mutate_json(case.random, VOICE).encode("utf-8", "surrogatepass"))
    find_installed("voice")


def make_diary() -> bytes:
    """A diary with a few runs, made once in a process."""
    if not _DIARY:
        with tempfile.TemporaryDirectory() as folder:
            diary = Diary(path=Path(folder) / "journal.sqlite3")
            for day in range(1, 9):
                begun = datetime(2026, 11, day, 8, tzinfo=UTC)
                diary.keep(
                    Run(
                        started_at=begun, language="nl", session="long", title="Lang", form="long", length_s=1800.0,
                        ran_s=1700.0, ended="finished", tension_before=7, tension_after=3, need="silence", lighter="Ja",
                    )
                )  # fmt: skip
            with contextlib.closing(sqlite3.connect(diary.path)) as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            _DIARY.append(diary.path.read_bytes())
    return _DIARY[0]


_DIARY: list[bytes] = []


def fuzz_diary(case: Case) -> None:
    """A diary with bits flipped, in its file or in its values."""
    path = Path(os.environ["COACH_DATA_DIR"]) / "journal.sqlite3"
    for old in path.parent.glob("journal.sqlite3*"):
        old.unlink()
    if case.random.random() < 0.7:  # noqa: PLR2004 - most
        data = bytearray(make_diary())
        for _ in range(case.random.choice((1, 1, 2, 9))):
            data[case.random.randrange(len(data))] ^= 1 << case.random.randrange(8)
        path.write_bytes(data if case.random.random() < 0.8 else mutate_bytes(case.random, bytes(data)))  # noqa: PLR2004 - most
    else:
        path.write_bytes(make_diary())
        with contextlib.closing(sqlite3.connect(path)) as connection, contextlib.suppress(sqlite3.IntegrityError):
            columns = [row[1] for row in connection.execute("PRAGMA table_info(run)")]
            dates = ("9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+23:59")
            odd = (None, -1, 1e308, 5, "x", b"\xff", "\ud7ff", *dates, 2**62)
            column, value = case.random.choice(columns), case.random.choice(odd)
            connection.execute(f"UPDATE run SET {column} = ?", (value,))  # noqa: S608 - a column's own name
            connection.commit()
    run_main(*case.random.choice((("journal",), ("journal", "--json"), ("journal", "--csv"), ("week",))))


def fuzz_table(case: Case) -> None:
    """A table of runs to import, damaged in its file or in its values."""
    begun = datetime(2026, 11, 20, 18, 30, tzinfo=UTC)
    runs = [
        Run(started_at=begun, language="nl", ran_s=1500.0, tension_after=case.random.randrange(1, 11), lighter="Ja")
    ]
    words = find_language(case.random.choice(LANGUAGES)).journal.table
    kind = case.random.choice(("csv", "xlsx", "json"))
    if kind == "xlsx":
        data = runs_to_xlsx(runs, words)
        if case.random.random() < 0.8:  # noqa: PLR2004 - most: a damaged zip says little
            data = _mutate_zip(case.random, data)
    else:
        text = runs_to_csv(runs, words) if kind == "csv" else runs_to_json(runs)
        odd = (
            "=1+1",
            "1e999",
            "-1",
            "99",
            "30-02-2026",
            "3/4/2026",
            '"',
            ";",
            "\t",
            "\0",
            "\ud7ff",
            "[" * 2000,
            "{}",
            "1,5",
        )
        for _ in range(case.random.randrange(3)):
            at = case.random.randrange(len(text))
            text = text[:at] + case.random.choice(odd) + text[at + case.random.randrange(9) :]
        data = text.encode(case.random.choice(("utf-8", "utf-8", "utf-16", "cp1252")), "replace")
    if kind != "xlsx" and case.random.random() < 0.3:  # noqa: PLR2004 - some
        data = mutate_bytes(case.random, data)
    (case.folder / "runs").write_bytes(data)
    run_main("journal", "import", "runs", *case.random.choice(((), ("--replace",))))


def _mutate_zip(chance: random.Random, data: bytes) -> bytes:
    """Damage one file in a zip file."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(packed, "w") as new:
        chosen = chance.choice(old.namelist())
        for name in old.namelist():
            new.writestr(name, mutate_bytes(chance, old.read(name)) if name == chosen else old.read(name))
    return packed.getvalue()


def fuzz_answers(case: Case) -> None:
    """What a runner may type at the check-in."""
    words = (*split("half uur kwartier zeven twenty - 7 90 s ish min h /10 en of gisteren 20-11 18:30 nov / : pm"), " ")
    text = "".join(case.random.choice((*words, *NUMBERS, *TOKENS)) for _ in range(case.random.randrange(1, 6)))
    for parse in (parse_answers.parse_tension, parse_answers.parse_need, parse_answers.parse_length_s):
        with contextlib.suppress(parse_answers.UnclearError):
            parse(text)
    with contextlib.suppress(parse_answers.UnclearError):
        parse_moment(text, datetime(2026, 11, 20, tzinfo=UTC).date())
    parse_answers.parse_sentence(text)
    parse_answers.is_skipped(text)


def fuzz_arguments(case: Case) -> None:
    """Commands with options and values that fit, or do not."""
    commands = split("check plan fmt script explain list journal week schema new render play")
    options = split(
        "--lang --length --cadence --voice --guidance --set --output --device --delay --plain --json --format "
        "--fix --date --from --form --yes --blocks --ticks --check --diff -o --html --csv --where -h"
    )
    values = split(
        "nl en 10m -5m 160 fake full a=b = json run.yaml missing.yaml . - silent 2026-11-20 0000-00-00 9999-12-31 "
        "tempo 9999999h \0 \udcff \x1b[0m " + "é" * 300,
        " ",
    )
    (case.folder / "run.yaml").write_text("coach: 1\nlanguage: en\ntitle: A\nblocks: [free: {lasts: 1s, say: Hm.}]\n")
    words = (*options, *values, *values, *NUMBERS)
    given = [case.random.choice(commands), *case.random.choices(words, k=case.random.randrange(5))]
    if given[0] == "play":
        given += ["--output", "silent", "--plain", "--voice", "nobody"]
    if given[0] == "render":
        given += ["--voice", "nobody"]
    run_main(*given)


def fuzz_caches(case: Case) -> None:
    """Entries of the caches, damaged on the disk."""
    clips = ClipCache(case.folder)
    clips.put("ab" * 32, Clip(samples=np.zeros((100, 1), np.float32), rate_hz=48_000))
    (entry,) = case.folder.glob("voices/*/*.clip")
    entry.write_bytes(mutate_bytes(case.random, entry.read_bytes()))
    clips.load("ab" * 32)
    clips.find_duration("ab" * 32)
    checked = CheckCache(case.folder / "checked")
    (case.folder / "run.yaml").write_text("coach: 1\n")
    state = checked.read_state(case.folder / "run.yaml")
    if state is None:
        raise FaultError("a small file has no state")
    checked.remember(state, ())
    (found,) = (case.folder / "checked").iterdir()
    found.write_bytes(
        state + mutate_json(case.random, [{"location": {"file": "a", "line": 1}}]).encode("utf-8", "replace")
    )
    checked.recall(state)


COMMANDS = split(
    "list;schema;check bad.yaml;check run.yaml;check bad.yaml --format json;nothing;--help;explain tab;week;"
    "plan run.yaml --voice fake;fmt --diff run.yaml;script run.yaml",
    ";",
)

_WARM: list[int] = []


def fuzz_streams(case: Case) -> None:
    """A command in a process of its own whose streams fail, at once or after some bytes."""
    (case.folder / "run.yaml").write_text("coach: 1\nlanguage: en\ntitle: A\nblocks: [free: {lasts: 1s, say: Hm.}]\n")
    (case.folder / "bad.yaml").write_text("coach: 1\nblocks: [fre: 1s]\n")
    if not _WARM:  # else every child loads the modules of its command anew
        _WARM.extend(run_main(*command.split()) for command in COMMANDS)
    faults = [case.random.choice(("none", "full", "closed", "unread", "short")) for _ in range(3)]
    child = os.fork()
    if not child:
        os._exit(_run_with_faults(case.random.choice(COMMANDS).split(), faults))
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if code not in CODES:
        raise FaultError(f"streams {faults}: exit code {code}")


def _run_with_faults(arguments: list[str], faults: list[str]) -> int:
    """Run in this child with each of the standard streams as its fault says."""
    try:
        for number, (fault, place) in enumerate([(fault, _open_faulty(fault)) for fault in faults]):
            os.dup2(place, number)
            if fault == "closed":
                os.close(number)
            mode = "w" if number else "r"
            usable = fault != "closed"
            stream = open(number, mode, encoding="utf-8", closefd=False) if usable else None  # noqa: SIM115 - it stays
            setattr(sys, ("stdin", "stdout", "stderr")[number], stream)
        sys.argv = ["coach", *arguments]
        code = int(run_coach())
        sys.stdout.flush()
    except BaseException:  # noqa: BLE001 - reported as a code that no command has
        return 99
    return code


def _open_faulty(fault: str) -> int:
    """Open a place whose writes fail, at once or after a moment."""
    if fault not in {"unread", "short"}:
        return os.open("/dev/full" if fault == "full" else os.devnull, os.O_RDWR)
    reading, writing = os.pipe()
    if fault == "unread":
        os.close(reading)
    else:
        late = threading.Timer(0.02, os.close, (reading,))
        late.daemon = True
        late.start()
    return writing


# How many of a hundred inputs are of each kind.
KINDS: dict[str, tuple[int, Callable[[Case], None]]] = {
    "session": (30, fuzz_session),
    "clip": (20, fuzz_clip),
    "pack": (10, fuzz_pack),
    "model": (8, fuzz_model),
    "diary": (6, fuzz_diary),
    "table": (4, fuzz_table),
    "answers": (8, fuzz_answers),
    "arguments": (8, fuzz_arguments),
    "caches": (4, fuzz_caches),
    "streams": (2, fuzz_streams),
}


def run_one(kind: str, number: int, seed: int, folder: Path) -> str:
    """Run one input; return what is wrong, or an empty text."""
    for old in sorted(folder.rglob("*"), reverse=True):
        old.rmdir() if old.is_dir() and not old.is_symlink() else old.unlink()
    os.chdir(folder)
    reset_peak()
    set_alarm(LONGEST_S)
    before = read_peak_mb()
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            chance = random.Random(f"{seed} {kind} {number}")  # noqa: S311 - the same for the same seed
            KINDS[kind][1](Case(random=chance, folder=folder))
    except BaseException:  # noqa: BLE001 - whatever it is, it is what we look for
        return traceback.format_exc()
    finally:
        set_alarm(0)
    peak_mb = read_peak_mb()
    return f"{peak_mb} MB, from {before} MB" if peak_mb > MOST_MB else ""


def set_alarm(seconds: int) -> None:
    """Be woken after so much work of this process, or ten times as long by the clock; 0 for never."""
    signal.setitimer(signal.ITIMER_PROF, seconds)
    signal.setitimer(signal.ITIMER_REAL, 10 * seconds)


def reset_peak() -> None:
    """Have the system measure this process's memory anew, where it can."""
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")


def read_peak_mb() -> int:
    """The most memory that this process had since then."""
    with contextlib.suppress(OSError):
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) // 1024
    return 0


def work(kind: str, numbers: range, seed: int, keep: Path | None) -> None:
    """Run inputs of a kind in this process; print each number before it is run, and then what is wrong."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8", errors="backslashreplace")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    os.dup2(1, 2)  # libraries that print are heard by nobody
    signal.signal(signal.SIGALRM, _report_hang)
    signal.signal(signal.SIGPROF, _report_hang)
    with tempfile.TemporaryDirectory() as home:
        for name in ("CACHE", "DATA", "LOG"):
            os.environ[f"COACH_{name}_DIR"] = f"{home}/{name.lower()}"
            Path(os.environ[f"COACH_{name}_DIR"]).mkdir()
        os.environ["HOME"] = home
        folder = keep or Path(home, "files")
        folder.mkdir(exist_ok=True)
        for number in numbers:
            answers.write(json.dumps([number, None]) + "\n")
            answers.flush()
            answers.write(json.dumps([number, run_one(kind, number, seed, folder)]) + "\n")
            answers.flush()
        os.chdir("/")


def _report_hang(*_: object) -> None:
    raise FaultError(f"it took more than {LONGEST_S} s")


def run_kind(kind: str, numbers: range, seed: int, keep: Path | None) -> Iterator[tuple[int, str]]:
    """Run inputs in processes of their own; yield the number and the fault of each that is wrong."""
    first = numbers.start
    while first < numbers.stop:
        some = range(first, min(first + EVERY, numbers.stop))
        command = [sys.executable, __file__, "--work", kind, "--first", str(some.start), "--count", str(len(some))]
        command += ["--seed", str(seed), *(["--keep", str(keep)] if keep else [])]
        done, current = some.start, some.start
        with subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True) as worker:
            assert worker.stdout is not None  # noqa: S101 - a pipe was asked for
            for line in worker.stdout:
                current, fault = json.loads(line)
                if fault is not None:
                    done = current + 1
                if fault:
                    yield current, fault
        if worker.returncode and done <= current:
            yield current, f"the process ended with {worker.returncode}"
            done = current + 1
        elif worker.returncode:
            yield current, f"the process ended with {worker.returncode} after this input"
        first = max(done, first + 1)


def main() -> int:
    """Run the fuzzer; return 1 if there was a fault."""
    parser = argparse.ArgumentParser(description="Fuzz the coach.")
    parser.add_argument("--count", type=int, default=40_000, help="how many inputs of all kinds together")
    parser.add_argument("--first", type=int, default=0, help="the number of the first input of each kind")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kinds", default=",".join(KINDS))
    parser.add_argument("--keep", type=Path, help="a folder for the files of the inputs, to look at the last one")
    parser.add_argument("--work", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.work:
        work(given.work, range(given.first, given.first + given.count), given.seed, given.keep)
        return 0
    kinds = given.kinds.split(",")
    whole = sum(KINDS[kind][0] for kind in kinds)
    faults = 0
    for kind in kinds:
        count = max(1, given.count * KINDS[kind][0] // whole)
        begun_s = time.monotonic()
        found = 0
        for number, fault in run_kind(kind, range(given.first, given.first + count), given.seed, given.keep):
            found += 1
            print(f"{kind} {number}: {fault.strip()}", flush=True)
        print(f"{kind}: {count:,} inputs, {found} faults, {time.monotonic() - begun_s:.0f} s", flush=True)
        faults += found
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
