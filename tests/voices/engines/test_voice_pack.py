"""Voice packs: what they say, what they are trusted with, and who speaks where they have no words."""

import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coach.errors import ExternalError, UsageError
from coach.utterance import Utterance
from coach.voices.clip_cache import ClipCache
from coach.voices.engines import voice_pack as manifests
from coach.voices.engines.voice_pack import (
    PackLine,
    PackManifest,
    VoicePack,
    find_line_file,
    manifest_to_json,
    read_manifest,
)
from coach.voices.speech_service import SpeechService
from coach.voices.voice import VoiceSpec
from coach.voices.worker_pool import WorkerHandle

Say = Callable[..., Utterance]
SPEC = "coach.voices.engines.voice_pack:VoicePack"


def tone(path: Path, length_s: float = 0.4, pitch_hz: float = 220.0) -> str:
    """A sound file; its hash."""
    path.parent.mkdir(parents=True, exist_ok=True)
    samples = 0.3 * np.sin(2 * np.pi * pitch_hz * np.arange(round(length_s * 48_000)) / 48_000)
    soundfile.write(path, samples, 48_000)
    return hashlib.sha256(path.read_bytes()).hexdigest()


def pack(folder: Path, *texts: str, language: str = "en", counted: bool = False, pitch_hz: float = 220.0) -> Path:
    """A pack of these lines, in which each is a tone."""
    lines = []
    for number, text in enumerate(texts):
        digest = tone(folder / f"{number}.wav", pitch_hz=pitch_hz + 20 * number)
        lines.append(PackLine(text=text, file=f"{number}.wav", sha256=digest, length_s=0.4, counted=counted))
    made = PackManifest(speaker="Anna", language=language, licence="CC BY 4.0", lines=tuple(lines))
    (folder / "pack.json").write_text(manifest_to_json(made), encoding="utf-8")
    return folder


def test_a_manifest_is_read_as_it_was_written(tmp_path: Path) -> None:
    folder = pack(tmp_path, "Adem uit.", "één")
    read = read_manifest(folder)
    assert (read.speaker, read.language, read.licence) == ("Anna", "en", "CC BY 4.0")
    assert [take.text for take in read.lines] == ["Adem uit.", "één"]
    assert manifest_to_json(read) == (folder / "pack.json").read_text(encoding="utf-8")


def test_a_pack_says_its_lines_and_leaves_the_rest_to_the_default_voice(
    tmp_path: Path, cache: ClipCache, say: Say
) -> None:
    folder = pack(tmp_path / "mine", "Breathe out.")
    with SpeechService(f"pack:{folder}", cache=cache) as service:
        assert service.get_clip(say("Breathe out.")).length_s == pytest.approx(0.03 + 0.4 + 0.08, abs=0.02)
        speakers = service.group_by_voice([say("Breathe out."), say("In."), say("Breathe out."), say("...")])
        of_others = service.group_by_voice([say("In.")])
    assert speakers == {f"pack:{folder}": (say("Breathe out."),), "hibari": (say("In."),)}
    assert of_others == {f"pack:{folder}": (), "hibari": (say("In."),)}


def test_a_line_is_known_by_its_sound_wherever_its_pack_lies(tmp_path: Path, cache: ClipCache, say: Say) -> None:
    here, there = (pack(tmp_path / name, "One.", "Two.") for name in ("here", "there"))
    other = pack(tmp_path / "other", "One.", pitch_hz=330.0)
    keys = []
    for folder in (here, there, other):
        with SpeechService(f"pack:{folder}", cache=cache) as service:
            keys.append(service.make_key(say("One.")))
    assert keys[0] == keys[1] != keys[2]


def test_a_folder_with_commas_and_colons_is_named_as_one_of_several(tmp_path: Path, cache: ClipCache, say: Say) -> None:
    folder = pack(tmp_path / "mine, at 10:30", "One.")
    with SpeechService((f"pack:{folder}",), cache=cache) as service:
        assert set(service.group_by_voice([say("One.")])) == {f"pack:{folder}"}


def test_a_folder_may_hold_a_pack_for_each_language(tmp_path: Path) -> None:
    pack(tmp_path / "nl", "Adem uit.", language="nl")
    pack(tmp_path / "en", "Breathe out.")
    voice = VoicePack(str(tmp_path))
    assert voice.languages == ("en", "nl")
    assert set(voice.repertoire) == {("nl", "Adem uit."), ("en", "Breathe out.")}


def test_a_word_recorded_both_ways_is_said_as_it_is_asked_for(tmp_path: Path, say: Say) -> None:
    folder = pack(tmp_path, "two")
    digest = tone(folder / "long.wav", 0.9)
    made = read_manifest(folder)
    both = replace(
        made,
        lines=(
            *made.lines,
            PackLine(text="two", file="long.wav", sha256=digest, length_s=0.9),
        ),
    )
    counted = replace(both, lines=(replace(both.lines[0], counted=True), both.lines[1]))
    (folder / "pack.json").write_text(manifest_to_json(counted), encoding="utf-8")
    voice = VoicePack(str(folder))
    assert voice.speak(say("two", counted=True)).length_s == pytest.approx(0.4)
    assert voice.speak(say("two")).length_s == pytest.approx(0.9)


def test_it_comes_through_the_door_from_a_process_of_its_own_the_same_each_time(tmp_path: Path, say: Say) -> None:
    folder = pack(tmp_path, "One.", "Two.")
    clips = []
    for lines in (["One."], ["Two.", "One."]):
        worker = WorkerHandle(VoiceSpec(engine=SPEC, name=str(folder)))
        try:
            clips.append([worker.speak(say(line)) for line in lines][-1])
        finally:
            worker.close()
    assert clips[0].samples.tobytes() == clips[1].samples.tobytes()
    assert (clips[0].rate_hz, clips[0].samples.shape[1]) == (48_000, 1)


def test_a_pack_is_asked_for_by_its_folder(cache: ClipCache, say: Say, tmp_path: Path) -> None:
    with SpeechService("pack", cache=cache) as service, pytest.raises(UsageError) as caught:
        service.make_key(say("One."))
    assert str(caught.value) == "say which voice pack: --voice pack:FOLDER, with the folder that holds its pack.json"
    with SpeechService(f"pack:{tmp_path}", cache=cache) as service, pytest.raises(ExternalError) as none:
        service.make_key(say("One."))
    assert none.value.message == f"could not read {tmp_path}/pack.json: No such file or directory"


def good() -> dict[str, Any]:
    line = {"text": "One.", "file": "1.wav", "sha256": "0" * 64, "length_s": 1.0, "counted": False}
    return {"coach": 1, "speaker": "Anna", "language": "en", "licence": "", "lines": [line]}


def changed(**fields: Any) -> dict[str, Any]:
    return good() | fields


def line_with(**fields: Any) -> dict[str, Any]:
    return changed(lines=[good()["lines"][0] | fields])


OUTSIDE = "line 1 names a file outside the pack"
DAMAGED = {
    "a list": ([], "it is not the JSON of a voice pack"),
    "no version": (changed(coach=None), 'it does not say "coach": 1'),
    "a version that is true": (changed(coach=True), 'it does not say "coach": 1'),
    "a newer one": (changed(coach=2), "its version is 2; this coach reads versions up to 1"),
    "no lines": (changed(lines={}), "it has no list of lines"),
    "too many lines": (changed(lines=[{}] * 5_001), "it has more than 5,000 lines"),
    "a line twice": (changed(lines=good()["lines"] * 2), "it has the same line twice"),
    "a language of its own": (changed(language="../en"), "its language is not written like 'nl' or 'en'"),
    "a speaker who moves the cursor": (
        changed(speaker="\x1b[2J"),
        "its speaker is not a printable text of at most 200 characters",
    ),
    "a licence without end": (
        changed(licence="x" * 201),
        "its licence is not a printable text of at most 200 characters",
    ),
    "a line that is none": (changed(lines=[1]), "line 1 is not an object"),
    "a line without words": (line_with(text=" "), "line 1 has no text"),
    "a short hash": (line_with(sha256="00"), "line 1 has no valid sha256"),
    "counted perhaps": (line_with(counted=1), "line 1 has a value for counted that is not true or false"),
    "a length that is none": (line_with(length_s=True), "line 1 has no valid length_s"),
    "no time at all": (line_with(length_s=0), "line 1 has a length_s that is not between 0 and 600 s"),
    "for ever": (line_with(length_s=float("inf")), "line 1 has a length_s that is not between 0 and 600 s"),
    "400 zeros": (line_with(length_s=10**400), "line 1 has a length_s that is not between 0 and 600 s"),
    "not a number": (line_with(length_s=float("nan")), "line 1 has a length_s that is not between 0 and 600 s"),
    "no file": (line_with(file=""), "line 1 names no valid file"),
    "an address": (line_with(file="http://example.org/1.wav"), "line 1 names no valid file"),
    "backslashes": (line_with(file="..\\1.wav"), "line 1 names no valid file"),
    "a nul": (line_with(file="a\0b"), "line 1 names no valid file"),
    "the root": (line_with(file="/etc/passwd"), OUTSIDE),
    "the folder above": (line_with(file="../1.wav"), OUTSIDE),
    "the folder above, later": (line_with(file="a/../../1.wav"), OUTSIDE),
}


@pytest.mark.parametrize(("data", "reason"), DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_manifest_is_reported_in_one_line(tmp_path: Path, data: object, reason: str) -> None:
    (tmp_path / "pack.json").write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(ExternalError) as caught:
        read_manifest(tmp_path)
    assert caught.value.message == f"{tmp_path}/pack.json is damaged: {reason}"


@pytest.mark.parametrize(
    "data", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b'{"coach": ' + b"9" * 5_000 + b"}", b" " * (1 << 20) + b"{}"]
)
def test_a_manifest_that_is_not_json_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "pack.json").write_bytes(data)
    with pytest.raises(ExternalError, match="is damaged: it is"):
        read_manifest(tmp_path)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
LINES = st.fixed_dictionaries({}, optional=dict.fromkeys(["text", "file", "sha256", "length_s", "counted"], VALUES))
PACKS = st.fixed_dictionaries(
    {"coach": st.just(1) | VALUES, "lines": st.lists(LINES, max_size=3) | VALUES},
    optional={"speaker": VALUES, "language": st.just("en") | VALUES, "licence": VALUES},
)


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=PACKS)
def test_whatever_a_manifest_says_it_is_a_manifest_or_a_clear_error(tmp_path: Path, data: dict[str, Any]) -> None:
    (tmp_path / "pack.json").write_text(json.dumps(data), encoding="utf-8")
    try:
        read = read_manifest(tmp_path)
    except ExternalError as error:
        assert "\n" not in error.message  # noqa: PT017 - either way is right
    else:
        assert isinstance(read, PackManifest)


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(file=st.text(alphabet="./\\ab~:\0", min_size=1, max_size=12))
def test_no_path_leaves_the_folder(tmp_path: Path, file: str) -> None:
    inside = tmp_path / "pack"
    inside.mkdir(exist_ok=True)
    (inside / "pack.json").write_text(json.dumps(line_with(file=file)), encoding="utf-8")
    try:
        (take,) = read_manifest(inside).lines
    except ExternalError:
        return
    assert Path(os.path.normpath(inside / take.file)).is_relative_to(inside)


def secret(folder: Path) -> PackLine:
    """A sound outside of a pack, as a line of the pack would name it."""
    return PackLine(text="x", file="1.wav", sha256=tone(folder / "secret.wav"), length_s=1.0)


def a_link_out(path: Path) -> None:
    path.symlink_to("../secret.wav")


def a_circle(path: Path) -> None:
    path.symlink_to(path)


def a_pipe(path: Path) -> None:
    os.mkfifo(path)


def a_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def a_folder(path: Path) -> None:
    path.mkdir()


def another_sound(path: Path) -> None:
    tone(path, pitch_hz=500.0)


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (a_link_out, "is outside its voice pack"),
        (a_device, "is outside its voice pack"),
        (a_pipe, "is not a regular file"),
        (a_folder, "is not a regular file"),
        (a_circle, "could not read"),
        (another_sound, "does not match the SHA-256 in its voice pack"),
        (lambda _path: None, "No such file or directory"),
    ],
)
def test_only_the_plain_file_that_was_recorded_is_read(
    tmp_path: Path, make: Callable[[Path], None], reason: str
) -> None:
    take = secret(tmp_path)
    (tmp_path / "pack").mkdir()
    make(tmp_path / "pack" / "1.wav")
    with pytest.raises(ExternalError, match=reason):
        find_line_file(tmp_path / "pack", take)


def test_a_manifest_that_lies_elsewhere_is_refused(tmp_path: Path) -> None:
    (tmp_path / "pack").mkdir()
    (tmp_path / "elsewhere.json").write_text(json.dumps(good()), encoding="utf-8")
    (tmp_path / "pack" / "pack.json").symlink_to("../elsewhere.json")
    with pytest.raises(ExternalError, match="it is outside its folder"):
        read_manifest(tmp_path / "pack")


def test_files_are_bounded_one_by_one_and_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = pack(tmp_path, "One.", "Two.")
    (take, _) = read_manifest(folder).lines
    monkeypatch.setattr(manifests, "LARGEST_FILE_BYTES", 1_000)
    with pytest.raises(ExternalError, match="is larger than 0 MB"):
        find_line_file(folder, take)
    monkeypatch.setattr(manifests, "LARGEST_PACK_BYTES", 50_000)
    with pytest.raises(ExternalError, match="its files are larger than 0 GB in total"):
        read_manifest(folder)
