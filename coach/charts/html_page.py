"""HTML page that shows and plays a session: one file without external resources."""

import base64
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from importlib.resources import files
from string import Template
from typing import Any, TypedDict

from coach.charts.chart_scale import LEFT, RIGHT, WIDTH
from coach.charts.palette import ink_of_block
from coach.charts.svg import format_inks_as_css, make_svg_element
from coach.charts.timeline_chart import format_facts, lay_out_untitled
from coach.languages import LANGUAGES, find_language, find_language_or_english
from coach.text.sanitize import to_one_line
from coach.timeline.timeline import PlannedBlock, Speech, Timeline

PICTURE_TOP = 32
NAMELESS = "Coach"

Contents = Mapping[str, Any]


class PageProblem(TypedDict):
    """A problem for the page: ``excerpt`` is its source line with the column underlined, or ""."""

    severity: str
    code: str
    message: str
    help: str
    file: str
    line: int
    column: int
    excerpt: str


class PageFile(TypedDict):
    """A file that a phone can save from the page: URLs relative to the page, and what to call it.

    ``about`` is the URL of its `make_page_contents` as JSON, ``save`` that of the file itself.
    """

    title: str
    label: str
    language: str
    size: str
    about: str
    save: str


def make_page_contents(
    timeline: Timeline, *, sound: str, problems: Sequence[PageProblem] = (), artwork: Mapping[int, str] | None = None
) -> dict[str, Any]:
    """Build the contents of a page for a session, as plain data.

    ``sound`` is a URL, also a ``data:`` one; "" while the sound is being made, so that the page keeps the one it has.
    ``artwork`` are URLs of its cover as JPEG, for lock screens, by how many pixels it is wide and high.
    """
    return {
        "title": to_one_line(timeline.title),
        "language": timeline.language,
        "facts": format_facts(timeline),
        "length_s": timeline.length_s,
        "picture": make_svg_element(lay_out_untitled(timeline), top=PICTURE_TOP),
        "blocks": [_describe_block(block) for block in timeline.blocks],
        "words": list(_list_words(timeline)),
        "sound": sound,
        "artwork": [
            {"src": url, "sizes": f"{size}x{size}", "type": "image/jpeg"} for size, url in (artwork or {}).items()
        ],
        "problems": list(problems),
    }


def build_page(shown: Contents, *, live: str | None = None, files: Sequence[PageFile] = ()) -> str:
    """Build the whole HTML document.

    ``shown`` is from `make_page_contents`, or ``{"problems": [...]}`` alone where a session cannot be shown yet.
    ``live`` is the URL of a stream of events on the page's own server; each event is such contents as JSON. ``files``
    can be saved from that server; the first is the one shown.
    """
    style, script = _write_style(), _read_asset("page.js")
    data = {"contents": shown, "live": live, "files": list(files), "wording": make_page_words()}
    return Template(_read_asset("page.html")).substitute(
        language=escape(shown.get("language", "en")),
        title=escape(shown.get("title") or NAMELESS),
        policy=_write_policy(style, script, is_served=live is not None or bool(files)),
        style=style,
        no_files="" if files else " hidden",
        links=_write_links(files),
        script=script,
        data=_escape_json(data),
    )


def _write_links(files: Sequence[PageFile]) -> str:
    """Write the files as links, for a browser that runs no script; the script then shows them in its own way."""
    items = (
        f'<li><p>{escape(file["title"])} · {escape(file["label"])}</p><a href="{escape(file["save"])}" download>'
        f"{escape(find_language_or_english(file['language']).page.save)} "
        f'<span class="size">{escape(file["size"])}</span></a></li>'
        for file in files
    )
    return f"<ul>{''.join(items)}</ul>" if files else ""


def make_page_words() -> dict[str, dict[str, str]]:
    """Collect the words of a page in all languages, as a live page may change its language."""
    return {code: find_language(code).page._asdict() for code in LANGUAGES}


def _describe_block(block: PlannedBlock) -> dict[str, Any]:
    return {
        "title": to_one_line(block.title),
        "ink": ink_of_block(block),
        "start_s": block.start_s,
        "end_s": block.end_s,
        "line": block.location.line,
    }


def _list_words(timeline: Timeline) -> Iterator[dict[str, Any]]:
    for event in timeline.events:
        if isinstance(event, Speech):
            yield {
                "text": to_one_line(event.text),
                "counted": event.utterance.counted,
                "block": event.block,
                "start_s": event.start_s,
                "end_s": event.end_s,
                "line": event.location.line,
            }


def _write_style() -> str:
    """Write all CSS rules, with the colours, and the ends of the session in the picture as shares of its width."""
    edges = f":root{{--left:{LEFT / WIDTH:.6f};--right:{RIGHT / WIDTH:.6f}}}"
    return edges + format_inks_as_css() + _read_asset("page.css")


def _write_policy(style: str, script: str, *, is_served: bool) -> str:
    """Write the content security policy: the page's own style and script, by their hashes, sound, and the cover."""
    server = " 'self'" if is_served else ""
    allowed = {
        "default-src": "'none'",
        "style-src": _hash(style),
        "script-src": _hash(script),
        "media-src": f"data: blob:{server}",
        "img-src": server.strip() or "'none'",
        "connect-src": server.strip() or "'none'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{what} {sources}" for what, sources in allowed.items())


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _escape_json(data: Mapping[str, Any]) -> str:
    """Escape JSON for a script element: it then has no ``<``, ``>``, ``&`` or line separators."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return "".join(f"\\u{ord(char):04x}" if char in "<>&\u2028\u2029" else char for char in text)


def _read_asset(name: str) -> str:
    return files("coach.charts").joinpath(name).read_text(encoding="utf-8")
