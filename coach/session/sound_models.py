"""Sound models: the keys of `sounds` and of `levels`."""

from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationInfo

from coach.session.base_model import AuthoredModel, Leaf, ValidationContext, get_context, make_error
from coach.session.session import SoundChoice
from coach.session.values.duration import FADE
from coach.session.values.file_path import FilePath
from coach.session.values.sound import DECIBELS, Sound, read_sound
from coach.session.values.value_kind import find_meant
from coach.text.sanitize import quote
from coach.translation import _
from coach.yaml import nodes

LevelField = Annotated[float, Leaf(DECIBELS)]


class _SoundLeaf(Leaf):
    """Annotates a field as a sound, which may be one for each phase, or several in turn."""

    def _read(self, node: nodes.Node, info: ValidationInfo) -> object:
        kind = self.within and self.within(get_context(info))
        assert isinstance(kind, Sound)  # noqa: S101 - see `_make_sound_leaf`
        return read_sound(node, kind, get_context(info))


def _make_sound_leaf(slot: str) -> Leaf:
    def make_kind(context: ValidationContext) -> Sound:
        return Sound(slot, dict.fromkeys(context.sounds[slot], ""), FilePath(context.resolve_file))

    return _SoundLeaf(within=make_kind)


TickSoundField = Annotated[SoundChoice, _make_sound_leaf("tick")]

BellSoundField = Annotated[str | Path, _make_sound_leaf("bell")]

BreathSoundField = Annotated[SoundChoice, _make_sound_leaf("breath")]

BedSoundField = Annotated[str | Path | tuple[Path, ...], _make_sound_leaf("bed")]


class SoundNames(AuthoredModel):
    """The sounds of a session or a block: a built-in name, a file beside the session, or none; some may be several."""

    tick: TickSoundField | None = Field(
        default=None,
        description="What falls on the steps, where a block has ticks: a sound, or one for each phase of the breath.",
    )
    bell: BellSoundField | None = Field(default=None, description="What rings at the start or the end of a block.")
    breath: BreathSoundField | None = Field(
        default=None,
        description="What rises with each in-breath and sinks with each out-breath: one sound, or two.",
    )
    bed: BedSoundField | None = Field(
        default=None,
        description="What lies under everything, softly: a sound, or a list of files in turn.",
    )
    bed_fade: Annotated[float, Leaf(FADE)] | None = Field(
        default=None,
        alias="bed-fade",
        description="How long the bed takes to come in where it begins, and to go where it ends.",
    )

    @classmethod
    def expand(cls, node: nodes.Node, context: ValidationContext) -> nodes.Mapping:
        """Name the slot of a sound that stands alone."""
        if isinstance(node, nodes.Scalar) and node.text:
            slots = [slot for slot, names in context.sounds.items() if find_sound(node.text, names)]
            name = find_sound(node.text, context.sounds[slots[0]]) if slots else None
            message = _(
                "{sound} stands here without what it is for: {slots}",
                sound=quote(node.text),
                slots=", ".join(context.sounds),
            )
            advice = (
                _("write {text}", text=f"{{{slots[0]}: {name}}}")
                if name
                else _("write what each is for, like {bed: none}")
            )
            raise make_error(node.location, "wrong-shape", message, advice)
        return super().expand(node, context)


def find_sound(written: str, names: tuple[str, ...]) -> str | None:
    """Find the sound that is meant, itself or by another word for it."""
    return written if written in names else find_meant(written, names)


class SoundLevelsModel(AuthoredModel):
    """How loud each sound of a session is, against the usual."""

    voice: LevelField | None = Field(default=None, description="Your recordings and the voice.")
    ticks: LevelField | None = Field(default=None, description="The ticks on the steps.")
    breath: LevelField | None = Field(default=None, description="The breath sounds.")
    bells: LevelField | None = Field(default=None, description="The bells.")
    bed: LevelField | None = Field(default=None, description="The sound that lies under everything.")
