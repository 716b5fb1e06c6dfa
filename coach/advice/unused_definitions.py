"""What was written down and is used nowhere: values, pronunciations; and a part that was named twice."""

from collections.abc import Iterator

from coach.advice.plan_facts import PlanFacts, advice
from coach.diagnostics.problem import Problem
from coach.languages.block_wording import load_block_wording
from coach.text.sanitize import quote
from coach.timeline.cue_script import pronounce


def unused_value(heard: PlanFacts) -> Iterator[Problem]:
    """A value stands in no text."""
    if not heard.session.values:
        return
    written = "\n".join(line for file in heard.files for line in heard.places.lines(file))
    for name in heard.session.values:
        place = heard.places.key(heard.session.where.file, "values", name)
        if place and f"{{{name}}}" not in written:
            message = f"the value '{name}' stands in no text"
            yield advice(place, "unused-value", message, f"write {{{name}}} where it is to be said, or leave it out")


def unused_pronunciation(heard: PlanFacts) -> Iterator[Problem]:
    """A word whose pronunciation is given comes nowhere, in no language that it is given for."""
    say_as = heard.session.say_as
    texts = {language: "\n".join(_texts(heard, language)) for language, words in say_as.items() if words}
    for word in {word: None for words in say_as.values() for word in words}:
        place = heard.places.key(heard.session.where.file, "say-as", word)
        if place and not any(_occurs(word, text) for language, text in texts.items() if word in say_as[language]):
            message = f"{quote(word)} comes in no text, so its pronunciation is never used"
            yield advice(place, "unused-pronunciation", message, "write it as it stands in the text, or leave it out")


def part_twice(heard: PlanFacts) -> Iterator[Problem]:
    """A part of the body is named twice."""
    for block in heard.session.blocks:
        parts = block.parts or ()
        twice = next((part for index, part in enumerate(parts) if part in parts[:index]), None)
        if twice:
            place = heard.places.setting(block.where, "parts") or block.where
            yield advice(place, "part-twice", f"'{twice}' stands here twice", "name each part once")


def _texts(heard: PlanFacts, language: str) -> Iterator[str]:
    """All that can be said in a language: the author's words and values, and the kinds' own words at any length."""
    yield from heard.session.values.values()
    for block in heard.session.blocks:
        yield from (cue.text[language] for cue in (*(block.say or ()), *block.say_also))
    for kind in {block.kind: None for block in heard.session.blocks}:
        words = load_block_wording(language).kinds[kind]
        for phrasings in (*words.cues.values(), *words.parts.values()):
            yield from phrasings


def _occurs(word: str, text: str) -> bool:
    return word.casefold() in text.casefold() and pronounce(text, {word: ""}) != text
