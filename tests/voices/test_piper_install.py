"""Installation of Piper voices: atomic, and verified."""

import hashlib
import json
import os
from pathlib import Path

import pytest

from coach.errors import ExternalError, UsageError
from coach.storage.atomic_write import lock_folder
from coach.voices import piper_install
from coach.voices.engines import piper_models
from coach.voices.engines.piper import Piper
from coach.voices.engines.piper_models import CatalogueVoice, FileFacts
from coach.voices.piper_install import (
    FROM_VARIABLE,
    Folder,
    Mirror,
    add_own_model,
    add_voice,
    open_source,
    remove_voice,
)

NAME = "nl_BE-test-medium"
MODEL = b"\x08a model" * 1_000
CONFIG = json.dumps({"language": {"code": "nl_BE"}, "espeak": {"voice": "nl"}, "audio": {"quality": "medium"}}).encode()


def facts(body: bytes, *, sha256: bool = True) -> FileFacts:
    md5 = hashlib.md5(body, usedforsecurity=False).hexdigest()
    return FileFacts(size_bytes=len(body), md5=md5, sha256=hashlib.sha256(body).hexdigest() if sha256 else None)


def wanted(*, sha256: bool = True, model: bytes = MODEL) -> CatalogueVoice:
    return CatalogueVoice(
        name=NAME,
        language="nl_BE",
        quality="medium",
        licence="CC0",
        based_on=None,
        speakers=1,
        path=f"nl/nl_BE/test/medium/{NAME}.onnx",
        model=facts(model, sha256=sha256),
        config=facts(CONFIG, sha256=sha256),
    )


def speaks(_model: Path, _language: str) -> None:
    """It does."""


def mute(model: Path, _language: str) -> None:
    raise ExternalError(f"{model.name} makes no sound", help="choose another voice")


def unseen(_count: int) -> None:
    """Nobody looks."""


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COACH_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def place(tmp_path: Path) -> Folder:
    """A folder that has the voice's files side by side."""
    folder = tmp_path / "place"
    folder.mkdir()
    (folder / f"{NAME}.onnx").write_bytes(MODEL)
    (folder / f"{NAME}.onnx.json").write_bytes(CONFIG)
    return Folder(folder=folder)


def seen(data: Path) -> list[str]:
    """The files that are installed, without locks."""
    return sorted(entry.name for entry in (data / "voices" / "piper").iterdir() if not entry.name.startswith(".lock"))


def test_a_voice_comes_with_what_is_known_of_it(place: Folder, data: Path) -> None:
    received: list[int] = []
    voice = add_voice(wanted(), place, received.append, check=speaks)
    assert voice == piper_models.find_installed(NAME)
    assert (voice.language, voice.quality, voice.licence, voice.checked) == ("nl_BE", "medium", "CC0", "sha256")
    assert voice.source == str(place.folder / f"{NAME}.onnx")
    assert voice.model == piper_models.ModelFile(size_bytes=len(MODEL), sha256=hashlib.sha256(MODEL).hexdigest())
    assert voice.model_file.read_bytes() == MODEL
    assert received == [len(MODEL)]
    assert seen(data) == [NAME]
    assert Piper.list_available() == (NAME,)
    assert Piper(NAME).languages == ("nl",)


def test_a_tree_as_at_their_home_will_do_too(place: Folder, tmp_path: Path) -> None:
    deep = tmp_path / "tree" / "nl" / "nl_BE" / "test"
    deep.mkdir(parents=True)
    place.folder.rename(deep / "medium")
    assert add_voice(wanted(), Folder(folder=tmp_path / "tree"), unseen, check=speaks).checked == "sha256"


def test_one_whose_sha256_is_not_known_is_held_against_its_md5(place: Folder) -> None:
    assert add_voice(wanted(sha256=False), place, unseen, check=speaks).checked == "md5"


@pytest.mark.parametrize(("sha256", "wrong"), [(True, "SHA-256"), (False, "MD5")])
def test_another_file_of_the_same_size_is_not_kept(place: Folder, data: Path, *, sha256: bool, wrong: str) -> None:
    file = place.folder / f"{NAME}.onnx"
    file.write_bytes(MODEL[:-1] + b"!")
    with pytest.raises(ExternalError) as caught:
        add_voice(wanted(sha256=sha256), place, unseen, check=speaks)
    assert caught.value.message == f"{file} is not the expected {NAME}.onnx: its {wrong} differs"
    assert Piper.list_available() == ()
    assert not (data / "voices" / "piper" / f".part-{NAME}" / f"{NAME}.onnx").exists()


def test_the_hash_stated_by_the_source_counts_where_no_other_is_known(
    place: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied = Folder.get

    def stating(self: Folder, *arguments: object) -> str:
        copied(self, *arguments)  # type: ignore[arg-type]  # as it was called
        return "0" * 64

    monkeypatch.setattr(Folder, "get", stating)
    with pytest.raises(ExternalError, match="its SHA-256 differs"):
        add_voice(wanted(sha256=False), place, unseen, check=speaks)


def test_a_beginning_of_something_else_is_thrown_away_once(place: Folder, data: Path) -> None:
    staging = data / "voices" / "piper" / f".part-{NAME}"
    staging.mkdir(parents=True)
    (staging / f"{NAME}.onnx").write_bytes(b"another")
    assert add_voice(wanted(), place, unseen, check=speaks).model_file.read_bytes() == MODEL


@pytest.mark.parametrize("missing", [f"{NAME}.onnx", f"{NAME}.onnx.json"])
def test_half_a_voice_is_none(place: Folder, missing: str) -> None:
    (place.folder / missing).unlink()
    with pytest.raises(ExternalError) as caught:
        add_voice(wanted(), place, unseen, check=speaks)
    assert caught.value.message == f"cannot read {place.folder / missing}: No such file or directory"
    assert Piper.list_available() == ()


def test_a_model_that_does_not_speak_is_not_installed(place: Folder, data: Path) -> None:
    with pytest.raises(ExternalError, match=f"{NAME}.onnx makes no sound"):
        add_own_model(place.folder / f"{NAME}.onnx", unseen, check=mute)
    assert seen(data) == []


def test_a_voice_that_is_added_again_takes_the_place_of_the_old(place: Folder, data: Path) -> None:
    add_voice(wanted(), place, unseen, check=speaks)
    newer = MODEL[::-1]
    (place.folder / f"{NAME}.onnx").write_bytes(newer)
    assert add_voice(wanted(model=newer), place, unseen, check=speaks).model_file.read_bytes() == newer
    assert seen(data) == [NAME]


def test_two_at_once_do_not_meet(place: Folder, data: Path) -> None:
    folder = data / "voices" / "piper"
    folder.mkdir(parents=True)
    with lock_folder(folder / f".lock-{NAME}", "here first"), pytest.raises(ExternalError) as caught:
        add_voice(wanted(), place, unseen, check=speaks)
    assert (caught.value.message, caught.value.help) == (
        f"another coach process is installing {NAME}",
        "wait until it finishes",
    )


def test_a_read_only_disk_is_reported(place: Folder, read_only_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_DATA_DIR", str(read_only_folder))
    with pytest.raises(ExternalError) as caught:
        add_voice(wanted(), place, unseen, check=speaks)
    assert caught.value.message.startswith(f"cannot write {read_only_folder}")
    assert caught.value.help == "name a folder of your own in COACH_DATA_DIR"


def test_a_disk_too_small_keeps_what_came(place: Folder, tiny_disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_DATA_DIR", str(tiny_disk))
    large = MODEL * 20
    (place.folder / f"{NAME}.onnx").write_bytes(large)
    with pytest.raises(ExternalError, match="the disk is full"):
        add_voice(wanted(model=large), place, unseen, check=speaks)
    assert Piper.list_available() == ()


def test_ctrl_c_installs_nothing(place: Folder, data: Path) -> None:
    def interrupted(_model: Path, _language: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        add_voice(wanted(), place, unseen, check=interrupted)
    assert seen(data) == [f".part-{NAME}"]
    assert Piper.list_available() == ()
    assert add_voice(wanted(), place, unseen, check=speaks).checked == "sha256"


def test_a_model_of_ones_own_is_copied_and_not_vouched_for(place: Folder) -> None:
    voice = add_own_model(place.folder / f"{NAME}.onnx", unseen, check=speaks)
    assert (voice.checked, voice.licence, voice.language) == ("", piper_install.OWN_LICENCE, "nl_BE")


@pytest.mark.parametrize("name", ["-f.onnx", ".hidden.onnx", "a b.onnx", "model.bin", "é.onnx"])
def test_a_name_that_is_no_name_is_refused(place: Folder, name: str) -> None:
    with pytest.raises(UsageError) as caught:
        add_own_model(place.folder / name, unseen, check=speaks)
    assert str(caught.value) == (
        f'"{name}" is not a valid model name: use letters, digits, "-", "_" and ".", ending in .onnx'
    )


@pytest.mark.parametrize("config", [b"[]", b"{}", b"no", b"\xff\xfe", b'{"espeak": 3}'], ids=ascii)
def test_a_config_that_is_none_is_refused(place: Folder, config: bytes) -> None:
    file = place.folder / f"{NAME}.onnx.json"
    file.write_bytes(config)
    with pytest.raises(ExternalError) as caught:
        add_own_model(place.folder / f"{NAME}.onnx", unseen, check=speaks)
    assert caught.value.message == f"{file} is not the config of a Piper voice"


def test_a_removed_voice_is_gone_and_so_is_what_never_came_to_its_end(place: Folder, data: Path) -> None:
    add_voice(wanted(), place, unseen, check=speaks)
    (data / "voices" / "piper" / f".part-{NAME}").mkdir()
    assert remove_voice(NAME) > len(MODEL)
    assert seen(data) == []


@pytest.mark.parametrize("name", [NAME, "..", "../..", "/etc", "", "."])
def test_a_voice_that_is_not_installed_is_not_removed(name: str) -> None:
    with pytest.raises(UsageError) as caught:
        remove_voice(name)
    assert str(caught.value) == f'the Piper voice "{name}" is not installed'


@pytest.mark.parametrize("damage", ["manifest", "size", "missing", "name"])
def test_a_voice_that_is_no_longer_whole_is_not_there(place: Folder, damage: str) -> None:
    voice = add_voice(wanted(), place, unseen, check=speaks)
    match damage:
        case "manifest":
            (voice.folder / "voice.json").write_text('{"language": 3, "model": []}', encoding="utf-8")
        case "size":
            os.truncate(voice.model_file, 10)
        case "missing":
            piper_models.find_config_path(voice.model_file).unlink()
        case "name":
            voice.folder.rename(voice.folder.with_name("a name"))
    assert Piper.list_available() == ()
    with pytest.raises(UsageError, match="is not installed; see: coach voices list --available"):
        Piper(NAME)


@pytest.mark.parametrize(
    ("given", "environment", "found"),
    [
        (None, None, Mirror(base_url="https://home/")),
        (None, "https://mirror/voices", Mirror(base_url="https://mirror/voices/")),
        ("https://other/", "https://mirror", Mirror(base_url="https://other/")),
        ("http://other", None, Mirror(base_url="http://other/")),
        (None, "http://localhost:8000/x", Mirror(base_url="http://localhost:8000/x/")),
        (None, "http://[::1]/x", Mirror(base_url="http://[::1]/x/")),
        ("some/folder", None, Folder(folder=Path("some/folder"))),
    ],
)
def test_voices_come_from_where_was_asked_for(
    monkeypatch: pytest.MonkeyPatch, given: str | None, environment: str | None, found: object
) -> None:
    monkeypatch.delenv(FROM_VARIABLE, raising=False)
    if environment is not None:
        monkeypatch.setenv(FROM_VARIABLE, environment)
    assert open_source(given, "https://home/") == found


@pytest.mark.parametrize(("given", "environment"), [("ftp://x/y", None), ("file:///x", None), (None, "http://mirror/")])
def test_a_place_that_is_not_safe_is_refused(
    monkeypatch: pytest.MonkeyPatch, given: str | None, environment: str | None
) -> None:
    monkeypatch.setenv(FROM_VARIABLE, environment or "")
    with pytest.raises(UsageError) as caught:
        open_source(given, "https://home/")
    assert str(caught.value) == f"a source of voices is an https:// address or a folder, not {given or environment}"
