"""What is heard and read in the files: steadiness, loudness, tags and words."""

import logging
import re
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from bench_running import Figure, Workspace

from coach.session import library
from coach.sounds.clip import Clip

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))  # the helpers that measure sound

import audio_measurements
import media_probe
import speech_recognition

Plan = dict[str, Any]
_DUCKED_BEFORE_S, _DUCKED_AFTER_S = 0.35, 0.75
_VOICE_RATE_HZ = 16_000


def ticks(workspace: Workspace) -> Iterator[Figure]:
    """Every tick of half an hour, found by its sound in the MP3, against the plan."""
    session = workspace.session("ticks", _TICKS)
    file, plan = workspace.render(session, "ticks.mp3"), workspace.plan(session)
    audible = [time_s for time_s in _starts(plan, "tick") if not _under_words(plan, time_s)]
    found = audio_measurements.tick_times_s(media_probe.decoded(file, rate_hz=audio_measurements.TICK_RATE_HZ))
    heard = audio_measurements.steadiness(audible, found)
    yield Figure(
        name="ticks of 30 min in the decoded MP3",
        goal="all found, 99 % within 1.5 ms, drift < 10 ppm",
        figure=f"{len(audible) - heard.missed} of {len(audible)} found, 99 % within {1000 * heard.spread_s:.2f} ms, "
        f"drift {heard.drift_ppm:+.3f} ppm",
        holds=not heard.missed and heard.spread_s <= 0.0015 and abs(heard.drift_ppm) < 10.0,  # noqa: PLR2004 - goals
    )


def _starts(plan: Plan, kind: str) -> list[float]:
    return [event["start_s"] for event in plan["events"] if event["kind"] == kind]


def _speech(plan: Plan) -> list[Plan]:
    return [event for event in plan["events"] if event["kind"] == "speech"]


def _under_words(plan: Plan, time_s: float) -> bool:
    """Whether a tick is turned down under the voice, where no ear should find it."""
    return any(
        event["start_s"] - _DUCKED_BEFORE_S < time_s < event["end_s"] + _DUCKED_AFTER_S for event in _speech(plan)
    )


_TICKS = """\
coach: 1
title: {en: Ticks}
length: 30m
cadence: 172
breath: 3 in / 3 out
sounds: {tick: wood, bell: bowl, breath: air, bed: none}
blocks:
  - free: {lasts: 30m, ticks: on, breath-sound: off, bell: none, say: [{every: 1m, text: "Keep it light and easy."}]}
"""


def steps(workspace: Workspace) -> Iterator[Figure]:
    """Words counted on the steps: the steps are those of the same session with its ticks on."""
    silent, ticking = (workspace.session(f"steps-{ticks}", _STEPS.replace("TICKS", ticks)) for ticks in ("off", "on"))
    for language in ("en", "nl"):
        sound = media_probe.decoded(workspace.render(silent, "steps.mp3", "--lang", language), rate_hz=_VOICE_RATE_HZ)
        at_s = np.array(_starts(workspace.plan(ticking, "--lang", language), "tick"))
        off_ms: list[tuple[float, str]] = []
        for event in _speech(workspace.plan(silent, "--lang", language)):
            samples = sound[round(event["start_s"] * _VOICE_RATE_HZ) : round(event["end_s"] * _VOICE_RATE_HZ)]
            vowel_s = event["start_s"] + audio_measurements.vowel_start_s(samples, _VOICE_RATE_HZ, event["text"])
            off_ms.append((1000 * float(np.abs(at_s - vowel_s).min()), event["text"]))
        worst_ms, word = max(off_ms)
        yield Figure(
            name=f"words counted on [step], {language}",
            goal="vowel within 30 ms of its step",
            figure=f"{len(off_ms)} words, median {np.median([off for off, _ in off_ms]):.0f} ms, "
            f'farthest "{word}" {worst_ms:.0f} ms',
            holds=worst_ms <= 30.0,  # noqa: PLR2004 - the goal
        )


_STEPS = """\
coach: 1
title: {nl: Tellen, en: Counting}
length: 2m
cadence: 158
breath: 3 in / 3 out
sounds: {tick: wood, bell: bowl, breath: air, bed: none}
blocks:
  - free:
      lasts: 2m
      ticks: TICKS
      breath-sound: off
      bell: none
      say:
        - at: 5s
          text:
            nl: "[step] een [step] twee [step] drie [step] vier [step] vijf [step] zes [step] zeven [step] acht"
            en: "[step] one [step] two [step] three [step] four [step] five [step] six [step] seven [step] eight"
        - at: 30s
          text:
            nl: "[in] [step] in [step] twee [step] drie [out] [step] uit [step] twee [step] drie"
            en: "[in] [step] in [step] two [step] three [out] [step] out [step] two [step] three"
"""


def loudness(workspace: Workspace) -> Iterator[Figure]:
    """Each session that comes with the coach, in each language, by ffmpeg's meter."""
    for name in _library(workspace):
        for language in ("en", "nl"):
            measured = audio_measurements.level(workspace.render(name, f"{name}-{language}.mp3", "--lang", language))
            silences = f", {len(measured.silences_s)} silences" if measured.silences_s else ""
            yield Figure(
                name=f"loudness of {name}, {language}",
                goal="-16 LUFS +-0.5, peak <= -1.0 dBTP, no silence",
                figure=f"{measured.lufs:.1f} LUFS, {measured.peak_dbtp:.1f} dBTP{silences}",
                holds=abs(measured.lufs + 16.0) <= 0.5 and measured.peak_dbtp <= -1.0 and not silences,  # noqa: PLR2004
            )


def _library(workspace: Workspace) -> tuple[str, ...]:
    return ("walk-out", "breath-3-3", "first-time") if workspace.quick else tuple(library.list_names())


def reading(workspace: Workspace) -> Iterator[Figure]:
    """Chapters, words and length, as two other programs read them."""
    import eyed3  # noqa: PLC0415 - only where it is asked for

    logging.getLogger("eyed3").setLevel(logging.ERROR)  # it warns of timed words, which it does not read
    for language in ("en", "nl"):
        file = workspace.render("reset-run", f"reading-{language}.mp3", "--lang", language)
        plan, probed = workspace.plan("reset-run", "--lang", language), media_probe.probed(file)
        tag = eyed3.load(file).tag
        planned = [(_ms(block["start_s"]), _ms(block["end_s"]), block["title"]) for block in plan["blocks"]]
        listed = [tag.chapters[name] for (contents,) in [tag.table_of_contents] for name in contents.child_ids]
        words = "\n".join(event["text"] for event in _speech(plan))
        tags = probed["format"]["tags"]
        agree = {
            "ffprobe's chapters": planned == [_chapter(chapter) for chapter in probed["chapters"]],
            "eyeD3's chapters": planned == [(*chapter.times, chapter.title) for chapter in listed],
            "ffprobe's words": words in [text for name, text in tags.items() if name.startswith("lyrics")],
            "eyeD3's words": words in [text.text for text in tag.lyrics],
        }
        decoded_s = media_probe.decoded(file, rate_hz=media_probe.RATE_HZ).size / media_probe.RATE_HZ
        off_ms = 1000 * max(abs(length_s - plan["length_s"]) for length_s in (decoded_s, _read_length_s(probed)))
        wrong = [name for name, right in agree.items() if not right]
        yield Figure(
            name=f"chapters, words and length of reset-run, {language}",
            goal="two readers agree, length within 50 ms",
            figure=f"{len(planned)} chapters, {len(words.split())} words, {off_ms:.1f} ms off"
            + (f"; wrong: {', '.join(wrong)}" if wrong else ""),
            holds=not wrong and off_ms <= 50.0,  # noqa: PLR2004 - the goal
        )


def _chapter(chapter: dict[str, Any]) -> tuple[int, int, str]:
    return _ms(float(chapter["start_time"])), _ms(float(chapter["end_time"])), chapter["tags"]["title"]


def _read_length_s(probed: dict[str, Any]) -> float:
    return float(probed["format"]["duration"])


def _ms(seconds: float) -> int:
    return round(1000 * seconds)


def understanding(workspace: Workspace) -> Iterator[Figure]:
    """What Whisper understands of a rendered session, with all that sounds under the voice."""
    file, plan = workspace.render("reset-run", "words.mp3", "--lang", "en"), workspace.plan("reset-run", "--lang", "en")
    sound = media_probe.decoded(file, rate_hz=speech_recognition.WHISPER_RATE_HZ)
    said = wrong = 0
    for start_s, end_s, text in _stretches(plan):
        first, last = (round(time_s * speech_recognition.WHISPER_RATE_HZ) for time_s in (start_s, end_s))
        clip = Clip(samples=sound[first:last, None], rate_hz=speech_recognition.WHISPER_RATE_HZ)
        understood = _spelled(speech_recognition.heard(clip, "en"))
        said += len(speech_recognition.words(text).split())
        errors = speech_recognition.word_errors(text, understood)
        wrong += errors
        if errors:
            logging.getLogger(__name__).info("said %r, understood %r", speech_recognition.words(text), understood)
    yield Figure(
        name="English words of reset-run, as whisper-base hears them",
        goal="at most 5 % wrong",
        figure=f"{100 * wrong / said:.1f} % ({wrong} of {said})",
        holds=wrong <= 0.05 * said,
    )


def _stretches(plan: Plan) -> Iterator[tuple[float, float, str]]:
    """What is said without a long pause, up to what an ear can hold: start, end and words."""
    speech = _speech(plan)
    first = 0
    for index, (event, following) in enumerate(pairwise([*speech, {"start_s": float("inf"), "end_s": float("inf")}])):
        pause_s, length_s = following["start_s"] - event["end_s"], following["end_s"] - speech[first]["start_s"]
        if pause_s > _LONG_PAUSE_S or length_s > _LONGEST_HEARD_S:
            text = " ".join(part["text"] for part in speech[first : index + 1])
            yield speech[first]["start_s"], event["end_s"], text
            first = index + 1


_LONG_PAUSE_S, _LONGEST_HEARD_S = 5.0, 24.0
_NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def _spelled(text: str) -> str:
    """Numbers as words, as Whisper writes counting in digits."""
    return re.sub(r"\b(\d|10)\b", lambda number: _NUMBERS[int(number[0])], text)
