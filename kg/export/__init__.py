"""A graph in the formats that other tools read.

    graph ──select──▶ part ──describe──▶ Content ──a row of WRITERS──▶ file, folder or zip archive

`formats` has the table; `rdf`, `jsonld`, `reifiers`, `axioms` and `concepts` write RDF, `drawn` and `neo4j` write the
nodes and edges of `network`, and `tables` writes CSV and Parquet. Writing goes subject by subject, in a fixed order.
"""

from kg.export.content import Content
from kg.export.files import export_files, export_stream, export_text, prepare
from kg.export.formats import WRITERS, Format, format_of
from kg.export.selection import Selection, select

__all__ = [
    "WRITERS",
    "Content",
    "Format",
    "Selection",
    "export_files",
    "export_stream",
    "export_text",
    "format_of",
    "prepare",
    "select",
]
