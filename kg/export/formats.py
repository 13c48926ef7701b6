"""The table of formats. A new one is a row of WRITERS; choices, help and documents follow from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from pyoxigraph import Store

from kg.errors import InputError
from kg.export.axioms import axioms
from kg.export.concepts import concepts
from kg.export.content import Content
from kg.export.drawn import write_gexf, write_graphml
from kg.export.jsonld import write_jsonld
from kg.export.neo4j import write_cypher, write_nodes, write_relationships
from kg.export.rdf import write_nquads, write_ntriples, write_rdfxml, write_trig, write_turtle
from kg.export.reifiers import write_reifiers
from kg.export.tables import TABLES, csv_writer, parquet_writer

Write = Callable[[Content, BinaryIO], None]


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write a graph.

    `media` is its media type where it is RDF, and a description of the graph goes into it; else None.
    `files` are what writes each file, by name; one file alone is called by the empty name. `derive` makes
    another graph of what is given, which is then described and written.
    """

    title: str
    suffix: str
    media: str | None
    files: Mapping[str, Write]
    derive: Callable[[Content], Store] | None = None

    @property
    def is_folder(self) -> bool:
        """Whether it has several files."""
        return "" not in self.files


def _one(title: str, suffix: str, media: str | None, write: Write) -> Format:
    return Format(title, suffix, media, {"": write})


WRITERS: dict[str, Format] = {
    "ttl": _one("Turtle, one prefix a class", ".ttl", "text/turtle", write_turtle),
    "nt": _one("N-Triples", ".nt", "application/n-triples", write_ntriples),
    "nq": _one("N-Quads, a named graph an article", ".nq", "application/n-quads", write_nquads),
    "trig": _one("TriG, a named graph an article", ".trig", "application/trig", write_trig),
    "rdf": _one("RDF/XML", ".rdf", "application/rdf+xml", write_rdfxml),
    "jsonld": _one("JSON-LD, with a context made from the ontology", ".jsonld", "application/ld+json", write_jsonld),
    "ttl12": _one("RDF 1.2 Turtle, claims as reifiers", ".12.ttl", "text/turtle", write_reifiers),
    "owl": Format(
        "OWL 2 in Turtle, claims as annotations of axioms, for Protégé", ".owl.ttl", None, {"": write_turtle}, axioms
    ),
    "skos": Format(
        "SKOS in Turtle, the classes that are concepts", ".skos.ttl", "text/turtle", {"": write_turtle}, concepts
    ),
    "graphml": _one("GraphML", ".graphml", None, write_graphml),
    "gexf": _one("GEXF, for Gephi", ".gexf", None, write_gexf),
    "cypher": _one("Cypher statements", ".cypher", None, write_cypher),
    "neo4j": Format(
        "CSV for neo4j-admin import",
        ".neo4j.zip",
        None,
        {"nodes.csv": write_nodes, "relationships.csv": write_relationships},
    ),
    "csv": Format("CSV tables", ".csv.zip", None, {f"{name}.csv": csv_writer(name) for name in TABLES}),
    "parquet": Format(
        "Parquet tables", ".parquet.zip", None, {f"{name}.parquet": parquet_writer(name) for name in TABLES}
    ),
}


def format_of(file: str) -> str:
    """The format of a file by the end of its name: the first of WRITERS where it has no ending.

    Raises InputError for an ending that is of no format.

    >>> format_of("graph.skos.ttl"), format_of("graph.ttl"), format_of("-")
    ('skos', 'ttl', 'ttl')
    """
    fitting = [name for name, each in WRITERS.items() if file.endswith(each.suffix)]
    if fitting:
        return max(fitting, key=lambda name: len(WRITERS[name].suffix))
    if "." not in file.strip("."):
        return next(iter(WRITERS))
    endings = ", ".join(each.suffix for each in WRITERS.values())
    raise InputError(f"{file}: no format has this ending; say --format, or end the name in one of {endings}")
