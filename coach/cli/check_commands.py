"""Commands about the text of sessions: `coach check`, `fmt`, `explain` and `schema`."""

import click


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["full", "concise", "json", "github", "sarif"]),
    default="full",
    show_default=True,
    help="The format of the problems.",
)
@click.option("--select", multiple=True, metavar="CODE,...", help="Show only these: codes, errors, or advice.")
@click.option("--ignore", multiple=True, metavar="CODE,...", help="Show none of these: codes, errors, or advice.")
@click.option("--strict", is_flag=True, help="Exit with 1 for advice as well as for errors.")
@click.option("--fix", is_flag=True, help="Fix problems that have one certain fix; change nothing else.")
@click.option("--diff", is_flag=True, help="Show what --fix would change; write nothing.")
@click.option("--verbose", is_flag=True, help="Also say which words of blocks are left out or shortened to fit.")
def check(
    *,
    paths: tuple[str, ...],
    output_format: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    strict: bool,
    fix: bool,
    diff: bool,
    verbose: bool,
) -> int:
    """Show all problems of sessions, and how to fix them."""
    from coach.commands.check import CheckRequest, run

    return run(
        CheckRequest(
            paths=paths,
            output_format=output_format,
            select=select,
            ignore=ignore,
            strict=strict,
            fix=fix,
            diff=diff,
            verbose=verbose,
        )
    )


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--check", is_flag=True, help="List the sessions that would change; write nothing.")
@click.option("--diff", is_flag=True, help="Show what would change; write nothing.")
def fmt(*, paths: tuple[str, ...], check: bool, diff: bool) -> int:
    """Format sessions: the order of keys, times and spaces. No word or comment changes."""
    from coach.commands.fmt import FormatRequest, run

    return run(FormatRequest(paths=paths, check=check, diff=diff))


@click.command()
@click.argument("code", required=False)
def explain(*, code: str | None) -> int:
    """Explain a problem by its code, or list all codes."""
    from coach.commands.explain import run

    return run(code)


@click.command()
@click.option("--where", is_flag=True, help="Print the URL of the schema file, for the settings of an editor.")
def schema(*, where: bool) -> int:
    """Print the session format as a JSON Schema, for editors."""
    from coach.commands.schema import run

    return run(where=where)
