"""`coach hear`: play one part of a session."""

import json
import os
import re
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from math import ceil
from pathlib import Path
from tempfile import TemporaryDirectory

import click
import numpy as np

from coach.audio.soundbank import RATE_HZ
from coach.devices.device import BACKENDS, CHANNELS, find_backend
from coach.devices.simpleaudio_device import play_finished
from coach.errors import ExitCode, UsageError
from coach.languages import detect_own_language, find_language
from coach.languages.phonetic_alphabet import list_phonemes
from coach.languages.text_normalizer import normalize_text
from coach.play.excerpt import (
    Excerpt,
    ExcerptMix,
    FindExcerpt,
    cut_excerpt,
    find_block,
    find_line,
    find_whole,
    plan_excerpt,
    play_excerpt,
)
from coach.play.playback_setup import OpenPlayback
from coach.services import session_reading
from coach.services.session_preparation import (
    choose_language,
    choose_voice,
    list_utterances,
    print_missing_lines,
    to_plan_options,
)
from coach.services.session_reading import SessionRequest
from coach.session.session import Session
from coach.session.source_map import SourceMap, map_source
from coach.text.sanitize import clean_text
from coach.timeline.cue_scheduling import pronounce
from coach.translation import _
from coach.units import SECONDS_PER_MINUTE, seconds_to_clock, seconds_to_text
from coach.utterance import Utterance
from coach.voices import registry
from coach.voices.speech_service import SpeechService
from coach.voices.voice import write_text

SIMPLEAUDIO = "simpleaudio"
_SAMPLE_SESSION = Path(__file__).with_name("voice_sample.yaml")
LONGEST_IN_MEMORY_S = 10 * SECONDS_PER_MINUTE


@dataclass(frozen=True, kw_only=True, slots=True)
class HearRequest:
    """A session, the block or the line of it to play (None for all of it), and where to play it."""

    session: SessionRequest
    block: str | None
    line: str | None
    output: str
    device: str | None


def run_word(request: HearRequest, word: str) -> int:
    """Print what each installed voice of a language gets for a word, and play it; or only the voice that is chosen.

    The words of the request's session, if it names one, are pronounced as that says.
    """
    if request.block is not None or request.line is not None:
        raise UsageError(_("choose --word, --block or --line, not several"))
    session, language = _find_pronunciations(request.session)
    chosen = request.session.voice
    voices = [registry.load_voice(registry.find_voice(chosen, language))] if chosen else registry.list_voices(language)
    say_as = {} if session is None else session.say_as.get(language, {})
    spoken = pronounce(word, say_as)
    utterance = Utterance(text=spoken, language=language, phonemes=list_phonemes(spoken, say_as))
    if not normalize_text(spoken, language):
        raise UsageError(_("no voice can say '{word}'", word=clean_text(word)))
    with TemporaryDirectory(prefix="coach-") as folder:
        path = write_sample_session(Path(folder), language, dict(utterance.phonemes))
        for voice in (each for each in voices if each.repertoire is None):
            click.echo(f"{voice.name}  {write_text(voice, utterance).replace('[[', '/').replace(']]', '/')}")
            values = {"voice": voice.name, "line": spoken}
            sample = SessionRequest(session=str(path), language=language, voice=voice.name, values=values)
            code = run(replace(request, session=sample), shows=False)
            if code != ExitCode.OK:
                return code
    return ExitCode.OK


def _find_pronunciations(wanted: SessionRequest) -> tuple[Session | None, str]:
    """Find the session that says how words sound, if one is named, and the language to speak."""
    if not wanted.session:
        return None, find_language(wanted.language).code if wanted.language else detect_own_language()
    session = session_reading.load_session(wanted.session, wanted.values)
    return session, choose_language(session, wanted.language)


def write_sample_session(folder: Path, language: str, phonemes: Mapping[str, str] | None = None) -> Path:
    """Write the session that a voice or a word is heard in, in one language."""
    path = folder / _SAMPLE_SESSION.name
    say_as = json.dumps({word: {"ipa": ipa} for word, ipa in (phonemes or {}).items()}, ensure_ascii=False)
    text = _SAMPLE_SESSION.read_text(encoding="utf-8").replace("LANGUAGE", language)
    path.write_text(f"{text}\nsay-as: {say_as}\n", encoding="utf-8")
    return path


def run(request: HearRequest, *, shows: bool = True) -> int:
    """Print what is played in a line or two, if it ``shows`` that, and play it once."""
    if request.block is not None and request.line is not None:
        raise UsageError(_("choose --block or --line, not both"))
    wanted = request.session
    session = session_reading.load_session(wanted.session, wanted.values)
    with SpeechService(choose_voice(wanted.voice, session, choose_language(session, wanted.language))) as service:
        prepare = partial(_prepare_excerpt, session, request, service)
        if request.output == SIMPLEAUDIO:
            return _play_from_memory(prepare, request.device, shows=shows)
        return _play(prepare, request.output, request.device, shows=shows)


def _prepare_excerpt(session: Session, request: HearRequest, service: SpeechService) -> ExcerptMix:
    find = _choose_finder(session, request.block, request.line)
    plan, excerpt = plan_excerpt(session, to_plan_options(session, request.session), service, find)
    print_missing_lines(service, list_utterances(plan.timeline))
    return cut_excerpt(plan, excerpt, service)


def _choose_finder(session: Session, block: str | None, line: str | None) -> FindExcerpt:
    if block is not None:
        return partial(find_block, wanted=block)
    if line is None:
        return find_whole
    lines = map_source(session)
    file, number = _parse_line(line, lines)
    return partial(find_line, source_map=lines, file=file, line=number)


def _parse_line(written: str, lines: SourceMap) -> tuple[str, int]:
    """Parse the file and the number of a line; the file may be one that the session uses."""
    name, _colon, number = written.rpartition(":")
    if not re.fullmatch(r"\d{1,9}", number):
        raise UsageError(
            _(
                "'{written}' is not a line number; write 42, or breaths.yaml:42 for a line in a file "
                "that the session uses",
                written=written,
            )
        )
    own = next(iter(lines.files))
    candidates = {os.path.normpath(name), os.path.normpath(Path(own).parent / name)} if name else {own}
    file = next((each for each in lines.files if each in candidates or os.path.normpath(each) in candidates), None)
    if file is None:
        raise UsageError(
            _("{name} is not a file of this session; its files are {files}", name=name, files=", ".join(lines.files))
        )
    return file, int(number)


def _play(prepare: Callable[[], ExcerptMix], output: str, device: str | None, *, shows: bool) -> int:
    if output not in BACKENDS:
        raise UsageError(
            _(
                'there is no output "{output}"; choose {others} or {last}',
                output=output,
                others=", ".join(BACKENDS),
                last=SIMPLEAUDIO,
            )
        )
    backend = find_backend(output)
    with closing(OpenPlayback(backend, device)) as playback:
        with playback.keep_filled():
            excerpt_mix = prepare()
        if shows:
            _print_excerpt(excerpt_mix.excerpt)
        is_over = play_excerpt(playback.buffer, playback.device, excerpt_mix, wait=time.sleep)
        return ExitCode.OK if is_over else ExitCode.INTERRUPTED


def _play_from_memory(prepare: Callable[[], ExcerptMix], device: str | None, *, shows: bool) -> int:
    if device is not None:
        raise UsageError(
            _("{output} cannot choose a device: leave out --device, or --output {output}", output=SIMPLEAUDIO)
        )
    play_finished(np.zeros((0, CHANNELS), np.float32), RATE_HZ)  # empty, so that it fails at once if it cannot play
    excerpt_mix = prepare()
    length_s = excerpt_mix.excerpt.end_s - excerpt_mix.excerpt.start_s
    if length_s > LONGEST_IN_MEMORY_S:
        longest, length = seconds_to_text(LONGEST_IN_MEMORY_S), seconds_to_text(round(length_s))
        raise UsageError(
            _(
                "{output} holds all it plays in memory, {longest} at most, and this is {length}: "
                "choose a part with --block or --line, leave out --output {output}, or run it with 'coach play'",
                output=SIMPLEAUDIO,
                longest=longest,
                length=length,
            )
        )
    if shows:
        _print_excerpt(excerpt_mix.excerpt)
    play_finished(excerpt_mix.render(), RATE_HZ)
    return ExitCode.OK


def _print_excerpt(excerpt: Excerpt) -> None:
    click.echo(
        _(
            "{start} to {end}  {title}",
            start=seconds_to_clock(excerpt.from_s),
            end=seconds_to_clock(ceil(excerpt.to_s)),
            title=clean_text(excerpt.title),
        )
    )
    if excerpt.words:
        click.echo(f"  {clean_text(excerpt.words)}")
