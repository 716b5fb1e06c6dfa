"""`coach export`: what is written into a folder, what is left as it is, and which number and name each file has."""

import json
import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import feedparser
import mutagen
import pytest
from coach_process import Ran
from hypothesis import given
from hypothesis import strategies as st

from coach.charts import cover
from coach.export.folder_export import make_portable
from coach.export.podcast_feed import parse_feed_url
from coach.services import session_render

Coach = Callable[..., Ran]
Export = Callable[..., Ran]

SESSION = "coach: 1\nlanguage: nl\ntitle: {title}\nblocks:\n  - free: {{lasts: 2s, title: '{title}', say: {words}}}\n"
NAMES = ("a", "b", "c")
REFUSED = (
    "error: out/{} is there already, and the coach did not make it\n"
    "help: choose another FOLDER, or replace it with --force\n"
)


def write(path: Path, title: str, words: str = "Dag.", more: str = "") -> None:
    text = SESSION.format(title=title, words=words)
    path.write_text(text.replace("blocks", f"{more}blocks"), encoding="utf-8")


@pytest.fixture
def export(coach: Coach, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Export:
    """Exports sessions of two seconds, a.yaml to c.yaml, with a voice and pictures that take no time."""
    monkeypatch.setattr(session_render, "_draw_pictures", lambda plan: (b"whole", (b"part",) * len(plan.blocks)))
    monkeypatch.setattr(cover, "draw_album_jpeg", lambda _plan, album: album.encode())
    for name in NAMES:
        write(tmp_path / f"{name}.yaml", f"Loop {name}")
    return lambda *arguments: coach("export", "out", *arguments, "--voice", "fake")


def states(folder: Path) -> dict[str, tuple[int, int, bytes]]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_ino, path.stat().st_mtime_ns, path.read_bytes())
        for path in files
    }


def tracks(folder: Path) -> dict[str, tuple[str, str]]:
    found = {path.name.partition("-")[0]: mutagen.File(path) for path in folder.glob("*.mp3")}
    return {name: (str(tags["TALB"]), str(tags["TRCK"])) for name, tags in found.items()}


def test_sessions_are_numbered_in_their_album_and_what_is_unchanged_stays(export: Export, tmp_path: Path) -> None:
    ran = export("b.yaml", "a.yaml")
    assert ran == Ran(code=0, out="out/b-fake.mp3\nout/a-fake.mp3\n", err="")
    assert tracks(tmp_path / "out") == {"b": ("Mindful hardlopen", "1"), "a": ("Mindful hardlopen", "2")}
    before = states(tmp_path / "out")
    assert export("b.yaml", "a.yaml") == ran
    assert states(tmp_path / "out") == before
    write(tmp_path / "a.yaml", "Anders")
    assert export("b.yaml", "a.yaml") == ran
    after = states(tmp_path / "out")
    assert after["b-fake.mp3"] == before["b-fake.mp3"]
    assert after["a-fake.mp3"][2] != before["a-fake.mp3"][2]


def test_a_session_keeps_its_own_number_and_one_that_comes_later_gets_the_next(export: Export, tmp_path: Path) -> None:
    write(tmp_path / "b.yaml", "Twee", more="track: 1\n")
    assert export("a.yaml", "b.yaml").code == 0
    assert {name: track for name, (_, track) in tracks(tmp_path / "out").items()} == {"a": "2", "b": "1"}
    before = states(tmp_path / "out")
    for _ in range(2):
        assert export("c.yaml").code == 0
        assert tracks(tmp_path / "out")["c"] == ("Mindful hardlopen", "3")
    assert {name: state for name, state in states(tmp_path / "out").items() if name in before} == before


def test_a_stick_with_coarse_times_is_no_change_but_a_file_cut_short_is(export: Export, tmp_path: Path) -> None:
    assert export("a.yaml").code == 0
    target = tmp_path / "out" / "a-fake.mp3"
    data = target.read_bytes()
    coarse_ns = target.stat().st_mtime_ns // 2_000_000_000 * 2_000_000_000
    os.utime(target, ns=(coarse_ns, coarse_ns))
    assert export("a.yaml").code == 0
    assert target.stat().st_mtime_ns == coarse_ns
    target.write_bytes(data[:5_000])
    assert export("a.yaml").code == 0
    assert target.read_bytes() == data


def test_without_its_cache_the_coach_leaves_what_is_unchanged(
    export: Export, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = ("--feed", "https://example.org/", "--workout")
    found = []
    for number in range(3):
        monkeypatch.setenv("COACH_CACHE_DIR", str(tmp_path / f"cache-{number}"))
        assert export("a.yaml", "b.yaml", *options).code == 0
        assert export("c.yaml", *options).code == 0
        found.append(states(tmp_path / "out"))
    assert found[1:] == found[:1] * 2
    assert {name: track for name, (_, track) in tracks(tmp_path / "out").items()} == {"a": "1", "b": "2", "c": "3"}


def test_what_the_coach_did_not_make_is_replaced_only_by_force(export: Export, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    (folder / "feed" / "a-fake").mkdir(parents=True)
    for name in ("a-fake.mp3", "feed/a-fake/words.srt", "feed.xml"):
        (folder / name).write_bytes(b"mine")
        ran = export("a.yaml", "--feed", "https://example.org/")
        assert (ran.code, ran.err) == (
            3,
            REFUSED.format(name),
        )
        assert (folder / name).read_bytes() == b"mine"
        (folder / name).unlink()
    (folder / "a-fake.mp3").write_bytes(b"mine")
    assert export("a.yaml", "--force").code == 0
    assert (folder / "a-fake.mp3").stat().st_size > 5_000


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["out"], "name the sessions to export, or take them all with --all"),
        (["-", "a.yaml"], "cannot write to standard output; give the name of a folder"),
        (["a.yaml", "b.yaml"], "a.yaml is a file; give the name of a folder"),
        (["out", "a.yaml", "A.yaml"], "a.yaml and A.yaml would both be written to A.mp3; export them to two folders"),
        (
            ["out", "a.yaml", "--feed", "example.org"],
            "'example.org' is no web address; write it like https://example.org/runs/",
        ),
    ],
)
@pytest.mark.usefixtures("export")
def test_an_impossible_request_is_reported_before_anything_is_done(
    coach: Coach, tmp_path: Path, arguments: list[str], message: str
) -> None:
    (tmp_path / "A.yaml").write_text((tmp_path / "a.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    ran = coach("export", *arguments)
    assert (ran.code, message in ran.err, ran.out) == (2, True, "")
    assert not (tmp_path / "out").exists()


def test_one_that_fails_stops_no_other(export: Export, tmp_path: Path) -> None:
    write(tmp_path / "b.yaml", "Twee", more="cadence: 9\n")
    ran = export("a.yaml", "b.yaml", "c.yaml")
    assert (ran.code, ran.out) == (1, "out/a-fake.mp3\nout/c-fake.mp3\n")
    assert ran.err.endswith("2 of 3 sessions exported; not exported: b.yaml\n")


@given(st.text(max_size=150), st.sampled_from(["", "con", "lpt1", "a.", " .b"]))
def test_every_name_is_one_that_a_stick_takes(text: str, begin: str) -> None:
    name = make_portable(f"{begin}{text}.mp3")
    assert re.fullmatch(r'[^<>:"/\\|?*\x00-\x1f]{1,101}\.mp3', name)
    stem = name.removesuffix(".mp3")
    assert stem == stem.strip(" .")
    assert stem.partition(".")[0].casefold() not in {"con", "prn", "aux", "nul", "com1", "lpt1"}


def read_feed(folder: Path) -> feedparser.FeedParserDict:
    feed = feedparser.parse((folder / "feed.xml").read_bytes())
    assert not feed.bozo, feed.get("bozo_exception")
    return feed


@given(st.text("\t\n\r \u00a0\u2003"), st.text("\t\n\r \u00a0\u2003"))
def test_white_space_around_a_pasted_address_is_no_part_of_it(before: str, after: str) -> None:
    for url in ("https://example.org/runs/", "https://example.org/pod.xml"):
        assert parse_feed_url(f"{before}{url}{after}") == parse_feed_url(url)


def test_a_feed_keeps_its_items_guids_and_dates(export: Export, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    assert export("a.yaml", "b.yaml", "--feed", "https://example.org/runs").code == 0
    feed = read_feed(folder)
    assert [item.title for item in feed.entries] == ["Loop b", "Loop a"]
    assert [item.published_parsed for item in feed.entries] == sorted(
        (item.published_parsed for item in feed.entries), reverse=True
    )
    for item, name in zip(feed.entries, ("b", "a"), strict=True):
        (enclosure,) = item.enclosures
        assert enclosure.href == f"https://example.org/runs/{name}-fake.mp3"
        assert int(enclosure.length) == (folder / f"{name}-fake.mp3").stat().st_size
    known = {item.title: (item.id, item.published) for item in feed.entries}
    before = states(folder)
    assert export("a.yaml", "b.yaml", "--feed", "https://example.org/runs/feed.xml").code == 0
    assert states(folder) == before

    write(tmp_path / "a.yaml", "Loop a", words="Goedemorgen.")
    assert export("a.yaml", "--feed", "https://example.net/").code == 0
    assert export("c.yaml", "--feed", "https://example.net/").code == 0
    feed = read_feed(folder)
    assert [item.title for item in feed.entries] == ["Loop c", "Loop b", "Loop a"]
    assert known.items() <= {item.title: (item.id, item.published) for item in feed.entries}.items()
    assert {item.enclosures[0].href.rpartition("/")[0] for item in feed.entries} == {"https://example.net"}
    (folder / "b-fake.mp3").unlink()
    assert export("c.yaml", "--feed", "https://example.net/").code == 0
    assert [item.title for item in read_feed(folder).entries] == ["Loop c", "Loop a"]


@pytest.mark.parametrize("blocks", [50, 51])
def test_a_workout_that_most_watches_refuse_is_named_every_time(export: Export, tmp_path: Path, blocks: int) -> None:
    write(tmp_path / "a.yaml", "Loop a")
    with (tmp_path / "a.yaml").open("a", encoding="utf-8") as file:
        file.write("  - free: {lasts: 1s, title: Stap}\n" * (blocks - 1))
    said = "the workout of a-fake.mp3 has 51 steps; most watches take up to 50\n" if blocks == 51 else ""
    for _ in range(2):
        assert export("a.yaml", "--for", "watch", "--workout").err == said
        workout = (tmp_path / "out" / "a-fake.txt").read_text(encoding="utf-8")
        assert len(re.findall("^- ", workout, re.MULTILINE)) == blocks
    assert export("a.yaml", "--for", "watch").err == ""


FEED = ("--feed", "https://example.org/")


def test_the_words_of_a_file_that_is_deleted_go_with_the_next_feed(export: Export, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    (tmp_path / "all" / "more").mkdir(parents=True)
    write(tmp_path / "all" / "more" / "b.yaml", "Loop b")
    assert export("a.yaml", "all", "c.yaml", *FEED).code == 0
    kept = {name for name in states(folder) if "c-fake" in name}
    for name in ("a-fake.mp3", "more/b-fake.mp3"):
        assert (folder / "feed" / name.removesuffix(".mp3") / "words.vtt").is_file()
        (folder / name).unlink()
    assert export("c.yaml", *FEED).code == 0
    assert set(states(folder)) == kept | {"feed.xml", "feed/cover.jpg"}
    assert sorted(path.name for path in (folder / "feed").iterdir()) == ["c-fake", "cover.jpg"]


def test_what_an_interruption_left_is_removed_the_next_time(
    export: Export, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "out"
    assert export("a.yaml", "c.yaml", *FEED).code == 0
    (folder / "a-fake.mp3").unlink()
    unlink, removed = Path.unlink, []

    def fail_at_the_second(path: Path, **options: bool) -> None:
        if "a-fake" in path.parts:
            removed.append(path)
            if len(removed) == 2:
                raise PermissionError(13, "no", str(path))
        unlink(path, **options)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", fail_at_the_second)
        ran = export("c.yaml", *FEED)
    assert (ran.code, ran.err) == (3, f"error: cannot remove {removed[1]}: permission denied\n")
    assert [item.title for item in read_feed(folder).entries] == ["Loop c"]
    assert (folder / "feed" / "a-fake" / "chapters.json").is_file()
    assert export("c.yaml", *FEED).code == 0
    assert not (folder / "feed" / "a-fake").exists()


def test_no_more_is_removed_than_the_coach_wrote(export: Export, tmp_path: Path) -> None:
    folder, feed, far = tmp_path / "out", tmp_path / "out" / "feed", tmp_path / "far"
    assert export("a.yaml", "b.yaml", "c.yaml", *FEED).code == 0
    far.mkdir()
    for name in ("a-fake.mp3", "b-fake.mp3"):
        (folder / name).unlink()
    (feed / "a-fake" / "mine.txt").write_text("mine", encoding="utf-8")
    (feed / "a-fake" / "words.vtt").replace(far / "words.vtt")
    (feed / "a-fake" / "words.vtt").symlink_to(far / "words.vtt")
    (feed / "b-fake").replace(far / "b-fake")
    (feed / "b-fake").symlink_to(far / "b-fake")
    (feed / "mine").mkdir()
    (feed / "mine" / "words.srt").write_text("mine", encoding="utf-8")
    (feed / "other").mkdir()
    (feed / "other" / "chapters.json").write_text('{"version": "1.2.0"}', encoding="utf-8")
    before = states(far)
    assert export("c.yaml", *FEED).code == 0
    assert states(far) == before
    assert {name for name in states(feed) if "c-fake" not in name} == {
        *("a-fake/mine.txt", "a-fake/words.vtt", "cover.jpg", "mine/words.srt", "other/chapters.json")
    }
    feed.replace(tmp_path / "moved")
    feed.symlink_to(tmp_path / "moved")
    (folder / "c-fake.mp3").unlink()
    assert export("a.yaml", *FEED).code == 0
    assert (tmp_path / "moved" / "c-fake" / "words.vtt").is_file()


def test_a_watch_gets_a_constant_rate_small_tags_and_a_workout(
    export: Export, tmp_path: Path, tool: Callable[[str], str]
) -> None:
    ran = export("a.yaml", "--for", "watch", "--workout")
    assert ran == Ran(code=0, out="out/a-fake.mp3\n", err="")
    folder = tmp_path / "out"
    assert sorted(path.name for path in folder.iterdir()) == [f"a-fake.{kind}" for kind in ("fit", "mp3", "txt", "zwo")]
    show = [tool("ffprobe"), "-v", "error", "-show_format", "-show_streams", "-show_chapters", "-show_packets"]
    shown = subprocess.run([*show, "-of", "json", folder / "a-fake.mp3"], check=True, capture_output=True)
    read = json.loads(shown.stdout)
    (stream,) = read["streams"]
    assert (stream["codec_name"], stream["sample_rate"], stream["channels"]) == ("mp3", "44100", 2)
    assert {int(packet["size"]) for packet in read["packets"]} <= {417, 418}  # of 128 kbit/s
    assert read["chapters"] == []
    assert {"title", "album", "track"} <= read["format"]["tags"].keys()
    assert (folder / "a-fake.mp3").read_bytes().find(b"\xff\xfb") < 4_000
    before = states(folder)
    assert export("a.yaml", "--for", "watch", "--workout") == ran
    assert states(folder) == before
    (folder / "a-fake.zwo").write_text("mine", encoding="utf-8")
    assert export("a.yaml", "--for", "watch", "--workout").err == REFUSED.format("a-fake.zwo")
