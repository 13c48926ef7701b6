"""GraphML and GEXF: what Gephi, yEd, Cytoscape, igraph and networkx read.

After http://graphml.graphdrawing.org/specification.html and https://gexf.net/1.2draft/. A field with several
values is one text with ``|`` between them.
"""

from __future__ import annotations

from typing import BinaryIO

from kg.export.content import Content
from kg.export.network import Edge, Field, Network, Node, Value, joined
from kg.export.xml import attribute, text

NODE_EXTRA = (Field("label", "string", False), Field("class", "string", False), Field("classes", "string", True))
EDGE_EXTRA = (Field("relation", "string", False),)
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def _kind(field: Field) -> str:
    return "string" if field.several else field.kind


def _node_values(node: Node) -> dict[str, Value]:
    first = node.classes[0] if node.classes else ""
    return {"label": node.label, "class": first, "classes": list(node.classes), **node.fields}


def _edge_values(edge: Edge) -> dict[str, Value]:
    return {"relation": edge.relation, **edge.fields}


def write_graphml(content: Content, out: BinaryIO) -> None:
    """GraphML. Fields are typed keys; the label of a node is the key ``label``."""
    network = Network(content)
    nodes, edges = (*NODE_EXTRA, *network.node_fields), (*EDGE_EXTRA, *network.edge_fields)
    out.write(f'{HEAD}<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'.encode())
    for scope, fields in (("node", nodes), ("edge", edges)):
        for field in fields:
            key = f'id="{scope}-{field.name}" for="{scope}" attr.name="{field.name}" attr.type="{_kind(field)}"'
            out.write(f"<key {key}/>\n".encode())
    out.write(b'<graph id="graph" edgedefault="directed">\n')
    for node in network.nodes():
        data = _data("node", nodes, _node_values(node))
        out.write(f"<node id={attribute(node.id)}>{data}</node>\n".encode())
    for edge in network.edges():
        data = _data("edge", edges, _edge_values(edge))
        ends = f"source={attribute(edge.source)} target={attribute(edge.target)}"
        out.write(f"<edge id={attribute(edge.id)} {ends}>{data}</edge>\n".encode())
    out.write(b"</graph>\n</graphml>\n")


def _data(scope: str, fields: tuple[Field, ...], values: dict[str, Value]) -> str:
    return "".join(
        f'<data key="{scope}-{field.name}">{text(joined(values[field.name]))}</data>'
        for field in fields
        if field.name in values
    )


def write_gexf(content: Content, out: BinaryIO) -> None:
    """GEXF 1.2. The label of a node or edge is its XML attribute; all other fields are attvalues."""
    network = Network(content)
    nodes, edges = (*NODE_EXTRA[1:], *network.node_fields), (*EDGE_EXTRA, *network.edge_fields)
    out.write(f'{HEAD}<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">\n'.encode())
    out.write(b'<graph mode="static" defaultedgetype="directed">\n')
    for scope, fields in (("node", nodes), ("edge", edges)):
        out.write(f'<attributes class="{scope}">\n'.encode())
        for place, field in enumerate(fields):
            out.write(f'<attribute id="{place}" title="{field.name}" type="{_kind(field)}"/>\n'.encode())
        out.write(b"</attributes>\n")
    out.write(b"<nodes>\n")
    for node in network.nodes():
        name = f"id={attribute(node.id)} label={attribute(node.label)}"
        out.write(f"<node {name}>{_attvalues(nodes, _node_values(node))}</node>\n".encode())
    out.write(b"</nodes>\n<edges>\n")
    for edge in network.edges():
        ends = f"source={attribute(edge.source)} target={attribute(edge.target)} label={attribute(edge.relation)}"
        values = _attvalues(edges, _edge_values(edge))
        out.write(f"<edge id={attribute(edge.id)} {ends}>{values}</edge>\n".encode())
    out.write(b"</edges>\n</graph>\n</gexf>\n")


def _attvalues(fields: tuple[Field, ...], values: dict[str, Value]) -> str:
    rows = (
        f'<attvalue for="{place}" value={attribute(joined(values[field.name]))}/>'
        for place, field in enumerate(fields)
        if field.name in values
    )
    return f"<attvalues>{''.join(rows)}</attvalues>"
