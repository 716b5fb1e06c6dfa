"""`coach devices`: what a session can be heard on."""

import click

from coach.outputs.live_registry import live_output


def run(*, output: str) -> int:
    """Print each device by its name; the one used without being asked for is marked."""
    for device in live_output(output).devices():
        click.echo(f"{'*' if device.is_default else ' '} {device.name}")
    click.echo("* plays unless another is named: coach play SESSION --device NAME")
    return 0
