"""The leaves of a session file: what each value is, and what editors are told of it."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from pydantic import PlainValidator, ValidationInfo, WithJsonSchema

from coach.session import scalars, texts
from coach.session.context import context_of, leaf
from coach.session.nodes import Node
from coach.session.paths import is_audio
from coach.session.scalars import ScalarError, one_of, quoted
from coach.session.types import Bell, Breath, Level, Place, Ramp, Span, Text

FORMS = ("reset", "long", "intervals", "mindful", "trail", "other")
SHORTEST_PERIOD_S = 10.0

Slot = Literal["tick", "bell", "breath", "bed"]


def _file(node: Node, info: ValidationInfo) -> Path:
    return leaf("a file", context_of(info).beside)(node)


def _version(text: str) -> int:
    if text.strip() == "1":
        return 1
    raise ScalarError("unknown-format", f"this coach reads format 1, not {quoted(text)}", "write coach: 1")


def _period(text: str) -> Place:
    seconds = scalars.lasting(text)
    if seconds < SHORTEST_PERIOD_S:
        message = f"{quoted(text)} is too often to repeat a cue"
        raise ScalarError("too-often", message, f"write {SHORTEST_PERIOD_S:g}s or more")
    return Place(kind="every", amount=seconds)


def _after(text: str) -> Place:
    return Place(kind="after", amount=scalars.time(text))


def _string_schema(description: str, *examples: str, pattern: str | None = None) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string", "description": description, "examples": list(examples)}
    return schema | ({"pattern": pattern} if pattern else {})


def _string(description: str, *examples: str, pattern: str | None = None) -> WithJsonSchema:
    return WithJsonSchema(_string_schema(description, *examples, pattern=pattern))


SHARED_TEXT = WithJsonSchema({"x-shared": "Text"})
SHARED_CUES = WithJsonSchema({"x-shared": "Cues"})

_TIME = r"(?=\S)(\d+h)?(\d+m)?(\d+(\.\d+)?s)?|(\d+:)?\d+:[0-5]\d"
_SPM = r"\d+(\.\d+)?"

Time = Annotated[
    float,
    PlainValidator(leaf("a time", scalars.lasting)),
    _string("A time.", "24m", "1h5m", pattern=rf"^({_TIME})$"),
]
_LASTS = rf"^({_TIME})( *\.\. *({_TIME}))?$"
LASTS_SCHEMA = _string_schema("How long it lasts; two times make it elastic.", "3m", "3m..8m", pattern=_LASTS)
Lasts = Annotated[Span, PlainValidator(leaf("a length", scalars.span)), WithJsonSchema({"x-shared": "Lasts"})]
SessionCadence = Annotated[
    float,
    PlainValidator(leaf("a cadence", scalars.steady_spm)),
    WithJsonSchema({"type": "number", "minimum": 60, "maximum": 220, "description": "Steps per minute while running."}),
]
BlockCadence = Annotated[
    Ramp,
    PlainValidator(leaf("a cadence", scalars.ramp)),
    WithJsonSchema(
        {
            "type": ["number", "string"],
            "pattern": rf"^[+-]?{_SPM}( *(->|→) *[+-]?{_SPM})?$",
            "description": "Steps per minute; +6 or -8 relative to the session's; 150 -> 160 a ramp over the block.",
            "examples": [158, "+6", "112 -> 156"],
        }
    ),
]
BreathField = Annotated[
    Breath,
    PlainValidator(leaf("a breath", scalars.breath)),
    _string(
        "Steps for one in-breath and one out-breath, or none.",
        *("3 in / 3 out", "3/2", "none"),
        pattern=r"^(none|\d{1,2}[ -]*(in)?\s*/\s*\d{1,2}[ -]*(out)?)$",
    ),
]
Switch = Annotated[
    float,
    PlainValidator(leaf("on, off or a time", scalars.switch)),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": rf"^(on|off|{_TIME})$",
            "description": "On, off, or how long before it fades.",
            "examples": ["90s", "off"],
        }
    ),
]
BellField = Annotated[
    Bell,
    PlainValidator(leaf("a bell", one_of(get_args(Bell), "bell"))),
    WithJsonSchema({"enum": list(get_args(Bell)), "description": "When a bell is struck."}),
]
LevelField = Annotated[
    Level,
    PlainValidator(leaf("a level", one_of(get_args(Level), "level"))),
    WithJsonSchema(
        {"enum": list(get_args(Level)), "description": "How much it matters: `--guidance` may leave it out."}
    ),
]
Form = Annotated[
    str,
    PlainValidator(leaf("a form", one_of(FORMS, "form"))),
    WithJsonSchema({"enum": list(FORMS), "description": "The form of run."}),
]
At = Annotated[
    Place,
    PlainValidator(leaf("a place", scalars.at)),
    _string("From the block's start, its end, or a share of it.", "30s", "-20s", "40%"),
]
After = Annotated[
    Place,
    PlainValidator(leaf("a time", _after)),
    _string("So long after the previous cue has ended.", "5s"),
]
Every = Annotated[
    Place,
    PlainValidator(leaf("a time", _period)),
    _string("Repeated with this period.", "2m"),
]
Version = Annotated[int, PlainValidator(leaf("the format", _version)), WithJsonSchema({"const": 1})]
Times = Annotated[
    int, PlainValidator(leaf("a number", scalars.whole)), WithJsonSchema({"type": "integer", "minimum": 1})
]
TextField = Annotated[
    Text,
    PlainValidator(texts.text),
    SHARED_TEXT,
]
FileField = Annotated[Path, PlainValidator(_file), _string("A file beside the session.", "recordings/hello.wav")]
Values = Annotated[
    dict[str, str],
    PlainValidator(texts.values),
    WithJsonSchema({"type": "object", "additionalProperties": {"type": ["string", "number", "boolean", "null"]}}),
]
Pronunciations = Annotated[
    dict[str, dict[str, str]],
    PlainValidator(texts.pronunciations),
    WithJsonSchema({"type": "object", "additionalProperties": {"x-shared": "Text"}}),
]


def _sound(name: Slot) -> Callable[[Node, ValidationInfo], str | Path]:
    def read(node: Node, info: ValidationInfo) -> str | Path:
        context = context_of(info)

        def choose(text: str) -> str | Path:
            if is_audio(text):
                return context.beside(text)
            return one_of((*context.sounds[name], "none"), f"{name} sound")(text)

        return leaf("a sound", choose)(node)

    return read


TickSound = Annotated[str | Path, PlainValidator(_sound("tick")), _string("A tick's sound, a file, or none.", "wood")]
BellSound = Annotated[str | Path, PlainValidator(_sound("bell")), _string("A bell, a file, or none.", "bowl")]
BreathSound = Annotated[
    str | Path, PlainValidator(_sound("breath")), _string("A breath's sound, a file, or none.", "air")
]
BedSound = Annotated[str | Path, PlainValidator(_sound("bed")), _string("A background, a file, or none.", "forest")]


def _language(node: Node, info: ValidationInfo) -> str:
    return leaf("a language", one_of(context_of(info).languages, "language"))(node)


LanguageField = Annotated[str, PlainValidator(_language), _string("The language of texts that name none.", "nl")]
