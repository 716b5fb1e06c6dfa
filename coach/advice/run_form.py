"""The form of a run: its usual length, few words and ticks in a mindful one, and a walk at the end."""

from collections.abc import Iterator

from coach.advice.plan_facts import PlanFacts, format_roughly, is_running
from coach.diagnostics.problem import Problem
from coach.timeline.timeline import PlannedBlock
from coach.units import seconds_to_clock

# A reset run takes twenty to thirty minutes; a long one takes more.
RESET_S = (1200.0, 1800.0)

LONG_FROM_S = 1800.0

# A mindful run has at most six cues, and no ticks after its opening, which takes a quarter of the time.
MOST_CUES = 6

OPENING_SHARE = 0.25

# A walk-out takes three to five minutes; in a short exercise less is enough, in a run of this length it is not.
LONG_RUN_S = 1200.0

SHORTEST_WALK_S = 120.0


def length_unusual(facts: PlanFacts) -> Iterator[Problem]:
    """Advise if the session is shorter or longer than its form promises."""
    form, length_s = facts.session.form, facts.length_s
    shortest, longest = map(format_roughly, RESET_S)
    if form == "reset" and not RESET_S[0] <= length_s <= RESET_S[1]:
        usual = f"a reset run lasts {shortest} to {longest}"
        way_out = "choose another `length`, or another form: " + ("long" if length_s > RESET_S[1] else "other")
    elif form == "long" and length_s < LONG_FROM_S:
        usual, way_out = f"a long run lasts {longest} or more", "choose a longer `length`, or another form: reset"
    else:
        return
    message = f"{usual}, and this one {format_roughly(length_s)}"
    yield Problem.at(facts.session.location, "length-unusual", message, way_out)


def mindful_words(facts: PlanFacts) -> Iterator[Problem]:
    """Advise if a mindful run has more than six cues."""
    if facts.session.form != "mindful" or len(facts.spoken_cues) <= MOST_CUES:
        return
    seventh = facts.spoken_cues[MOST_CUES]
    yield Problem.at(
        seventh.location,
        "mindful-words",
        f"a mindful run speaks six times, and this one {len(facts.spoken_cues)} times{facts.in_language}; "
        "the seventh is here",
        "leave some words out, with `say: none` or one cue where a kind has several, or choose another `form`",
    )


def mindful_ticks(facts: PlanFacts) -> Iterator[Problem]:
    """Advise if a mindful run ticks after its opening."""
    opening_s = OPENING_SHARE * facts.length_s
    late_s = next((tick_s for tick_s in facts.ticks_s if tick_s > opening_s), None)
    if facts.session.form != "mindful" or late_s is None:
        return
    block = facts.blocks[facts.plan.schedule.grid.find_block(late_s)]
    yield Problem.at(
        facts.places.find_setting(block.location, "ticks") or block.location,
        "mindful-ticks",
        f"it still ticks at {seconds_to_clock(late_s)}, and a mindful run is without ticks after its opening",
        "write `ticks: off` in this block, or a shorter time, like `ticks: 45s`",
    )


def walking_at_the_end(facts: PlanFacts) -> Iterator[Problem]:
    """Advise if a run ends without a walk, or with one that is too short."""
    running = [block for block in facts.blocks if block.running]
    if not facts.is_run or not any(is_running(max(block.start_spm, block.end_spm)) for block in running):
        return
    walk = _find_walk(running)
    if not walk:
        last = running[-1]
        yield Problem.at(
            last.location,
            "no-walk-out",
            f"the running stops here at {last.end_spm:g} steps a minute, with no walk to come back",
            "end with a few minutes of walking: `- walk-out: 4m`",
        )
        return
    lasts_s = sum(block.end_s - block.start_s for block in walk)
    if facts.length_s >= LONG_RUN_S and lasts_s < SHORTEST_WALK_S:
        yield Problem.at(
            walk[0].location,
            "walk-out-short",
            f"a session of {format_roughly(facts.length_s)} ends with {format_roughly(lasts_s)} of walking",
            "let it last three minutes or more: `- walk-out: 4m`",
        )


def _find_walk(running: list[PlannedBlock]) -> list[PlannedBlock]:
    """Find the blocks at the end that are walked, or in which running becomes walking."""
    first = len(running)
    while first and not is_running(running[first - 1].end_spm):
        first -= 1
    return running[first:]
