"""Step counts: as many counts as the breath has steps, and each with its own mark."""

import itertools
from collections.abc import Iterator, Sequence

from coach.advice.plan_facts import PlanFacts, SpokenCue
from coach.diagnostics.problem import Edit, Fix, Problem
from coach.session.inline_markup import MarkupPart, Moment, Wait, Words, parse_markup
from coach.session.session import NO_BREATH, Breath
from coach.text.sanitize import quote


def count_over_breath(facts: PlanFacts) -> Iterator[Problem]:
    """Advise where an in- or out-breath has more counts than steps, so that the next one comes a whole breath later."""
    for said in _select_marked(facts):
        breath = facts.plan.schedule.blocks[said.block].breath
        for phase, counted in _count_steps(parse_markup(said.cue.text[facts.language])):
            steps = _get_steps(breath, phase)
            if breath != NO_BREATH and counted > steps:
                yield Problem.at(
                    facts.places.find_text(said.cue.text, facts.language),
                    "count-over-breath",
                    f"these words{facts.in_language} count {counted} steps on the {phase}-breath, "
                    f"which here has {steps}",
                    f"count to {steps}, or give the block a breath that is as long",
                )
                break


def step_for_each(facts: PlanFacts) -> Iterator[Problem]:
    """Advise where several counts follow one ``[step]``, so that only the first of them falls on a step."""
    for said in _select_marked(facts):
        wording = facts.plan.schedule.blocks[said.block].wording
        known = {*wording.numbers, *wording.count.values()}
        for words in _list_words_after_steps(parse_markup(said.cue.text[facts.language])):
            counts = words.split()
            if len(counts) > 1 and all(count.strip(",.…").casefold() in known for count in counts):
                yield _suggest_marks(facts, said, words, " [step] ".join(counts))
                break


def _suggest_marks(facts: PlanFacts, said: SpokenCue, words: str, better: str) -> Problem:
    text = said.cue.text
    place = facts.places.find_words(text, facts.language, text[facts.language].find(words), words)
    return Problem.at(
        place or said.where,
        "step-for-each",
        f"only the first word after a [step] falls on it; {quote(words)} is said in one go",
        f"put a [step] before each: {better}",
        Fix(title="put a [step] before each", edits=(Edit(where=place, text=better),)) if place else None,
    )


def _select_marked(facts: PlanFacts) -> Iterator[SpokenCue]:
    return (said for said in facts.spoken_cues if facts.is_authored(said) and "[" in said.cue.text[facts.language])


def _count_steps(parts: Sequence[MarkupPart]) -> Iterator[tuple[Moment, int]]:
    """Count the words that fall on steps, breath by breath, after the first wait for a breath."""
    phase: Moment | None = None
    counted = 0
    for before, part in zip((None, *parts), parts, strict=False):
        if isinstance(part, Wait) and part.moment != "step":
            if phase:
                yield phase, counted
            phase, counted = part.moment, 0
        elif isinstance(part, Words) and part.text.strip() and before == Wait(moment="step"):
            counted += " " not in part.text.strip()
    if phase:
        yield phase, counted


def _get_steps(breath: Breath, phase: Moment) -> int:
    return breath.steps_in if phase == "in" else breath.steps_out


def _list_words_after_steps(parts: Sequence[MarkupPart]) -> Iterator[str]:
    for before, part in itertools.pairwise(parts):
        if before == Wait(moment="step") and isinstance(part, Words):
            yield part.text.strip()
