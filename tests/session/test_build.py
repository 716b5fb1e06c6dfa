from pathlib import Path

from authoring import session


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
    assert dict(made.blocks[0].title.words) == {"nl": "Anna loopt", "en": "Anna runs"}
