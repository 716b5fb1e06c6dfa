from pathlib import Path

from session_texts import session


def test_titles_have_their_values_filled_in_and_no_marks(tmp_path: Path) -> None:
    made = session(
        tmp_path,
        """
        coach: 1
        title: {nl: "Rondje met {name}", en: "A run for {name}"}
        about: {nl: "[2s] Rustig aan, {who}.", en: "Take it easy, {who}."}
        values: {name: Anna, who: ""}
        blocks:
          - free: {lasts: 1m, title: {nl: "{name} loopt", en: "{name} runs"}}
        """,
    )
    assert dict(made.title.words) == {"nl": "Rondje met Anna", "en": "A run for Anna"}
    assert made.about is not None
    assert dict(made.about.words) == {"nl": "Rustig aan.", "en": "Take it easy."}
    assert made.blocks[0].title is not None
    assert dict(made.blocks[0].title.words) == {"nl": "{name} loopt", "en": "{name} runs"}  # filled in with its round


def test_tags_need_no_language_and_have_their_values_filled_in(tmp_path: Path) -> None:
    made = session(
        tmp_path,
        """
        coach: 1
        title: {nl: Rondje, en: Round}
        author: "{name} de Vries"
        album: {nl: "[2s] Acht weken rust"}
        track: "007"
        year: 2026
        values: {name: Anna}
        blocks:
          - free: {lasts: 1m}
        """,
    )
    assert made.languages == ("nl", "en")
    assert made.author == {"nl": "Anna de Vries", "en": "Anna de Vries"}
    assert made.album == {"nl": "Acht weken rust"}
    assert (made.track, made.year) == (7, 2026)
