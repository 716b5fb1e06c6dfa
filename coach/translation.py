"""Translation of messages: the source holds them in English, and a gettext catalog has them in another language.

Modules import `translate` as ``_``, its usual name. A message is a template with named fields, and always a whole
sentence or phrase::

    _("there is no file {path}", path=path)

Templates are looked up, then filled in; so values may hold braces, and without fields a template is taken as it is.
``python scripts/messages.py`` collects them into ``coach/languages/CODE/messages.po``, and compiles that. English needs
no catalog: its templates are only filled in.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # English needs no catalog
    from gettext import GNUTranslations

LANGUAGE_VARIABLE = "COACH_LANG"

_LANGUAGES = Path(__file__).resolve().parent / "languages"


class Translator:
    """Translates into the language of the user interface, which is set once for a command."""

    def __init__(self) -> None:
        self._language = "en"
        self._catalog: GNUTranslations | None = None

    def get_language(self) -> str:
        """Return the code of the language of the user interface."""
        return self._language

    def set_language(self, code: str) -> None:
        """Translate into a language from now on; into English where it has no catalog."""
        file = _LANGUAGES / code / "messages.mo"
        self._language, self._catalog = "en", None
        if code != "en" and code.isalnum() and file.is_file():
            from gettext import GNUTranslations  # noqa: PLC0415 - English needs no catalog

            with file.open("rb") as stream:
                self._language, self._catalog = code, GNUTranslations(stream)

    def translate(self, message: str, /, **fields: object) -> str:
        """Translate a template, and fill in its fields, if any are given."""
        if self._catalog is not None and message:
            message = self._catalog.gettext(message)
            if ":,}" in message:
                message = self._group_digits(message, fields)
        return message.format(**fields) if fields else message

    def _group_digits(self, message: str, fields: Mapping[str, object]) -> str:
        """Fill in the numbers of a template whose digits are grouped, as ``{most:,}``, by the language's sign."""
        sign = self.translate_in_context("between thousands", ",")
        for name, value in fields.items():
            if isinstance(value, int):
                message = message.replace(f"{{{name}:,}}", f"{value:,}".replace(",", sign))
        return message

    def translate_plural(self, one: str, many: str, /, count: int, **fields: object) -> str:
        """Translate a template for one thing or for several; both may have the field ``{count}``."""
        message = one if count == 1 else many
        if self._catalog is not None:
            message = self._catalog.ngettext(one, many, count)
        return message.format(count=count, **fields)

    def translate_in_context(self, context: str, message: str, /, **fields: object) -> str:
        """Translate a template that stands for different things elsewhere; the context tells translators which."""
        if self._catalog is not None:
            message = self._catalog.pgettext(context, message)
        return message.format(**fields) if fields else message


_TRANSLATOR = Translator()

get_language = _TRANSLATOR.get_language
set_language = _TRANSLATOR.set_language
translate = _ = _TRANSLATOR.translate
translate_plural = _TRANSLATOR.translate_plural
translate_in_context = _TRANSLATOR.translate_in_context


def mark_message(message: str) -> str:
    """Mark a template in a table for the catalog, and return it as it is; it is translated where it is used."""
    return message


def mark_plural(one: str, many: str) -> tuple[str, str]:
    """Mark two templates, for one thing and for several, that `translate_plural` is given where they are used."""
    return one, many
