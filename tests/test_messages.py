"""Every message can be translated, and is, in the catalog of each language."""

import ast
import inspect
import re
import sys
from collections.abc import Iterable, Iterator
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

import click
import messages as script
import pytest
from babel.messages.catalog import Catalog, Message
from conftest import Coach
from test_layers import MODULES, PACKAGE

from coach import translation
from coach.cli import coach as group
from coach.translation import (
    LANGUAGE_VARIABLE,
    set_language,
    translate,
    translate_in_context,
    translate_plural,
)

CATALOGS = script.list_catalogs()
UPDATE = f"run: {Path(sys.executable).name} scripts/messages.py, and translate what is new in messages.po"

# Two words, or a word beside a value: so a message, unless it stands in one of the places below.
PATTERN = re.compile(r"\w\|\w|\.\*|\(\?")
PROSE = re.compile(
    r"[a-z]{2,}[,:;']? `?[a-z]+|[a-z]{2,}[,:;']? '?\{\}|\{\}'?[,:;']? [a-z]{2,}|^(?:write|add|put|say|use) "
)
TRANSLATES = {"_", "translate", "mark_message", "mark_plural", "translate_plural", "translate_in_context"}
FOR_DEVELOPERS = {
    *("ValueError", "LookupError", "TypeError", "AssertionError", "RuntimeError", "KeyError", "NotImplementedError")
}

HELP = {message.template for message in script.list_help()}

# Prose that is no message, by module, with the reason; a text is named by a part of it, "" stands for all.
NO_MESSAGES: dict[str, dict[str, str]] = {
    "commands/hear.py": {"say-as:": "YAML"},
    "advice/never_heard.py": {": on": "what is to be written", "bell: start": "the same"},
    "advice/spoken_texts.py": {"{} min": "what is to be written"},
    "charts/html_page.py": {"data: blob": "markup", "<li><p>": "markup"},
    "charts/svg.py": {"<": "markup, whose words are those of a language", " rx=": "the same"},
    "charts/timeline_chart.py": {"{} min": "the same in every language"},
    "diagnostics/render/sarif.py": {"Mindful run coach": "the name of the program"},
    "errors.py": {"pip install": "a command"},
    "session/bare_settings.py": dict.fromkeys(("lasts: ", "say: {", "text"), "what is to be written"),
    "session/block_models.py": {"lasts: {}": "what a fix writes"},
    "session/file_model.py": {
        **dict.fromkeys(("Look around", "Up the hill", "Evening run", "An empty", "Anna", "Eight"), "an example"),
        "say: {}": "what is to be written",
    },
    "session/session_languages.py": {"`language: {}`": "what is to be written"},
    "session/values/marked_text.py": {"Look around": "an example"},
    "session/values/sound.py": {"{} sound": "of a slot that has no word of its own"},
    "http/request_handler.py": {"bytes {}": "a header", "text/plain": "a header"},
    "journal/database.py": {"SELECT": "SQL"},
    "journal/diary.py": {"INSERT": "SQL"},
    "play/screen/app.py": {"Screen {": "a style sheet"},
    "send/file_server.py": {"text/html": "a header", "attachment": "a header", "private": "a header"},
    "storage/log_file.py": {"internal error": "of the log", "coach {}": "the same", "Python {}": "the same"},
    "voice_recording/script_lines.py": {"<!doctype": "HTML"},
    "voices/engines/espeak.py": {"espeakng-loader": "an identity"},
    "voices/engines/kokoro.py": {"espeakng-loader": "an identity", "onnxruntime {}": "an identity"},
    "voices/engines/kokoro_model.py": {"coach voices add": "a command"},
    "voices/engines/mbrola.py": {"Data at": "what espeak-ng says"},
    "voices/engines/recording.py": {"recording, {}": "an identity"},
    "voices/worker_pool.py": {"still runs": "of the log", "ended with": "of the log"},
    "watch/server.py": {"id: {}": "of the protocol", "text/html": "a header"},
    "services/new_session_template.py": {"": "what is written into a session"},
    "sounds/decode.py": {"Estimating duration": "what ffmpeg says"},
    "sounds/registry.py": {"": "descriptions, which the schema translates"},
    "timeline/durations.py": {"between {} s": "of an error that never reaches a user"},
    "yaml/concrete_syntax_tree.py": {"line {}": "of an error that never reaches a user"},
    "yaml/syntax_errors.py": {
        **dict.fromkeys(("parsing a ", "scanning a block", "sequence entries are"), "what PyYAML says"),
    },
}


COMMANDS = [("coach", group), *group.commands.items()] + [
    (f"{name} {part}", each)
    for name, command in group.commands.items()
    if isinstance(command, click.Group)
    for part, each in command.commands.items()
]


def list_texts(messages: Message) -> list[str]:
    return [messages.id] if isinstance(messages.id, str) else list(messages.id)


def list_fields(template: str) -> set[str]:
    return set(re.findall(r"(?<!\{)\{(\w+)[^{}]*\}", template))


@pytest.mark.parametrize("file", CATALOGS, ids=lambda path: path.parent.name)
def test_a_catalog_holds_the_messages_of_the_source_and_is_compiled(file: Path) -> None:
    catalog = script.read_catalog(file)
    updated = script.update(catalog, script.collect_messages())
    assert file.read_text(encoding="utf-8") == script.format_catalog(updated, file.parent.name), UPDATE
    compiled = GNUTranslations(BytesIO(script.compile_catalog(catalog)))
    with file.with_suffix(".mo").open("rb") as stream:
        kept = vars(GNUTranslations(stream))["_catalog"]
    for name in ("", *kept):  # the header holds the version of what compiled it
        assert name == "" or kept[name] == vars(compiled)["_catalog"].get(name), UPDATE
    assert kept.keys() == vars(compiled)["_catalog"].keys(), UPDATE


@pytest.mark.parametrize("file", CATALOGS, ids=lambda path: path.parent.name)
def test_every_message_is_translated_with_the_same_fields(file: Path) -> None:
    for message in script.read_catalog(file):
        if not message.id:
            continue
        assert not message.fuzzy, message.id
        one_or_many = set.union(*map(list_fields, list_texts(message)))
        for translated in script.list_translations(message):
            assert translated.strip(), f"{message.id!r} has no translation in {file}"
            fields = list_fields(translated)
            is_filled_in = message.id not in HELP
            assert (
                fields == one_or_many
                or not is_filled_in
                or (message.pluralizable and fields | {"count"} == one_or_many)
            ), message.id
            assert translated.endswith(("\n", " ")) == list_texts(message)[-1].endswith(("\n", " ")), message.id


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_message_is_left_untranslated(module: Path) -> None:
    name = module.relative_to(PACKAGE).as_posix()
    room = name.partition("/")[0].removesuffix(".py")
    if room == "blocks" or (room == "languages" and name != "languages/__init__.py"):
        return
    reasons = NO_MESSAGES.get(name, {})
    found = [each for each in find_prose(ast.parse(module.read_text(encoding="utf-8"))) if each[1] not in HELP]
    assert [f"{line}: {text}" for line, text in found if not any(part in text for part in reasons)] == []
    for part in reasons:
        assert any(part in text for _, text in found), f"{part!r} is no longer there"


def find_prose(node: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield the texts in a module that read like messages and are not given to `translate`, with their lines."""
    match node:
        case ast.Constant(value=str(text)) if PROSE.search(text) and not PATTERN.search(text):
            yield node.lineno, text
        case ast.JoinedStr(values=values):
            text = "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in values)
            if PROSE.search(text):
                yield node.lineno, text
    compared = {node.left, *node.comparators} if isinstance(node, ast.Compare) else set()
    for part in () if is_for_developers(node) else list_parts(node):
        if part in compared and isinstance(part, ast.Constant):
            continue
        yield from find_prose(part)


def list_parts(node: ast.AST) -> Iterable[ast.AST]:
    """List the parts of a piece of source in which messages may stand."""
    match node:
        case ast.AnnAssign(value=ast.expr() as value):  # annotations may be in quotes
            return [value]
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            return filter(None, [*node.decorator_list, *node.args.defaults, *node.args.kw_defaults, *node.body])
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in TRANSLATES:
            return [keyword.value for keyword in node.keywords]
        case ast.Expr(value=ast.Constant()) | ast.AnnAssign():  # a docstring, or an annotation alone
            return []
        case ast.JoinedStr(values=values):
            return [part for part in values if isinstance(part, ast.FormattedValue)]
    return ast.iter_child_nodes(node)


def is_for_developers(node: ast.AST) -> bool:
    """Return whether a piece of source is an error that no user sees, a line of the log or a pattern."""
    match node:
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(value=ast.Name(id=name))):
            return name in FOR_DEVELOPERS or name == "re" or "log" in name.lower()
        case ast.keyword(arg="description"):  # of a field of a model, which the schema translates
            return True
    return False


@pytest.mark.parametrize(("name", "command"), COMMANDS, ids=[name for name, _ in COMMANDS])
def test_help_is_in_the_language_of_the_interface(
    name: str, command: click.Command, coach: Coach, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = name.removeprefix("coach").split()
    english = coach(*path, "--help").out
    monkeypatch.setenv(LANGUAGE_VARIABLE, "nl")
    dutch = coach(*path, "--help").out
    translated = script.read_catalog(CATALOGS[0])
    options = [each.help for each in command.params if isinstance(each, click.Option)]
    for line in [inspect.cleandoc(command.help or ""), *filter(None, options)]:
        found = translated.get(line)
        assert found is not None
        assert [squeeze(line) in squeeze(text) for text in (english, dutch)] == [True, False]
        assert squeeze(str(found.string)) in squeeze(dutch)
    assert english.startswith("Usage: coach")
    assert dutch.startswith("Gebruik: coach")
    assert coach("--ui=nl", *path, "-h").out == dutch


def squeeze(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_mistakes_in_a_command_are_explained_in_the_language_of_the_interface(coach: Coach) -> None:
    assert coach("--ui=nl", "hear", "--guidence", "full").err.startswith(
        "Gebruik: coach hear [OPTIES] [SESSIE]\nMeer hulp: 'coach hear --help'\n\nFout: Er is geen optie "
    )
    assert coach("--ui=nl", "render").err.endswith("Fout: Hier ontbreekt 'SESSIE...'.\n")
    assert coach("--ui=nl", "render", "x", "--track", "een").err.endswith(
        "Fout: Bij '--track' kan dit niet: 'een' is geen heel getal.\n"
    )


def test_texts_that_read_like_messages_are_found() -> None:
    source = """'''Not this.'''
log.info("nor this one")
raise ValueError("nor this one")
_("translated it is", help=f"{one} in a field")
Problem(message=f"there is no {name}", code="no-such", text=written or "some words")
"""
    found = [text for _, text in find_prose(ast.parse(source))]
    assert found == ["{} in a field", "there is no {}", "some words"]


def test_a_template_is_looked_up_and_then_filled_in() -> None:
    assert translate("the disk is {full}", full="{100 %}") == "the disk is {100 %}"
    assert translate("as {it} is") == "as {it} is"
    assert [translate_plural("{count} line", "{count} lines", count) for count in (1, 2)] == ["1 line", "2 lines"]
    assert translate_in_context("of a week", "day {number}", number=3) == "day 3"
    assert translate("with this the file holds more than {most:,} values", most=20_000).endswith(
        "more than 20,000 values"
    )
    set_language("nl")
    assert "meer dan 20.000 waarden" in translate("with this the file holds more than {most:,} values", most=20_000)


@pytest.mark.parametrize("file", CATALOGS, ids=lambda path: path.parent.name)
def test_advice_on_quotes_speaks_of_quotes_in_every_language(file: Path) -> None:
    catalog = script.read_catalog(file)
    quotes = [str(message.string) for message in catalog if message.id == "quotes"]
    assert quotes
    for message in catalog:
        if "in quotes" in str(message.id) or "put quotes" in str(message.id):
            assert all(word in str(message.string) for word in quotes), message.id


def test_a_language_is_chosen_by_its_code(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "nl").mkdir()
    (tmp_path / "nl" / "messages.po").write_text(
        script.HEADER.format(language="nl")
        + 'msgid "gone {it}"\nmsgstr "weg: {it}"\n\nmsgid "{count} line"\nmsgid_plural "{count} lines"\n'
        'msgstr[0] "{count} regel"\nmsgstr[1] "{count} regels"\n\nmsgctxt "week"\nmsgid "on"\nmsgstr "op"\n',
        encoding="utf-8",
    )
    compiled = script.compile_catalog(script.read_catalog(tmp_path / "nl" / "messages.po"))
    (tmp_path / "nl" / "messages.mo").write_bytes(compiled)
    monkeypatch.setattr(translation, "_LANGUAGES", tmp_path)
    set_language("nl")
    assert translation.get_language() == "nl"
    assert translate("gone {it}", it="{it}") == "weg: {it}"
    assert translate("not in the catalog") == "not in the catalog"
    assert translate("") == ""
    assert [translate_plural("{count} line", "{count} lines", count) for count in (1, 2)] == ["1 regel", "2 regels"]
    assert [translate_in_context("week", "on"), translate("on")] == ["op", "on"]
    for other in ("en", "fr", "..", ""):
        set_language(other)
        assert [translation.get_language(), translate("gone {it}", it=1)] == ["en", "gone 1"]


def test_a_catalog_is_updated_with_the_translations_that_it_has() -> None:
    before = Catalog(locale="nl")
    before.add("kept", "gehouden")
    before.add("gone", "weg")
    before.add("{count} line", "regel")
    messages = [script.CollectedMessage("kept"), script.CollectedMessage("{count} line", plural="{count} lines")]
    after = script.format_catalog(script.update(before, [*messages, script.CollectedMessage("new", context="x")]), "nl")
    assert after == script.HEADER.format(language="nl") + (
        'msgid "kept"\nmsgstr "gehouden"\n\nmsgctxt "x"\nmsgid "new"\nmsgstr ""\n\n#, python-brace-format\n'
        'msgid "{count} line"\nmsgid_plural "{count} lines"\nmsgstr[0] ""\nmsgstr[1] ""\n'
    )
