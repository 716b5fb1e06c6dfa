"""Whether words fit any time: every kind at every length, and every shipped session from half to double its length."""

import math
import time
from collections.abc import Iterator
from functools import cache
from itertools import product
from pathlib import Path
from statistics import median

from bench_running import Figure, Workspace

from coach.advice.registry import advise
from coach.audio.soundbank import measure_bell_length_s
from coach.blocks.registry import KINDS
from coach.diagnostics.problem import SessionError
from coach.languages import LANGUAGES
from coach.services import session_reading
from coach.session import library
from coach.session.session import Session
from coach.timeline.compile import compile_plan
from coach.timeline.schedule import PlanOptions
from coach.voices.duration_estimate import estimate_duration

LENGTHS_S = (*range(10, 61, 5), *range(70, 181, 10), 240, 300, 420, 600, 900, 1200)
BREATHS = ("none", "2/2", "3/3", "4/4", "5/5", "4/2/4", "4/4/4/4")
BREATHS_AT_REST = (*BREATHS, "4s in / 6s out", "5.5s/5.5s", "4s/7s/8s", "20s/20s/20s/20s")
CADENCES_SPM = (100, 158, 180)
GUIDANCES = ("full", "light", "quiet")
MOST_PLANNING_MS = 15.0

measure = cache(estimate_duration)


def fitting(workspace: Workspace) -> Iterator[Figure]:
    """Kinds, sessions, and what planning takes."""
    yield _plan_kinds(workspace.folder / "fit.yaml", quick=workspace.quick)
    yield _plan_sessions()
    session, spent_s = session_reading.load_session("forest-run"), []
    for _ in range(30):
        start_s = time.process_time()
        compile_plan(session, PlanOptions(language="en"), measure, measure_bell_length_s)
        spent_s.append(time.process_time() - start_s)
    planning_ms = 1000.0 * median(spent_s)
    yield Figure(
        name="planning half an hour",
        goal=f"at most {MOST_PLANNING_MS:g} ms",
        figure=f"{planning_ms:.1f} ms",
        holds=planning_ms <= MOST_PLANNING_MS,
    )


def _plan_kinds(file: Path, *, quick: bool) -> Figure:
    speaking = [name for name in KINDS if name not in {"say", "free"}]
    lengths_s = LENGTHS_S[:: 4 if quick else 1]
    planned = failed = 0
    kinds = [(name, breath) for name in speaking for breath in (BREATHS if KINDS[name].running else BREATHS_AT_REST)]
    for (kind, breath), language, lasts_s, cadence_spm in product(kinds, LANGUAGES, lengths_s, CADENCES_SPM):
        block = f"{kind}: {{lasts: {lasts_s}s, breath: {breath}, cadence: {cadence_spm}}}"
        file.write_text(f"coach: 1\ntitle: Trial\nlanguage: {language}\nblocks:\n  - {block}\n", encoding="utf-8")
        session = session_reading.load_session(str(file))
        for guidance in GUIDANCES:
            planned += 1
            failed += not _can_plan(session, PlanOptions(guidance=guidance))
    return Figure(
        name="kinds x lengths x languages x breaths x cadences x guidance",
        goal="all without an error",
        figure=f"{planned - failed:,} of {planned:,}",
        holds=not failed,
    )


def _can_plan(session: Session, options: PlanOptions) -> bool:
    try:
        compile_plan(session, options, measure, measure_bell_length_s)
    except SessionError:
        return False
    return True


def _plan_sessions() -> Figure:
    planned, failed = 0, []
    for name, language in product(library.list_names(), LANGUAGES):
        session = session_reading.load_session(name)
        usual_min = (session.length_s or 0.0) / 60.0
        for minutes in range(math.ceil(usual_min / 2.0), int(2.0 * usual_min) + 1):
            planned += 1
            if not _is_calm(session, PlanOptions(language=language, length_s=60.0 * minutes)):
                failed.append(f"{name} {language} {minutes}m")
    return Figure(
        name="shipped sessions at every minute from half to double",
        goal="all, walk-out whole, no advice",
        figure=f"{planned - len(failed)} of {planned} {' '.join(failed)}".strip(),
        holds=not failed,
    )


def _is_calm(session: Session, options: PlanOptions) -> bool:
    """Whether a session can be so long, with its walk whole, and without any advice."""
    try:
        plan = compile_plan(session, options, measure, measure_bell_length_s)
    except SessionError:
        return False
    authored = next((block for block in session.blocks if block.kind == "walk-out"), None)
    if authored is None:
        return not list(advise([plan], None))
    walk = next(block for block in plan.timeline.blocks if block.kind == "walk-out")
    least_s = 180.0 if (options.length_s or 0.0) >= 720.0 else 120.0  # noqa: PLR2004 - twelve minutes
    whole_s = min(authored.lasts.shortest_s if authored.lasts else least_s, least_s)
    return walk.end_s - walk.start_s >= whole_s - 2.0 and not list(advise([plan], None))
