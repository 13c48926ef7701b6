"""Neo4j: CSV files for ``neo4j-admin database import``, and a file of Cypher.

After https://neo4j.com/docs/operations-manual/current/import/ and the Cypher manual, sections on literals
and on naming. A list in a CSV file is separated by U+001F, which no text has; say
``--array-delimiter=U+001F`` to the import.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import BinaryIO

from kg.export.content import Content, batches
from kg.export.network import Field, Network, Node, Value

ARRAY = "\x1f"
BATCH = 500
"""Rows that one Cypher statement brings."""

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_UNSAFE = re.compile('[\\\\"\\x00-\\x1f\\x7f]')
ANY = "Resource"
"""The label that every node has, for the constraint on iri."""


def write_nodes(content: Content, out: BinaryIO) -> None:
    """nodes.csv: ``iri:ID``, label, the fields with their types, ``:LABEL``."""
    network = Network(content)
    fields = network.node_fields
    _row(out, ["iri:ID", "label", *map(_header, fields), ":LABEL"])
    for node in network.nodes():
        _row(out, [node.id, node.label, *_cells(fields, node.fields), ARRAY.join((ANY, *node.classes))])


def write_relationships(content: Content, out: BinaryIO) -> None:
    """relationships.csv: ``:START_ID``, ``:END_ID``, id, the fields with their types, ``:TYPE``."""
    network = Network(content)
    fields = network.edge_fields
    _row(out, [":START_ID", ":END_ID", "id", *map(_header, fields), ":TYPE"])
    for edge in network.edges():
        _row(out, [edge.source, edge.target, edge.id, *_cells(fields, edge.fields), edge.relation])


def _header(field: Field) -> str:
    return f"{field.name}:{field.kind}{'[]' if field.several else ''}"


def _cells(fields: Iterable[Field], values: dict[str, Value]) -> Iterator[str]:
    for field in fields:
        value = values.get(field.name, "")
        yield ARRAY.join(value) if isinstance(value, list) else value


def _row(out: BinaryIO, cells: list[str]) -> None:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(cells)
    out.write(line.getvalue().encode())


def write_cypher(content: Content, out: BinaryIO) -> None:
    """Statements that make the same graph, and make it once however often they run."""
    network = Network(content)
    constraint = f"CREATE CONSTRAINT {ANY.lower()}_iri IF NOT EXISTS FOR (n:{ANY}) REQUIRE n.iri IS UNIQUE;\n"
    out.write(constraint.encode())
    kinds = {field.name: field for field in network.node_fields}
    for classes, nodes in groupby(sorted(network.nodes(), key=_classes), _classes):
        labels = "".join(f":{_name(each)}" for each in classes)
        then = f"MERGE (n:{ANY} {{iri: row.iri}}) SET n += row.fields" + (f" SET n{labels}" if labels else "")
        rows = (_map({"iri": n.id, "fields": _fields({"label": n.label, **n.fields}, kinds)}) for n in nodes)
        _statements(out, rows, then)
    kinds = {field.name: field for field in network.edge_fields}
    for relation, edges in groupby(sorted(network.edges(), key=lambda e: e.relation), lambda e: e.relation):
        then = (
            f"MATCH (a:{ANY} {{iri: row.a}}) MATCH (b:{ANY} {{iri: row.b}}) "
            f"MERGE (a)-[r:{_name(relation)} {{id: row.id}}]->(b) SET r += row.fields"
        )
        rows = (_map({"a": e.source, "b": e.target, "id": e.id, "fields": _fields(e.fields, kinds)}) for e in edges)
        _statements(out, rows, then)


def _classes(node: Node) -> tuple[str, ...]:
    return node.classes


def _statements(out: BinaryIO, rows: Iterable[str], then: str) -> None:
    for batch in batches(rows, BATCH):
        out.write(("UNWIND [\n  " + ",\n  ".join(batch) + f"\n] AS row\n{then};\n").encode())


class _Written(str):
    """Cypher that is written as it is."""

    __slots__ = ()


def _fields(values: dict[str, Value], kinds: dict[str, Field]) -> _Written:
    return _Written(_map({name: _literal(value, kinds.get(name)) for name, value in values.items()}))


def _literal(value: Value, field: Field | None) -> _Written:
    if field is not None and field.several:
        each = [value] if isinstance(value, str) else value
        return _Written(f"[{', '.join(_scalar(one, field) for one in each)}]")
    return _scalar(str(value), field)


def _scalar(value: str, field: Field | None) -> _Written:
    if field is not None and field.kind != "string":
        return _Written(value if field.kind == "long" or "." in value else f"{value}.0")
    return _Written(_text(value))


def _text(value: str) -> str:
    return '"' + _UNSAFE.sub(lambda match: _ESCAPES.get(match[0]) or f"\\u{ord(match[0]):04X}", value) + '"'


def _map(values: dict[str, str]) -> str:
    pairs = (f"{_name(key)}: {each if isinstance(each, _Written) else _text(each)}" for key, each in values.items())
    return f"{{{', '.join(pairs)}}}"


def _name(name: str) -> str:
    """A name in Cypher, quoted where it is no plain identifier."""
    return name if re.fullmatch("[A-Za-z_][A-Za-z0-9_]*", name) else f"`{name.replace('`', '``')}`"
