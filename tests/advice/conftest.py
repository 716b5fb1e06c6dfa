from pathlib import Path

import pytest
import session_texts
from advice_sessions import FindAdvice, RenderAdvice
from session_texts import half_a_second_a_word

from coach.advice.registry import advise
from coach.audio.soundbank import measure_bell_length_s
from coach.diagnostics.problem import Problem
from coach.diagnostics.render.full import render_problem
from coach.timeline.compile import compile_plan
from coach.timeline.schedule import PlanOptions


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("advice")


@pytest.fixture(scope="module")
def find(folder: Path) -> FindAdvice:
    """Find the advice of one code on a session, spoken in each of its languages at half a second a word."""

    def given(code: str, text: str) -> tuple[Problem, ...]:
        session = session_texts.session(folder, text)
        options = [PlanOptions(language=language) for language in session.languages]
        plans = [compile_plan(session, each, half_a_second_a_word, measure_bell_length_s) for each in options]
        return tuple(problem for problem in advise(plans) if problem.code == code)

    return given


@pytest.fixture
def render(folder: Path, find: FindAdvice) -> RenderAdvice:
    """Render the advice as its author reads it."""

    def shown(code: str, text: str) -> str:
        problems = find(code, text)
        lines = (folder / "run.yaml").read_text(encoding="utf-8").splitlines()
        return "\n\n".join(render_problem(problem, lines) for problem in problems).replace(f"{folder}/", "")

    return shown
