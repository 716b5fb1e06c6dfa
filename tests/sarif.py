"""SARIF 2.1.0: checks of what the standard requires of the parts that the coach writes."""

import re
from collections.abc import Sequence
from typing import Any

URI = re.compile(r"(?:file:///)?[A-Za-z0-9/._~%!$&'()*+,;=@-]+")


def results(log: dict[str, Any]) -> list[dict[str, Any]]:
    """The results of a log that must be whole.

    Raises:
        AssertionError: it is not what the standard asks for.
    """
    assert set(log) == {"$schema", "version", "runs"}
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert set(run) == {"tool", "columnKind", "newlineSequences", "results"}
    assert run["columnKind"] == "unicodeCodePoints"
    rules = run["tool"]["driver"]["rules"]
    assert set(run["tool"]["driver"]) == {"name", "fullName", "version", "rules"}
    for rule in rules:
        _holds_rule(rule)
    for result in run["results"]:
        _holds_result(result, rules)
    found: list[dict[str, Any]] = run["results"]
    return found


def _holds_rule(rule: dict[str, Any]) -> None:
    assert set(rule) == {"id", "shortDescription", "help", "defaultConfiguration"}
    _holds_message(rule["shortDescription"])
    assert set(rule["help"]) == {"text", "markdown"}
    assert rule["defaultConfiguration"]["level"] in ("error", "note")


def _holds_result(result: dict[str, Any], rules: Sequence[dict[str, Any]]) -> None:
    assert set(result) - {"fixes"} == {"ruleId", "ruleIndex", "level", "message", "locations"}
    assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    assert result["level"] in ("error", "note")
    _holds_message(result["message"])
    (location,) = result["locations"]
    place = location["physicalLocation"]
    assert set(place) == {"artifactLocation", "region"}
    assert URI.fullmatch(place["artifactLocation"]["uri"])
    _holds_region(place["region"])
    for fix in result.get("fixes", []):
        _holds_message(fix["description"])
        assert fix["artifactChanges"]
        for change in fix["artifactChanges"]:
            assert change["replacements"]
            for replacement in change["replacements"]:
                _holds_region(replacement["deletedRegion"])
                assert set(replacement["insertedContent"]) == {"text"}


def _holds_message(message: dict[str, Any]) -> None:
    """A text, with its braces doubled, as single ones would be placeholders (section 3.11.5)."""
    assert set(message) == {"text"}
    assert message["text"]
    assert not set("{}") & set(message["text"].replace("{{", "").replace("}}", ""))


def _holds_region(region: dict[str, int]) -> None:
    assert set(region) == {"startLine", "startColumn", "endLine", "endColumn"}
    assert all(number >= 1 for number in region.values())
    start, end = (region["startLine"], region["startColumn"]), (region["endLine"], region["endColumn"])
    assert start <= end
