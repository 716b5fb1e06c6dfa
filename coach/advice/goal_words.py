"""Words that turn a calm run into a task: pace, distance, records, calories, goals, hard work, and promises of cure."""

import re
from collections.abc import Iterator

from coach.advice.plan_facts import PlanFacts, advice
from coach.diagnostics.problem import Problem
from coach.languages.language import GoalLexicon, Subject
from coach.languages.registry import find_language
from coach.session.session import Text
from coach.text.sanitize import quote

SPEAKS_OF: dict[Subject, str] = {
    "distance": "distance",
    "pace": "pace",
    "records": "records and contests",
    "calories": "calories and weight",
    "goals": "goals",
    "effort": "going hard",
}

_SENTENCE = re.compile(r"[^.!?…]+[.!?…]*")


def goal_words(heard: PlanFacts) -> Iterator[Problem]:
    """A text speaks of what can be measured or reached; a sentence that says so to let it go is fine."""
    for text, offset, words, subject in _found(heard):
        if subject != "cure":
            yield advice(
                heard.places.words(text, heard.language, offset, words) or text.where,
                "goal-words",
                f"{quote(words)} speaks of {SPEAKS_OF[subject]}, and a mindful run is not about that",
                "leave it out, or turn to what can be felt: breath, feet, the ground, the air",
            )


def promise_words(heard: PlanFacts) -> Iterator[Problem]:
    """A text promises that a run heals or frees of something."""
    for text, offset, words, subject in _found(heard):
        if subject == "cure":
            yield advice(
                heard.places.words(text, heard.language, offset, words) or text.where,
                "promise-words",
                f"{quote(words)} promises what no run can be sure of",
                f"say what may be noticed instead: {find_language(heard.language).goal_lexicon.instead}",
            )


def _found(heard: PlanFacts) -> Iterator[tuple[Text, int, str, Subject]]:
    """Texts, with the words in them that speak of a subject, and where in the text these begin."""
    lexicon = find_language(heard.language).goal_lexicon
    for text in {text.where: text for text in _texts(heard)}.values():
        for offset, words, subject in spoken_of(text[heard.language], lexicon):
            yield text, offset, words, subject


def _texts(heard: PlanFacts) -> Iterator[Text]:
    session = heard.session
    yield session.title
    if session.about:
        yield session.about
    for block in session.blocks:
        if block.title:
            yield block.title
        yield from (cue.text for cue in (*(block.say or ()), *block.say_also))


def spoken_of(text: str, lexicon: GoalLexicon) -> Iterator[tuple[int, str, Subject]]:
    """The words of a text that speak of a subject: their offset, themselves, and what they speak of.

    A sentence that denies it ('no need for a record') speaks of it only to let it go; one that says 'perhaps'
    promises nothing.
    """
    for sentence in _SENTENCE.finditer(text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")):
        for phrase in lexicon.phrases:
            found = phrase.find(sentence[0])
            if found is None:
                continue
            rest = sentence[0][: found.start()] + sentence[0][found.end() :]
            open_still = phrase.subject == "cure" and lexicon.perhaps.search(rest)
            if not open_still and not lexicon.denial.search(rest):
                offset = sentence.start() + found.start()
                yield offset, text[offset : offset + len(found[0])], phrase.subject
                break
