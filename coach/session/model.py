"""What a session file may say: the one declaration that reading, checking and the editors' schema come from."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, Field

from coach.session import fields as f
from coach.session import nodes
from coach.session.authored import Authored, wrapped
from coach.session.context import Context, fault, items, shape_of
from coach.session.texts import is_text
from coach.session.types import Breath


class Cue(Authored):
    """Something said: a text, with a place, a level, and perhaps a recording."""

    text: f.TextField
    at: f.At | None = None
    after: f.After | None = None
    every: f.Every | None = None
    level: f.LevelField = "guide"
    clip: f.FileField | None = None

    @classmethod
    def shape(cls, node: nodes.Node, context: Context) -> nodes.Mapping:
        """A text alone is short for a mapping with only a text."""
        if isinstance(node, nodes.Mapping) and not is_text(node, context.languages, cls.known_keys()):
            return node
        if isinstance(node, nodes.Sequence):
            raise fault(
                node.where, "wrong-shape", "a cue is wanted here, not a list", "write a text, or {at: 30s, text: …}"
            )
        return wrapped("text", node)

    def check(self, context: Context) -> None:
        """A cue has one place at most."""
        places = [entry.key for entry in self._node.entries if entry.key.text in ("at", "after", "every")]
        for extra in places[1:]:
            message = f"a cue has one place, and `{places[0].text}` already says it"
            context.report(extra.where, "two-places", message, f"keep `{places[0].text}` or `{extra.text}`")


def _cues(node: nodes.Node) -> tuple[nodes.Node, ...]:
    """The nodes of cues; one needs no list, and `none` is no words at all."""
    if isinstance(node, nodes.Scalar) and node.text == "none" and not node.quoted:
        return ()
    if isinstance(node, nodes.Scalar) and node.is_null:
        raise fault(node.where, "no-value", "the words are missing here", "write a text, a list of cues, or none")
    return items(node)


Cues = Annotated[tuple[Cue, ...], BeforeValidator(_cues), f.SHARED_CUES]


class SoundNames(Authored):
    """The sounds of a session or a block: a built-in name, a file beside the session, or none."""

    tick: f.TickSound | None = None
    bell: f.BellSound | None = None
    breath: f.BreathSound | None = None
    bed: f.BedSound | None = None


class Settings(Authored):
    """What every kind of block can be told."""

    hints: ClassVar[Mapping[str, str]] = {"parts": "leave it out: this kind has no parts"}

    lasts: f.Lasts | None = None
    title: f.TextField | None = None
    cadence: f.BlockCadence | None = None
    breath: f.BreathField | None = None
    sounds: SoundNames | None = None
    ticks: f.Switch | None = None
    breath_sound: f.Switch | None = Field(default=None, alias="breath-sound")
    bell: f.BellField | None = None
    say: Cues | None = Field(default=None, description="Cues that replace the kind's own; [] for no words.")
    say_also: Cues = Field(default=(), alias="say-also", description="Cues beside the kind's own.")

    @classmethod
    def shape(cls, node: nodes.Node, context: Context) -> nodes.Mapping:
        """Nothing is short for no settings, a time for how long."""
        if isinstance(node, nodes.Scalar):
            return nodes.Mapping(entries=(), where=node.where) if node.is_null else wrapped("lasts", node)
        return super().shape(node, context)


class SaySettings(Settings):
    """A block that says what the author wrote."""

    @classmethod
    def shape(cls, node: nodes.Node, context: Context) -> nodes.Mapping:
        """Words alone, or a list of cues, are short for a block that says them; `text` is another name for `say`."""
        if isinstance(node, nodes.Scalar) and node.is_null:
            raise fault(node.where, "no-value", "this block says nothing", 'write - say: "…"')
        if not isinstance(node, nodes.Mapping) or is_text(node, context.languages, (*cls.known_keys(), "text")):
            return wrapped("say", node)
        if node.entry("say") is None and node.entry("text"):
            return nodes.Mapping(entries=tuple(_as_say(entry) for entry in node.entries), where=node.where)
        if node.entry("say") is None:
            raise fault(node.where, "no-value", "this block says nothing", 'add say: "…"')
        return node


def _as_say(entry: nodes.Entry) -> nodes.Entry:
    if entry.key.text != "text":
        return entry
    return nodes.entry("say", entry.value, where=entry.key.where)


class Blocks(Authored):
    """A file of blocks, for `use`."""

    hints: ClassVar[Mapping[str, str]] = dict.fromkeys(
        ("title", "about", "form", "length", "values"), "a file of blocks has only `coach` and `blocks`"
    )

    coach: f.Version
    blocks: tuple[Any, ...]

    @classmethod
    def shape(cls, node: nodes.Node, context: Context) -> nodes.Mapping:
        """A list alone is short for a file with only blocks."""
        if not isinstance(node, nodes.Sequence):
            return super().shape(node, context)
        version = nodes.Scalar(text="1", quoted=False, where=node.where)
        return nodes.Mapping(entries=(nodes.entry("coach", version), nodes.entry("blocks", node)), where=node.where)


class File(Authored):
    """A session file."""

    hints: ClassVar[Mapping[str, str]] = {
        key: f"`{key}` belongs in a block" for key in (*Settings.known_keys(), "times", "use", "repeat")
    }

    coach: f.Version = Field(description="The format of this file: 1.")
    title: f.TextField
    about: f.TextField | None = None
    language: f.LanguageField | None = None
    form: f.Form = "other"
    length: f.Time | None = None
    cadence: f.SessionCadence = 158.0
    breath: f.BreathField = Breath(steps_in=3, steps_out=3)
    sounds: SoundNames | None = None
    values: f.Values = Field(default={}, description="Values for {name} in texts, and what they are unless set.")
    say_as: f.Pronunciations = Field(default={}, alias="say-as", description="How the voice says a word.")
    blocks: tuple[Any, ...]

    @classmethod
    def shape(cls, node: nodes.Node, context: Context) -> nodes.Mapping:
        """A session is a mapping."""
        if isinstance(node, nodes.Mapping):
            return super().shape(node, context)
        advice = "begin with `coach: 1`, `title:` and `blocks:`"
        raise fault(node.where, "wrong-shape", f"a session is a mapping, not {shape_of(node)}", advice)
