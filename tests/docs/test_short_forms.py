"""Words of the pages, none of which is taken for an abbreviation that no rule knows."""

import re
from pathlib import Path

import pytest

from coach.languages.text_normalizer import find_short_form

DOCS = Path(__file__).parents[2] / "docs"

# Words of one language that stand in the texts of the other: names of commands and files.
FOREIGN = {"mbrola", "https", "www", "src", "ufw", "fmt", "nl", "ms", "km", "jg", "kb", "mb"}


@pytest.mark.parametrize(("language", "folder"), [("nl", DOCS / "nl"), ("en", DOCS)])
def test_no_word_before_a_number_or_a_small_letter_is_taken_for_a_short_form(language: str, folder: Path) -> None:
    plain = " ".join(
        re.sub(r"```.*?```|`[^`]*`", " ", page.read_text(encoding="utf-8"), flags=re.DOTALL)
        for page in folder.glob("*.md")
    )
    words = set(re.findall(r"(?<![\w./'\u2019-])[a-zà-ÿ]{2,6}(?![\w./'\u2019-])", plain)) - FOREIGN
    assert len(words) > 500
    assert [
        word for word in words for rest in ("3 keer", "en los") if find_short_form(f"Loop {word}. {rest}", language)
    ] == []
