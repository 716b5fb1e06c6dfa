"""Options that many commands share, and how the values of options are parsed."""

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, NotRequired, TypedDict, TypeVar, Unpack, cast

import click

from coach.languages import LANGUAGES
from coach.translation import _

if TYPE_CHECKING:
    from coach.services.session_reading import SessionRequest
    from coach.session.session import SoundLevels

A_PATH = click.Path(path_type=Path)  # shared, as creating one makes click look up its translations
LANGUAGE_CHOICES = "|".join(LANGUAGES)

_Value = TypeVar("_Value")
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
            self.fail(_("'{value}' is not a cadence; write steps per minute, like 158", value=value), param, ctx)
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
            raise click.BadParameter(_("'{pair}' is not of the form NAME=VALUE", pair=pair))
        values[compose(name)] = value
    return values


class PlanOptionValues(TypedDict):
    """The options in which the variants of a session differ, as click passes them to a command."""

    language: str | None
    length_s: float | None
    cadence_spm: float | None


class VoiceOptions(TypedDict):
    """The options of how a session is said, as click passes them to a command."""

    voice: str | None
    guidance: str
    values: Mapping[str, str]
    levels: NotRequired["SoundLevels"]


class SessionOptions(PlanOptionValues, VoiceOptions):
    """The options of a `SessionRequest`, as click passes them to a command."""


def request_session(session: str, **options: Unpack[SessionOptions]) -> "SessionRequest":
    """Make a request of a session and the shared options."""
    from coach.services.session_reading import SessionRequest

    return SessionRequest(session=session, **options)


def session_options(command: Command) -> Command:
    """Add the options that are shared by all commands that plan a session."""
    return _add_options(command, _list_plan_options(), _list_voice_options())


def variant_options(command: Command) -> Command:
    """Add the shared options of a command that makes variants, with several languages, lengths and cadences by commas.

    It gets all combinations as ``variants``; an option without values is that of the session.
    """

    @wraps(command)
    def combine(
        *,
        languages: Sequence[str],
        lengths_s: Sequence[float],
        cadences_spm: Sequence[float],
        **options: Any,  # noqa: ANN401 - click's
    ) -> Any:  # noqa: ANN401 - the same
        variants = tuple(
            PlanOptionValues(language=language, length_s=length_s, cadence_spm=cadence_spm)
            for language in _or_unset(languages)
            for length_s in _or_unset(lengths_s)
            for cadence_spm in _or_unset(cadences_spm)
        )
        return command(**options, variants=variants)

    combined = cast(Command, combine)
    return _add_options(_add_level_options(combined), _list_variant_options(), _list_voice_options())


def _or_unset(values: Sequence[_Value]) -> Sequence[_Value | None]:
    return values or (None,)


def _add_options(command: Command, *groups: Sequence[Callable[[Command], Command]]) -> Command:
    for option in reversed([option for group in groups for option in group]):
        command = option(command)
    return command


def _list_plan_options() -> Sequence[Callable[[Command], Command]]:
    return (
        click.option("--lang", "language", metavar=LANGUAGE_CHOICES, help="The language to speak."),
        click.option("--length", "length_s", callback=parse_time, metavar="TIME", help="Fit it to this, e.g. 30m."),
        click.option("--cadence", "cadence_spm", type=CadenceRange(60, 220), help="Steps per minute."),
    )


def _list_variant_options() -> Sequence[Callable[[Command], Command]]:
    return (
        click.option("--lang", "languages", callback=parse_list, metavar="LANG,...", help="Languages, e.g. nl,en."),
        click.option("--length", "lengths_s", callback=parse_times, metavar="TIME,...", help="Lengths, e.g. 20m,30m."),
        click.option("--cadence", "cadences_spm", callback=parse_cadences, metavar="SPM,...", help="E.g. 150,158."),
    )


def _list_voice_options() -> Sequence[Callable[[Command], Command]]:
    return (
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
    )


def parse_list(_context: click.Context, _option: click.Parameter, value: str | None) -> tuple[str, ...]:
    """Parse values between commas, each once; none where the option is not given."""
    return tuple(dict.fromkeys(part for each in (value or "").split(",") if (part := each.strip())))


def parse_times(context: click.Context, option: click.Parameter, value: str | None) -> tuple[float, ...]:
    """Parse times between commas, as `parse_time`."""
    times = (parse_time(context, option, each) for each in parse_list(context, option, value))
    return tuple(dict.fromkeys(each for each in times if each is not None))


def parse_cadences(context: click.Context, option: click.Parameter, value: str | None) -> tuple[float, ...]:
    """Parse cadences between commas."""
    kind = CadenceRange(60, 220)
    return tuple(dict.fromkeys(kind.convert(each, option, context) for each in parse_list(context, option, value)))


LEVELS = {
    "--voice-level": ("voice_db", "Level of the voice, e.g. -3dB."),
    "--ticks": ("ticks_db", "Level of the ticks, e.g. -3dB."),
    "--breath": ("breath_db", "Level of the breath sounds, e.g. -3dB."),
    "--bells": ("bells_db", "Level of the bells, e.g. -3dB."),
    "--bed": ("bed_db", "Level of the bed, e.g. -3dB."),
}


def sound_options(command: Command) -> Command:
    """Add the shared options and, of a command whose sounds are heard, the level of each."""
    return session_options(_add_level_options(command))


def _add_level_options(command: Command) -> Command:

    @wraps(command)
    def collect(**options: Any) -> Any:  # noqa: ANN401 - click's
        from coach.session.session import SoundLevels

        levels = SoundLevels(**{name: options.pop(name) for name, _help in LEVELS.values()})
        return command(**options, levels=levels)

    collected = cast(Command, collect)
    for option, (name, told) in reversed(LEVELS.items()):
        collected = click.option(option, name, callback=parse_level, metavar="LEVEL", help=told)(collected)
    return collected
