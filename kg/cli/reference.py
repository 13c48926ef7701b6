"""docs/cli.md, written from the commands themselves: `python -m kg.cli.reference > docs/cli.md`."""

from __future__ import annotations

from collections.abc import Iterator

import click

from kg.cli import main

WIDTH = 100
HEAD = """# The command line

<!-- Written by `make docs` from the commands; a test holds it true. -->

Results go to standard output, all else to standard error.
"""


def reference() -> str:
    """The help of `kg` and all its commands as Markdown."""
    return "\n".join([HEAD, *_sections(main, _context(main, "kg", None), "##")])


def _sections(command: click.Command, ctx: click.Context, marks: str) -> Iterator[str]:
    yield f"{marks} {ctx.command_path}\n\n```text\n{command.get_help(ctx).rstrip()}\n```\n"
    if isinstance(command, click.Group):
        for name in command.list_commands(ctx):
            below = command.get_command(ctx, name)
            assert below is not None
            yield from _sections(below, _context(below, name, ctx), f"{marks}#")


def _context(command: click.Command, name: str, parent: click.Context | None) -> click.Context:
    settings = {**command.context_settings, "terminal_width": WIDTH, "max_content_width": WIDTH}
    return click.Context(command, info_name=name, parent=parent, **settings)


if __name__ == "__main__":
    click.echo(reference(), nl=False)
