"""An answer as an Excel workbook, the same bytes for the same answer."""

from __future__ import annotations

import io
from datetime import datetime

import xlsxwriter
from pyoxigraph import Literal

from kg.errors import QueryError
from kg.iris import XSD
from kg.query.running import Answer, Term, display, width

# Of the file format: https://support.microsoft.com/office/1672b34d-7043-467e-8e27-269d656771c3
ROWS, CHARACTERS, DIGITS = 1_048_575, 32_767, 15
WIDEST = 60
_EPOCH = datetime(1980, 1, 1)  # the first that a zip archive can hold
_NUMBERS = {XSD + name for name in ("integer", "decimal", "double", "float")}


def write_workbook(answer: Answer) -> bytes:
    """`answer` as .xlsx with one sheet: numbers as numbers, all else as text, nothing as a formula.

    Raises QueryError where a sheet cannot hold so many rows.
    """
    if len(answer.rows) > ROWS:
        raise QueryError(f"{len(answer.rows)} rows: a sheet of Excel holds {ROWS}; ask for fewer, or write csv")
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": _EPOCH, "modified": _EPOCH})
    sheet = book.add_worksheet()
    head = book.add_format({"bold": True, "bottom": 1})
    for column, name in enumerate(answer.columns):
        sheet.write_string(0, column, name, head)
        longest = max((width(display(row[column], answer.prefixes)) for row in answer.rows), default=0)
        sheet.set_column(column, column, min(max(longest, width(name)) + 2, WIDEST))
        for line, row in enumerate(answer.rows, start=1):
            term = row[column]
            if (number := _number(term)) is not None:
                sheet.write_number(line, column, number)
            elif term is not None:
                sheet.write_string(line, column, display(term, answer.prefixes)[:CHARACTERS])
    sheet.freeze_panes(1, 0)
    if answer.rows:
        sheet.autofilter(0, 0, len(answer.rows), len(answer.columns) - 1)
    book.close()
    return out.getvalue()


def _number(term: Term | None) -> float | None:
    """The number that Excel can hold without loss, or None."""
    if not isinstance(term, Literal) or term.datatype.value not in _NUMBERS:
        return None
    digits = sum(each.isdigit() for each in term.value)
    return float(term.value) if digits <= DIGITS and term.value.lower() not in ("nan", "inf", "-inf") else None
