"""What someone understands who hears a finished MP3 and has never seen the text."""

from pathlib import Path
from typing import Any

import commandline
import hearing
import playing

from coach.sounds.clip import Clip

RATE_HZ = 16_000
ROOM_S = 0.3
NUMBERS = {"1": "one", "2": "two", "3": "three", "4": "four", "10": "ten"}


def test_of_a_session_in_english_19_of_20_words_are_understood(tmp_path: Path) -> None:
    heard = playing.decoded(commandline.rendered("first-time", tmp_path / "run.mp3", "--lang", "en"), rate_hz=RATE_HZ)
    said, wrong = 0, 0
    for sentence in sentences(commandline.plan("first-time", "--lang", "en")):
        start, end = (round(at_s * RATE_HZ) for at_s in (sentence["start_s"] - ROOM_S, sentence["end_s"] + ROOM_S))
        clip = Clip(samples=heard[max(0, start) : end, None], rate_hz=RATE_HZ)
        understood = " ".join(NUMBERS.get(word, word) for word in hearing.heard(clip, "en").split())
        said += len(hearing.words(sentence["text"]).split())
        wrong += hearing.word_errors(sentence["text"], understood)
    assert said > 250
    assert wrong / said <= 0.05


def sentences(plan: dict[str, Any]) -> list[dict[str, Any]]:
    """What is said once, but for the words of counting, which have tests of their own."""
    spoken = [event for event in plan["events"] if event["kind"] == "speech" and " " in event["text"]]
    return list({event["text"]: event for event in spoken}.values())
