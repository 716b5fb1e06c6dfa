"""What a session file may say: the one declaration that reading, checking and the editors' schema come from."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, Field

from coach.session.base_model import AuthoredModel, ValidationContext, fault, items, shape_of, wrapped
from coach.session.session import Breath
from coach.session.texts import is_text
from coach.session.values import fields as f
from coach.yaml import nodes


class CueModel(AuthoredModel):
    """Something said: a text, with a place, a level, and perhaps a recording."""

    text: f.TextField = Field(
        description="What is said. `[2s]` is a pause; `[in]`, `[out]` and `[step]` wait for the next breath or step;"
        " `{name}` is filled in from `values`.",
        examples=["Look around you."],
    )
    at: f.AtField | None = Field(
        default=None, description="When: `30s` after the block begins, `-20s` before it ends, or `40%` of the way."
    )
    after: f.AfterField | None = Field(default=None, description="When: so long after the cue before it has ended.")
    every: f.EveryField | None = Field(
        default=None, description="Said again and again, each time after so long: `10s` at the least."
    )
    level: f.LevelField = Field(
        default="guide", description="How much it matters. Who asks for less guidance hears fewer of the lesser ones."
    )
    clip: f.FileField | None = Field(
        default=None,
        description="A recording of yours, heard in place of the voice: a file beside the session. The text stays"
        " needed, for captions.",
    )

    @classmethod
    def shape(cls, node: nodes.Node, context: ValidationContext) -> nodes.Mapping:
        """A text alone is short for a mapping with only a text."""
        if isinstance(node, nodes.Mapping) and not is_text(node, context.languages, cls.known_keys()):
            return node
        if isinstance(node, nodes.Sequence):
            raise fault(
                node.where, "wrong-shape", "a cue is wanted here, not a list", "write a text, or {at: 30s, text: …}"
            )
        return wrapped("text", node)

    def check(self, context: ValidationContext) -> None:
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


CueList = Annotated[tuple[CueModel, ...], BeforeValidator(_cues), f.SHARED_CUES]


class SoundNames(AuthoredModel):
    """The sounds of a session or a block: a built-in name, a file beside the session, or none."""

    tick: f.TickSoundField | None = Field(default=None, description="What falls on the steps, where a block has ticks.")
    bell: f.BellSoundField | None = Field(default=None, description="What rings at the start or the end of a block.")
    breath: f.BreathSoundField | None = Field(
        default=None, description="What rises with each in-breath and sinks with each out-breath."
    )
    bed: f.BedSoundField | None = Field(
        default=None, description="What lies under everything, softly, from start to end."
    )


class BlockSettings(AuthoredModel):
    """What every kind of block can be told."""

    hints: ClassVar[Mapping[str, str]] = {"parts": "leave it out: this kind has no parts"}

    lasts: f.LastsField | None = Field(
        default=None,
        description="How long the block lasts: `3m`, or elastic, `3m..8m`, so that the session can reach its length.",
    )
    title: f.TextField | None = Field(
        default=None,
        description="The block's own name, a chapter on your phone. Every kind has one already, in each language.",
        examples=["Up the hill"],
    )
    cadence: f.BlockCadenceField | None = Field(
        default=None,
        description="Steps per minute in this block: `158`; `+6` or `-8`, so many more or fewer than the session's; or"
        " `112 -> 156`, evenly from the first to the second.",
    )
    breath: f.BreathField | None = Field(
        default=None, description="The breath in this block: steps for in and for out, like `3 in / 3 out`; or `none`."
    )
    sounds: SoundNames | None = Field(
        default=None, description="Other sounds for this block alone. What you do not name stays the session's."
    )
    ticks: f.SwitchField | None = Field(
        default=None,
        description="A tick on each step: `on`, `off`, or how long, such as `90s`; then they fade within ten seconds.",
    )
    breath_sound: f.SwitchField | None = Field(
        default=None,
        alias="breath-sound",
        description="Air that rises with each in-breath and sinks with each out-breath: `on`, `off`, or how long before"
        " it fades.",
    )
    bell: f.BellField | None = Field(default=None, description="When a bell rings in this block.")
    say: CueList | None = Field(
        default=None,
        description="Your own words, in place of the kind's: a text, a cue, or a list of them. `none` is a block"
        " without words.",
        examples=["Look around you."],
    )
    say_also: CueList = Field(
        default=(),
        alias="say-also",
        description="Your own words beside the kind's: a text, a cue, or a list of them.",
        examples=["Look around you."],
    )

    @classmethod
    def shape(cls, node: nodes.Node, context: ValidationContext) -> nodes.Mapping:
        """Nothing is short for no settings, a time for how long."""
        if isinstance(node, nodes.Scalar):
            return nodes.Mapping(entries=(), where=node.where) if node.is_null else wrapped("lasts", node)
        return super().shape(node, context)


class SaySettings(BlockSettings):
    """A block that says what the author wrote."""

    @classmethod
    def shape(cls, node: nodes.Node, context: ValidationContext) -> nodes.Mapping:
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
    return nodes.make_entry("say", entry.value, where=entry.key.where)


class BlockFileModel(AuthoredModel):
    """A file of blocks, for `use`."""

    hints: ClassVar[Mapping[str, str]] = dict.fromkeys(
        ("title", "about", "form", "length", "values"), "a file of blocks has only `coach` and `blocks`"
    )

    coach: f.VersionField
    blocks: tuple[Any, ...]

    @classmethod
    def shape(cls, node: nodes.Node, context: ValidationContext) -> nodes.Mapping:
        """A list alone is short for a file with only blocks."""
        if not isinstance(node, nodes.Sequence):
            return super().shape(node, context)
        version = nodes.Scalar(text="1", quoted=False, where=node.where)
        return nodes.Mapping(
            entries=(nodes.make_entry("coach", version), nodes.make_entry("blocks", node)), where=node.where
        )


class SessionFileModel(AuthoredModel):
    """A session file."""

    hints: ClassVar[Mapping[str, str]] = {
        key: f"`{key}` belongs in a block" for key in (*BlockSettings.known_keys(), "times", "use", "repeat")
    }

    coach: f.VersionField = Field(
        description="The version of this format, which is always `1`. By it the coach knows the file for a session."
    )
    title: f.TextField = Field(
        description="What the session is called, in lists and on your phone: a text, or one for each language.",
        examples=["Evening run"],
    )
    about: f.TextField | None = Field(
        default=None,
        description="One sentence on what this run is for. It is read in lists and on your phone, and not spoken.",
        examples=["An empty head after a full day."],
    )
    language: f.LanguageField | None = Field(
        default=None,
        description="The language of every text that names none. Say it here, and all texts may be plain ones.",
    )
    form: f.FormField = Field(
        default="other", description="The form of run. It helps you find the right one; it changes nothing you hear."
    )
    length: f.TimeField | None = Field(
        default=None,
        description="How long the whole lasts. Elastic blocks, such as `2m..5m`, stretch together until everything"
        " adds up to this.",
    )
    cadence: f.SessionCadenceField = Field(
        default=158.0,
        description="Steps per minute while running, left and right together. Easy running is about 154 to 160,"
        " walking 100 to 115.",
    )
    breath: f.BreathField = Field(
        default=Breath(steps_in=3, steps_out=3),
        description="Steps for one in-breath and one out-breath, like `3 in / 3 out`; or `none`, to keep none.",
    )
    sounds: SoundNames | None = Field(
        default=None,
        description="What ticks, rings, breathes and lies under it all: built-in sounds, or files of your own beside"
        " the session.",
    )
    values: f.ValuesField = Field(
        default={},
        description="Words that are filled in when the session is made, such as a runner's name: `{name}` in a text is"
        " the value called `name`. What stands here is said unless `--set name=Anna` says otherwise.",
    )
    say_as: f.PronunciationsField = Field(
        default={},
        alias="say-as",
        description="How the voice pronounces a word. Captions keep your spelling.",
    )
    blocks: tuple[Any, ...]

    @classmethod
    def shape(cls, node: nodes.Node, context: ValidationContext) -> nodes.Mapping:
        """A session is a mapping."""
        if isinstance(node, nodes.Mapping):
            return super().shape(node, context)
        advice = "begin with `coach: 1`, `title:` and `blocks:`"
        raise fault(node.where, "wrong-shape", f"a session is a mapping, not {shape_of(node)}", advice)
