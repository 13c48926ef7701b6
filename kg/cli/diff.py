"""kg diff"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.cli.options import format_option, ontology_option, open_graph, output_option, write_output
from kg.difference import WRITERS, compare_graphs
from kg.ontology import load_ontology

DIFFERENT = 8
"""Exit code where two graphs differ."""

FORMATS = {"text": "for reading", "json": "JSON"}


@click.command("diff")
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@format_option(FORMATS, default="text")
@ontology_option
@output_option
def diff_command(*, before: str, after: str, format: str, ontology: Path, output: Path) -> None:
    """Say what came, went and changed from graph A to graph B.

    A and B are folders that kg build wrote or graph files; one may be - for standard input. Articles, things,
    claims and observations are compared; that a sentence has moved within its article is no change.
    The exit code is 0 where nothing differs, else 8.
    """
    if before == after == "-":
        raise click.UsageError("only one graph can come from standard input")
    found = compare_graphs(open_graph(before), open_graph(after), ontology=load_ontology(ontology))
    write_output(output, WRITERS[format](found))
    if found:
        sys.exit(DIFFERENT)
