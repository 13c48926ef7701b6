"""kg validate, evaluate: whether an ontology holds together and a graph is right."""

from __future__ import annotations

import json
from pathlib import Path

import click

from kg.cli.options import (
    DEFAULT_ONTOLOGY,
    format_option,
    graph_option,
    ontology_folder,
    ontology_option,
    open_graph,
    output_option,
    write_output,
)
from kg.cli.tables import draw_table
from kg.errors import ValidationError
from kg.evaluate import calibration as confidence_bands
from kg.evaluate import evaluate, load_gold
from kg.store import GRAPH_FILE
from kg.validate import lint_ontology, validate_graph

EVALUATION_FORMATS = {"table": "aligned for a terminal", "json": "JSON"}


@click.command("evaluate")
@click.argument("gold", type=click.Path(path_type=Path))
@graph_option
@click.option("--errors", is_flag=True, help="List what is missing (-) and what is wrong (+) on standard error.")
@click.option("--calibration", is_flag=True, help="Show instead how often facts of each confidence are right.")
@format_option(EVALUATION_FORMATS, default="table")
@ontology_option
@output_option
def evaluate_command(
    *, gold: Path, graph: str, errors: bool, calibration: bool, format: str, ontology: Path, output: Path
) -> None:
    """Compare a graph with what careful readers found.

    GOLD is a gold file or a folder of them (docs/evaluation.md describes the format);
    the graph holds their articles.
    """
    found = evaluate(load_gold(gold), open_graph(graph), ontology=ontology)
    if calibration:
        bands = [tuple(map(str, band)) for band in confidence_bands(found.judged)]
        columns = ("confidence", "facts", "mean", "right")
        write_output(output, draw_table(columns, bands, right=columns[1:]))
        return
    rows = found.rows()
    if format == "json":
        write_output(output, json.dumps(rows, ensure_ascii=False, indent=1) + "\n")
    else:
        names = ("P", "R", "F1", "tp", "fp", "fn")
        lines = [
            (name, *(f"{row[key]:.3f}" if key in "PRF1" else str(row[key]) for key in names))
            for name, row in rows.items()
        ]
        write_output(output, draw_table(("", *names), lines, right=names))
    if errors:
        for line in found.errors:
            click.echo("\t".join(line), err=True)


@click.command("validate")
@click.option(
    "-g",
    "--graph",
    type=click.Path(path_type=Path),
    metavar="GRAPH",
    help="A folder that kg build wrote, or a Turtle file, to check as well.",
)
@click.option(
    "--language", type=click.Choice(["en", "zh"]), default="en", show_default=True, help="Language of what is found."
)
@click.option(
    "--ontology",
    type=click.Path(path_type=Path),
    is_flag=False,
    flag_value=DEFAULT_ONTOLOGY,
    metavar="[DIR]",
    envvar="KG_ONTOLOGY",
    callback=ontology_folder,
    help="Ontology folder to check. [env: KG_ONTOLOGY; default: the one that comes with kg]",
)
@output_option
def validate_command(*, graph: Path | None, language: str, ontology: Path, output: Path) -> None:
    """Check the ontology folder, and a graph against it.

    Of the ontology: each term is declared once, with label and definition in Chinese and English, domain and
    range; OWL 2 DL is kept to; no class, property or inverse runs in a circle; shapes, alignments, rules, lexicon
    and queries fit.

    GRAPH is a folder that `kg build` wrote or a graph file. Each finding is a line; errors make the
    exit code 6, warnings do not.
    """
    found = lint_ontology(ontology)
    errors = sum(each.severity == "error" for each in found)
    if graph is not None and not errors:
        found += validate_graph(graph / GRAPH_FILE if graph.is_dir() else graph, ontology, language=language)
        errors = sum(each.severity == "error" for each in found)
    write_output(output, "".join(f"{each}\n" for each in found))
    if errors:
        raise ValidationError(f"{graph or ontology}: {errors} {'error' if errors == 1 else 'errors'}")
