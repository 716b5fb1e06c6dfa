"""Pages of the kinds of block: a list, and one page for each, with its defaults and all its words."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from coach.audio.soundbank import measure_bell_length_s
from coach.blocks.kind import Kind
from coach.blocks.registry import KINDS
from coach.languages import LANGUAGES
from coach.languages.block_wording import load_block_wording
from coach.services import session_reading
from coach.session.session import AbsoluteCadence, Breath, CadenceValue
from coach.session.values.breath import BREATH
from coach.timeline.compile import compile_timeline
from coach.timeline.schedule import PlanOptions
from coach.timeline.timeline import timeline_to_text
from coach.units import seconds_to_text
from coach.voices.duration_estimate import estimate_duration
from handbook.markdown import bullets, code, fence, page, table

_NAMES = {"nl": "In het Nederlands", "en": "In English"}
_WORDS = {"say": ' {nl: "Kijk om je heen.", en: "Have a look around."}'}
_SETTINGS = "All other settings of a block are the same for each kind: see [keys](../keys.md#in-a-block)."


def defaults(kind: Kind) -> dict[str, str]:
    """List the default settings of a kind, as authors write them."""
    return {
        "lasts": _length(kind),
        "cadence": _cadence(kind),
        "breath": _breath(kind.breath),
        "ticks": _share(kind.ticks_share) + ", thinning" * kind.thinning,
        "breath sound": _share(kind.breath_sound_share),
        "bell": kind.bell,
    }


def example(kind: Kind) -> str:
    """Write a block of a kind, with the settings of the editors' snippet."""
    settings = "".join(f"    {key}: {value}\n" for key, value in kind.example)
    return f"- {kind.name}:\n{settings}"


def pages() -> Iterator[tuple[str, str]]:
    """Yield each page with its name."""
    rows = [(f"[`{name}`]({name}.md)", kind.about) for name, kind in KINDS.items()]
    yield (
        "index.md",
        page("Kinds of block", "What a block can be. Each kind comes with its own words.", table(("kind", "is"), rows)),
    )
    for name, kind in KINDS.items():
        yield f"{name}.md", _page(name, kind)


def _page(name: str, kind: Kind) -> str:
    plans = _plans(name)
    return page(
        f"`{name}`",
        kind.about,
        fence("yaml", example(kind)),
        "## Unless you say otherwise",
        table(("setting", "is"), defaults(kind).items()),
        _SETTINGS,
        f"Its `parts`, in the order in which they are said if you name none: {code(kind.parts)}" if kind.parts else "",
        *(_in(language, name, plans[language]) for language in LANGUAGES),
    )


def _in(language: str, name: str, plan: str) -> str:
    words = load_block_wording(language).kinds[name]
    heading = f"## {_NAMES.get(language, language)}: {words.title}"
    said = _phrasings({**words.cues, **words.parts})
    short = _phrasings(words.short)
    heard = f"With its usual length, the first time it comes:\n\n{fence('text', plan)}"
    lists = {"All its words, used in turn when it comes back": said, "Where it has little room for them": short}
    return "\n\n".join([heading, heard, *(f"{name}:\n\n{each}" for name, each in lists.items() if each)])


def _phrasings(words: Mapping[str, tuple[str, ...]]) -> str:
    return "\n\n".join(f"`{name}`\n\n{bullets(map(_plain, texts))}" for name, texts in words.items())


def _plain(words: str) -> str:
    """Escape brackets, which would be taken for links."""
    return words.replace("[", r"\[").replace("]", r"\]")


def _plans(name: str) -> dict[str, str]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "run.yaml"
        title = "title: {nl: Proef, en: Trial}"
        path.write_text(f"coach: 1\n{title}\nblocks:\n- {name}:{_WORDS.get(name, '')}\n", encoding="utf-8")
        session = session_reading.load_session(str(path))
    timelines = {
        each: compile_timeline(session, PlanOptions(language=each), estimate_duration, measure_bell_length_s)
        for each in LANGUAGES
    }
    return {
        language: "\n".join(timeline_to_text(timeline).splitlines()[2:]) for language, timeline in timelines.items()
    }


def _length(kind: Kind) -> str:
    if kind.lasts is None:
        return "its words"
    return "..".join(map(seconds_to_text, dict.fromkeys((kind.lasts.shortest_s, kind.lasts.longest_s))))


def _cadence(kind: Kind) -> str:
    ends = dict.fromkeys(map(_spm, (kind.cadence.start, kind.cadence.end)))
    return " -> ".join(ends) if kind.running else "standing"


def _spm(value: CadenceValue) -> str:
    if isinstance(value, AbsoluteCadence):
        return f"{value.spm:g}"
    return f"{value.offset_spm:+g}" if value.offset_spm else "session's"


def _breath(breath: Breath | None) -> str:
    if breath is None:
        return "session's"
    return BREATH.format(breath)


def _share(share: float) -> str:
    return {0.0: "off", 1.0: "on"}.get(share, f"first {share:.0%}")
