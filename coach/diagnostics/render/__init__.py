"""Rendering of problems: as text for people, and as JSON, GitHub annotations and SARIF for programs."""

from collections.abc import Callable, Iterable, Mapping

from coach.diagnostics.problem import Problem

Renderer = Callable[[Iterable[Problem]], str]

# A format's module is imported when it is asked for: most checks find nothing to render.
FORMATS: Mapping[str, str] = {
    "full": "coach.diagnostics.render.full:render_full",
    "concise": "coach.diagnostics.render.full:render_concise",
    "json": "coach.diagnostics.render.json:render_json",
    "github": "coach.diagnostics.render.github:render_github",
    "sarif": "coach.diagnostics.render.sarif:render_sarif",
}


def render(problems: Iterable[Problem], output_format: str) -> str:
    """Render problems in one of `FORMATS`, without a line break at the end."""
    from pkgutil import resolve_name  # noqa: PLC0415 - most checks find nothing to render

    renderer: Renderer = resolve_name(FORMATS[output_format])
    return renderer(problems)
