"""Preparation of a session: choose its voice, and time it by the speech of that voice."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import click

from coach.diagnostics.problem import Location, Problem, SessionError
from coach.errors import ExternalError
from coach.languages import detect_system_language, find_language
from coach.services.session_reading import SessionRequest, load_session, measure_bell_s
from coach.session import library
from coach.session.session import Session
from coach.session.source_map import SourceLocator
from coach.session.values.value_kind import join_words
from coach.storage.folders import find_diary_file
from coach.text.sanitize import clean_text, quote
from coach.timeline.compile import compile_plan, compile_timeline
from coach.timeline.schedule import Plan, PlanOptions
from coach.timeline.timeline import Speech, Timeline
from coach.translation import _, translate_plural
from coach.utterance import Measure, SpokenDuration, Utterance
from coach.voices.duration_estimate import estimate_duration
from coach.voices.engines.voice_pack import MANIFEST_NAME
from coach.voices.speech_service import OnProgress, SpeechService, ignore_progress

ENDING = ".voice"
FAMILY = "pack:"
SHOWN_LINES = 3


def choose_voice(asked: str | None, session: Session, language: str) -> str | tuple[str, ...] | None:
    """Choose the voice asked for; else the voice pack of the session, if there is one; else None, the default."""
    if asked is not None:
        return asked
    pack = next((folder for folder in _list_pack_folders(session, language) if (folder / MANIFEST_NAME).exists()), None)
    return None if pack is None else (f"pack:{pack.absolute()}",)


def find_own_pack(session: Session, language: str) -> Path:
    """Find the folder for the recordings of a session: where they are, else the last folder that is searched.

    Raises:
        ExternalError: The user has no folder for them.
    """
    folders = list(_list_pack_folders(session, language))
    if not folders:
        return _find_own_folder() / f"{session.path.stem}{ENDING}" / language
    return next((folder for folder in folders if (folder / MANIFEST_NAME).exists()), folders[-1])


def list_pack_manifests(session: Session, language: str) -> tuple[Path, ...]:
    """List the files in which a session's recordings are looked for, whether they exist or not."""
    return tuple(folder / MANIFEST_NAME for folder in _list_pack_folders(session, language))


def _list_pack_folders(session: Session, language: str) -> Iterator[Path]:
    """Yield the folder beside the session; for a built-in one, those in the current and the user's own folder."""
    inside = Path(f"{session.path.stem}{ENDING}", language)
    if session.path.parent.resolve() != library.find_folder().resolve():
        yield session.path.parent / inside
        return
    yield Path.cwd() / inside
    with suppress(ExternalError):
        yield _find_own_folder() / inside


def _find_own_folder() -> Path:
    return find_diary_file().parent / "voices"


def print_missing_lines(speech_service: SpeechService, utterances: Iterable[Utterance]) -> None:
    """Print on standard error the lines that the voice pack lacks, and the voice that says them.

    Also the words whose sounds a voice does not read, and so says as they are written; and what another voice
    says in place of one that is not installed as a whole.
    """
    utterances = tuple(utterances)
    for name, words in speech_service.list_unread_phonemes(utterances).items():
        click.echo(
            _(
                "{name} says {words} as written: the voices kokoro, piper and espeak read `ipa`",
                name=name,
                words=join_words(map(quote, words)),
            ),
            err=True,
        )
    for stand_in in speech_service.explain_stand_ins(utterances):
        click.echo(stand_in, err=True)
    speakers = speech_service.group_by_voice(utterances)
    packs = _join_packs([_shorten_name(name) for name in speakers if name.startswith(FAMILY)])
    for name, lines in speakers.items():
        if packs and not name.startswith(FAMILY):
            click.echo(_format_missing_lines(name, [clean_text(line.text) for line in lines], packs), err=True)


def _format_missing_lines(name: str, lines: list[str], packs: str) -> str:
    said = translate_plural(
        "{count} line of this session is not in the pack {packs}; {name} says it",
        "{count} lines of this session are not in the pack {packs}; {name} says them",
        len(lines),
        packs=packs,
        name=name,
    )
    more = [_("  and {count} more", count=len(lines) - SHOWN_LINES)] * (len(lines) > SHOWN_LINES)
    return "\n".join([said, *(f"  {text}" for text in lines[:SHOWN_LINES]), *more])


def _join_packs(names: Sequence[str]) -> str:
    *first, last = names or [""]
    return _("{first} and {last}", first=", ".join(first), last=last) if first else last


def _shorten_name(pack: str) -> str:
    """Shorten the name of a pack to the last parts of its folder's path."""
    return clean_text("/".join(Path(pack.removeprefix(FAMILY)).parts[-2:]))


def list_utterances(timeline: Timeline) -> tuple[Utterance, ...]:
    """List all utterances of a session, in their order."""
    return tuple(event.utterance for event in timeline.events if isinstance(event, Speech))


def check_files(
    session: Session, speech_service: SpeechService, unsaved: Mapping[Path, bytes] | None = None
) -> Iterator[Problem]:
    """Open the recordings and sounds that a session names, and yield a problem for each that cannot be used.

    Recordings are decoded by a worker, like any speech, and cached; other sounds are read to their end.
    """
    places = SourceLocator(unsaved or {})
    for block in session.blocks:
        for cue in (*(block.say or ()), *block.say_also):
            if cue.clip is not None:
                error = _find_error(partial(_measure_recording, cue.clip, session, speech_service))
                yield from _place_error(error, cue.clip, places.find_beside(cue.text, "clip") or cue.location)
        for keys, sound in block.sounds.list_files():
            place = places.find_setting(block.location, "sounds", *keys) or block.location
            yield from _place_error(_find_error(partial(_check_sound_file, sound, keys)), sound, place)
    for keys, sound in session.sounds.list_files():
        place = places.find_value(session.location.file, "sounds", *keys) or session.location
        yield from _place_error(_find_error(partial(_check_sound_file, sound, keys)), sound, place)


def _check_sound_file(path: Path, keys: tuple[str | int, ...]) -> None:
    from coach.audio import soundbank  # noqa: PLC0415 - numpy, which few sessions need to be planned

    soundbank.check_sound_file(path, keys)


def _measure_recording(recording: Path, session: Session, speech_service: SpeechService) -> SpokenDuration:
    return speech_service.measure(Utterance(text="", language=session.languages[0], recording=recording))


def _find_error(attempt: Callable[[], object]) -> ExternalError | None:
    try:
        attempt()
    except ExternalError as error:
        return error
    return None


def _place_error(error: ExternalError | None, path: Path, place: Location) -> Iterator[Problem]:
    """Yield the problem of a file; errors of something else, such as a full disk, are not the session's."""
    if error is not None and str(path) in error.message:
        reason = error.message.removeprefix(f"{path}: ")
        yield Problem.at(
            place,
            "unusable-sound",
            _("{name} cannot be used: {reason}", name=quote(path.name), reason=reason),
            error.help,
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class PreparedSession:
    """A session, its timeline, and the speech service that the timeline was measured with."""

    session: Session
    timeline: Timeline
    speech_service: SpeechService


@contextmanager
def prepare_session(request: SessionRequest, on_progress: OnProgress = ignore_progress) -> Iterator[PreparedSession]:
    """Prepare a session for mixing. Missing speech is made first, several utterances at a time.

    Raises:
        SessionError: the session has errors, or cannot be timed.
        UsageError: there is no such session, language or voice.
        ExternalError: a voice failed.
    """
    session = load_session(request.session, request.values)
    options = to_plan_options(session, request)
    voice = choose_voice(request.voice, session, options.language or session.languages[0])
    with SpeechService(voice) as speech_service:
        problems = tuple(check_files(session, speech_service))
        if problems:
            raise SessionError(problems)
        speech_service.prepare(_estimate_utterances(session, options), on_progress)
        timeline = compile_timeline(session, options, speech_service.measure, measure_bell_s, estimate_duration)
        yield PreparedSession(session=session, timeline=timeline, speech_service=speech_service)


def plan_by_estimate(request: SessionRequest, measure: Measure = estimate_duration) -> Plan:
    """Plan a session without a voice, by how long words usually take.

    Raises:
        SessionError: the session has errors, or cannot be timed.
        UsageError: there is no such session or language.
    """
    session = load_session(request.session, request.values)
    return compile_plan(session, to_plan_options(session, request), measure, measure_bell_s)


def to_plan_options(session: Session, request: SessionRequest) -> PlanOptions:
    """Collect the options of a request that shape the plan of a session.

    Raises:
        UsageError: the coach does not speak the language.
    """
    return PlanOptions(
        language=choose_language(session, request.language),
        length_s=request.length_s,
        cadence_spm=request.cadence_spm,
        guidance=request.guidance,
        levels=request.levels,
    )


def _estimate_utterances(session: Session, options: PlanOptions) -> tuple[Utterance, ...]:
    """List the utterances that will probably be needed: those of the session when it is timed by estimate.

    Raises:
        SessionError: the session cannot be timed with any voice.
    """
    durations: dict[Utterance, SpokenDuration] = {}

    def measure(utterance: Utterance) -> SpokenDuration:
        return durations.setdefault(utterance, estimate_duration(utterance))

    try:
        compile_plan(session, options, measure, measure_bell_s)
    except SessionError:
        if not any(utterance.recording for utterance in durations):  # whose lengths are not known yet
            raise
    return tuple(durations)


def choose_language(session: Session, asked: str | None) -> str:
    """Choose the language asked for, else the computer's own if the session speaks it, else the session's first.

    Raises:
        UsageError: the coach does not speak the language.
    """
    if asked is None:
        own = detect_system_language()
        return own if own in session.languages else session.languages[0]
    return find_language(asked).code
