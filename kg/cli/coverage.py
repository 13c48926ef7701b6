"""kg coverage"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.articles import article_ids, find_articles, read_article
from kg.cli.options import articles_at, confidence_option, format_option, output_option, reading_options, write_output
from kg.knowledge import load_knowledge
from kg.ontology import Ontology

if TYPE_CHECKING:
    from kg.coverage import Coverage

FORMATS = {"text": "for reading and searching", "html": "one page with names in the colours of their classes"}


@click.command("coverage")
@reading_options
@confidence_option
@format_option(FORMATS, default="text")
@output_option
def coverage_command(
    *,
    paths: tuple[Path, ...],
    ontology: Path,
    tagger: bool,
    model: Path | None,
    min_confidence: float,
    format: str,
    output: Path,
) -> None:
    """Say of each sentence what was taken from it, or why nothing was.

    PATH is an article, a folder of articles, or - for standard input. This is where to look for a name
    that the lexicon lacks, a way of saying a relation that no rule has, or a rule that forbids too much.
    """
    from kg.coverage import cover  # with spaCy, which takes a second that other commands need not wait for
    from kg.pipeline import Extractor

    knowledge = load_knowledge(ontology)
    extractor = Extractor(knowledge, tag=tagger, model=model)
    with articles_at(paths) as files:
        articles = [
            read_article(file, lexicon=knowledge.article, article_id=identity)
            for file, identity in sorted(article_ids(find_articles(files)).items())
        ]
    coverages = [cover(extractor, article, min_confidence=min_confidence) for article in articles]
    write_output(output, _writer(format, knowledge.ontology)(coverages))


def _writer(format: str, ontology: Ontology) -> Callable[[list[Coverage]], str]:
    from kg.coverage import write_html, write_text

    writers = {"text": write_text, "html": lambda coverages: write_html(coverages, ontology=ontology)}
    return writers[format]
