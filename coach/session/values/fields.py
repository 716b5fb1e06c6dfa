"""The leaves of a session file: what each value is, and what editors are told of it."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import PlainValidator, ValidationInfo, WithJsonSchema

from coach.session import texts
from coach.session.base_model import context_of, leaf
from coach.session.schema import shapes
from coach.session.session import BellPlacement, Breath, CueLevel, CuePlace, Ramp, Span, Text
from coach.session.values import patterns, scalars
from coach.session.values.file_path import is_audio
from coach.session.values.scalars import ScalarError, one_of
from coach.text.sanitize import quote
from coach.yaml.nodes import Node

FORMS = tuple(shapes.FORMS)

SHORTEST_PERIOD_S = 10.0

Slot = Literal["tick", "bell", "breath", "bed"]


def _file(node: Node, info: ValidationInfo) -> Path:
    return leaf("a file", context_of(info).beside)(node)


def _version(text: str) -> int:
    if text.strip() == "1":
        return 1
    raise ScalarError("unknown-format", f"this coach reads format 1, not {quote(text)}", "write coach: 1")


def _period(text: str) -> CuePlace:
    seconds = scalars.lasting(text)
    if seconds < SHORTEST_PERIOD_S:
        message = f"{quote(text)} is too often to repeat a cue"
        raise ScalarError("too-often", message, f"write {SHORTEST_PERIOD_S:g}s or more")
    return CuePlace(kind="every", amount=seconds)


def _after(text: str) -> CuePlace:
    return CuePlace(kind="after", amount=scalars.time(text))


SHARED_CUES = WithJsonSchema(shapes.cues("Cue"))

TimeField = Annotated[
    float,
    PlainValidator(leaf("a time", scalars.lasting)),
    WithJsonSchema(shapes.string("a time", patterns.TIME, "24m", "1h5m")),
]

LastsField = Annotated[
    Span,
    PlainValidator(leaf("a length", scalars.span)),
    WithJsonSchema(shapes.string("a length", patterns.LASTS, "3m", "3m..8m")),
]

SessionCadenceField = Annotated[
    float, PlainValidator(leaf("a cadence", scalars.steady_spm)), WithJsonSchema(shapes.STEADY_CADENCE)
]

BlockCadenceField = Annotated[Ramp, PlainValidator(leaf("a cadence", scalars.ramp)), WithJsonSchema(shapes.CADENCE)]

BreathField = Annotated[
    Breath,
    PlainValidator(leaf("a breath", scalars.breath)),
    WithJsonSchema(shapes.string("a breath", patterns.BREATH, "3 in / 3 out", "3/2", "none")),
]

SwitchField = Annotated[
    float,
    PlainValidator(leaf("on, off or a time", scalars.switch)),
    WithJsonSchema(shapes.string("on, off or a time", patterns.SWITCH, "90s", "on", "off")),
]

BellField = Annotated[
    BellPlacement,
    PlainValidator(leaf("a bell", one_of(get_args(BellPlacement), "bell"))),
    WithJsonSchema(shapes.choice("a bell", shapes.BELLS)),
]

LevelField = Annotated[
    CueLevel,
    PlainValidator(leaf("a level", one_of(get_args(CueLevel), "level"))),
    WithJsonSchema(shapes.choice("a level", shapes.LEVELS)),
]

FormField = Annotated[
    str,
    PlainValidator(leaf("a form", one_of(FORMS, "form"))),
    WithJsonSchema(shapes.choice("a form", shapes.FORMS)),
]

AtField = Annotated[
    CuePlace,
    PlainValidator(leaf("a place", scalars.at)),
    WithJsonSchema(shapes.string("a place", patterns.AT, "30s", "-20s", "40%")),
]

AfterField = Annotated[
    CuePlace, PlainValidator(leaf("a time", _after)), WithJsonSchema(shapes.string("a time", patterns.AFTER, "5s"))
]

EveryField = Annotated[
    CuePlace, PlainValidator(leaf("a time", _period)), WithJsonSchema(shapes.string("a time", patterns.EVERY, "2m"))
]

VersionField = Annotated[int, PlainValidator(leaf("the format", _version)), WithJsonSchema(shapes.version())]

TimesField = Annotated[int, PlainValidator(leaf("a number", scalars.whole)), WithJsonSchema(shapes.count())]

TextField = Annotated[Text, PlainValidator(texts.text), WithJsonSchema(shapes.text())]

FileField = Annotated[
    Path,
    PlainValidator(_file),
    WithJsonSchema(shapes.string("a file", patterns.FILE, "recordings/hello.wav")),
]

ValuesField = Annotated[dict[str, str], PlainValidator(texts.values), WithJsonSchema(shapes.values())]

PronunciationsField = Annotated[
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
TickSoundField = Annotated[str | Path, PlainValidator(_sound("tick")), WithJsonSchema({})]

BellSoundField = Annotated[str | Path, PlainValidator(_sound("bell")), WithJsonSchema({})]

BreathSoundField = Annotated[str | Path, PlainValidator(_sound("breath")), WithJsonSchema({})]

BedSoundField = Annotated[str | Path, PlainValidator(_sound("bed")), WithJsonSchema({})]


def _language(node: Node, info: ValidationInfo) -> str:
    return leaf("a language", one_of(context_of(info).languages, "language"))(node)


LanguageField = Annotated[str, PlainValidator(_language), WithJsonSchema({})]
