"""A graph → a file, a folder or a zip archive, each whole or not at all."""

from __future__ import annotations

import io
import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from kg.errors import InputError
from kg.export.content import Content
from kg.export.description import describe
from kg.export.formats import WRITERS, Format
from kg.export.selection import Selection, select
from kg.ontology import Ontology
from kg.output import write_folder, write_streams
from kg.store import LoadedGraph

FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The date of files in archives: the earliest a zip archive can tell, since output knows no clock."""


def prepare(
    graph: LoadedGraph,
    *,
    format: str,
    ontology: Ontology,
    selection: Selection | None = None,
    described: bool = True,
) -> Content:
    """What a format of WRITERS is to write of `graph`.

    RDF gets a description of the graph as a whole, unless `described` is False. Raises InputError for an
    article that the graph does not have, DataError for an unknown class or a wrong dataset.ttl.
    """
    part = select(graph, selection or Selection(), ontology=ontology)
    chosen = WRITERS[format]
    content = Content(part.store, ontology, part.prefixes)
    if chosen.derive is not None:
        content = replace(content, store=chosen.derive(content))
    if not described or chosen.media is None:
        return content
    return replace(content, description=describe(content, media=chosen.media))


def export_text(content: Content, *, format: str) -> bytes:
    """`content` in a format of WRITERS that is one file. Raises InputError where it is several."""
    out = io.BytesIO()
    _single(WRITERS[format], format)(content, out)
    return out.getvalue()


def export_stream(content: Content, out: BinaryIO, *, format: str) -> None:
    """Write `content` to `out`, which gets nothing where the writing fails. Raises InputError for several files."""
    write = _single(WRITERS[format], format)
    with tempfile.TemporaryFile() as whole:
        write(content, whole)
        whole.seek(0)
        shutil.copyfileobj(whole, out)


def export_files(content: Content, output: Path, *, format: str) -> None:
    """Write `content` to the file `output`, or to a folder or zip archive of that name if the format has several files.

    Raises InputError where it cannot be written; what was there before then stays.
    """
    chosen = WRITERS[format]
    writers = {name: partial(write, content) for name, write in chosen.files.items()}
    if not chosen.is_folder:
        write_streams(output.parent, {output.name: writers[""]})
    elif output.suffix == ".zip":
        write_streams(output.parent, {output.name: partial(_archive, writers=writers)})
    else:
        write_folder(output, writers)


def _archive(out: BinaryIO, *, writers: Mapping[str, Callable[[BinaryIO], None]]) -> None:
    with ZipFile(out, "w") as archive:
        for name, write in writers.items():
            info = ZipInfo(name, FIRST_DAY)
            info.compress_type = ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            with tempfile.TemporaryFile() as whole, archive.open(info, "w", force_zip64=True) as member:
                write(whole)
                whole.seek(0)
                shutil.copyfileobj(whole, member)


def _single(chosen: Format, name: str) -> Callable[[Content, BinaryIO], None]:
    if chosen.is_folder:
        files = ", ".join(chosen.files)
        raise InputError(f"{name} is several files ({files}): say --output DIR, or a name that ends in .zip")
    return chosen.files[""]
