"""Goal words: pace, distance, records, calories, goals and effort, which make a run a task; and promises of cure."""

import re
from collections.abc import Iterator

from coach.advice.plan_facts import PlanFacts
from coach.diagnostics.problem import Problem
from coach.languages import find_language
from coach.languages.language import GoalLexicon, Subject
from coach.session.session import Text
from coach.text.sanitize import quote
from coach.translation import _, mark_message

SPEAKS_OF: dict[Subject, str] = {
    "distance": mark_message("distance"),
    "pace": mark_message("pace"),
    "records": mark_message("records and contests"),
    "calories": mark_message("calories and weight"),
    "goals": mark_message("goals"),
    "effort": mark_message("going hard"),
}

_SENTENCE = re.compile(r"[^.!?…]+[.!?…]*")


def check_goal_words(facts: PlanFacts) -> Iterator[Problem]:
    """Advise where a text speaks of what can be measured or reached, unless it does so to let it go."""
    for text, offset, words, subject in _find_in_texts(facts):
        if subject != "cure":
            yield Problem.at(
                facts.places.find_words(text, facts.language, offset, words) or text.location,
                "goal-words",
                _(
                    "{words} speaks of {subject}, and a mindful run is not about that",
                    words=quote(words),
                    subject=_(SPEAKS_OF[subject]),
                ),
                _("leave it out, or turn to what can be felt: breath, feet, the ground, the air"),
            )


def check_promise_words(facts: PlanFacts) -> Iterator[Problem]:
    """Advise where a text promises that a run heals, or frees from something."""
    for text, offset, words, subject in _find_in_texts(facts):
        if subject == "cure":
            yield Problem.at(
                facts.places.find_words(text, facts.language, offset, words) or text.location,
                "promise-words",
                _("{words} promises what no run can be sure of", words=quote(words)),
                _(
                    "say what may be noticed instead: {instead}",
                    instead=find_language(facts.language).goal_lexicon.instead,
                ),
            )


def _find_in_texts(facts: PlanFacts) -> Iterator[tuple[Text, int, str, Subject]]:
    """Find texts with words that speak of a subject, and the offset of these words."""
    lexicon = find_language(facts.language).goal_lexicon
    for text in {text.location: text for text in _list_texts(facts)}.values():
        for offset, words, subject in find_phrases(text[facts.language], lexicon):
            yield text, offset, words, subject


def _list_texts(facts: PlanFacts) -> Iterator[Text]:
    session = facts.session
    yield session.title
    if session.about:
        yield session.about
    for block in session.blocks:
        if block.title:
            yield block.title
        yield from (cue.text for cue in (*(block.say or ()), *block.say_also))


def find_phrases(text: str, lexicon: GoalLexicon) -> Iterator[tuple[int, str, Subject]]:
    """Find the words of a text that speak of a subject: their offset, the words, and the subject.

    A sentence that denies it ('no need for a record') only lets it go; one that says 'perhaps' promises nothing.
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
