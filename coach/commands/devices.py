"""`coach devices`: the speakers and headphones of this computer."""

import click

from coach.devices.device import find_backend
from coach.errors import ExitCode
from coach.translation import _


def run(output: str) -> int:
    """Print the name of each device; the default device is marked."""
    for device in find_backend(output).list_devices():
        click.echo(f"{'*' if device.is_default else ' '} {device.name}")
    click.echo(_("* is the default; choose another with: coach play SESSION --device NAME"))
    return ExitCode.OK
