"""The root of every mapping in a session file: a pydantic model made from a node, which keeps its place."""

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, ModelWrapValidatorHandler, PrivateAttr, ValidationInfo, model_validator

from coach.errors import Where
from coach.session import meant, nodes
from coach.session.context import Context, context_of, fault, shape_of
from coach.session.nearest import did_you_mean
from coach.session.scalars import quoted


class Authored(BaseModel):
    """A mapping in a session file, made from its node; unknown keys are reported, and then left out."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)
    hints: ClassVar[Mapping[str, str]] = {}
    _node: nodes.Mapping = PrivateAttr()

    @classmethod
    def shape(cls, node: nodes.Node, context: Context) -> nodes.Mapping:  # noqa: ARG003 - for the shorthands of others
        """The mapping that a node is, or is short for."""
        if isinstance(node, nodes.Mapping):
            return node
        keys = ", ".join(cls.known_keys())
        raise fault(
            node.where, "wrong-shape", f"a mapping is wanted here, not {shape_of(node)}", f"its keys are {keys}"
        )

    @classmethod
    def known_keys(cls) -> tuple[str, ...]:
        """The keys as authors write them."""
        return tuple(field.alias or name for name, field in cls.model_fields.items())

    @model_validator(mode="wrap")
    @classmethod
    def from_node(cls, node: Any, handler: ModelWrapValidatorHandler[Self], info: ValidationInfo) -> Self:  # noqa: ANN401 - pydantic's
        """Validate the values of a mapping's known keys."""
        if isinstance(node, dict):  # pydantic wraps a model that contains itself twice
            return handler(node)
        context = context_of(info)
        mapping = cls.shape(node, context)
        known = cls.known_keys()
        for key in (entry.key for entry in mapping.entries if entry.key.text not in known):
            hint = cls.hints.get(key.text)
            fix = None if hint else meant.renamed(key, mapping, known)
            advice = hint or did_you_mean(key.text, known)
            context.report(key.where, "unknown-key", f"unknown key {quoted(key.text)}", advice, fix)
        made = handler({entry.key.text: entry.value for entry in mapping.entries if entry.key.text in known})
        made._node = mapping  # noqa: SLF001 - its own, in a class method
        made.check(context)
        return made

    def check(self, context: Context) -> None:
        """Report what is wrong with keys that are right each by itself."""

    def place(self, key: str) -> Where:
        """Where the value of a key stands, or the mapping if it has no such key."""
        entry = self._node.entry(key)
        return entry.value.where if entry else self._node.where

    def key_place(self, key: str) -> Where:
        """Where a key stands, or the mapping if it has no such key."""
        entry = self._node.entry(key)
        return entry.key.where if entry else self._node.where


def wrapped(key: str, node: nodes.Node) -> nodes.Mapping:
    """A mapping with one key, for a node that is short for it."""
    return nodes.Mapping(entries=(nodes.entry(key, node),), where=node.where)
