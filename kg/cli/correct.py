"""kg correct: what people decide, written to corrections.toml."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from kg.cli.options import graph_option, ontology_option, open_graph
from kg.corrections.model import FILE, MODELS
from kg.corrections.writing import append_correction
from kg.errors import InputError
from kg.explain import explain
from kg.ontology import load_ontology

Command = TypeVar("Command", bound=Callable[..., Any])

THINGS = ("subject", "object", "thing", "things")
"""Keys whose values are names of things."""


@click.group("correct")
def correct_command() -> None:
    """Write down what a person decides: corrections.toml, replayed on every build.

    A thing is a name, or an IRI such as area:430482 where several have that name. Names are looked up in the
    graph; --no-check writes without one. docs/corrections.md describes the file.
    """


def correction(command: Command) -> Command:
    """The options of all corrections."""
    for decorate in (
        ontology_option,
        click.option("--check/--no-check", default=True, show_default=True, help="Look names up in the graph."),
        graph_option,
        click.option("--date", metavar="DATE", help="When: 2024, 2024-05 or 2024-05-17."),
        click.option("--reason", metavar="TEXT", help="Why."),
        click.option("--author", metavar="NAME", envvar="KG_AUTHOR", help="Who decides. [env: KG_AUTHOR]"),
        click.option(
            "--file",
            type=click.Path(path_type=Path),
            default=FILE,
            show_default=True,
            help="File to add to; kg build finds it beside the articles.",
        ),
    ):
        command = decorate(command)
    return command


def where_read(command: Command) -> Command:
    """--article and --sentence, to narrow a correction to what was read there."""
    article = click.option("--article", metavar="FILE", help="Only what this article says.")
    sentence = click.option("--sentence", metavar="TEXT", help="Only what these words say.")
    return article(sentence(command))


def _write(
    do: str,
    *,
    file: Path,
    graph: str,
    check: bool,
    ontology: Path,
    fields: dict[str, Any],
    unknown: tuple[str, ...] = (),
) -> None:
    """Check the names in `fields`, but for the keys in `unknown`, and add the correction; print what was added."""
    keys = [info.alias or name for name, info in MODELS[do].model_fields.items()]
    ordered = {"do": do, **{key: fields[key] for key in keys if fields.get(key) is not None}}
    if check:
        loaded = open_graph(graph)
        for key in (key for key in THINGS if key in ordered and key not in unknown):
            for name in ordered[key] if isinstance(ordered[key], tuple) else [ordered[key]]:
                found = [each.node for each in explain(loaded, name, ontology=ontology)]
                if len(found) > 1:
                    known = ", ".join(f"{each.kind.name} <{each.iri}>" for each in found[:5])
                    raise InputError(f"{loaded.source}: {len(found)} things are called {name}; give one of {known}")
    click.echo(append_correction(file, ordered, load_ontology(ontology)), nl=False)


@correct_command.command("reject")
@click.argument("subject")
@click.argument("relation", required=False)
@click.argument("object", required=False)
@click.option("--indicator", metavar="NAME", help="Reject an observation of this indicator instead of a claim.")
@click.option("--value", metavar="NUMBER", help="Only the observation with this value.")
@click.option("--unit", metavar="UNIT", help="Only the observation in this unit.")
@click.option("--period", metavar="PERIOD", help="Only the observation of this period.")
@click.option("--kind", metavar="KIND", help="Only the observation of this kind: actual, change, limit, target.")
@where_read
@correction
def reject_command(
    *, file: Path, graph: str, check: bool, ontology: Path, value: str | None, **fields: str | None
) -> None:
    """Say that a claim (SUBJECT RELATION OBJECT), or an observation (SUBJECT --indicator …), is not so."""
    fields["value"] = value
    _write("reject", file=file, graph=graph, check=check, ontology=ontology, fields=fields)


@correct_command.command("add")
@click.argument("subject")
@click.argument("relation")
@click.argument("object")
@click.option("--article", required=True, metavar="FILE", help="The article that says so.")
@click.option("--sentence", required=True, metavar="TEXT", help="Its words that say so.")
@click.option("--subject-class", metavar="CLASS", help="Class of the subject, where the graph lacks it.")
@click.option("--object-class", metavar="CLASS", help="Class of the object, where the graph lacks it.")
@click.option(
    "--qualifier", "qualifiers", multiple=True, metavar="NAME=VALUE", help="More that is claimed, as position=市长."
)
@correction
def add_command(
    *, file: Path, graph: str, check: bool, ontology: Path, qualifiers: tuple[str, ...], **fields: str | None
) -> None:
    """Add the claim SUBJECT RELATION OBJECT with the sentence that says it."""
    pairs = [each.partition("=") for each in qualifiers]
    for name, equals, _ in pairs:
        if not equals:
            raise click.BadParameter(f"{name!r} must be NAME=VALUE", param_hint="--qualifier")
    said = {**fields, "qualifiers": {name: value for name, _, value in pairs} or None}
    unknown = tuple(end for end in ("subject", "object") if fields[f"{end}_class"])
    _write("add", file=file, graph=graph, check=check, ontology=ontology, fields=said, unknown=unknown)


@correct_command.command("merge")
@click.argument("things", nargs=-1, required=True, metavar="THING...")
@correction
def merge_command(
    *, file: Path, graph: str, check: bool, ontology: Path, things: tuple[str, ...], **fields: str | None
) -> None:
    """Say that several THINGs are one, which is called as the first is."""
    _write("merge", file=file, graph=graph, check=check, ontology=ontology, fields={**fields, "things": things})


@correct_command.command("split")
@click.argument("thing")
@click.option("--name", "names", multiple=True, metavar="NAME", help="A name of the other thing; may be repeated.")
@click.option("--article", "articles", multiple=True, metavar="FILE", help="An article that means the other.")
@click.option("--called", "name", metavar="NAME", help="What the other thing is called. [default: its longest name]")
@correction
def split_command(
    *,
    file: Path,
    graph: str,
    check: bool,
    ontology: Path,
    names: tuple[str, ...],
    articles: tuple[str, ...],
    **fields: str | None,
) -> None:
    """Say that THING is two: what goes by a name, or is meant in an article, is another."""
    said = {**fields, "names": names or None, "articles": articles or None}
    _write("split", file=file, graph=graph, check=check, ontology=ontology, fields=said)


@correct_command.command("rename")
@click.argument("thing")
@click.argument("name")
@click.option("--keep", is_flag=True, help="Keep the old name as another name.")
@correction
def rename_command(*, file: Path, graph: str, check: bool, ontology: Path, keep: bool, **fields: str | None) -> None:
    """Call THING by NAME."""
    _write("rename", file=file, graph=graph, check=check, ontology=ontology, fields={**fields, "keep": keep or None})


@correct_command.command("retype")
@click.argument("thing")
@click.argument("class_", metavar="CLASS")
@correction
def retype_command(*, file: Path, graph: str, check: bool, ontology: Path, class_: str, **fields: str | None) -> None:
    """Put THING into CLASS."""
    _write("retype", file=file, graph=graph, check=check, ontology=ontology, fields={**fields, "class": class_})
