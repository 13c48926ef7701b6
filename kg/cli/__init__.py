"""The command line: parse, call the library, print. `kg --help` says the rest.

Results go to standard output, all else to standard error. Exit codes are those of
`kg.errors`, 2 for a wrong command line, 7 where a build left out articles, 8 where two graphs differ.
"""

from __future__ import annotations

import logging
import os
import sys
from typing import Any, NoReturn

import click

from kg import __version__
from kg.cli.build import build_command
from kg.cli.correct import correct_command
from kg.cli.coverage import coverage_command
from kg.cli.diff import diff_command
from kg.cli.export import export_command, push_command
from kg.cli.graph import conflicts_command, explain_command, view_command
from kg.cli.quality import evaluate_command, validate_command
from kg.cli.query import query_command
from kg.cli.reasons import why_not_same_command, why_same_command
from kg.cli.serve import serve_command
from kg.cli.train import train_command
from kg.errors import CitykgError

INTERRUPTED = 130
EXIT_CODES = """\b
Exit codes:
  0  done
  1  any other failure
  2  wrong command line
  3  an article, folder, graph or output place that cannot be used
  4  an ontology, rule, lexicon, query or corrections file that does not hold together
  5  SPARQL that does not parse or run
  6  a graph or ontology that breaks its contract
  7  built, but some articles could not be read
  8  kg diff: the graphs differ"""


class _Commands(click.Group):
    """A group that tells a user's mistakes in one line, with the exit code of their class."""

    def main(self, *args: Any, **options: Any) -> NoReturn:
        """Run a command line and exit."""
        try:
            code = super().main(*args, **{**options, "standalone_mode": False})
        except CitykgError as error:
            code = _tell(str(error), error.exit_code)
        except click.UsageError as error:
            hint = f" (see {error.ctx.command_path} --help)" if error.ctx else ""
            code = _tell(" ".join(error.format_message().split()) + hint, error.exit_code)
        except click.Abort:
            code = _tell("interrupted", INTERRUPTED)
        except BrokenPipeError:  # who reads has seen enough, as in `kg query … | head`
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            code = 1
        sys.exit(code if isinstance(code, int) else 0)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


def _tell(message: str, code: int) -> int:
    click.echo(f"kg: {message}", err=True)
    return code


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]}, epilog=EXIT_CODES)
@click.version_option(__version__, prog_name="kg")
@click.option("-v", "--verbose", is_flag=True, help="Say more on standard error; unforeseen failures with their trace.")
def main(verbose: bool) -> None:  # noqa: FBT001 - click passes options by name
    """Knowledge graphs from Chinese writing on regional development.

    Start with `kg build ARTICLES -o DIR`, then look at DIR/graph.html, or ask DIR with `kg query`.
    """
    level = logging.DEBUG if verbose else logging.WARNING
    logging.basicConfig(level=logging.WARNING, format="kg: %(message)s")
    logging.getLogger("kg").setLevel(level)


for _command in (
    build_command,
    query_command,
    view_command,
    serve_command,
    export_command,
    push_command,
    explain_command,
    why_same_command,
    why_not_same_command,
    conflicts_command,
    diff_command,
    correct_command,
    validate_command,
    evaluate_command,
    coverage_command,
    train_command,
):
    main.add_command(_command)
