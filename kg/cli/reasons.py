"""kg why-same, why-not-same: why names are one thing, or two."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from kg.cli.options import graph_option, ontology_option, open_graph, output_option, write_output
from kg.identity import make_identity
from kg.knowledge import load_knowledge
from kg.reasons import Things, why_not_same, why_same


@click.command("why-same")
@click.argument("one", metavar="A")
@click.argument("two", metavar="B")
@graph_option
@ontology_option
@output_option
def why_same_command(*, one: str, two: str, graph: str, ontology: Path, output: Path) -> None:
    """Say why A and B are one thing: by which rule, from which articles.

    A and B are names, other names, or IRIs such as park:青山经开区.
    """
    _tell(why_same, one, two, graph, ontology, output)


@click.command("why-not-same")
@click.argument("one", metavar="A")
@click.argument("two", metavar="B")
@graph_option
@ontology_option
@output_option
def why_not_same_command(*, one: str, two: str, graph: str, ontology: Path, output: Path) -> None:
    """Say why A and B are two things: what of their names, places or posts tells them apart.

    A and B are names, other names, or IRIs. A name that several things have stands for each of them.
    """
    _tell(why_not_same, one, two, graph, ontology, output)


def _tell(say: Callable[[Things, str, str], str], one: str, two: str, graph: str, ontology: Path, output: Path) -> None:
    knowledge = load_knowledge(ontology)
    write_output(output, say(Things(open_graph(graph), knowledge.ontology, make_identity(knowledge)), one, two))
