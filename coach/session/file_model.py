"""File model: the keys of a session file, the one declaration for reading, checking and the editors' schema."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, Field, ValidationInfo, WithJsonSchema

from coach.session.bare_settings import refuse_bare_place, refuse_words, report_missing_keys
from coach.session.base_model import (
    AuthoredModel,
    Leaf,
    ValidationContext,
    describe_shape,
    find_bare_key,
    get_context,
    list_items,
    make_error,
    wrap_in_key,
)
from coach.session.session import (
    After,
    AtShare,
    BellPlacement,
    Breath,
    CueLevel,
    Every,
    FromEnd,
    FromStart,
    Ramp,
    Span,
)
from coach.session.sound_models import SoundLevelsModel, SoundNames
from coach.session.values.breath import BREATH
from coach.session.values.cadence import CADENCE, STEADY_CADENCE
from coach.session.values.cue_place import CUE_AFTER, CUE_AT, CUE_EVERY
from coach.session.values.duration import DURATION, SPAN, SWITCH
from coach.session.values.file_path import FILE_PATH, FilePath
from coach.session.values.marked_text import (
    MARKED_TEXT,
    LabelField,
    TextField,
    ValuesField,
    is_text,
)
from coach.session.values.pronunciation import PronunciationsField
from coach.session.values.whole_number import FORMAT_VERSION, TRACK_NUMBER, YEAR
from coach.session.values.word_choice import BELL, FORM, LEVEL, make_language_choice
from coach.text.sanitize import quote
from coach.translation import _, mark_message
from coach.yaml import nodes

VersionField = Annotated[int, Leaf(FORMAT_VERSION)]

BreathField = Annotated[Breath, Leaf(BREATH)]

SwitchField = Annotated[float, Leaf(SWITCH)]

FileField = Annotated[Path, Leaf(FILE_PATH, lambda context: FilePath(context.resolve_file))]

# `build_schema` fills in which sounds and languages there are.
LanguageField = Annotated[str, Leaf(within=lambda context: make_language_choice(dict.fromkeys(context.languages, "")))]


class CueModel(AuthoredModel):
    """Something said: a text, with a place, a level, and perhaps a recording."""

    text: TextField = Field(
        description="What is said. `[2s]` is a pause; `[in]`, `[out]`, `[hold]` and `[step]` wait for the next one;"
        " `{name}` is filled in from `values`. The run itself fills in `{left}`, `{elapsed}`, `{round}`, `{rounds}`,"
        " `{next}` and `{minutes}`: `{left} to go` says *two minutes to go*.",
        examples=["Look around you."],
    )
    at: Annotated[FromStart | FromEnd | AtShare, Leaf(CUE_AT)] | None = Field(
        default=None, description="When: `30s` after the block begins, `-20s` before it ends, or `40%` of the way."
    )
    after: Annotated[After, Leaf(CUE_AFTER)] | None = Field(
        default=None, description="When: so long after the cue before it has ended."
    )
    every: Annotated[Every, Leaf(CUE_EVERY)] | None = Field(
        default=None, description="Said again and again, each time after so long: `10s` at the least."
    )
    level: Annotated[CueLevel, Leaf(LEVEL)] = Field(
        default="guide", description="How much it matters. Who asks for less guidance hears fewer of the lesser ones."
    )
    clip: FileField | None = Field(
        default=None,
        description="A recording of yours, heard in place of the voice: a file beside the session. The text stays"
        " needed, for captions.",
    )

    @classmethod
    def expand(cls, node: nodes.Node, context: ValidationContext) -> nodes.Mapping:
        """Take a text alone for a mapping with only a text."""
        if isinstance(node, nodes.Mapping) and not is_text(node, context.languages, cls.list_known_keys()):
            refuse_words(node, cls.list_known_keys())
            return node
        if isinstance(node, nodes.Sequence):
            raise make_error(
                node.location,
                "wrong-shape",
                _("expected a cue, found a list"),
                _("write a text, or {at: 30s, text: …}"),
            )
        refuse_bare_place(node)
        return wrap_in_key("text", node)

    def check(self, context: ValidationContext) -> None:
        """Report a second place of a cue."""
        places = [entry.key for entry in self._node.entries if entry.key.text in ("at", "after", "every")]
        for extra in places[1:]:
            message = _("a cue has one place, and `{key}` already says it", key=places[0].text)
            way_out = _("keep `{first}` or `{second}`", first=places[0].text, second=extra.text)
            context.report(extra.location, "two-places", message, way_out)


_LIKE_NONE = frozenset(("geen", "niets", "nee", "uit", "leeg", "nothing", "no", "off", "empty", "false", "null"))


def _read_cue_list(node: nodes.Node, info: ValidationInfo) -> tuple[nodes.Node, ...]:
    """List the nodes of cues; one needs no list, and `none` means no words."""
    said = node.text if isinstance(node, nodes.Scalar) and not node.quoted and not node.is_null else "none"
    if said != "none" and said.strip(" .").lower() in (*_LIKE_NONE, "none"):
        advice = _('write none for no words, or "{said}" in quotes to say it', said=said)
        get_context(info).report(node.location, "says-none", _("the voice would say {said}", said=quote(said)), advice)
    if isinstance(node, nodes.Scalar) and node.text == "none" and not node.quoted:
        return ()
    if isinstance(node, nodes.Scalar) and node.is_null:
        raise make_error(
            node.location, "no-value", _("the words are missing here"), _("write a text, a list of cues, or none")
        )
    return list_items(node)


CueList = Annotated[
    tuple[CueModel, ...], BeforeValidator(_read_cue_list), WithJsonSchema(MARKED_TEXT.to_cues_schema("Cue"))
]


class BlockSettings(AuthoredModel):
    """The settings that every kind of block has."""

    hints: ClassVar[Mapping[str, str]] = {"parts": mark_message("leave it out: this kind has no parts")}

    lasts: Annotated[Span, Leaf(SPAN)] | None = Field(
        default=None,
        description="How long the block lasts: `3m`, or elastic, `3m..8m`, so that the session can reach its length.",
    )
    may_last: Annotated[Span, Leaf(SPAN)] | None = Field(
        default=None,
        alias="may-last",
        description="How short and how long the block may become where the session is asked for a length that `lasts`"
        " cannot reach: `1m..12m`.",
        examples=["1m..12m"],
    )
    title: TextField | None = Field(
        default=None,
        description="The block's own name, a chapter on your phone. Every kind has one already, in each language.",
        examples=["Up the hill"],
    )
    cadence: Annotated[Ramp, Leaf(CADENCE)] | None = Field(
        default=None,
        description="Steps per minute in this block: `158`; `+6` or `-8`, so many more or fewer than the session's; or"
        " `112 -> 156`, evenly from the first to the second.",
    )
    breath: BreathField | None = Field(
        default=None,
        description="The breath in this block: steps for in and for out, like `3 in / 3 out`, also with holds,"
        " `4 in / 2 hold / 4 out`; seconds where nobody steps, `4s in / 6s out`; or `none`.",
    )
    sounds: SoundNames | None = Field(
        default=None, description="Other sounds for this block alone. What you do not name stays the session's."
    )
    ticks: SwitchField | None = Field(
        default=None,
        description="A tick on each step: `on`, `off`, or how long, such as `90s`; then they fade within ten seconds.",
    )
    breath_sound: SwitchField | None = Field(
        default=None,
        alias="breath-sound",
        description="Air that rises with each in-breath and sinks with each out-breath: `on`, `off`, or how long before"
        " it fades.",
    )
    bell: Annotated[BellPlacement, Leaf(BELL)] | None = Field(
        default=None, description="When a bell rings in this block."
    )
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
    def expand(cls, node: nodes.Node, context: ValidationContext) -> nodes.Mapping:
        """Take nothing for no settings, and a time for `lasts`, also one among the settings."""
        if isinstance(node, nodes.Scalar):
            bare = find_bare_key(node.text, cls.list_known_keys())
            if bare and not node.quoted:
                message = _("`{key}` has no colon behind it", key=bare[0])
                advice = _("write {text}", text=f"{bare[0]}: {bare[2].split()[0][:40]}")
                raise make_error(node.location, "no-colon", message, advice)
            return nodes.Mapping(entries=(), location=node.location) if node.is_null else wrap_in_key("lasts", node)
        return report_missing_keys(super().expand(node, context), cls.list_known_keys(), context)


class SaySettings(BlockSettings):
    """A block that says what the author wrote."""

    @classmethod
    def expand(cls, node: nodes.Node, context: ValidationContext) -> nodes.Mapping:
        """Take words alone, or a list of cues, for `say`; `text` is another name for `say`."""
        if isinstance(node, nodes.Scalar) and node.is_null:
            raise make_error(
                node.location, "no-value", _("this block says nothing"), _("write {text}", text='- say: "…"')
            )
        if not isinstance(node, nodes.Mapping) or is_text(node, context.languages, (*cls.list_known_keys(), "text")):
            return wrap_in_key("say", node)
        if node.find_entry("say") is None and node.find_entry("text"):
            return nodes.Mapping(entries=tuple(_rename_to_say(entry) for entry in node.entries), location=node.location)
        if node.find_entry("say") is None:
            refuse_words(node, (*cls.list_known_keys(), "text"), within="say: {}")
            raise make_error(node.location, "no-value", _("this block says nothing"), _('add say: "…"'))
        return node


def _rename_to_say(entry: nodes.Entry) -> nodes.Entry:
    if entry.key.text != "text":
        return entry
    return nodes.make_entry("say", entry.value, location=entry.key.location)


class BlockFileModel(AuthoredModel):
    """A file of blocks, for `use`."""

    hints: ClassVar[Mapping[str, str]] = dict.fromkeys(
        ("title", "about", "author", "album", "track", "year", "form", "length", "values"),
        mark_message("a file of blocks has only `coach` and `blocks`"),
    )

    coach: VersionField
    blocks: tuple[Any, ...]

    @classmethod
    def expand(cls, node: nodes.Node, context: ValidationContext) -> nodes.Mapping:
        """Take a list alone for a file with only blocks."""
        if not isinstance(node, nodes.Sequence):
            return super().expand(node, context)
        version = nodes.Scalar(text="1", quoted=False, location=node.location)
        return nodes.Mapping(
            entries=(nodes.make_entry("coach", version), nodes.make_entry("blocks", node)), location=node.location
        )


class SessionFileModel(AuthoredModel):
    """A session file."""

    hints: ClassVar[Mapping[str, str]] = {
        key: mark_message("`{key}` belongs in a block")
        for key in (*BlockSettings.list_known_keys(), "times", "use", "repeat")
    }

    coach: VersionField = Field(
        description="The version of this format, which is always `1`. By it the coach knows the file for a session."
    )
    title: TextField = Field(
        description="What the session is called, in lists and on your phone: a text, or one for each language.",
        examples=["Evening run"],
    )
    about: TextField | None = Field(
        default=None,
        description="One sentence on what this run is for. It is read in lists and on your phone, and not spoken.",
        examples=["An empty head after a full day."],
    )
    author: LabelField = Field(
        default={},
        description="Who made it: the artist in the tags of a file, which is `Coach` otherwise.",
        examples=["Anna de Vries"],
    )
    album: LabelField = Field(
        default={},
        description="What a player lists it under, such as the name of a course: the album in the tags of a file.",
        examples=["Eight weeks of calm"],
    )
    track: Annotated[int, Leaf(TRACK_NUMBER)] | None = Field(
        default=None, description="Its number in the album, from 1; `coach render --track` gives another."
    )
    year: Annotated[int, Leaf(YEAR)] | None = Field(
        default=None, description="The year in the tags of a file, like `2026`. Without it there is none."
    )
    language: LanguageField | None = Field(
        default=None,
        description="The language of every text that names none. Say it here, and all texts may be plain ones.",
    )
    form: Annotated[str, Leaf(FORM)] = Field(
        default="other", description="The form of run. It helps you find the right one; it changes nothing you hear."
    )
    length: Annotated[float, Leaf(DURATION)] | None = Field(
        default=None,
        description="How long the whole lasts. Elastic blocks, such as `2m..5m`, stretch together until everything"
        " adds up to this.",
    )
    cadence: Annotated[float, Leaf(STEADY_CADENCE)] = Field(
        default=158.0,
        description="Steps per minute while running, left and right together. Easy running is about 154 to 160,"
        " walking 100 to 115.",
    )
    breath: BreathField = Field(
        default=Breath(inhale=3, exhale=3),
        description="Steps for one in-breath and one out-breath, like `3 in / 3 out`, also with holds; in seconds, like"
        " `4s in / 6s out`, for blocks in which nobody steps; or `none`, to keep none.",
    )
    sounds: SoundNames | None = Field(
        default=None,
        description="What ticks, rings, breathes and lies under it all: built-in sounds, or files of your own beside"
        " the session.",
    )
    levels: SoundLevelsModel | None = Field(
        default=None,
        description="How much louder or softer than usual each sound is: `-3dB` is a little softer, `-6dB` clearly. The"
        " whole stays as loud as any session.",
    )
    values: ValuesField = Field(
        default={},
        description="Words that are filled in when the session is made, such as a runner's name: `{name}` in a text is"
        " the value called `name`. What stands here is said unless `--set name=Anna` says otherwise. A list has one for"
        " each of several people, who all get a file of their own.",
    )
    say_as: PronunciationsField = Field(
        default={},
        alias="say-as",
        description="How the voice pronounces a word: respelled, or in the phonetic alphabet; or the name of a file of"
        " such words, for all sessions beside it. Captions keep your spelling.",
    )
    blocks: tuple[Any, ...]

    @classmethod
    def expand(cls, node: nodes.Node, context: ValidationContext) -> nodes.Mapping:
        """Require a mapping."""
        if isinstance(node, nodes.Mapping):
            return super().expand(node, context)
        advice = _("begin with `coach: 1`, `title:` and `blocks:`")
        raise make_error(
            node.location, "wrong-shape", _("a session is a mapping, not {shape}", shape=describe_shape(node)), advice
        )
