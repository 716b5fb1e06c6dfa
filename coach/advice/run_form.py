"""The form of a run: its length, its brisk blocks, few words and ticks in a mindful one, and a walk at the end."""

import math
from collections.abc import Iterator, Sequence

from coach.advice.plan_facts import PlanFacts, format_roughly, is_running
from coach.diagnostics.problem import Problem
from coach.timeline.timeline import PlannedBlock
from coach.translation import _, mark_message
from coach.units import seconds_to_clock

# A reset run takes twenty to thirty minutes, or a quarter of an hour at lunch; a long one takes more.
RESET_S = (900.0, 1800.0)
LONG_FROM_S = 1800.0

# A mindful run has at most six cues, and no ticks after its opening, which takes a quarter of the time.
MOST_CUES = 6
OPENING_SHARE = 0.25

# A walk-out takes three to five minutes; in a short exercise less is enough, in a run of this length it is not.
LONG_RUN_S = 1200.0
SHORTEST_WALK_S = 120.0

# Light intervals are six times one minute, with easy running between. Harder ones keep the body alarmed.
LONGEST_BRISK_S = 120.0
LARGEST_BRISK_SHARE = 1 / 3

# The breath needs at least half the time of the brisk block to settle.
RECOVERY_SHARE = 0.5

# Settling in takes three minutes; less than two is too short for anyone.
EASY_FIRST_S = 120.0


def check_length_unusual(facts: PlanFacts) -> Iterator[Problem]:
    """Advise if the session is shorter or longer than its form promises; not if its author or a listener wants that."""
    if facts.is_fitted:
        return
    form, length_s = facts.session.form, facts.length_s
    shortest, longest = map(format_roughly, RESET_S)
    if form == "reset" and not RESET_S[0] <= length_s <= RESET_S[1]:
        template = mark_message("a reset run lasts {shortest} to {longest}, and this one {length}")
        other = "long" if length_s > RESET_S[1] else "other"
        way_out = _("choose another `length`, or another form: {form}", form=other)
    elif form == "long" and length_s < LONG_FROM_S:
        template = mark_message("a long run lasts {longest} or more, and this one {length}")
        way_out = _("choose a longer `length`, or another form: {form}", form="reset")
    else:
        return
    message = _(template, shortest=shortest, longest=longest, length=format_roughly(length_s))
    yield Problem.at(facts.session.location, "length-unusual", message, way_out)


def check_mindful_words(facts: PlanFacts) -> Iterator[Problem]:
    """Advise if a mindful run has more than six cues."""
    if facts.session.form != "mindful" or len(facts.spoken_cues) <= MOST_CUES:
        return
    seventh = facts.spoken_cues[MOST_CUES]
    yield Problem.at(
        seventh.location,
        "mindful-words",
        _(
            "a mindful run speaks six times, and this one {count} times{in_language}; the seventh is here",
            count=len(facts.spoken_cues),
            in_language=facts.in_language,
        ),
        _("leave some words out, with `say: none` or one cue where a kind has several, or choose another `form`"),
    )


def check_mindful_ticks(facts: PlanFacts) -> Iterator[Problem]:
    """Advise if a mindful run ticks after its opening."""
    opening_s = OPENING_SHARE * facts.length_s
    late_s = next((tick_s for tick_s in facts.ticks_s if tick_s > opening_s), None)
    if facts.session.form != "mindful" or late_s is None:
        return
    block = facts.blocks[facts.plan.schedule.grid.find_block(late_s)]
    yield Problem.at(
        facts.places.find_setting(block.location, "ticks") or block.location,
        "mindful-ticks",
        _(
            "it still ticks at {time}, and a mindful run is without ticks after its opening",
            time=seconds_to_clock(late_s),
        ),
        _("write `ticks: off` in this block, or a shorter time, like `ticks: 45s`"),
    )


def check_no_walk_out(facts: PlanFacts) -> Iterator[Problem]:
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
            _("the running stops here at {cadence:g} steps a minute, with no walk to come back", cadence=last.end_spm),
            _("end with a few minutes of walking: `- walk-out: 4m`"),
        )
        return
    lasts_s = sum(block.end_s - block.start_s for block in walk)
    if facts.length_s >= LONG_RUN_S and lasts_s < SHORTEST_WALK_S:
        yield Problem.at(
            walk[0].location,
            "walk-out-short",
            _(
                "a session of {length} ends with {walk} of walking",
                length=format_roughly(facts.length_s),
                walk=format_roughly(lasts_s),
            ),
            _("let it last three minutes or more: `- walk-out: 4m`"),
        )


def _find_walk(running: list[PlannedBlock]) -> list[PlannedBlock]:
    """Find the blocks at the end that are walked, or in which running becomes walking."""
    first = len(running)
    while first and not is_running(running[first - 1].end_spm):
        first -= 1
    return running[first:]


def check_no_recovery(facts: PlanFacts) -> Iterator[Problem]:
    """Advise where the next brisk block comes too soon after one."""
    running = [block for block in facts.blocks if block.running]
    for index, block in enumerate(running):
        following = next((later for later in running[index + 1 :] if _is_brisk(later)), None)
        if not _is_brisk(block) or following is None:
            continue
        rest_s = following.start_s - block.end_s
        if round(rest_s) < RECOVERY_SHARE * _measure_s(block) - 1.0:
            template = mark_message("the next brisk block begins right after it, before the breath has settled")
            if round(rest_s):
                template = mark_message("the next brisk block begins {rest} after it, before the breath has settled")
            yield Problem.at(
                block.location,
                "no-recovery",
                _(template, rest=format_roughly(rest_s)),
                _("let easy running come between, as long as the brisk block or longer: `- easy: 90s`"),
            )


def check_brisk_long(facts: PlanFacts) -> Iterator[Problem]:
    """Advise where a brisk block lasts so long that it becomes hard work."""
    for block in filter(_is_brisk, facts.blocks):
        if round(_measure_s(block)) > LONGEST_BRISK_S:
            yield Problem.at(
                block.location,
                "brisk-long",
                _(
                    "this brisk block lasts {length}; what is light for a minute is hard work by then",
                    length=format_roughly(_measure_s(block)),
                ),
                _("make it a minute, and repeat it with easy running between"),
            )


def check_brisk_much(facts: PlanFacts) -> Iterator[Problem]:
    """Advise if too much of the run is brisk."""
    brisk = [block for block in facts.blocks if _is_brisk(block)]
    brisk_s, running_s = _add_up_s(brisk), _add_up_s([block for block in facts.blocks if block.running])
    if facts.is_run and brisk_s > facts.leniency * LARGEST_BRISK_SHARE * running_s:
        share = math.ceil(100 * brisk_s / running_s)
        yield Problem.at(
            brisk[0].location,
            "brisk-much",
            _("{share}% of the time on the move is brisk, and it is the easy part that calms", share=share),
            _("keep brisk blocks to a third at most: repeat them fewer times, or make what lies between longer"),
        )


def check_brisk_too_soon(facts: PlanFacts) -> Iterator[Problem]:
    """Advise if the first brisk block comes before the runner has warmed up."""
    running = [block for block in facts.blocks if block.running]
    first = next((index for index, block in enumerate(running) if _is_brisk(block)), None)
    if not facts.is_run or first is None:
        return
    easy_s = _add_up_s(running[:first])
    if round(easy_s) < EASY_FIRST_S:
        template = mark_message("this brisk block comes with the first steps, before the body is warm")
        if round(easy_s):
            template = mark_message("this brisk block comes after {easy} of running, before the body is warm")
        yield Problem.at(
            running[first].location,
            "brisk-too-soon",
            _(template, easy=format_roughly(easy_s)),
            _("begin with a few minutes of walking and easy running: `- settle: 3m`"),
        )


def _is_brisk(block: PlannedBlock) -> bool:
    return block.kind == "brisk"


def _measure_s(block: PlannedBlock) -> float:
    return block.end_s - block.start_s


def _add_up_s(blocks: Sequence[PlannedBlock]) -> float:
    return sum(map(_measure_s, blocks))
