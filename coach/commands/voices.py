"""`coach voices`: list the voices, add, remove and hear one."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from coach.errors import ExitCode, UsageError, explain_missing_package
from coach.languages import LANGUAGES, detect_system_language, find_language
from coach.services.session_reading import SessionRequest
from coach.text.console import DownloadBar, echo_line
from coach.translation import _, mark_message
from coach.voices import kokoro_install, piper_install, registry
from coach.voices.engines.kokoro import explain_absence, has_model
from coach.voices.engines.kokoro_model import read_model_facts, read_model_home
from coach.voices.engines.piper import Piper
from coach.voices.engines.piper_models import (
    CatalogueVoice,
    InstalledVoice,
    find_in_catalogue,
    find_installed,
    is_path,
    read_base_url,
    read_catalogue,
)
from coach.voices.engines.system import refresh_listing
from coach.voices.piper_install import open_source
from coach.voices.voice import Voice

_SHOWN = 3
_NAME_COLUMNS = 10
_INDENT = " " * 14
_CHECKED = {
    "sha256": mark_message("checked by SHA-256"),
    "md5": mark_message("checked by size and MD5"),
    "": mark_message("not checked: a file of your own"),
}
_SAMPLE_LETTERS = 80


@dataclass(frozen=True, kw_only=True, slots=True)
class HearVoiceRequest:
    """A voice to be heard, and where."""

    name: str
    language: str | None
    output: str
    device: str | None


def list_installed(language: str | None) -> int:
    """Print each voice with its description; the default voice is marked.

    Of a family with many voices, only the best are printed, unless their language was asked for.
    """
    refresh_listing()
    for spoken in _list_languages(language):
        click.echo(f"{spoken}:")
        default = registry.load_voice(registry.find_default(spoken))
        for family, voices in groupby(registry.list_voices(spoken), key=_find_family):
            every = list(voices)
            shown = every if language is not None else every[:_SHOWN]
            for voice in shown:
                mark = "*" if voice is default else " "
                click.echo("\n".join(_format_voice(mark, voice.name, voice.about)))
            if len(every) > len(shown):
                click.echo(
                    "    "
                    + _(
                        "{count} more of {family}: coach voices --lang {language}",
                        count=len(every) - len(shown),
                        family=family,
                        language=spoken,
                    )
                )
        if "kokoro" in registry.list_preferred(spoken) and not has_model():
            click.echo(click.wrap_text(explain_absence(), initial_indent="    ", subsequent_indent="    "))
        better = _suggest_better(spoken)
        if better:
            click.echo(better)
    click.echo(_("* speaks unless --voice names another"))
    return ExitCode.OK


def list_available(language: str | None) -> int:
    """Print each voice of the catalogue, the best first; the installed ones are marked."""
    here = Piper.list_available()
    for spoken in _list_languages(language):
        click.echo(f"{spoken}:")
        for voice in read_catalogue():
            if voice.language.startswith(f"{spoken}_"):
                click.echo(_format_available(voice, "+" if voice.name in here else " "))
    click.echo(_("+ is installed; install another with: coach voices add NAME"))
    return ExitCode.OK


def add(name: str, place: str | None) -> int:
    """Download or copy a voice by its name in the catalogue, or a model's file; install it.

    ``place`` is another place to get it from, a URL or a folder.
    """
    if name == "kokoro":
        return _add_kokoro(place)
    if is_path(name):
        own = Path(name).expanduser()
        with _show_progress(own.stem, own.stat().st_size if own.is_file() else 0) as on_bytes:
            return _print_installed(piper_install.add_own_model(own, on_bytes))
    voice = _find_in_catalogue(name.removeprefix("piper:"))
    installed = find_installed(voice.name)
    if installed is not None and voice.model.sha256 in {None, installed.model.sha256}:
        echo_line(_("{voice} is already installed; hear it with --voice {voice}", voice=voice.name))
        return ExitCode.OK
    with _show_progress(voice.name, voice.model.size_bytes) as on_bytes:
        return _print_installed(piper_install.add_voice(voice, open_source(place, read_base_url()), on_bytes))


def _add_kokoro(place: str | None) -> int:
    if missing := None if find_spec("onnxruntime") else explain_missing_package("onnxruntime"):
        raise missing
    if has_model():
        echo_line(_("kokoro is already installed; hear it with: coach voices hear kokoro"))
        return ExitCode.OK
    size_bytes = read_model_facts().size_bytes
    with _show_progress("kokoro", size_bytes) as on_bytes:
        kokoro_install.add_model(open_source(place, read_model_home()), on_bytes)
    echo_line(
        _(
            "{voice}: installed ({size_mb:.0f} MB, {checked})",
            voice="kokoro",
            size_mb=size_bytes / 1e6,
            checked=_(_CHECKED["sha256"]),
        )
    )
    echo_line(_("licence: {licence}", licence="Apache-2.0"))
    echo_line(_("hear it with: coach voices hear kokoro"))
    return ExitCode.OK


def remove(name: str) -> int:
    """Remove an installed voice, and print the space that is free again."""
    which = name.removeprefix("piper:")
    freed = kokoro_install.remove_model() if which == "kokoro" else piper_install.remove_voice(which)
    echo_line(_("{voice}: removed ({size_mb:.0f} MB are free again)", voice=which, size_mb=freed / 1e6))
    return ExitCode.OK


def hear(request: HearVoiceRequest) -> int:
    """Play a sentence in a voice, or one of its own lines where it has recordings only."""
    from coach.commands.hear import HearRequest, run, write_sample_session  # noqa: PLC0415 - numpy and the devices, for this alone

    language, voice = _find_voice(request.name, request.language)
    values = {"voice": voice.name, "line": _choose_sample(voice, language)}
    with TemporaryDirectory(prefix="coach-") as folder:
        path = str(write_sample_session(Path(folder), language))
        session = SessionRequest(session=path, language=language, voice=request.name, values=values)
        return run(HearRequest(session=session, block=None, line=None, output=request.output, device=request.device))


def _list_languages(asked: str | None) -> tuple[str, ...]:
    """List the language that was asked for, or all.

    Raises:
        UsageError: The coach does not speak it.
    """
    if asked is None:
        return LANGUAGES
    return (find_language(asked).code,)


def _find_family(voice: Voice) -> str:
    return voice.name.partition(":")[0]


def _format_voice(mark: str, name: str, about: str) -> Iterator[str]:
    head = f"  {mark} {name:{_NAME_COLUMNS}}"
    if len(name) < _NAME_COLUMNS:
        yield click.wrap_text(about, initial_indent=head, subsequent_indent=_INDENT)
        return
    yield head
    yield click.wrap_text(about, initial_indent=_INDENT, subsequent_indent=_INDENT)


def _format_available(voice: CatalogueVoice, mark: str) -> str:
    size_mb = round((voice.model.size_bytes + voice.config.size_bytes) / 1e6)
    line = f"  {mark} {voice.name:36}{size_mb:4} MB  {voice.licence}"
    if voice.based_on is not None:
        line += "; " + _("trained further from {voice}", voice=voice.based_on)
    return line if voice.model.sha256 else f"{line}; {_('its SHA-256 is not known to us, only its MD5')}"


def _suggest_better(language: str) -> str | None:
    """Suggest how to get a better voice, where none is installed yet."""
    spoken = find_language(language)
    first = find_in_catalogue(spoken.piper_voice)
    if first is None or any(name.startswith(f"{language}_") for name in Piper.list_available()):
        return None
    size_mb = round(first.model.size_bytes / 1e6)
    return "    " + _(
        "{better_voice}, {size_mb} MB, once: coach voices add {voice}",
        better_voice=_(spoken.better_voice),
        size_mb=size_mb,
        voice=first.name,
    )


def _find_in_catalogue(name: str) -> CatalogueVoice:
    voice = find_in_catalogue(name)
    if voice is not None:
        return voice
    near = get_close_matches(name, [known.name for known in read_catalogue()], n=1)
    hint = _('did you mean "{found}"?', found=near[0]) if near else _("see: coach voices list --available")
    raise UsageError(_('there is no voice "{name}" to add; {hint}', name=name, hint=hint))


def _print_installed(voice: InstalledVoice) -> int:
    language = voice.language.partition("_")[0]
    echo_line(
        _(
            "{voice}: installed ({size_mb:.0f} MB, {checked})",
            voice=voice.name,
            size_mb=voice.model.size_bytes / 1e6,
            checked=_(_CHECKED[voice.checked]),
        )
    )
    echo_line(_("licence: {licence}", licence=_(voice.licence)))
    if registry.load_voice(registry.find_default(language)).name == f"piper:{voice.name}":
        echo_line(
            _("it speaks from now on where the language is {language}, unless --voice names another", language=language)
        )
    else:
        echo_line(_("hear it with --voice {voice}", voice=voice.name))
    return ExitCode.OK


@contextmanager
def _show_progress(name: str, size_bytes: int) -> Iterator[Callable[[int], None]]:
    """Show a bar of what was received and the time left, on standard error if that is a terminal."""
    if not sys.stderr.isatty():
        yield lambda _count: None
        return

    with DownloadBar(name, size_bytes) as bar:
        yield bar.show_received


def _find_voice(name: str, asked: str | None) -> tuple[str, Voice]:
    """Find a language and a voice for it: the language asked for, else the computer's own if the voice can."""
    wanted = _list_languages(asked)
    own = detect_system_language()
    refused: list[UsageError] = []
    for language in sorted(wanted, key=lambda each: (each != own, LANGUAGES.index(each))):
        try:
            return language, registry.load_voice(registry.find_voice(name, language))
        except UsageError as error:
            refused.append(error)
    raise refused[0]


def _choose_sample(voice: Voice, language: str) -> str:
    if voice.repertoire is None:
        return find_language(language).voice_lines.sample
    known = [text for spoken, text in sorted(voice.repertoire) if spoken == language]
    if not known:
        raise UsageError(_('the voice "{voice}" has no line in "{language}"', voice=voice.name, language=language))
    return min(known, key=lambda text: abs(len(text) - _SAMPLE_LETTERS))
