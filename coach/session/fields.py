"""The leaves of a session file: what each value is, and what editors are told of it."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import PlainValidator, ValidationInfo, WithJsonSchema

from coach.session import patterns, scalars, shapes, texts
from coach.session.context import context_of, leaf
from coach.session.nodes import Node
from coach.session.paths import is_audio
from coach.session.scalars import ScalarError, one_of, quoted
from coach.session.types import Bell, Breath, Level, Place, Ramp, Span, Text

FORMS = tuple(shapes.FORMS)
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


SHARED_CUES = WithJsonSchema(shapes.cues("Cue"))

Time = Annotated[
    float,
    PlainValidator(leaf("a time", scalars.lasting)),
    WithJsonSchema(shapes.string("a time", patterns.TIME, "24m", "1h5m")),
]
Lasts = Annotated[
    Span,
    PlainValidator(leaf("a length", scalars.span)),
    WithJsonSchema(shapes.string("a length", patterns.LASTS, "3m", "3m..8m")),
]
SessionCadence = Annotated[
    float, PlainValidator(leaf("a cadence", scalars.steady_spm)), WithJsonSchema(shapes.STEADY_CADENCE)
]
BlockCadence = Annotated[Ramp, PlainValidator(leaf("a cadence", scalars.ramp)), WithJsonSchema(shapes.CADENCE)]
BreathField = Annotated[
    Breath,
    PlainValidator(leaf("a breath", scalars.breath)),
    WithJsonSchema(shapes.string("a breath", patterns.BREATH, "3 in / 3 out", "3/2", "none")),
]
Switch = Annotated[
    float,
    PlainValidator(leaf("on, off or a time", scalars.switch)),
    WithJsonSchema(shapes.string("on, off or a time", patterns.SWITCH, "90s", "on", "off")),
]
BellField = Annotated[
    Bell,
    PlainValidator(leaf("a bell", one_of(get_args(Bell), "bell"))),
    WithJsonSchema(shapes.choice("a bell", shapes.BELLS)),
]
LevelField = Annotated[
    Level,
    PlainValidator(leaf("a level", one_of(get_args(Level), "level"))),
    WithJsonSchema(shapes.choice("a level", shapes.LEVELS)),
]
Form = Annotated[
    str,
    PlainValidator(leaf("a form", one_of(FORMS, "form"))),
    WithJsonSchema(shapes.choice("a form", shapes.FORMS)),
]
At = Annotated[
    Place,
    PlainValidator(leaf("a place", scalars.at)),
    WithJsonSchema(shapes.string("a place", patterns.AT, "30s", "-20s", "40%")),
]
After = Annotated[
    Place, PlainValidator(leaf("a time", _after)), WithJsonSchema(shapes.string("a time", patterns.AFTER, "5s"))
]
Every = Annotated[
    Place, PlainValidator(leaf("a time", _period)), WithJsonSchema(shapes.string("a time", patterns.EVERY, "2m"))
]
Version = Annotated[int, PlainValidator(leaf("the format", _version)), WithJsonSchema(shapes.version())]
Times = Annotated[int, PlainValidator(leaf("a number", scalars.whole)), WithJsonSchema(shapes.count())]
TextField = Annotated[Text, PlainValidator(texts.text), WithJsonSchema(shapes.text())]
FileField = Annotated[
    Path,
    PlainValidator(_file),
    WithJsonSchema(shapes.string("a file", patterns.FILE, "recordings/hello.wav")),
]
Values = Annotated[dict[str, str], PlainValidator(texts.values), WithJsonSchema(shapes.values())]
Pronunciations = Annotated[
    dict[str, dict[str, str]],
    PlainValidator(texts.pronunciations),
    WithJsonSchema(shapes.pronunciations()),
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


# Which sounds there are, and in which languages one can speak, is filled in where the schema is put together.
TickSound = Annotated[str | Path, PlainValidator(_sound("tick")), WithJsonSchema({})]
BellSound = Annotated[str | Path, PlainValidator(_sound("bell")), WithJsonSchema({})]
BreathSound = Annotated[str | Path, PlainValidator(_sound("breath")), WithJsonSchema({})]
BedSound = Annotated[str | Path, PlainValidator(_sound("bed")), WithJsonSchema({})]


def _language(node: Node, info: ValidationInfo) -> str:
    return leaf("a language", one_of(context_of(info).languages, "language"))(node)


LanguageField = Annotated[str, PlainValidator(_language), WithJsonSchema({})]
