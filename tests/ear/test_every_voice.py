"""What the shipped sessions say, in every voice that is here, heard by someone who has not seen the text.

It takes minutes, so `scripts/test` leaves it out and .ci/ear runs it: a ninth of the sentences, each voice the same, a
third of those in a file, and all of them where COACH_TEST_ALL is set.
"""

import math
import os
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import coach_process
import media_probe
import piper_test_voice
import pytest
import speech_recognition
import voice_scores
from word_error_rate import Sentence, Understood, compared, takes, together

from coach.services.session_preparation import plan_by_estimate, prepare_session
from coach.services.session_reading import SessionRequest
from coach.session import library
from coach.sounds.clip import Clip
from coach.timeline.timeline import Speech, Timeline
from coach.utterance import Utterance
from coach.voices import registry
from coach.voices.engines.speech_pack import FOLDER_VARIABLE
from coach.voices.speech_service import SpeechService

Who = tuple[str, str]
# In a hundred words, of those that people run with.
MOST_WRONG = {("en", "hibari"): 3.0, ("en", "joe"): 3.0, ("en", "hibari.mp3"): 3.0}
# Another processor rounds otherwise, and what is hard to understand is understood by chance in part.
MORE, MORE_OF_IT, STANDARD_ERRORS = 0.5, 0.1, 2.0
ONE_IN, ONE_IN_OF_A_FILE = (1, 1) if os.environ.get("COACH_TEST_ALL") else (9, 3)
ALSO_RENDERED = "first-time"
ROOM_S = 0.3
VOICES = {
    ("en", "joe"): f"piper:{piper_test_voice.MODEL}",
    **{
        (language, name): name
        for name, line in registry.VOICES.items()
        for language in registry.load_voice(line).languages
    },
    ("nl", "vrouw"): "kokoro:vrouw",
}
# These take a second for a second: they say a third of the sentences, in a thorough run.
SLOW = {("nl", "man"): "kokoro:man", ("en", "af_heart"): "kokoro:af_heart", ("en", "bm_george"): "kokoro:bm_george"}
if os.environ.get("COACH_TEST_ALL"):
    VOICES |= SLOW
FILES = {("en", "hibari.mp3"): "hibari", ("nl", "espeak.mp3"): "espeak"}


@pytest.fixture(scope="module")
def whole_kokoro(kokoro_model: None) -> Iterator[None]:  # noqa: ARG001 - it must be there
    """Kokoro as it is shipped: the model, and the sentences that are spoken already."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv(FOLDER_VARIABLE)
        yield


@pytest.fixture(scope="module")
def understood(whole_kokoro: None, tmp_path_factory: pytest.TempPathFactory) -> dict[Who, Understood]:  # noqa: ARG001 - it must be there
    """What was understood of each voice, and of a finished file in each language."""
    folder = tmp_path_factory.mktemp("rendered")
    with ThreadPoolExecutor(2) as listeners:
        spoken = {who: hear(every_sentence(who[0], voice), who[0], listeners) for who, voice in VOICES.items()}
        in_files = {who: hear(in_a_file(who[0], voice, folder), who[0], listeners) for who, voice in FILES.items()}
        return {who: together(take.result() for take in heard) for who, heard in (spoken | in_files).items()}


def hear(sentences: Iterable[Sentence], language: str, listeners: ThreadPoolExecutor) -> list[Future[Understood]]:
    """Have all takes listened to, while the next voice speaks already."""

    def listen(take: Sentence) -> Understood:
        return compared(take.text, speech_recognition.heard_with_care(take.clip, language), language)

    return [listeners.submit(listen, take) for take in takes(sentences)]


def every_sentence(language: str, voice: str) -> Iterator[Sentence]:
    """Whatever the shipped sessions say, each once; of all sentences one in so many, whatever is said beside them."""
    chosen: dict[str, Utterance] = {}
    for name in library.list_names():
        plan = plan_by_estimate(SessionRequest(session=name, language=language, voice="", values={}))
        for speech in sentences(plan.timeline):
            if is_among(speech.utterance.text, ONE_IN * (3 if voice in SLOW.values() else 1)):
                chosen.setdefault(speech.utterance.text, speech.utterance)
    with SpeechService(voice) as service:
        service.prepare(list(chosen.values()))
        yield from (Sentence(text=text, clip=service.get_clip(utterance)) for text, utterance in chosen.items())


def is_among(text: str, one_in: int) -> bool:
    return zlib.crc32(text.encode()) % one_in == 0


def sentences(timeline: Timeline) -> Iterator[Speech]:
    """What is said, but for words on steps, which have a test of their own."""
    yield from (event for event in timeline.events if isinstance(event, Speech) and not event.utterance.counted)


def in_a_file(language: str, voice: str, folder: Path) -> Iterator[Sentence]:
    """The sentences of one finished MP3, with whatever else is heard meanwhile."""
    target = folder / f"{voice}.mp3"
    coach_process.rendered(ALSO_RENDERED, target, "--lang", language, "--voice", voice)
    samples = media_probe.decoded(target)
    with prepare_session(SessionRequest(session=ALSO_RENDERED, language=language, voice=voice, values={})) as prepared:
        once = {speech.utterance.text: speech for speech in sentences(prepared.timeline)}
    for text, speech in once.items():
        if not is_among(text, ONE_IN_OF_A_FILE):
            continue
        start, end = (round(at_s * media_probe.RATE_HZ) for at_s in (speech.start_s - ROOM_S, speech.end_s + ROOM_S))
        yield Sentence(text=text, clip=Clip(samples=samples[max(0, start) : end, None], rate_hz=media_probe.RATE_HZ))


def test_every_voice_is_understood_as_well_as_it_was(understood: dict[Who, Understood]) -> None:
    now = {who: of.wrong_percent for who, of in understood.items()}
    print(table(understood))  # noqa: T201 - shown by .ci/ear
    if voice_scores.renewed(voice_scores.kept() | now):
        return
    before = voice_scores.kept()
    assert set(now) | set(SLOW) == set(before)
    worse = [who for who in now if now[who] > before[who] * (1.0 + MORE_OF_IT) + MORE + chance(understood[who])]
    assert worse == [], table(understood)


def chance(of: Understood) -> float:
    """Return by how much a share in percent may differ between texts of that length: the error of a proportion."""
    share = min(1.0, of.wrong_percent / 100.0)
    return 100.0 * STANDARD_ERRORS * math.sqrt(share * (1.0 - share) / of.said)


def test_the_voices_people_run_with_are_understood_but_for_three_words_in_a_hundred(
    understood: dict[Who, Understood],
) -> None:
    assert [who for who, most in MOST_WRONG.items() if understood[who].wrong_percent > most] == [], table(understood)


def table(understood: dict[Who, Understood]) -> str:
    """All figures, those kept, and the words most often misheard."""
    before = voice_scores.kept()
    return "\n".join(
        f"{language}  {speaker:12} {of.wrong_percent:6.2f} % of {of.said} words wrong"
        f" (was {before.get((language, speaker), '-')}): {', '.join(most_often(of))}"
        for (language, speaker), of in understood.items()
    )


def most_often(understood: Understood) -> Iterator[str]:
    for (said, heard), times in Counter(understood.mistakes).most_common(12):
        yield f"{said or '-'} > {heard or '-'}" + (f" ({times})" if times > 1 else "")
