import json
from collections.abc import Iterator
from typing import Any, get_args

from jsonschema import Draft7Validator

from coach.session.base_model import AuthoredModel
from coach.session.block_models import RepeatModel
from coach.session.file_model import BlockSettings, CueModel, SessionFileModel
from coach.session.json_schema import build_schema
from coach.session.session import BellPlacement, CueLevel, KindSyntax
from coach.session.sound_models import SoundNames
from coach.session.values import word_choice

KINDS = {
    "easy": KindSyntax(name="easy", about="Just running.", example=(("lasts", "5m"),)),
    "stretch": KindSyntax(
        name="stretch", parts=("hips", "back"), about="Stretching.", example=(("lasts", "2m"), ("parts", "[hips]"))
    ),
    "say": KindSyntax(name="say", about="Your own words.", example=(("say", '"Yes."'),)),
}
SOUNDS = {
    "tick": {"wood": "A block of wood."},
    "bell": {"bowl": "A bowl."},
    "breath": {"air": "Breath."},
    "bed": {"forest": "Trees."},
}
DRAWN = build_schema(KINDS, {"nl": "Nederlands", "en": "English"}, SOUNDS)
DEFINITIONS = DRAWN["definitions"]
BLOCK = DEFINITIONS["Block"]


def pieces(drawn: Any) -> Iterator[dict[str, Any]]:
    if isinstance(drawn, dict):
        yield drawn
    for inner in drawn.values() if isinstance(drawn, dict) else drawn if isinstance(drawn, list) else ():
        yield from pieces(inner)


def keys() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every key that an author may write, with what is said of it."""
    for mapping in (DRAWN, *DEFINITIONS.values()):
        for key, rule in mapping.get("properties", {}).items():
            if not isinstance(rule.get("$ref"), str):
                yield key, rule


def test_it_is_valid_draft_07_and_plain_json() -> None:
    assert DRAWN["$schema"] == "http://json-schema.org/draft-07/schema#"
    Draft7Validator.check_schema(DRAWN)
    assert json.loads(json.dumps(DRAWN)) == DRAWN


def test_every_reference_leads_somewhere_and_every_definition_is_led_to() -> None:
    references = {piece["$ref"] for piece in pieces(DRAWN) if isinstance(piece.get("$ref"), str)}
    definitions = {f"#/definitions/{name}" for name in DEFINITIONS if name not in {"Blocks", "Words"}}  # for editors
    settings = {f"#/definitions/BlockSettings/properties/{key}" for key in BlockSettings.list_known_keys()}
    assert references == definitions | settings | {"#/properties/coach", "#/properties/blocks"}
    assert not [piece for piece in pieces(DRAWN) if "x-shared" in piece]


def test_a_reference_has_no_siblings_as_readers_ignore_them() -> None:
    assert [piece for piece in pieces(DRAWN) if "$ref" in piece and len(piece) > 1] == []


def test_no_mapping_of_known_keys_takes_unknown_ones() -> None:
    mappings = [piece for piece in pieces(DRAWN) if "properties" in piece and "required" not in piece.get("if", {})]
    closed = [mapping for mapping in mappings if mapping.get("additionalProperties") is False]
    places = [mapping for mapping in mappings if list(mapping["properties"].values()) == [False]]
    assert closed
    assert len(closed) + len(places) == len(mappings)


def test_the_keys_are_those_that_the_coach_reads() -> None:
    assert tuple(DRAWN["properties"]) == SessionFileModel.list_known_keys()
    models: dict[str, type[AuthoredModel]] = {
        "Cue": CueModel,
        "BlockSettings": BlockSettings,
        "SoundNames": SoundNames,
        "Repeat": RepeatModel,
    }
    for name, model in models.items():
        assert tuple(DEFINITIONS[name]["properties"]) == model.list_known_keys()


def test_every_key_tells_its_name_and_what_it_means() -> None:
    for key, rule in keys():
        assert rule["title"] == key
        if key not in ("nl", "en"):
            assert rule["description"].endswith("."), key


def test_code_in_descriptions_is_marked_as_code() -> None:
    assert all(rule.get("markdownDescription") == rule.get("description") for _key, rule in keys())


def test_every_word_to_choose_from_is_explained() -> None:
    choices = [piece for piece in pieces(DRAWN) if "enumDescriptions" in piece]
    assert len(choices) >= 8
    assert all(len(choice["enum"]) == len(choice["enumDescriptions"]) for choice in choices)
    assert set(word_choice.BELLS) == set(get_args(BellPlacement))
    assert set(word_choice.LEVELS) == set(get_args(CueLevel))


def test_a_block_has_exactly_one_kind_each_with_its_meaning_and_a_snippet() -> None:
    assert (BLOCK["minProperties"], BLOCK["maxProperties"], BLOCK["additionalProperties"]) == (1, 1, False)
    assert list(BLOCK["properties"]) == ["easy", "stretch", "say", "repeat", "use"]
    easy = BLOCK["properties"]["easy"]
    assert (easy["title"], easy["description"]) == ("easy", "Just running.")
    assert easy["allOf"] == [{"$ref": "#/definitions/BlockSettings"}]
    assert easy["examples"] == ["5m"]
    said = '          lasts: ${2:1m}\n          say: ["{round}.", {at: -15s, text: "{left}."}]'
    assert [(each["label"], each["bodyText"]) for each in BLOCK["defaultSnippets"]] == [
        ("easy", "easy: ${1:5m}"),
        ("stretch, with settings", "stretch:\n    lasts: ${1:2m}\n    parts: ${2:[hips]}"),
        ("say", "say: ${1:Yes.}"),
        ("easy, for any length", "easy:\n    lasts: ${1:4m..10m}\n    may-last: ${2:1m..30m}"),
        ("repeat", "repeat:\n    times: ${1:4}\n    blocks:\n      - brisk: ${2:1m}\n      - easy: ${3:2m}"),
        (
            "repeat, with rounds",
            f"repeat:\n    times: ${{1:4}}\n    blocks:\n      - brisk:\n{said}\n      - easy: ${{3:2m}}",
        ),
        ("use", "use: ${1:parts/warm-up.yaml}"),
    ]
    assert all(each["markdownDescription"].endswith(".") for each in BLOCK["defaultSnippets"])


def test_parts_are_those_of_the_kind_and_only_where_there_are_any() -> None:
    assert DEFINITIONS["Stretch"]["properties"]["parts"]["items"]["enum"] == ["hips", "back"]
    assert "parts" not in DEFINITIONS["BlockSettings"]["properties"]


def test_defaults_are_described() -> None:
    defaults = {key: rule["default"] for key, rule in keys() if "default" in rule}
    assert defaults == {"form": "other", "cadence": 158, "breath": "3 in / 3 out", "level": "guide"}
    fields = {**SessionFileModel.model_fields, **CueModel.model_fields}
    assert (fields["form"].default, fields["cadence"].default, fields["level"].default) == ("other", 158.0, "guide")


def test_a_session_must_have_its_format_a_title_and_blocks() -> None:
    assert DRAWN["required"] == ["coach", "title", "blocks"]
    assert DRAWN["properties"]["blocks"]["minItems"] == 1
