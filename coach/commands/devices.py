"""`coach devices`: what a session can be heard on."""

import click

from coach.devices.registry import find_backend


def run(*, output: str) -> int:
    """Print each device by its name; the one used without being asked for is marked."""
    for device in find_backend(output).devices():
        click.echo(f"{'*' if device.is_default else ' '} {device.name}")
    click.echo("* plays unless another is named: coach play SESSION --device NAME")
    return 0
