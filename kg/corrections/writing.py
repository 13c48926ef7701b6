"""A correction → the end of `corrections.toml`; what stands there stays as it is, comments included."""

from __future__ import annotations

import datetime
from contextlib import suppress
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import tomlkit

from kg.corrections.model import TABLE, load_corrections, parse_corrections
from kg.errors import DataError, InputError
from kg.ontology import Ontology
from kg.output import write_files


def append_correction(path: Path, fields: dict[str, Any], ontology: Ontology) -> str:
    """Add the correction with `fields` (as they are called in the file) to the file at `path`; the lines added.

    Raises DataError where the file, or the file with it, does not hold together, and InputError where it
    cannot be written. The file is then as before.
    """
    before = ""
    if path.exists():
        load_corrections([path], ontology)
        before = path.read_text(encoding="utf-8")
    table = tomlkit.table()
    for key, value in fields.items():
        if value not in (None, (), {}, False):
            table.append(key, _item(key, value))
    tables = tomlkit.aot()
    tables.append(table)
    added = tomlkit.dumps({TABLE: tables}).strip() + "\n"
    gap = "" if not before else "\n" if before.endswith("\n") else "\n\n"
    number = before.count("\n") + len(gap)  # the lines of what is added as they will stand
    parse_corrections("\n" * number + added, ontology, source=str(path))
    try:
        parse_corrections(before + gap + added, ontology, source=str(path))
    except DataError:
        raise DataError(f"{path}: takes no [[{TABLE}]] at its end; write its corrections as [[{TABLE}]]") from None
    if not path.parent.is_dir():
        raise InputError(f"{path.parent}: no such folder; check --file")
    write_files(path.parent, {path.name: before + gap + added})
    return added


def _item(key: str, value: Any) -> Any:
    """`value` as TOML writes it: whole dates and numbers as such, qualifiers on one line."""
    with suppress(ValueError, InvalidOperation):
        if key == "date":
            return datetime.date.fromisoformat(value)
        if key == "value":
            return tomlkit.value(str(Decimal(value)))
    if isinstance(value, dict):
        inline = tomlkit.inline_table()
        inline.update(value)
        return inline
    return list(value) if isinstance(value, tuple) else value
