"""Character names: those of signs that word processors, chats and web pages write in place of YAML's own."""

import unicodedata

from coach.translation import _, mark_message, mark_plural, translate_plural

INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_DASHES = "–—―−‐‑‒"  # noqa: RUF001 - what word processors put before an item, as below
_PICTURES = "⇒➔➜➝➞➡⟶▶▷►▸▹◆◇◈◉◎⬤★☆✦✧❖☐☑☒✗✘✕✖✅❌⚪⚫🔴🟠🟡🟢🔵🟣🔹🔸🔷🔶⬜⬛🟩🟦👉🏃✨⭐"
SIGNS = f"*+•·‣◦▪▫■□●○∙⁃→➢➤✓✔{_PICTURES}"  # noqa: RUF001 - as above
BULLETS = f"{SIGNS}\uf0b7{_DASHES}"
PICTURE_FORM = "\ufe0f"  # it makes an emoji of some of them
QUOTES = "“”„‟‘’‚‛«»‹›"  # noqa: RUF001 - those of word processors; languages differ in which of them open a text
ODD = f"{SPACES}{INVISIBLE}"
SPACE = rf"[ \t{ODD}]"
FIRST_ODD = 0x80

_NAMES = {
    **dict.fromkeys("“”‟‘’‛", mark_message("curly quote")),  # noqa: RUF001 - a name for each
    **dict.fromkeys("„‚", mark_message("low quote")),  # noqa: RUF001 - as above
    **dict.fromkeys("«»‹›", mark_message("angle quote")),  # noqa: RUF001 - as above
    "\u00a0": mark_message("non-breaking space"),
    "\u202f": mark_message("narrow non-breaking space"),
    "\ufeff": mark_message("byte order mark"),
    "\uf0b7": mark_message("bullet"),
    "…": mark_message("horizontal ellipsis"),
    "=": mark_message("equals sign"),
}

# The names that Unicode has for other signs that are often met; those of rare ones stay as they are.
_OTHER_NAMES = (
    mark_message("asterisk"),
    mark_message("ballot box"),
    mark_message("black right-pointing triangle"),
    mark_message("bullet"),
    mark_message("em dash"),
    mark_message("en dash"),
    mark_message("fullwidth colon"),
    mark_message("fullwidth comma"),
    mark_message("minus sign"),
    mark_message("rightwards arrow"),
    mark_message("white bullet"),
    mark_message("white heavy check mark"),
    mark_message("white right pointing backhand index"),
    mark_message("zero width space"),
)

_WRITERS = {
    "word": mark_plural("{signs}, as Word writes it,", "{signs}, as Word writes them,"),
    "chat": mark_plural("{signs}, as chats write it,", "{signs}, as chats write them,"),
    "other": mark_plural("{signs}, as some programs write it,", "{signs}, as some programs write them,"),
}


def name_written(character: str, count: int = 1) -> str:
    """Name one or several of a character, show it if it can be seen, and say who writes it."""
    name = _NAMES.get(character) or unicodedata.name(character, f"character U+{ord(character):04X}").lower()
    if count > 1:
        named = _("{count} {name}s", count=count, name=_(name))
    else:
        named = _("an {name}", name=_(name)) if name[0] in "aeiou" else _("a {name}", name=_(name))
    seen = "" if character in ODD or character == "\uf0b7" else f" ({character})"
    if ord(character) < FIRST_ODD:
        return f"{named}{seen}"
    is_word = character in f"\u00a0\u202f…{QUOTES}{BULLETS}" and character not in _PICTURES
    one, many = _WRITERS["word" if is_word else "chat" if character in _PICTURES else "other"]
    return translate_plural(one, many, count, signs=f"{named}{seen}")
