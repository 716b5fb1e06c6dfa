import json
from collections.abc import Iterator
from typing import Any

from coach.session.schema import schema
from coach.session.types import KindSyntax

KINDS = {
    "easy": KindSyntax(name="easy"),
    "stretch": KindSyntax(name="stretch", parts=("hips", "back")),
    "say": KindSyntax(name="say"),
}
SOUNDS = {"tick": ("wood",), "bell": ("bowl",), "breath": ("air",), "bed": ("forest",)}
DRAWN = schema(KINDS, ("nl", "en"), SOUNDS)


def pieces(drawn: Any) -> Iterator[dict[str, Any]]:
    if isinstance(drawn, dict):
        yield drawn
    for inner in drawn.values() if isinstance(drawn, dict) else drawn if isinstance(drawn, list) else ():
        yield from pieces(inner)


def test_it_is_draft_07_and_plain_json() -> None:
    assert DRAWN["$schema"] == "http://json-schema.org/draft-07/schema#"
    assert json.loads(json.dumps(DRAWN)) == DRAWN


def test_every_reference_leads_somewhere() -> None:
    references = {piece["$ref"] for piece in pieces(DRAWN) if isinstance(piece.get("$ref"), str)}
    assert references <= {f"#/definitions/{name}" for name in DRAWN["definitions"]}
    assert not [piece for piece in pieces(DRAWN) if "x-shared" in piece]


def test_no_mapping_takes_unknown_keys() -> None:
    mappings = [piece for piece in pieces(DRAWN) if piece.get("type") == "object"]
    assert mappings
    assert all(
        "additionalProperties" in mapping and mapping["additionalProperties"] is not True for mapping in mappings
    )


def test_a_block_has_exactly_one_kind_each_with_its_shorthands() -> None:
    block = DRAWN["definitions"]["Block"]
    assert (block["minProperties"], block["maxProperties"], block["additionalProperties"]) == (1, 1, False)
    assert set(block["properties"]) == {"easy", "stretch", "say", "repeat", "use"}
    settings = {"$ref": "#/definitions/Settings"}
    assert block["properties"]["easy"] == {"anyOf": [settings, {"$ref": "#/definitions/Lasts"}, {"enum": [None]}]}


def test_parts_are_those_of_the_kind_and_only_where_there_are_any() -> None:
    definitions = DRAWN["definitions"]
    assert definitions["Stretch"]["properties"]["parts"]["items"] == {"enum": ["hips", "back"]}
    assert "parts" not in definitions["Settings"]["properties"]


def test_a_cue_has_one_place_at_most() -> None:
    pairs = [option["required"] for option in DRAWN["definitions"]["Cue"]["not"]["anyOf"]]
    assert pairs == [["at", "after"], ["at", "every"], ["after", "every"]]


def test_a_list_of_blocks_is_never_empty_and_a_language_is_a_known_one() -> None:
    assert DRAWN["properties"]["blocks"] == {"items": {"$ref": "#/definitions/Block"}, "minItems": 1, "type": "array"}
    assert DRAWN["properties"]["language"]["enum"] == ["nl", "en"]


def test_a_session_must_have_its_format_a_title_and_blocks() -> None:
    assert DRAWN["required"] == ["coach", "title", "blocks"]
