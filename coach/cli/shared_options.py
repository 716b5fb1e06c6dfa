"""Options that many commands share, and how the values of options are parsed."""

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, NotRequired, TypedDict, TypeVar, Unpack, cast

import click

from coach.languages import LANGUAGES

if TYPE_CHECKING:
    from coach.services.session_reading import SessionRequest
    from coach.session.session import SoundLevels

A_PATH = click.Path(path_type=Path)  # shared, as creating one makes click look up its translations
LANGUAGE_CHOICES = "|".join(LANGUAGES)

Command = TypeVar("Command", bound=Callable[..., Any])

device_option = click.option("--device", metavar="NAME", help="A speaker or headset; 'coach devices' lists them.")

force_option = click.option("--force", is_flag=True, help="Replace even a file that the coach did not make.")


def parse_time(_context: click.Context, _option: click.Parameter, value: str | None) -> float | None:
    """Parse a time of the session format into seconds, or one as people say it: ``30 min``, ``half an hour``."""
    if value is None:
        return None
    from coach.session.values.duration import DURATION_OR_ZERO
    from coach.session.values.value_kind import ScalarError

    try:
        return DURATION_OR_ZERO.parse(DURATION_OR_ZERO.correct(value) or value)
    except ScalarError as error:
        if error.code == "not-a-time":
            from coach.services.session_reading import parse_spoken_length_s

            if (spoken_s := parse_spoken_length_s(value)) is not None:
                return spoken_s
        raise click.BadParameter(f"{error.message}; {error.help}") from error


class CadenceRange(click.FloatRange):
    """Steps per minute; what the session format corrects, such as ``170 spm``, is taken for what it means."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:  # noqa: ANN401 - click's
        """Read a number, with or without its unit."""
        from coach.session.values.cadence import STEADY_CADENCE

        meant = STEADY_CADENCE.correct(value) if isinstance(value, str) else None
        try:
            number = float(meant or value)
        except ValueError:
            self.fail(f"'{value}' is not a cadence; write steps per minute, like 158", param, ctx)
        return float(super().convert(number, param, ctx))


def parse_level(_context: click.Context, _option: click.Parameter, value: str | None) -> float | None:
    """Parse a level of the session format into decibels; ``-3`` is one, too."""
    if value is None:
        return None
    from coach.session.values.sound import DECIBELS
    from coach.session.values.value_kind import ScalarError

    try:
        return DECIBELS.parse(DECIBELS.correct(value) or value)
    except ScalarError as error:
        raise click.BadParameter(f"{error.message}; {error.help}") from error


def parse_values(_context: click.Context, _option: click.Parameter, pairs: Sequence[str]) -> Mapping[str, str]:
    """Parse pairs like ``name=Ann``."""
    from coach.text.sanitize import compose

    values: dict[str, str] = {}
    for pair in pairs:
        name, separator, value = pair.partition("=")
        if not separator or not name:
            raise click.BadParameter(f"'{pair}' is not of the form NAME=VALUE")
        values[compose(name)] = value
    return values


class SessionOptions(TypedDict):
    """The options of a `SessionRequest`, as click passes them to a command."""

    language: str | None
    length_s: float | None
    cadence_spm: float | None
    voice: str | None
    guidance: str
    values: Mapping[str, str]
    levels: NotRequired["SoundLevels"]


def request_session(session: str, **options: Unpack[SessionOptions]) -> "SessionRequest":
    """Make a request of a session and the shared options."""
    from coach.services.session_reading import SessionRequest

    return SessionRequest(session=session, **options)


def session_options(command: Command) -> Command:
    """Add the options that are shared by all commands that plan a session."""
    for option in reversed(
        [
            click.option("--lang", "language", metavar=LANGUAGE_CHOICES, help="The language to speak."),
            click.option("--length", "length_s", callback=parse_time, metavar="TIME", help="Fit it to this, e.g. 30m."),
            click.option("--cadence", "cadence_spm", type=CadenceRange(60, 220), help="Steps per minute."),
            click.option("--voice", metavar="NAME", help="The voice; 'coach voices' lists them."),
            click.option(
                "--guidance",
                type=click.Choice(["full", "light", "quiet"]),
                default="full",
                show_default=True,
                help="How much is said.",
            ),
            click.option(
                "--set", "values", multiple=True, callback=parse_values, metavar="NAME=VALUE", help="Text for {NAME}."
            ),
        ]
    ):
        command = option(command)
    return command


LEVELS = {
    "--voice-level": ("voice_db", "the voice"),
    "--ticks": ("ticks_db", "the ticks"),
    "--breath": ("breath_db", "the breath sounds"),
    "--bells": ("bells_db", "the bells"),
    "--bed": ("bed_db", "the bed"),
}


def sound_options(command: Command) -> Command:
    """Add the shared options and, of a command whose sounds are heard, the level of each."""

    @wraps(command)
    def collect(**options: Any) -> Any:  # noqa: ANN401 - click's
        from coach.session.session import SoundLevels

        levels = SoundLevels(**{name: options.pop(name) for name, _ in LEVELS.values()})
        return command(**options, levels=levels)

    collected = cast(Command, collect)
    for option, (name, sound) in reversed(LEVELS.items()):
        told = f"Level of {sound}, e.g. -3dB."
        collected = click.option(option, name, callback=parse_level, metavar="LEVEL", help=told)(collected)
    return session_options(collected)
