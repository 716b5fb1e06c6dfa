"""Breaths that are counted on the steps: as many counts as steps, and each on its own."""

import itertools
from collections.abc import Iterator, Sequence

from coach.advice.plan_facts import PlanFacts, SpokenCue, advice
from coach.diagnostics.problem import Edit, Fix, Problem
from coach.session.inline_markup import MarkupPart, Moment, Wait, Words, parse_markup
from coach.session.session import NO_BREATH, Breath
from coach.text.sanitize import quote


def count_over_breath(heard: PlanFacts) -> Iterator[Problem]:
    """More is counted on an in- or out-breath than it has steps, so the next one comes a whole breath later."""
    for said in _own(heard):
        breath = heard.plan.score.blocks[said.block].breath
        for phase, counted in _counts(parse_markup(said.cue.text[heard.language])):
            steps = _steps(breath, phase)
            if breath != NO_BREATH and counted > steps:
                yield advice(
                    heard.places.text_in(said.cue.text, heard.language),
                    "count-over-breath",
                    f"these words{heard.tongue} count {counted} steps on the {phase}-breath, which here has {steps}",
                    f"count to {steps}, or give the block a breath that is as long",
                )
                break


def step_for_each(heard: PlanFacts) -> Iterator[Problem]:
    """Several counts follow one ``[step]``, so only the first of them falls on a step."""
    for said in _own(heard):
        wording = heard.plan.score.blocks[said.block].wording
        known = {*wording.numbers, *wording.count.values()}
        for words in _after_steps(parse_markup(said.cue.text[heard.language])):
            counts = words.split()
            if len(counts) > 1 and all(count.strip(",.…").casefold() in known for count in counts):
                yield _one_for_each(heard, said, words, " [step] ".join(counts))
                break


def _one_for_each(heard: PlanFacts, said: SpokenCue, words: str, better: str) -> Problem:
    text = said.cue.text
    place = heard.places.words(text, heard.language, text[heard.language].find(words), words)
    return advice(
        place or said.where,
        "step-for-each",
        f"only the first word after a [step] falls on it; {quote(words)} is said in one go",
        f"put a [step] before each: {better}",
        Fix(title="put a [step] before each", edits=(Edit(where=place, text=better),)) if place else None,
    )


def _own(heard: PlanFacts) -> Iterator[SpokenCue]:
    return (said for said in heard.said if heard.own_words(said) and "[" in said.cue.text[heard.language])


def _counts(parts: Sequence[MarkupPart]) -> Iterator[tuple[Moment, int]]:
    """How many words fall on steps, breath by breath, once a breath has been waited for."""
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


def _steps(breath: Breath, phase: Moment) -> int:
    return breath.steps_in if phase == "in" else breath.steps_out


def _after_steps(parts: Sequence[MarkupPart]) -> Iterator[str]:
    for before, part in itertools.pairwise(parts):
        if before == Wait(moment="step") and isinstance(part, Words):
            yield part.text.strip()
