"""Make coach/voices/speech_packs/vrouw.zip: what the coach says of its own in Dutch, spoken by its Dutch voice.

python scripts/build_speech_pack.py [--minutes 5]

Run it after a change of Dutch words, pronunciations or the voice; a test says when. Only what is missing is spoken, at
about a second a second, the most used first, and what nobody says any more is dropped. It keeps what it has when it is
stopped, so that it can go on the next time. What is left in the end is spoken by the model on the user's machine.

Where Whisper is installed, which the tests use, it listens to each piece. One that it mishears is said again in other
ways (`speech_takes`), also if it is in the pack already, and the take that it understands best is kept.
"""

import argparse
import hashlib
import io
import itertools
import re
import time
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from speech_takes import Listen, Take, choose_take, find_listener, list_takes

from coach.diagnostics.problem import SessionError
from coach.languages import find_language
from coach.languages.block_wording import BlockWording, load_block_wording
from coach.languages.spoken_numbers import find_numbers
from coach.languages.text_normalizer import normalize_text
from coach.services.session_preparation import list_utterances, plan_by_estimate, to_plan_options
from coach.services.session_reading import SessionRequest, load_session, measure_bell_s
from coach.session import library
from coach.session.inline_markup import Wait, Words, fill, parse_markup
from coach.timeline.compile import compile_plan
from coach.utterance import SpokenDuration, Utterance
from coach.voices.duration_estimate import estimate_duration
from coach.voices.engines import kokoro_model
from coach.voices.engines.kokoro import Kokoro, hash_settings, write_phonemes
from coach.voices.engines.kokoro_model import RATE_HZ, cut_hiss
from coach.voices.engines.speech_pack import HASH_LETTERS, SpeechPiece, find_pack_file, read_version, write_comment

if TYPE_CHECKING:
    from coach.sounds.clip import Samples

VOICE, LANGUAGE = "vrouw", "nl"
GUIDANCE = ("full", "light", "quiet")
# Breaths in steps and in counts that people choose: those of the steps are said in many sentences, in and out.
STEPS = range(2, 5)
MINUTES = range(10, 76, 2)  # for how long the shipped sessions are run
CYCLES = ((4, 0, 6, 0), (4, 2, 6, 0), (4, 4, 4, 4), (4, 7, 8, 0), (4, 0, 4, 0), (5, 0, 5, 0), (3, 0, 6, 0))
# How long blocks that name their length last: of their first phrasings any, as a session has few blocks of a kind.
LENGTHS_S = {"brisk": range(20, 121, 5), "silence": range(15, 601)}
USUAL_LENGTHS_S = (20, 30, 45, 60, 90, 120, 150, 180, 240, 300)
OFTEN = 2
BITS = {False: 0.95, True: 0.8}  # libsndfile's measure: 20 kbit/s for sentences, 58 for the few counted words
EARLIEST = (1980, 1, 1, 0, 0, 0)
WORK = Path(__file__).parent.parent / "build" / "speech_pack"

ENDS = ".!?…"

Line = tuple[str, bool]


class Recording(NamedTuple):
    """A piece in Ogg Opus, and which take it is; no note where nobody listened."""

    opus: bytes
    note: str = ""


class Speaker(Protocol):
    """What says a piece: the voice, or what stands in for it."""

    def synthesize(self, piece: SpeechPiece, *, speed: float) -> "Samples":
        """Say a piece so many times as fast as the voice; mono."""


def list_lines(language: str) -> tuple[Line, ...]:
    """List all that the coach says of its own, each once and the most used first; each with whether it is counted."""
    wording = load_block_wording(language)
    sessions = [list_session_lines(name, language, each) for each in GUIDANCE for name in library.list_names()]
    own = itertools.chain(
        list_planned_lines(language),
        *(said_otherwise for _, said_otherwise in sessions),
        ((word, True) for word in (*wording.count.values(), *wording.numbers[:8])),
        split_lines((find_language(language).voice_lines.sample, *wording.led.values()), language),
        split_lines(write_all_wording(wording), language),
    )
    return tuple(dict.fromkeys((normalize_text(text, language), counted) for text, counted in own))


def list_planned_lines(language: str) -> tuple[Line, ...]:
    """List what the shipped sessions say at their own lengths, with each guidance."""
    sessions = [list_session_lines(name, language, each) for each in GUIDANCE for name in library.list_names()]
    return tuple(dict.fromkeys(line for planned, _ in sessions for line in planned))


@cache
def list_session_lines(name: str, language: str, guidance: str) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """List what a shipped session says, and what it may say at another length: all whose duration is asked for."""
    asked: dict[Utterance, SpokenDuration] = {}
    session = load_session(name)
    options = to_plan_options(session, SessionRequest(session=name, language=language, guidance=guidance, values={}))
    plan = compile_plan(session, options, lambda each: asked.setdefault(each, estimate_duration(each)), measure_bell_s)
    return to_lines(list_utterances(plan.timeline)), to_lines(asked)


def list_lines_at_other_lengths(language: str) -> tuple[Line, ...]:
    """List what the shipped sessions say where they are run for another time than their own: a minute of planning."""
    lines: list[Line] = []
    for name, minutes in itertools.product(library.list_names(), MINUTES):
        request = SessionRequest(session=name, language=language, length_s=60.0 * minutes, values={})
        with suppress(SessionError):  # no session can be of any length
            lines += to_lines(list_utterances(plan_by_estimate(request).timeline))
    return tuple(dict.fromkeys(lines))


def to_lines(utterances: Iterable[Utterance]) -> tuple[Line, ...]:
    """Convert utterances to lines, as a voice gets them."""
    return tuple((normalize_text(each.text, each.language), each.counted) for each in utterances)


def write_all_wording(wording: BlockWording) -> Iterator[str]:
    """Write every phrasing of every kind of block, with what may be filled in; those that name a length last."""
    phrasings = [
        (phrasing, kind, nth)
        for kind, words in wording.kinds.items()
        for group in (words.cues, words.parts, words.short)
        for each in group.values()
        for nth, phrasing in enumerate(each)
    ]
    for phrasing, kind, nth in sorted(phrasings, key=lambda each: "{length}" in each[0]):
        yield from fill_phrasing(phrasing, wording, in_beats=kind == "breathe", lengths_s=list_lengths_s(kind, nth))


def list_lengths_s(kind: str, nth: int) -> Iterable[int]:
    """List the lengths that the nth phrasing of a kind may name."""
    return [length_s for length_s in LENGTHS_S.get(kind, ()) if nth < OFTEN or length_s in USUAL_LENGTHS_S]


def fill_phrasing(phrasing: str, wording: BlockWording, *, in_beats: bool, lengths_s: Iterable[int]) -> Iterator[str]:
    """Fill in a phrasing in each way that people run with."""
    if "{length}" in phrasing:
        numbers = find_numbers(wording.language)
        yield from dict.fromkeys(numbers.fill_length(phrasing, length_s) for length_s in lengths_s)
    elif "{cycle}" in phrasing:
        cycles = (wording.spell_cycle(cycle, in_beats=in_beats) for cycle in CYCLES)
        yield from (phrasing.replace("{cycle}", cycle) for cycle in cycles)
    elif "{in_steps}" in phrasing:
        written = [wording.count_steps(number) for number in STEPS]
        for inhale, exhale in itertools.product(written, repeat=2):
            yield phrasing.replace("{in_steps}", inhale).replace("{out_steps}", exhale)
    else:
        yield phrasing


def split_lines(texts: Iterable[str], language: str) -> Iterator[Line]:
    """Split texts at their marks, as they are spoken; a word after ``[step]`` is counted."""
    for text in texts:
        on_step = False
        for part in fill(parse_markup(text), {}):
            if isinstance(part, Words) and normalize_text(part.text, language):
                yield part.text, on_step and " " not in part.text
            on_step = part == Wait(moment="step")


def list_pieces(lines: Iterable[Line], accent: kokoro_model.Accent) -> dict[SpeechPiece, str]:
    """List the pieces of lines as the voice is given them, each once, in order; each with its words."""
    pieces: dict[SpeechPiece, str] = {}
    for counted, group in itertools.groupby(lines, key=lambda line: line[1]):
        # All together, as espeak-ng takes as long to load as to read hundreds of sentences.
        text = " ".join(line if line[-1:] in tuple(ENDS) else f"{line}." for line, _ in group)
        sentences = re.split(rf"(?<=[{ENDS}])\s+", text)
        for sounds, words in zip(write_phonemes(text, accent), sentences, strict=True):
            pieces.setdefault(SpeechPiece(sounds, counted), words)
    return pieces


def record(piece: SpeechPiece, words: str, said: bytes, speaker: Speaker, listen: Listen | None) -> Recording:
    """Say a piece if nothing says it yet; where someone listens, say it again until he makes out its words.

    What says it already stays where no take is better. A counted word is said once, as nobody makes out a single one.
    """

    def speak(take: Take) -> bytes:
        samples = speaker.synthesize(SpeechPiece(take.sounds, piece.counted), speed=take.speed)
        return encode(samples, counted=piece.counted)

    def count_misheard(opus: bytes) -> int:
        return listen(cut_hiss(decode(opus), piece.sounds), words) if listen else 0

    if listen is None or piece.counted:
        return Recording(said or speak(Take(piece.sounds)))
    before = count_misheard(said) if said else len(words)
    if not before:
        return Recording(said, "0 misheard")
    choice = choose_take(list_takes(piece.sounds), speak, count_misheard)
    if before < choice.misheard:
        return Recording(said, f"{before} misheard")
    return Recording(choice.opus, f"{choice.misheard} misheard, take {choice.nth}")


def decode(opus: bytes) -> "Samples":
    """Decode a piece, mono."""
    import soundfile  # noqa: PLC0415 - only where something is spoken

    samples: Samples = soundfile.read(io.BytesIO(opus), dtype="float32")[0]
    return samples


def encode(samples: "object", *, counted: bool) -> bytes:
    """Encode a piece in Ogg Opus; the same bytes each time."""
    import soundfile  # noqa: PLC0415 - only where something is spoken

    file = io.BytesIO()
    soundfile.write(file, samples, RATE_HZ, format="OGG", subtype="OPUS", compression_level=BITS[counted])
    return set_serial(file.getvalue())


def set_serial(ogg: bytes) -> bytes:
    """Set the serial number of an Ogg stream, which libsndfile draws at random, and its checksums (RFC 3533)."""
    data, begin = bytearray(ogg), 0
    while begin < len(data):
        segments = data[begin + 26]
        end = begin + 27 + segments + sum(data[begin + 27 : begin + 27 + segments])
        data[begin + 14 : begin + 18] = data[begin + 22 : begin + 26] = bytes(4)
        data[begin + 22 : begin + 26] = compute_crc(bytes(data[begin:end])).to_bytes(4, "little")
        begin = end
    return bytes(data)


def compute_crc(page: bytes) -> int:
    """Compute the checksum of an Ogg page: 32 bits, polynomial 0x04c11db7, nothing reflected."""
    crc = 0
    for byte in page:
        crc = (crc << 8) & 0xFFFFFFFF ^ CRC_TABLE[(crc >> 24) ^ byte]
    return crc


def make_crc_table() -> tuple[int, ...]:
    """Make the table of `compute_crc`: what each byte leaves."""
    table = []
    for byte in range(256):
        crc = byte << 24
        for _ in range(8):
            crc = (crc << 1) ^ (0x04C11DB7 if crc & 0x80000000 else 0)
        table.append(crc & 0xFFFFFFFF)
    return tuple(table)


CRC_TABLE = make_crc_table()


def read_entries(file: Path, settings: str) -> dict[str, Recording]:
    """Read what a pack holds; nothing where it was made with other settings."""
    if not read_version(file).startswith(settings[:HASH_LETTERS]):
        return {}
    with zipfile.ZipFile(file) as pack:
        return {each.filename: Recording(pack.read(each), each.comment.decode()) for each in pack.infolist()}


def write_pack(file: Path, entries: Mapping[str, Recording], settings: str) -> None:
    """Write a pack, complete or not at all: by name, without dates, so that the same entries give the same bytes."""
    contents = hashlib.sha256(b"".join(name.encode() + entries[name].opus for name in sorted(entries))).hexdigest()
    part = file.with_suffix(".part")
    with zipfile.ZipFile(part, "w") as pack:
        pack.comment = write_comment(settings, contents)
        for name in sorted(entries):
            entry = zipfile.ZipInfo(name, EARLIEST)
            entry.external_attr = 0o644 << 16
            entry.comment = entries[name].note.encode()
            pack.writestr(entry, entries[name].opus)
    part.replace(file)


def read_work(folder: Path) -> dict[str, Recording]:
    """Read what was spoken since the pack was written."""
    parts = {file.name: file.read_bytes().partition(b"\n") for file in folder.glob("*.opus")}
    return {name: Recording(opus, note.decode()) for name, (note, _, opus) in parts.items()}


def main() -> None:
    """Speak what is missing and what is misheard, and drop what is not said any more."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=float("inf"), help="how long to speak at most")
    parser.add_argument("--share", default="1/1", help="speak only this share, such as 1/2, beside another that runs")
    asked = parser.parse_args()
    end_s = time.monotonic() + 60 * asked.minutes
    which, shares = map(int, asked.share.split("/"))
    voice = next(each for each in kokoro_model.read_voices() if each.name == VOICE)
    accent = kokoro_model.read_accents()[voice.accent]
    file, settings = find_pack_file(VOICE), hash_settings(voice, accent)
    said = list_lines(LANGUAGE)
    sooner = [line for line in (*list_planned_lines(LANGUAGE), *list_lines_at_other_lengths(LANGUAGE)) if line in said]
    pieces = list_pieces((*sooner, *said), accent)
    work = WORK / settings[:HASH_LETTERS]
    work.mkdir(parents=True, exist_ok=True)
    kept, listen = read_entries(file, settings) | read_work(work), find_listener(LANGUAGE)
    heard = {name for name, each in kept.items() if each.note or not listen}
    to_do = [piece for piece in pieces if piece.entry not in (kept if piece.counted else heard)]
    print(f"{len(pieces)} pieces, {len(to_do)} to speak or hear", flush=True)
    speaker = Kokoro(VOICE)
    for piece in to_do[which - 1 :: shares]:
        if time.monotonic() > end_s:
            break
        before = kept.get(piece.entry, Recording(b"")).opus
        made = record(piece, pieces[piece], before, speaker, listen)
        (work / piece.entry).write_bytes(made.note.encode() + b"\n" + made.opus)
    spoken = kept | read_work(work)
    entries = {piece.entry: spoken[piece.entry] for piece in pieces if piece.entry in spoken}
    write_pack(file, entries, settings)
    print(f"{file}: {len(entries)} of {len(pieces)} pieces, {file.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
