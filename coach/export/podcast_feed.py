"""Podcast feed of an exported folder: RSS 2.0 with the namespaces of iTunes and Podcasting 2.0.

What a podcast app has seen stays: an item keeps its GUID and its date when a session is rendered again, and stays in
the feed as long as its file is in the folder.
"""

import re
import uuid
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from html import escape
from io import BytesIO
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit, urlunsplit
from xml.etree import ElementTree as ET

from coach.errors import UsageError
from coach.export.export_record import ExportedFile
from coach.storage.file_input import read_up_to
from coach.text.sanitize import quote as quote_text
from coach.text.sanitize import to_one_line
from coach.translation import _
from coach.units import seconds_to_clock

GENERATOR = "mindful-run-coach"
FEED_NAME = "feed.xml"
PARTS_FOLDER = "feed"
COVER = f"{PARTS_FOLDER}/cover.jpg"
PART_COVER = "cover.jpg"
PART_CHAPTERS = "chapters.json"
PART_TRANSCRIPTS = {"words.vtt": "text/vtt", "words.srt": "application/x-subrip"}
LONGEST_DESCRIPTION = 3_500  # characters; apps cut longer ones at 4,000
FEED_ENDINGS = (".xml", ".rss")
LARGEST_FEED_BYTES = 32 << 20
LONGEST_URL = 1_000

ATOM = "http://www.w3.org/2005/Atom"
ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
PODCAST = "https://podcastindex.org/namespace/1.0"
NAMESPACES = {"atom": ATOM, "itunes": ITUNES, "podcast": PODCAST}
_PODCAST_GUIDS = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")  # of the podcast namespace, for podcast:guid

_LABEL = "[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_HOST = re.compile(rf"(?=.{{1,253}}$){_LABEL}(?:\.{_LABEL})*\.?", re.IGNORECASE)
_ADDRESS = re.compile(r"\[[0-9a-f:.]{2,45}\]", re.IGNORECASE)
_BAD_ESCAPE = re.compile(r"%(?![0-9a-fA-F]{2})")
_PLAIN_IN_PATH = "/%:@!$&'()*+,;=~-._"


@dataclass(frozen=True, kw_only=True, slots=True)
class FeedAddress:
    """Where a folder will be on the web: its URL, which ends in a slash, and the name of the feed in it."""

    folder_url: str
    feed_name: str = FEED_NAME

    @property
    def feed_url(self) -> str:
        """The URL of the feed."""
        return self.folder_url + quote(self.feed_name)

    def make_url(self, name: str) -> str:
        """Make the URL of a file in the folder."""
        return self.folder_url + quote(name)


def parse_feed_url(text: str) -> FeedAddress:
    """Parse the URL of the web space that a folder goes to, or of the feed in it, which ends in ``.xml`` or ``.rss``.

    White space around it, as pasting leaves, is no part of it.

    Raises:
        UsageError: it is not one that a feed can be served from.
    """
    example = _("write it like https://example.org/runs/")
    text = text.strip()
    if len(text) > LONGEST_URL or any(sign.isspace() or not sign.isprintable() for sign in text):
        raise _refuse_url(to_one_line(text)[:80], example)
    try:
        parts = urlsplit(text)
        port, host = parts.port, _parse_host(parts.netloc.rpartition("@")[2])
    except ValueError:
        raise _refuse_url(text, example) from None
    if parts.scheme not in ("http", "https") or _BAD_ESCAPE.search(parts.path) or "\\" in text:
        raise _refuse_url(text, example)
    if "@" in parts.netloc or parts.query or parts.fragment or text.endswith(("?", "#")):
        raise UsageError(_("a feed needs a plain web address, without a password, ? or #; {example}", example=example))
    if {".", ".."} & set(unquote(parts.path).split("/")):
        raise UsageError(_("{url} has a . or .. in its path; {example}", url=quote_text(text), example=example))
    path, _slash, last = parts.path.rpartition("/")
    feed_name = FEED_NAME
    if last.lower().endswith(FEED_ENDINGS):
        feed_name = unquote(last)
        if not re.fullmatch(r"[\w.-]+", feed_name):
            raise UsageError(
                _("{name} is no name for a feed; take letters, digits, - and _", name=quote_text(feed_name))
            )
    elif last:
        path = f"{path}/{last}"
    netloc = host if port is None else f"{host}:{port}"
    return FeedAddress(
        folder_url=urlunsplit((parts.scheme, netloc, quote(f"{path}/", safe=_PLAIN_IN_PATH), "", "")),
        feed_name=feed_name,
    )


def _refuse_url(text: str, example: str) -> UsageError:
    return UsageError(_("{url} is no web address; {example}", url=quote_text(text), example=example))


def _parse_host(netloc: str) -> str:
    """Parse the host of a URL, in ASCII.

    Raises:
        ValueError: it is none.
    """
    host = netloc if netloc.endswith("]") else re.sub(r":[0-9]*$", "", netloc)
    if _ADDRESS.fullmatch(host):
        return host.lower()
    plain = host.encode("idna").decode() if host.isascii() is False else host
    if not _HOST.fullmatch(plain):
        raise ValueError("not a host")
    return plain.lower()


@dataclass(frozen=True, kw_only=True, slots=True)
class PublishedFeed:
    """A feed as it is in the folder: its items by the paths of their files there."""

    items: Mapping[str, ET.Element]
    folder_url: str

    def find_guid(self, name: str) -> str | None:
        """Find the GUID of an item."""
        item = self.items.get(name)
        return None if item is None else item.findtext("guid")

    def find_date(self, name: str) -> datetime | None:
        """Find when an item was published."""
        with suppress(TypeError, ValueError, KeyError, AttributeError):
            return parsedate_to_datetime(self.items[name].findtext("pubDate") or "").astimezone(UTC)
        return None


_NO_FEED = PublishedFeed(items={}, folder_url="")


def read_feed(file: Path) -> PublishedFeed:
    """Read the feed that the coach wrote before; an empty one if there is none."""
    try:
        data = read_up_to(file, LARGEST_FEED_BYTES)
        if b"<!" in data or GENERATOR.encode() not in data:  # nothing that we write has declarations or comments
            return _NO_FEED
        channel = ET.fromstring(data).find("channel")  # noqa: S314 - without declarations there are no entities
    except (OSError, ET.ParseError):
        return _NO_FEED
    if channel is None:
        return _NO_FEED
    folder_url = channel.findtext("link") or ""
    items = {}
    for item in channel.iterfind("item"):
        enclosure = item.find("enclosure")
        url = "" if enclosure is None else enclosure.get("url", "")
        if folder_url and url.startswith(folder_url):
            items[unquote(url.removeprefix(folder_url))] = item
    return PublishedFeed(items=items, folder_url=folder_url)


def build_feed(
    address: FeedAddress,
    files: Sequence[ExportedFile],
    before: PublishedFeed,
    now: datetime,
    is_there: Callable[[str], bool],
) -> bytes:
    """Build the feed of a folder: the files that were exported now, and those of the feed before that are still there.

    Items come newest first; of those that are new, the first track is the oldest.
    """
    dates = _date_items(files, before, now)
    items = [(dates[file.name], -file.track, _make_item(address, file, before, dates[file.name])) for file in files]
    names = {file.name for file in files}
    for name, item in before.items.items():
        if name not in names and is_there(name):
            number = item.findtext(f"{{{ITUNES}}}episode") or "0"
            date = before.find_date(name) or now
            _move(item, before.folder_url, address.folder_url)
            items.append((date, -int(number) if number.isdecimal() else 0, item))
    items.sort(key=lambda each: each[:2], reverse=True)
    rss = ET.Element("rss", {"version": "2.0"})
    channel = ET.SubElement(rss, "channel")
    _describe_channel(channel, address, files[0], [item.findtext("title") or "" for _, _, item in items])
    channel.extend(item for _, _, item in items)
    for prefix, namespace in NAMESPACES.items():
        ET.register_namespace(prefix, namespace)
    ET.indent(rss)
    file = BytesIO()
    ET.ElementTree(rss).write(file, encoding="utf-8", xml_declaration=True)
    return file.getvalue() + b"\n"


def _date_items(files: Sequence[ExportedFile], before: PublishedFeed, now: datetime) -> dict[str, datetime]:
    """Date the items: as they were, or one second after the other until now, in the order of their tracks."""
    now = now.astimezone(UTC).replace(microsecond=0)
    dates = {file.name: date for file in files if (date := before.find_date(file.name)) is not None}
    known = [date for name in before.items if (date := before.find_date(name)) is not None]
    new = sorted((file for file in files if file.name not in dates), key=lambda file: file.track)
    first = max([now - timedelta(seconds=len(new) - 1), *(date + timedelta(seconds=1) for date in known)])
    return dates | {file.name: first + timedelta(seconds=place) for place, file in enumerate(new)}


def _describe_channel(channel: ET.Element, address: FeedAddress, first: ExportedFile, titles: Sequence[str]) -> None:
    _add(channel, "title", first.album)
    _add(channel, "generator", GENERATOR)
    _add(channel, "link", address.folder_url)
    _add(channel, f"{{{ATOM}}}link", href=address.feed_url, rel="self", type="application/rss+xml")
    _add(channel, "description", ", ".join(dict.fromkeys(titles))[:LONGEST_DESCRIPTION])
    _add(channel, "language", first.language)
    _add(channel, f"{{{ITUNES}}}author", first.author)
    _add(channel, f"{{{ITUNES}}}type", "serial")
    _add(channel, f"{{{ITUNES}}}explicit", "false")
    _add(channel, f"{{{ITUNES}}}image", href=address.make_url(COVER))
    category = _add(channel, f"{{{ITUNES}}}category", text="Health & Fitness")
    _add(category, f"{{{ITUNES}}}category", text="Fitness")
    _add(channel, f"{{{PODCAST}}}guid", _make_podcast_guid(address))
    _add(channel, f"{{{PODCAST}}}medium", "podcast")


def _make_podcast_guid(address: FeedAddress) -> str:
    """Make the GUID of a podcast as its namespace says: of the feed's URL, without its scheme."""
    return str(uuid.uuid5(_PODCAST_GUIDS, address.feed_url.partition("://")[2].rstrip("/")))


def _make_item(address: FeedAddress, file: ExportedFile, before: PublishedFeed, date: datetime) -> ET.Element:
    item = ET.Element("item")
    own_guid = str(uuid.uuid5(uuid.UUID(_make_podcast_guid(address)), file.name))
    _add(item, "title", file.title)
    _add(item, "description", _describe_file(file))
    _add(item, "guid", before.find_guid(file.name) or own_guid, isPermaLink="false")
    _add(item, "pubDate", format_datetime(date))
    size_bytes = str(file.written[file.name][0])
    _add(item, "enclosure", url=address.make_url(file.name), length=size_bytes, type="audio/mpeg")
    _add(item, f"{{{ITUNES}}}duration", str(round(file.length_s)))
    _add(item, f"{{{ITUNES}}}episode", str(file.track))
    _add(item, f"{{{ITUNES}}}episodeType", "full")
    _add(item, f"{{{ITUNES}}}author", file.author)
    _add(item, f"{{{ITUNES}}}explicit", "false")
    parts = name_parts_folder(file.name)
    _add(item, f"{{{ITUNES}}}image", href=address.make_url(f"{parts}/{PART_COVER}"))
    if file.chapters:
        url = address.make_url(f"{parts}/{PART_CHAPTERS}")
        _add(item, f"{{{PODCAST}}}chapters", url=url, type="application/json+chapters")
    for name, kind in PART_TRANSCRIPTS.items():
        if f"{parts}/{name}" in file.written:  # not where nothing is said
            url = address.make_url(f"{parts}/{name}")
            _add(item, f"{{{PODCAST}}}transcript", url=url, type=kind, language=file.language)
    return item


def name_parts_folder(name: str) -> str:
    """Name the folder of what belongs to an MP3 in a feed: its chapters, transcripts and pictures."""
    return f"{PARTS_FOLDER}/{name.removesuffix('.mp3')}"


def _describe_file(file: ExportedFile) -> str:
    """Describe a file in HTML: what it is for, and its chapters, whose times many apps make links of."""
    lines = (f"{seconds_to_clock(start_s)} {escape(title)}" for start_s, title in file.chapters)
    paragraphs = (escape(to_one_line(file.about)), "<br/>".join(lines))
    return "".join(f"<p>{each}</p>" for each in paragraphs if each) or escape(file.title)


def _add(parent: ET.Element, tag: str, content: str | None = None, **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, tag, attributes)
    element.text = None if content is None else to_one_line(content)
    return element


def _move(item: ET.Element, old_url: str, new_url: str) -> None:
    """Move an item to another web space."""
    for element in item.iter():
        for name in ("url", "href"):
            value = element.get(name, "")
            if value.startswith(old_url):
                element.set(name, new_url + value.removeprefix(old_url))
