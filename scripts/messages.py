"""Collect the messages of coach/ into the catalogs of the languages, and compile those: python scripts/messages.py.

A catalog is coach/languages/CODE/messages.po, which any editor of gettext catalogs reads, such as Poedit. New messages
are added without a translation, and those that are gone are removed. To begin one for a new language, make an empty
file of that name. What is compiled from it, messages.mo beside it, is what the coach reads.
"""

import ast
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from coach.cli import coach
from coach.cli.ui_language import list_help_messages
from coach.commands.schema import build_full_schema
from coach.session.json_schema import list_descriptions

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "coach"
LANGUAGES = PACKAGE / "languages"
HEADER = """\
# Messages of the coach. After a change of this file or of a message in coach/: python scripts/messages.py
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""


class CollectedMessage(NamedTuple):
    """A message in the source: its template, that for several things, and its context, if it has these."""

    template: str
    plural: str = ""
    context: str = ""


def collect_messages() -> set[CollectedMessage]:
    """Collect all messages: those given to `translate` and its like, and the help of commands and their options."""
    found = {message for file in sorted(PACKAGE.rglob("*.py")) for message in _collect_from(file)}
    return found | list_help() | list_schema_texts()


def list_help() -> set[CollectedMessage]:
    """List the help of commands and their options."""
    return {CollectedMessage(text) for text in list_help_messages(coach) if text}


def list_schema_texts() -> set[CollectedMessage]:
    """List the descriptions of keys and values that editors show."""
    return {CollectedMessage(text) for text in list_descriptions(build_full_schema()) if text}


def _collect_from(file: Path) -> Iterator[CollectedMessage]:
    source = file.read_text(encoding="utf-8")
    if "coach.translation" not in source and file.stem != "translation":
        return
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name | ast.Attribute):
            continue
        called = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
        texts = [each.value for each in node.args if isinstance(each, ast.Constant) and isinstance(each.value, str)]
        match called, texts:
            case (("_" | "translate" | "mark_message"), [template]):
                yield CollectedMessage(template)
            case (("translate_plural" | "mark_plural"), [one, many]):
                yield CollectedMessage(one, plural=many)
            case "translate_in_context", [context, template]:
                yield CollectedMessage(template, context=context)


def list_catalogs() -> list[Path]:
    """List the catalogs, one for each language but English."""
    return sorted(LANGUAGES.glob("*/messages.po"))


def update(catalog: Catalog, messages: Iterable[CollectedMessage]) -> Catalog:
    """Make a catalog of these messages, with the translations that they have in another."""
    updated = Catalog(locale=catalog.locale, fuzzy=False)
    for template, plural, context in messages:
        before = catalog.get(template, context or None)
        wanted = (template, plural) if plural else template
        kept = before.string if before is not None and before.id == wanted else ""
        updated.add(wanted, kept, context=context or None, user_comments=before.user_comments if before else ())
    return updated


def read_catalog(file: Path) -> Catalog:
    """Read a catalog."""
    with file.open("rb") as stream:
        return read_po(stream, locale=file.parent.name)


def format_catalog(catalog: Catalog, language: str) -> str:
    """Format a catalog as a file, sorted, and without what changes at each writing."""
    body = BytesIO()
    write_po(body, catalog, width=0, no_location=True, omit_header=True, sort_output=True, ignore_obsolete=True)
    return HEADER.format(language=language) + body.getvalue().decode().strip() + "\n"


def compile_catalog(catalog: Catalog) -> bytes:
    """Compile a catalog; messages without a translation are left out, so that they are shown in English."""
    compiled = BytesIO()
    catalog.creation_date = catalog.revision_date = datetime(2000, 1, 1, tzinfo=UTC)  # the same bytes at any time
    write_mo(compiled, catalog)
    return compiled.getvalue()


def main() -> int:
    """Update and compile all catalogs; the exit code is 1 where messages have no translation."""
    messages = collect_messages()
    missing = 0
    for file in list_catalogs():
        text = format_catalog(update(read_catalog(file), messages), file.parent.name)
        file.write_text(text, encoding="utf-8", newline="\n")
        catalog = read_catalog(file)
        file.with_suffix(".mo").write_bytes(compile_catalog(catalog))
        lacking = [message for message in catalog if message.id and not all(list_translations(message))]
        missing += len(lacking)
        print(f"{file.relative_to(ROOT)}: {len(messages)} messages, {len(lacking)} without a translation")
    return 1 if missing else 0


def list_translations(message: Message) -> list[str]:
    """List the translations of a message: one, or for a plural as many as the language has forms."""
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


if __name__ == "__main__":
    sys.exit(main())
