"""Reader of a session file: it returns a ``Session``, or all its problems."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pydantic import ValidationError

from coach.diagnostics.did_you_mean import did_you_mean
from coach.diagnostics.problem import Fix, Location, Problem, SessionError, locate_option, summarize_rest
from coach.diagnostics.source_file import SourceError, decode, read_source
from coach.languages import find_synonyms, list_synonyms
from coach.session import session_builder
from coach.session.base_model import AuthoredModel, ValidationContext, to_problems
from coach.session.block_models import (
    MOST_BLOCKS,
    BlockModel,
    RepeatModel,
    SessionModels,
    build_models,
    count_blocks,
)
from coach.session.file_model import BlockSettings, CueModel, SessionFileModel
from coach.session.session import KindSyntax, Session
from coach.session.session_languages import resolve_languages
from coach.session.sound_models import SoundNames
from coach.session.source_map import SourceLocator
from coach.session.values.value_kind import find_meant
from coach.text.sanitize import compose
from coach.translation import _, mark_message
from coach.yaml import nodes
from coach.yaml.pasted_characters import has_entities

if TYPE_CHECKING:
    from coach.yaml.vocabulary import Vocabulary

# The keys whose values are words, and those under which any name is a key.
TEXT_KEYS = ("title", "about", "author", "album", "text", "say", "say-also")
FREE_KEYS = frozenset(("values", "say-as"))

MOST_PROBLEMS = 50
_NO_FIX = Fix(title="", edits=())
M = TypeVar("M", bound=AuthoredModel)


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadResult:
    """A session, unless there are errors, and all its problems in order of location.

    ``files`` are those it was read from, its own first, and all that it names, whether they exist or not. ``lines`` are
    those of each file that was read, by the name that problems show.
    """

    session: Session | None
    problems: tuple[Problem, ...]
    files: tuple[Path, ...]
    lines: Mapping[str, tuple[str, ...]]


def read(
    path: Path,
    *,
    kinds: Mapping[str, KindSyntax],
    languages: tuple[str, ...],
    sounds: Mapping[str, tuple[str, ...]],
    values: Mapping[str, str] | None = None,
    unsaved: Mapping[Path, bytes] | None = None,
    most_problems: int | None = MOST_PROBLEMS,
) -> ReadResult:
    """Read a session and list its problems.

    Args:
        path: the session's file.
        kinds: every kind of block there is, by name.
        languages: the languages the coach speaks, like ``("nl", "en")``.
        sounds: the names of the built-in sounds, for ``tick``, ``bell``, ``breath`` and ``bed``.
        values: values that replace the session's own, by name.
        unsaved: the contents of files by their resolved paths, which replace those on disk.
        most_problems: how many problems are listed, at most, with one more that counts the rest; None for all.

    Raises:
        UsageError: there is no such file.
        ExternalError: the file cannot be read.
    """
    syntax = build_models(kinds)
    running = frozenset(name for name, kind in kinds.items() if kind.running)

    def read_once(*, pasted: bool, alone: bool = False) -> _Reader:
        vocabulary = build_vocabulary(kinds, languages) if pasted else None
        reader = _Reader(
            syntax=syntax,
            running=running,
            unsaved=unsaved or {},
            kinds=frozenset(kinds),
            vocabulary=vocabulary,
            is_alone=alone,
        )
        reader.read(path, languages=languages, sounds=sounds, values=values or {})
        return reader

    plain = read_once(pasted=False)
    if plain.session is not None and not plain.has_entities:
        return plain.finish(most_problems)
    pasted = read_once(pasted=True, alone=len(plain.files) == 1)
    return (pasted if pasted.signs else plain).finish(most_problems)


def build_vocabulary(kinds: Iterable[str], languages: Iterable[str]) -> "Vocabulary":
    """Build the vocabulary of the session language from its models."""
    from coach.yaml.vocabulary import Vocabulary  # noqa: PLC0415 - its patterns take time, and only mistakes need them

    models = (SessionFileModel, BlockSettings, CueModel, SoundNames, RepeatModel)
    kinds, texts = frozenset(kinds), {*TEXT_KEYS, *languages}
    keys = {key for model in models for key in model.list_known_keys()} | {*kinds, "repeat", "use", "parts"}
    words = (*texts, *sorted(keys - texts))
    return Vocabulary(
        texts=frozenset(texts),
        settings=frozenset(keys - texts),
        free=FREE_KEYS,
        kinds=kinds,
        languages=frozenset(languages),
        is_synonym=lambda word: bool(find_synonyms(word, words)),
        find_meant=cache(lambda word: find_meant(word, words)),
    )


def load(
    path: Path,
    *,
    kinds: Mapping[str, KindSyntax],
    languages: tuple[str, ...],
    sounds: Mapping[str, tuple[str, ...]],
    values: Mapping[str, str] | None = None,
) -> Session:
    """Read a session, and raise if it has errors.

    Raises:
        SessionError: it has errors; the exception holds all its problems.
        UsageError: there is no such file.
        ExternalError: the file cannot be read.
    """
    reading = read(path, kinds=kinds, languages=languages, sounds=sounds, values=values)
    if reading.session is None:
        raise SessionError(reading.problems)
    return reading.session


@dataclass(kw_only=True, slots=True)
class _Reader:
    """Reads a session, and each file that it uses once.

    With a ``vocabulary``, the signs of word processors are replaced before a file is read, as far as their meaning is
    certain. ``signs`` are those found; what else is wrong in their lines shows only when they are gone. ``is_alone``:
    whether the session uses no other file, so that without signs in its own it need not be read again.
    """

    syntax: SessionModels
    running: frozenset[str]
    unsaved: Mapping[Path, bytes]
    kinds: frozenset[str]
    vocabulary: "Vocabulary | None" = None
    is_alone: bool = False
    signs: list[Problem] = field(default_factory=list)
    has_entities: bool = False
    blocks: dict[Path, tuple[BlockModel, ...]] = field(default_factory=dict)
    lines: dict[str, tuple[str, ...]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    files: tuple[Path, ...] = ()
    session: Session | None = None

    def read(
        self,
        path: Path,
        *,
        languages: tuple[str, ...],
        sounds: Mapping[str, tuple[str, ...]],
        values: Mapping[str, str],
    ) -> None:
        """Read the session of a file."""
        context = ValidationContext(
            languages=languages,
            sounds=sounds,
            values=(),
            folder=path.parent,
            root=path.parent,
            used=(path.resolve(),),
            use=self.read_used,
            open=self.open_used,
            file=str(path),
        )
        made = self.read_session(path, context, values)
        touched = {
            (edit.location.file, edit.location.line) for sign in self.signs for edit in (sign.fix or _NO_FIX).edits
        }
        touched |= {(sign.location.file, sign.location.line) for sign in self.signs}
        rest = (each for each in context.problems if (each.location.file, each.location.line) not in touched)
        self.problems = sorted({*self.signs, *rest})
        self.files = tuple(dict.fromkeys((path, *context.named)))
        self.session = None if any(problem.severity == "error" for problem in self.problems) else made

    def finish(self, most_problems: int | None) -> ReadResult:
        """Return what was read."""
        return ReadResult(
            session=self.session, problems=_limit(self.problems, most_problems), files=self.files, lines=self.lines
        )

    def read_session(self, path: Path, context: ValidationContext, values: Mapping[str, str]) -> Session | None:
        root = self._parse(path, context)
        if root is None or (self.is_alone and not self.signs):
            return None
        context.values = _list_value_names(root)
        file = _validate(self.syntax.file, root, context)
        _check_given_values(values, context)
        spoken = resolve_languages(
            context.texts,
            stated=_find_language(root, context),
            known=context.languages,
            place=_locate_key(root, "title"),
        )
        said = _find_language_entry(root) is not None  # and in which language is reported there, if it is not known
        context.problems.extend(each for each in spoken.problems if not said or each.code != "language-unsaid")
        if file is None:
            return None
        _check_count(file, context)
        context.problems.extend(session_builder.check_cadences(file.blocks, file.cadence))
        context.problems.extend(session_builder.check_run_values(file, context.values, SourceLocator(self.unsaved)))
        context.problems.extend(session_builder.check_breaths(file.blocks, self.running))
        if any(problem.severity == "error" for problem in context.problems):
            return None
        made = session_builder.build_session(file, path=path, values=values, spoken=spoken)
        context.problems.extend(session_builder.check_length(made))
        return made

    def read_used(self, path: Path, written: str, context: ValidationContext) -> tuple[BlockModel, ...]:
        """Read the blocks of a used file; its problems join those of the session."""
        if path not in self.blocks:
            inner = context.enter(path, written)
            root = self._parse(path, inner)
            file = _validate(self.syntax.blocks, root, inner) if root else None
            self.blocks[path] = file.blocks if file else ()
        return self.blocks[path]

    def open_used(
        self, path: Path, written: str, context: ValidationContext
    ) -> tuple[nodes.Node | None, ValidationContext]:
        """Read the nodes of a file; its problems join those of the session. None if it is not YAML, or is empty."""
        inner = context.enter(path, written)
        return self._parse(path, inner), inner

    def _parse(self, path: Path, context: ValidationContext) -> nodes.Node | None:
        data = self.unsaved.get(path.resolve()) if self.unsaved else None
        try:
            source = read_source(path, context.file) if data is None else decode(data, context.file)
        except SourceError as error:
            context.problems.append(error.problem)
            self.lines[context.file] = error.lines
            return None
        self.lines[context.file] = source.lines
        self.has_entities = self.has_entities or has_entities(source)
        if self.vocabulary:
            from coach.session.pasted_quotes_and_bullets import read_pasted  # noqa: PLC0415 - only mistakes need it

            found, without = read_pasted(source, _list_keys(self.kinds, context.languages), self.vocabulary)
            self.signs.extend(found)
            if without is None:
                return None
            source = without
        root, problems = nodes.parse(source)
        if root is None:
            from coach.yaml.syntax_recovery import find_further  # noqa: PLC0415 - only mistakes need it

            problems = find_further(source, problems)
        context.problems.extend(problems)
        return root


def _validate(model: type[M], root: nodes.Node, context: ValidationContext) -> M | None:
    try:
        return model.model_validate(root, context=context)
    except ValidationError as error:
        context.problems.extend(to_problems(error, root))
        return None


def _list_keys(kinds: frozenset[str], languages: tuple[str, ...]) -> frozenset[str]:
    models = (SessionFileModel, BlockSettings, CueModel, SoundNames)
    known = {key for model in models for key in model.list_known_keys()}
    return frozenset((*known, *kinds, *languages, *list_synonyms(), "repeat", "use", "times", "parts"))


def _list_value_names(root: nodes.Node) -> tuple[str, ...]:
    entry = root.find_entry("values") if isinstance(root, nodes.Mapping) else None
    names = entry.value.list_names() if entry and isinstance(entry.value, nodes.Mapping) else ()
    return tuple(map(compose, names))


def _find_language_entry(root: nodes.Node) -> nodes.Entry | None:
    """Find what says the language, by that key or by one that is certainly meant for it."""
    if not isinstance(root, nodes.Mapping):
        return None
    known = SessionFileModel.list_known_keys()
    meant = (
        each for each in root.entries if each.key.text not in known and find_meant(each.key.text, known) == "language"
    )
    return root.find_entry("language") or next(meant, None)


def _find_language(root: nodes.Node, context: ValidationContext) -> str | None:
    entry = _find_language_entry(root)
    if entry is None or not isinstance(entry.value, nodes.Scalar):
        return None
    text = entry.value.text
    return text if text in context.languages else find_meant(text, context.languages)


def _locate_key(root: nodes.Node, key: str) -> Location:
    entry = root.find_entry(key) if isinstance(root, nodes.Mapping) else None
    return entry.key.location if entry else root.location


def _check_given_values(values: Mapping[str, str], context: ValidationContext) -> None:
    for name in (name for name in values if name not in context.values):
        advice = did_you_mean(name, context.values, otherwise=_('add `values: {{{name}: ""}}` at the top', name=name))
        message = _("there is no value '{name}' to set", name=name)
        context.report(locate_option("--set", f"{name}=…"), "unknown-value", message, advice)


def _check_count(file: SessionFileModel, context: ValidationContext) -> None:
    if count_blocks(file.blocks) > MOST_BLOCKS:
        message = _("the session has more than {most:,} blocks", most=MOST_BLOCKS)
        context.report(file.locate_key("blocks"), "too-many-blocks", message, _("repeat fewer times"))


def _limit(problems: list[Problem], most: int | None) -> tuple[Problem, ...]:
    """Keep the first problems, and add one that counts the rest."""
    shown, rest = problems[:most], problems[most:] if most is not None else []
    if not rest:
        return tuple(shown)
    return (*shown, summarize_rest(rest, mark_message("{count} more problems are not shown")))
