"""The words that authors write for those of a session: each is answered by the word that is right in its place."""

from pathlib import Path

import pytest

from coach.blocks.registry import KINDS
from coach.languages import LANGUAGES, find_language, find_synonyms, list_synonyms
from coach.languages.block_wording import load_block_wording
from coach.services.autofix import apply_fixes
from coach.services.session_check import check_session
from coach.services.session_reading import SOUNDS, load_session
from coach.session.file_model import BlockSettings, CueModel, SessionFileModel
from coach.session.inline_markup import RUN_VALUES
from coach.session.library import list_names
from coach.session.sound_models import SoundLevelsModel, SoundNames
from coach.session.values.word_choice import BELLS, FORMS, LEVELS

PARTS = tuple(dict.fromkeys(part for kind in KINDS.values() for part in kind.parts))
BLOCK_KEYS = (*BlockSettings.list_known_keys(), "parts")
PLACES = {
    "session": SessionFileModel.list_known_keys(),
    "kind": (*KINDS, "repeat", "use"),
    "block": BLOCK_KEYS,
    "cue": CueModel.list_known_keys(),
    "sounds": SoundNames.list_known_keys(),
    "levels": SoundLevelsModel.list_known_keys(),
    "repeat": ("times", "blocks"),
    "part": PARTS,
    "bell": tuple(BELLS),
    "level": tuple(LEVELS),
    "form": tuple(FORMS),
    "language": LANGUAGES,
    "value": RUN_VALUES,
    **{f"{slot} sound": names for slot, names in SOUNDS.items()},
}
HEAD = "coach: 1\ntitle: A\nlanguage: en\nblocks:\n  - silence: 3m\n"


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_table_is_about_words_of_a_session(code: str) -> None:
    known = {word for words in PLACES.values() for word in words}
    assert set(find_language(code).synonyms) <= known


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_title_of_a_kind_stands_for_it(code: str) -> None:
    for name, kind in load_block_wording(code).kinds.items():
        assert name in find_synonyms(kind.title, KINDS)


def test_every_synonym_has_a_place_where_it_means_one_thing_or_says_which() -> None:
    for written in list_synonyms():
        meant = [find_synonyms(written, words) for words in PLACES.values()]
        assert any(meant)
        assert all(len(each) <= 2 for each in meant), written


BLOCK_SYNONYMS = sorted(
    (written, meant[0])
    for written in list_synonyms()
    if len(meant := find_synonyms(written, BLOCK_KEYS)) == 1 and written not in BLOCK_KEYS
)
KIND_SYNONYMS = sorted(
    (written, meant)
    for written in list_synonyms()
    if (meant := find_synonyms(written, PLACES["kind"])) and written not in (*PLACES["kind"], *BLOCK_KEYS)
)


def test_a_session_without_faults_needs_no_synonyms() -> None:
    for name in list_names():
        list_synonyms.cache_clear()
        load_session(name)
        assert list_synonyms.cache_info().misses == 0, name


def test_a_synonym_of_a_setting_is_named_and_replaced(tmp_path: Path) -> None:
    for number, (written, meant) in enumerate(BLOCK_SYNONYMS):
        path = tmp_path / f"{number}.yaml"
        path.write_text(f"{HEAD}  - body-scan: {{{written}: none}}\n", encoding="utf-8")
        (found,) = (problem for problem in check_session(path) if problem.code == "unknown-key")
        assert found.help == f"write `{meant}`"
        assert f"{{{meant}: " in apply_fixes([path]).after[str(path)].decode()


def test_a_synonym_of_a_kind_is_named_and_replaced_where_it_means_one(tmp_path: Path) -> None:
    for number, (written, meant) in enumerate(KIND_SYNONYMS):
        path = tmp_path / f"{number}.yaml"
        path.write_text(f"{HEAD}  - {written}: 3m\n", encoding="utf-8")
        (found,) = (problem for problem in check_session(path) if problem.code == "unknown-kind")
        assert found.help == f"write {' or '.join(f'`{each}`' for each in meant)}"
        assert (found.fix is not None) == (len(meant) == 1)


def test_a_whole_session_in_dutch_words_becomes_one(tmp_path: Path) -> None:
    path = tmp_path / "run.yaml"
    path.write_text(
        "coach: 1\ntitel: Rondje\ntaal: nl\nduur: 24m\nblokken:\n"
        "  - aankomen: {duur: 3m, bel: begin}\n"
        "  - Rustig lopen: 10m..20m\n"
        "  - herhaal:\n      keer: 2\n      blokken:\n        - vlot: 1m\n        - stilte: 1m\n"
        "  - loslaten: {duur: 2m, onderdelen: [kaken, handen]}\n"
        "  - uitwandelen: 4m\n",
        encoding="utf-8",
    )
    fixed = apply_fixes([path]).after[str(path)].decode()
    assert fixed == (
        "coach: 1\ntitle: Rondje\nlanguage: nl\nlength: 24m\nblocks:\n"
        "  - settle: {lasts: 3m, bell: start}\n"
        "  - easy: 10m..20m\n"
        "  - repeat:\n      times: 2\n      blocks:\n        - brisk: 1m\n        - silence: 1m\n"
        "  - shoulder-release: {lasts: 2m, parts: [jaw, hands]}\n"
        "  - walk-out: 4m\n"
    )
