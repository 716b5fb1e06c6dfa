"""When words come: not on the first instant, not later than asked, and not all in one go."""

from collections.abc import Iterator

from coach.advice.plan_facts import SHORTEST_SESSION_S, PlanFacts, SpokenCue, advice, lasting
from coach.diagnostics.problem import Problem
from coach.session.inline_markup import Pause, Wait, parse_markup

# Wireless earphones that slept swallow the first 0.3 to 1.5 seconds of what they are sent.
EARPHONES_WAKE_S = 1.5

# Longer than a bell rings alone, or a breath is waited for: so much later the words have lost their place.
NOTICED_S = 5.0

# Calm guidance pauses one, three or seven seconds; past half a minute without the middle one nobody listens.
PAUSE_S = 3.0

LONGEST_TALK_S = 30.0


def word_at_once(heard: PlanFacts) -> Iterator[Problem]:
    """A session begins with a word."""
    if heard.length_s < SHORTEST_SESSION_S or not heard.said or heard.said[0].start_s >= EARPHONES_WAKE_S:
        return
    yield advice(
        heard.said[0].where,
        "word-at-once",
        "the first word comes at once, and wireless earphones often swallow the first second",
        "begin with a bell (`bell: start` in the first block), or say the first words `at: 2s`",
    )


def late_cue(heard: PlanFacts) -> Iterator[Problem]:
    """A cue comes clearly later than its author asked, as the words before it last so long."""
    for before, said in zip(heard.said, heard.said[1:], strict=False):
        wanted_s = _wanted_s(heard, said)
        if wanted_s is None or said.start_s - wanted_s <= NOTICED_S or before.end_s <= wanted_s:
            continue
        late = lasting(said.start_s - wanted_s)
        than = "their even share of the block" if said.cue.place.kind == "evenly" else "asked"
        yield advice(
            said.where,
            "late-cue",
            f"these words{heard.tongue} come {late} later than {than}: until then the cue before them is being said",
            "place them later, or the ones before earlier, or say less there",
        )


def _wanted_s(heard: PlanFacts, said: SpokenCue) -> float | None:
    """When the first word of a cue of the author's would come if it had the block to itself; None if at no set time."""
    first = parse_markup(said.cue.text[heard.language])[0]
    into_s = _into_block_s(heard, said) if heard.own_words(said) and not isinstance(first, Wait) else None
    if into_s is None:
        return None
    return heard.blocks[said.block].start_s + into_s + (first.seconds if isinstance(first, Pause) else 0.0)


def _into_block_s(heard: PlanFacts, said: SpokenCue) -> float | None:
    """How far into its block a cue is placed; None where that goes by other cues."""
    amount = said.cue.place.amount
    lasts_s = heard.plan.score.cue_ends_s[said.block] - heard.blocks[said.block].start_s
    match said.cue.place.kind:
        case "start":
            return amount
        case "share":
            return amount * lasts_s
        case "end":
            return max(0.0, lasts_s - amount)
        case "evenly":
            return _even_share(heard, said, lasts_s) * lasts_s
    return None


def _even_share(heard: PlanFacts, said: SpokenCue, lasts_s: float) -> float:
    """Which share of the block lies before a cue without a place."""
    cues = heard.plan.score.blocks[said.block].cues(lasts_s)
    evenly = [cue for cue in cues if cue.place.kind == "evenly"]
    return evenly.index(said.cue) / len(evenly) if said.cue in evenly else 0.0


def no_pause(heard: PlanFacts) -> Iterator[Problem]:
    """The author's words go on and on; counting and recordings are left alone."""
    own = [said for said in heard.said if heard.own_words(said) and not said.counted and said.cue.clip is None]
    begun: SpokenCue | None = None
    begun_s = ended_s = -PAUSE_S
    told = False
    for said in own:
        for start_s, end_s in said.stretches_s:
            if begun is None or start_s - ended_s >= PAUSE_S:
                begun, begun_s, told = said, start_s, False
            ended_s = end_s
            if ended_s - begun_s > LONGEST_TALK_S and not told:
                told = True
                yield advice(
                    begun.where,
                    "no-pause",
                    f"from here on{heard.tongue} the voice talks for over {lasting(LONGEST_TALK_S)} "
                    f"without {lasting(PAUSE_S)} of quiet",
                    "put pauses between the sentences, like [3s], or share the words over several cues",
                )
