"""Tables for spreadsheets, pandas and DuckDB: articles, entities, relations, claims, observations.

The columns of `claims` that qualify a claim (an office) are those that the ontology has for kg:Claim.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from pyoxigraph import Literal, NamedNode

from kg.errors import InputError
from kg.export.content import ARTICLE, TYPE, Content, batches
from kg.export.network import Network, joined
from kg.iris import DCTERMS, KG, NIF, PROV, RDF, RDFS, SKOS
from kg.ontology import TOP

Cell = str | list[str] | None
Row = list[Cell]

SPAN_COLUMNS = ("article", "begin", "end", "words")
ROWS = 10_000
"""Rows in one row group of Parquet."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `kind` is ``string``, ``list``, ``long`` or ``double``."""

    name: str
    kind: str = "string"


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its columns in `content`, and its rows, sorted by their first cell."""

    columns: Callable[[Content], list[Column]]
    rows: Callable[[Content], Iterator[Row]]


class _Reader:
    """Looks up values in a graph."""

    def __init__(self, content: Content) -> None:
        self._store = content.store

    def of_type(self, kind: str) -> list[NamedNode]:
        quads = self._store.quads_for_pattern(None, TYPE, NamedNode(kind), None)
        return sorted((each.subject for each in quads if isinstance(each.subject, NamedNode)), key=lambda n: n.value)

    def all(self, node: NamedNode, predicate: str) -> list[str]:
        quads = self._store.quads_for_pattern(node, NamedNode(predicate), None, None)
        return sorted(each.object.value for each in quads if isinstance(each.object, NamedNode | Literal))

    def one(self, node: NamedNode, predicate: str) -> str | None:
        return next(iter(self.all(node, predicate)), None)

    def label(self, iri: str | None) -> str | None:
        return self.one(NamedNode(iri), RDFS + "label") if iri else None

    def object(self, claim: NamedNode) -> tuple[str | None, str | None]:
        """The IRI and the label of what a claim leads to; a word is its own label and has no IRI."""
        for quad in self._store.quads_for_pattern(claim, NamedNode(RDF + "object"), None, None):
            if isinstance(quad.object, Literal):
                return None, quad.object.value
        iri = self.one(claim, RDF + "object")
        return iri, self.label(iri)

    def span(self, node: NamedNode) -> Row:
        """Article, begin, end and words of the first span of `node`."""
        source = self.one(node, PROV + "wasDerivedFrom")
        if source is None:
            return [None, None, None, None]
        span = NamedNode(source)
        context = self.one(span, NIF + "referenceContext")
        return [context or source, *(self.one(span, NIF + name) for name in ("beginIndex", "endIndex", "anchorOf"))]


def _columns(names: str, *more: Column) -> Callable[[Content], list[Column]]:
    return lambda _: [*(Column(name) for name in names.split()), *more]


_SPAN = (Column("article"), Column("begin", "long"), Column("end", "long"), Column("words"))


def _articles(content: Content) -> Iterator[Row]:
    read = _Reader(content)
    for node in read.of_type(ARTICLE.value):
        names = [DCTERMS + each for each in ("source", "title", "issued", "publisher")]
        creators = read.all(node, DCTERMS + "creator")
        yield [node.value, *(read.one(node, name) for name in names), creators, read.one(node, KG + "sha256")]


def _entities(content: Content) -> Iterator[Row]:
    read = _Reader(content)
    depth = {KG + each.name: len(each.ancestors) for each in content.ontology.classes.values()}
    for node in read.of_type(KG + TOP):
        kinds = sorted(read.all(node, RDF + "type"), key=lambda each: (-depth.get(each, 0), each))
        names = [each.removeprefix(KG) for each in kinds]
        yield [
            node.value,
            read.one(node, RDFS + "label"),
            names[0],
            names,
            read.all(node, SKOS + "altLabel"),
            read.one(node, KG + "adcode"),
            read.all(node, KG + "mentionedIn"),
        ]


def _relations(content: Content) -> Iterator[Row]:
    """Each pair of things once for each relation, with the number of claims and the surest of them."""
    read = _Reader(content)
    things = {node.value for node in read.of_type(KG + TOP)}
    found: dict[tuple[str, str, str], list[float]] = {}
    for edge in Network(content).edges():
        if edge.source in things and edge.target in things:
            sure = found.setdefault((edge.source, edge.relation, edge.target), [])
            if "confidence" in edge.fields:
                sure.append(float(joined(edge.fields["confidence"])))
    for (subject, relation, target), sure in sorted(found.items()):
        ends = [subject, read.label(subject), relation, target, read.label(target)]
        yield [*ends, str(len(sure)), str(max(sure)) if sure else None]


def _qualifiers(content: Content) -> list[str]:
    """What the ontology lets a claim say beside how it was read."""
    known = content.ontology.properties.values()
    names = [each.name for each in known if each.kind == "datatype" and "Claim" in each.domain]
    return [name for name in names if name not in ("confidence", "rule")]


def _claim_columns(content: Content) -> list[Column]:
    ends = _columns("iri subject subject_label relation object object_label")(content)
    extra = [Column(name) for name in _qualifiers(content)]
    return [*ends, *extra, Column("confidence", "double"), Column("rule"), *_SPAN]


def _claims(content: Content) -> Iterator[Row]:
    read = _Reader(content)
    extra = [KG + name for name in (*_qualifiers(content), "confidence", "rule")]
    for node in read.of_type(RDF + "Statement"):
        subject, relation = (read.one(node, RDF + name) for name in ("subject", "predicate"))
        ends: Row = [node.value, subject, read.label(subject), (relation or "").removeprefix(KG)]
        values = (joined(read.all(node, name)) or None for name in extra)
        yield [*ends, *read.object(node), *values, *read.span(node)]


def _observations(content: Content) -> Iterator[Row]:
    read = _Reader(content)
    names = ("value", "unit", "normalizedValue", "normalizedUnit", "period", "kind", "confidence", "rule")
    for node in read.of_type(KG + "Observation"):
        subject = read.one(node, KG + "subject")
        ends: Row = [node.value, subject, read.label(subject), read.label(read.one(node, KG + "indicator"))]
        yield [*ends, *(read.one(node, KG + name) for name in names), *read.span(node)]


TABLES = {
    "articles": Table(
        _columns("iri file title issued publisher", Column("authors", "list"), Column("sha256")), _articles
    ),
    "entities": Table(
        _columns(
            "iri label class",
            Column("classes", "list"),
            Column("alt_labels", "list"),
            Column("adcode"),
            Column("articles", "list"),
        ),
        _entities,
    ),
    "relations": Table(
        _columns(
            "subject subject_label relation object object_label",
            Column("claims", "long"),
            Column("confidence", "double"),
        ),
        _relations,
    ),
    "claims": Table(_claim_columns, _claims),
    "observations": Table(
        _columns(
            "iri subject subject_label indicator",
            Column("value", "double"),
            Column("unit"),
            Column("normalized_value", "double"),
            *(Column(name) for name in ("normalized_unit", "period", "kind")),
            Column("confidence", "double"),
            Column("rule"),
            *_SPAN,
        ),
        _observations,
    ),
}


def csv_writer(name: str) -> Callable[[Content, BinaryIO], None]:
    """What writes the table `name` as CSV (RFC 4180, line feeds; lists with ``|`` between their values)."""

    def write(content: Content, out: BinaryIO) -> None:
        table = TABLES[name]
        rows = ([joined(cell) for cell in row] for row in table.rows(content))
        for row in ([column.name for column in table.columns(content)], *rows):
            line = io.StringIO()
            csv.writer(line, lineterminator="\n").writerow(row)
            out.write(line.getvalue().encode())

    return write


def parquet_writer(name: str) -> Callable[[Content, BinaryIO], None]:
    """What writes the table `name` as Parquet; numbers are 64-bit. Raises InputError where pyarrow is missing."""

    def write(content: Content, out: BinaryIO) -> None:
        try:
            import pyarrow
            from pyarrow import parquet
        except ImportError:
            raise InputError("Parquet needs the library pyarrow: pip install 'citykg[parquet]'") from None
        table = TABLES[name]
        columns = table.columns(content)
        types = {
            "string": pyarrow.string(),
            "list": pyarrow.list_(pyarrow.string()),
            "long": pyarrow.int64(),
            "double": pyarrow.float64(),
        }
        schema = pyarrow.schema([(column.name, types[column.kind]) for column in columns])
        with parquet.ParquetWriter(out, schema, compression="zstd") as writer:
            for rows in batches(table.rows(content), ROWS):
                data = [[_cell(row[i], column.kind) for row in rows] for i, column in enumerate(columns)]
                writer.write_table(pyarrow.table(data, schema=schema))

    return write


_READ: dict[str, Callable[[str], object]] = {"long": int, "double": float}


def _cell(cell: Cell, kind: str) -> Any:
    return _READ[kind](cell) if isinstance(cell, str) and kind in _READ else cell
