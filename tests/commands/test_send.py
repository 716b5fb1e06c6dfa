"""`coach send`: what is rendered, where it stays, what is served, and what is printed."""

import os
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from time import time
from urllib.request import urlopen

import pytest
import zxingcpp
from coach_process import Ran
from PIL import Image
from pulse_server import until

from coach.commands import send
from coach.send.deliveries import DeliveryLog
from coach.send.delivery_report import DeliveryReport
from coach.send.file_server import FileServer
from coach.send.network_interfaces import NetworkAddress

Coach = Callable[..., Ran]
SESSION = "coach: 1\ntitle: {nl: Even, en: A moment}\nblocks:\n  - free: {lasts: 2s..9m, say: {nl: Dag., en: Hello.}}\n"
HOME = NetworkAddress(interface="lo", address="127.0.0.1")
OTHER = NetworkAddress(interface="eth7", address="10.1.2.3")
SCAN = "Scan this with the camera of your phone, on the same Wi-Fi. (Ctrl-C ends it)\n"
ENDED = "Nothing was asked for in ten minutes, so the page is closed.\n"


def fetch(url: str) -> bytes:
    with urlopen(url) as answer:  # noqa: S310 - our own server
        body: bytes = answer.read()
    return body


class Phone:
    """Opens the page when it is served, and saves all files."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.saved: dict[str, bytes] = {}
        self.page = ""
        self.url = ""
        serve = send._serve
        monkeypatch.setattr(send, "list_addresses", lambda: (HOME,))

        def visit(server: FileServer, log: DeliveryLog, report: DeliveryReport) -> None:
            self.url = server.url
            self.page = fetch(server.url).decode()
            for path in [part.split('"')[0] for part in self.page.split('"save":"')[1:]]:
                if path.startswith("save/"):
                    self.saved[path] = fetch(server.url + path)
            until(lambda: all(each.is_complete for each in log.list_deliveries()), "what was saved is recorded")
            report.update()
            monkeypatch.setattr(send, "IDLE_S", 0.0)
            serve(server, log, report)

        monkeypatch.setattr(send, "_serve", visit)


@pytest.fixture
def phone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Phone:
    (tmp_path / "run.yaml").write_text(SESSION, encoding="utf-8")
    monkeypatch.setenv("COACH_CACHE_DIR", str(tmp_path / "cache"))
    return Phone(monkeypatch)


@pytest.fixture
def sent(coach: Coach) -> Coach:
    """Sends sessions to a phone on this machine."""
    return lambda *arguments: coach("send", *arguments, "--interface", "lo")


def made(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*.mp3"))


def test_a_session_is_rendered_served_and_saved(sent: Coach, phone: Phone, tmp_path: Path) -> None:
    ran = sent("run.yaml", "--lang", "en", "--voice", "fake", "--length", "5s", "--qr", "code.png")
    (path,) = phone.saved
    size_mb = len(phone.saved[path]) / 1e6
    told = (
        "device 127.0.0.1 has opened the page\n"
        "device 127.0.0.1 is saving A moment-5s-fake.en.mp3\n"
        f"device 127.0.0.1 has all of A moment-5s-fake.en.mp3, {size_mb:.1f} MB\n"
    )
    assert ran == Ran(code=0, out=f"{phone.url}\n", err=SCAN + told + ENDED)
    assert path == "save/1/run-5s-fake.en.mp3"
    assert phone.saved[path] == (tmp_path / "cache" / "sent" / "run-5s-fake.en.mp3").read_bytes()
    (code,) = zxingcpp.read_barcodes(Image.open(BytesIO((tmp_path / "code.png").read_bytes())))
    assert code.text == phone.url


def test_a_foreign_picture_is_replaced_by_the_code_only_by_force(sent: Coach, phone: Phone, tmp_path: Path) -> None:
    options = ("run.yaml", "--lang", "en", "--voice", "fake", "--length", "5s", "--qr", "code.png")
    (tmp_path / "code.png").write_bytes(b"mine")
    ran = sent(*options)
    refused = "code.png is there already, and the coach did not make it"
    way_out = "choose another name with --qr, or replace it with --force"
    assert (ran.code, ran.err) == (3, f"error: {refused}\nhelp: {way_out}\n")
    assert (tmp_path / "code.png").read_bytes() == b"mine"
    assert sent(*options, "--force").code == 0
    (code,) = zxingcpp.read_barcodes(Image.open(BytesIO((tmp_path / "code.png").read_bytes())))
    assert code.text == phone.url


def test_the_cache_forgets_what_was_sent_more_than_a_month_ago(sent: Coach, phone: Phone, tmp_path: Path) -> None:
    cache = tmp_path / "cache" / "sent"
    (cache / "more").mkdir(parents=True)
    for name, days in (("run-5s-fake.en.mp3", 40), ("old.mp3", 31), ("more/old.mp3", 400), ("new.mp3", 29)):
        (cache / name).touch()
        os.utime(cache / name, (time() - days * 86_400,) * 2)
    assert sent("run.yaml", "--lang", "en", "--voice", "fake", "--length", "5s").code == 0
    assert made(cache) == ["new.mp3", "run-5s-fake.en.mp3"]
    assert phone.saved


def test_variants_are_rendered_into_a_folder_and_named_apart(sent: Coach, phone: Phone, tmp_path: Path) -> None:
    variants = ("--lang", "nl,en", "--length", "5s,6s", "--cadence", "150")
    assert sent("run.yaml", "run.yaml", "--voice", "fake", "-o", "runs", *variants).code == 0
    names = [f"run-{length}-150spm-fake.{language}.mp3" for length in ("5s", "6s") for language in ("en", "nl")]
    assert made(tmp_path / "runs") == names
    assert sorted(path.rpartition("/")[2] for path in phone.saved) == names


def test_what_cannot_be_rendered_is_told_and_the_others_are_served(sent: Coach, phone: Phone) -> None:
    ran = sent("run.yaml", "--lang", "en", "--voice", "fake", "--length", "5s,10h")
    assert ran.code == 1
    assert "10h" in ran.err or "10:00:00" in ran.err
    assert [path.rpartition("/")[2] for path in phone.saved] == ["run-5s-fake.en.mp3"]


def test_if_nothing_can_be_rendered_nothing_is_served(sent: Coach, phone: Phone) -> None:
    assert sent("run.yaml", "--voice", "fake", "--length", "10h,11h").code == 1
    assert sent("gone.yaml").code == 2
    assert phone.url == ""


@pytest.mark.parametrize(
    ("option", "value", "told"),
    [
        ("--length", "20m,soon", "'soon'"),
        ("--cadence", "150,quick", "'quick' is not a cadence; write steps per minute, like 158"),
        ("--cadence", "150,400", "400"),
        ("--lang", "nl,xx", "xx"),
        ("--bitrate", "7", "unknown bit rate '7'"),
    ],
)
def test_a_wrong_value_among_several_is_named(sent: Coach, phone: Phone, option: str, value: str, told: str) -> None:
    ran = sent("run.yaml", option, value)
    assert (ran.code, phone.url) == (2, "")
    assert told in ran.err


def test_two_sessions_of_one_name_are_refused(sent: Coach, phone: Phone, tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "run.yaml").write_text(SESSION, encoding="utf-8")
    ran = sent("run.yaml", "more/run.yaml")
    told = "error: two of these sessions would both be called run.mp3; send them one at a time\n"
    assert (ran, phone.url) == (Ran(code=2, out="", err=told), "")


def test_other_networks_are_listed(sent: Coach, phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(send, "list_addresses", lambda: (HOME, OTHER))
    ran = sent("run.yaml", "--voice", "fake", "--length", "5s")
    told = "Served on lo (127.0.0.1); --interface takes another: eth7 (10.1.2.3)\n"
    assert ran.err.startswith(SCAN + told)
    assert phone.saved


def test_a_hint_is_given_once(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    class Waiting:
        fault = None
        server_port = 8000

    now_s = [0.0]
    log = DeliveryLog(lambda: now_s[0])

    def pass_time(_wait_s: float) -> None:
        now_s[0] += 59.9

    monkeypatch.setattr(send, "sleep", pass_time)
    send._serve(Waiting(), log, DeliveryReport(log))  # type: ignore[arg-type] # it is asked for no more
    err = capsys.readouterr().err
    assert err == f"{send.FIREWALL_HINT.format(port=8000)}\n{ENDED}"
