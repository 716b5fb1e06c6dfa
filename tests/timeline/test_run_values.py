"""What texts tell of the run is true in the plan that is heard, whatever its lengths, voice and changes."""

from pathlib import Path

import pytest
import session_texts
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coach.diagnostics.problem import SessionError
from coach.languages.spoken_numbers import find_numbers
from coach.session.inline_markup import parse_markup, to_caption
from coach.timeline.compile import compile_plan
from coach.timeline.replan import CadenceLimitError, PlanChange, replan
from coach.timeline.run_values import RunFacts, fill_run_values, round_length_s
from coach.timeline.schedule import Plan, PlanOptions
from coach.timeline.timeline import Speech
from coach.utterance import Measure, SpokenDuration, Utterance
from coach.voices.duration_estimate import estimate_duration

FACTS = RunFacts(start_s=100.0, end_s=400.0, whole_s=1440.0, round_number=2, rounds=6, next_title="Stilte")


def fill(text: str, language: str = "nl", at_s: float = 310.0, facts: RunFacts = FACTS) -> str:
    return to_caption(fill_run_values(parse_markup(text), (), facts, at_s, language)).strip()


@pytest.mark.parametrize(
    ("seconds", "dutch", "english"),
    [
        (0.0, "een seconde", "a second"),
        (0.4, "een seconde", "a second"),
        (7.3, "zeven seconden", "seven seconds"),
        (13.0, "vijftien seconden", "fifteen seconds"),
        (28.0, "een halve minuut", "half a minute"),
        (57.4, "vijfenvijftig seconden", "fifty-five seconds"),
        (58.0, "een minuut", "a minute"),
        (96.0, "anderhalve minuut", "a minute and a half"),
        (106.0, "twee minuten", "two minutes"),
        (150.0, "tweeënhalve minuut", "two and a half minutes"),
        (442.0, "zevenenhalve minuut", "seven and a half minutes"),
        (700.0, "twaalf minuten", "twelve minutes"),
        (895.0, "een kwartier", "a quarter of an hour"),
        (1810.0, "een half uur", "half an hour"),
        (3580.0, "een uur", "an hour"),
        (4000.0, "een uur en vijf minuten", "an hour and five minutes"),
    ],
)
def test_lengths_are_rounded_as_people_do(seconds: float, dutch: str, english: str) -> None:
    facts = RunFacts(end_s=seconds)
    assert (fill("nog {left}", at_s=0.0, facts=facts), fill("for {left}", "en", 0.0, facts)) == (
        f"nog {dutch}",
        f"for {english}",
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Ronde {round} van {rounds}.", "Ronde twee van zes."),
        ("De {round} ronde van {rounds}.", "De tweede ronde van zes."),
        ("De {round}e van {rounds}.", "De tweede van zes."),
        ("{round} rondes gedaan.", "Twee rondes gedaan."),
        ("Voor de {round} keer.", "Voor de tweede keer."),
        ("We doen het {rounds} keer.", "We doen het zes keer."),
        ("Nog {left}, {elapsed} gedaan.", "Nog anderhalve minuut, drieënhalve minuut gedaan."),
        ("Nog {left} minuten.", "Nog anderhalve minuut."),
        ("{left}.", "Anderhalve minuut."),
        ("Goed zo. {elapsed} al! [2s] {left} nog.", "Goed zo. Drieënhalve minuut al! Anderhalve minuut nog."),
        ("Nu [1s] {left} nog.", "Nu anderhalve minuut nog."),
        ("{name}, {left} nog.", "{name}, anderhalve minuut nog."),
        ("We lopen {minutes}.", "We lopen vierentwintig minuten."),
        ("Het zijn {minutes} minuten.", "Het zijn vierentwintig minuten."),
        ("Hierna: {next}.", "Hierna: Stilte."),
        (r"\{left} blijft staan.", "{left} blijft staan."),
    ],
)
def test_dutch_forms_follow_from_the_words_around(text: str, said: str) -> None:
    assert fill(text) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Round {round} of {rounds}.", "Round two of six."),
        ("The {round} round.", "The second round."),
        ("Your {round}nd of {rounds} laps.", "Your second of six laps."),
        ("{round} rounds done.", "Two rounds done."),
        ("{rounds} times in all.", "Six times in all."),
        ("{left} to go.", "A minute and a half to go."),
        ("Still {left} minutes.", "Still a minute and a half."),
        ("A {minutes}-minute run.", "A twenty-four-minute run."),
        ("A {minutes} minute run.", "A twenty-four minute run."),
        ("We run for {minutes}.", "We run for twenty-four minutes."),
    ],
)
def test_english_forms_follow_from_the_words_around(text: str, said: str) -> None:
    assert fill(text, "en") == said


def test_one_is_singular() -> None:
    once = RunFacts(whole_s=65.0, round_number=1, rounds=1)
    assert fill("{rounds} rondes, {minutes} minuten.", facts=once) == "Één ronde, één minuut."
    assert (
        fill("{rounds} rounds, {minutes} minutes, {minutes}.", "en", facts=once) == "One round, one minute, one minute."
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Hierna: {next}. Blijf los.", "Blijf los."),
        ("Goed zo! Dan {next}, {name}. Blijf los.", "Goed zo! Blijf los."),
        ("Nog {left}. [2s] En dan {next}? [1s] Klaar.", "Nog anderhalve minuut. Klaar."),
        ("{next}", ""),
    ],
)
def test_in_the_last_block_sentences_that_name_the_next_one_are_left_out(text: str, said: str) -> None:
    assert fill(text, facts=RunFacts(end_s=400.0)) == said


def test_a_value_of_the_session_wins(tmp_path: Path) -> None:
    text = """
    coach: 1
    title: Trial
    language: en
    values: {left: the left bank, round: a square}
    blocks:
      - free: {lasts: 1m, title: "Along {left}", say: "Run along {left} to {round}."}
    """
    plan = session_texts.planned(tmp_path, text)
    assert said(plan) == ["Run along the left bank to a square."]
    assert plan.timeline.blocks[0].title == "Along the left bank"


def test_rounds_are_those_that_are_run(tmp_path: Path) -> None:
    text = """
    coach: 1
    title: Trial
    language: en
    blocks:
      - repeat:
          times: 2..9
          blocks:
            - free: {lasts: 1m, title: "Round {round}", say: "Round {round} of {rounds}."}
            - repeat: {times: 2, blocks: [free: {lasts: 30s, breath: none, say: "{round} of {rounds}. Next: {next}."}]}
    """
    plan = session_texts.planned(tmp_path, text, length_s=360.0)
    assert said(plan)[-3:] == ["Round three of three.", "One of two. Next: Free.", "Two of two."]
    assert [block.title for block in plan.timeline.blocks][::3] == ["Round one", "Round two", "Round three"]


def test_words_between_blocks_are_not_what_comes_next(tmp_path: Path) -> None:
    blocks = '[free: {lasts: 1m, say: "Then {next}."}, say: "Well done.", silence: 1m]'
    plan = session_texts.planned(tmp_path, f"coach: 1\ntitle: T\nlanguage: en\nblocks: {blocks}\n")
    assert said(plan)[0] == "Then Silence."


def said(plan: Plan) -> list[str]:
    return [event.text for event in plan.timeline.events if isinstance(event, Speech)]


TELLING = "{elapsed} en {left}, {minutes}"
PLACES = ("at: 7s", "at: -21s", "at: 40%", "every: 25s", "after: 3s", "level: guide")
CUE = st.builds(
    "{{{place}, text: '{mark}{telling}'}}".format,
    place=st.sampled_from(PLACES),
    mark=st.sampled_from(("", "[in] ", "[step] ", "[2s] ", "Rustig [out] ", "[step] een [step] ")),
    telling=st.just(TELLING),
)
BLOCK = st.builds(
    "  - free: {{lasts: {lasts}, say: [{cues}]}}\n".format,
    lasts=st.sampled_from(("45s", "61s", "2m", "95s..5m", "1m..20m", "40s..1h")),
    cues=st.lists(CUE, min_size=1, max_size=2).map(", ".join),
)
PACES = st.floats(0.8, 1.35)


def speak_at(pace: float) -> Measure:
    def measure(utterance: Utterance) -> SpokenDuration:
        found = estimate_duration(utterance)
        return SpokenDuration(length_s=pace * found.length_s, onset_s=found.onset_s)

    return measure


def check_truth(plan: Plan, from_s: float = 0.0) -> None:
    """Check that each of the words says what is so at the moment it begins, or on its step."""
    numbers = find_numbers("nl")
    minutes = numbers.say_whole(max(1, int(plan.timeline.length_s / 60 + 0.5)))
    for event in plan.timeline.events:
        if not isinstance(event, Speech) or " en " not in event.text or event.start_s < from_s:
            continue
        block = plan.timeline.blocks[event.block]
        onset_s = plan.speech_context.measure(event.utterance).onset_s
        moments_s = [event.start_s, event.start_s + onset_s]
        true = [
            f"{numbers.name_length(round_length_s(at_s - block.start_s))} en "
            f"{numbers.name_length(round_length_s(block.end_s - at_s))}, {minutes}"
            for at_s in moments_s
        ]
        begun = event.text[:1].lower() + event.text[1:]
        assert any(begun.startswith(each) or begun.removeprefix("rustig ").startswith(each) for each in true)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    blocks=st.lists(BLOCK, min_size=1, max_size=4).map("".join),
    pace=PACES,
    changes=st.lists(st.tuples(st.floats(0.0, 1.0), st.sampled_from((-6.0, 0.0, 4.0))), max_size=2),
)
def test_what_is_said_is_true_of_the_plan_that_is_heard(
    tmp_path: Path, blocks: str, pace: float, changes: list[tuple[float, float]]
) -> None:
    session = session_texts.session(tmp_path, f"coach: 1\ntitle: Proef\nlanguage: nl\nblocks:\n{blocks}")
    try:
        plan = compile_plan(session, PlanOptions(), speak_at(pace), lambda _name: 6.0, estimate_duration)
    except SessionError:  # the words do not fit
        return
    check_truth(plan)
    for share, by_spm in sorted(changes):
        at_s = share * plan.timeline.length_s
        try:
            plan = replan(plan, at_s, PlanChange(by_spm=by_spm))
        except CadenceLimitError:
            continue
        check_truth(plan, at_s)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_block_that_has_room_for_its_words_has_so_when_it_is_longer(tmp_path: Path, language: str) -> None:
    text = (
        'coach: 1\ntitle: T\nlanguage: {}\nblocks: [free: {{lasts: {}s, breath: none, say: "{{left}}, {{left}}."}}]\n'
    )
    for lasts_s in range(5, 70):
        session_texts.planned(tmp_path, text.format(language, lasts_s))
