"""Years and months of a period, written as ISO 8601 writes them."""

from __future__ import annotations

from dataclasses import dataclass

from kg.figures.numbers import parse_number

FRESH = 4  # months: a part of a year that ended no longer before the article is one of its own year


@dataclass(frozen=True, slots=True)
class Period:
    """A time expression at the clean span [begin, end).

    `value` is what it means, None where that cannot be known; `reach` says what it governs:
    ``year`` and ``part`` its section, ``day`` too where no year does, ``paragraph`` its paragraph,
    ``sentence`` its sentence, ``item`` the next number (由2019年的496个减少到…), ``none`` nothing (a year
    that is only compared with).
    """

    begin: int
    end: int
    value: str | None
    reach: str


def reported_year(issued: str) -> int:
    """The last year that an article reports: the one before, until some of its own has passed."""
    this = int(issued[:4])
    return this if int(issued[5:7] or 1) >= FRESH else this - 1


def years_since(year: int, issued: str | None, *, plan: int = 9999) -> str | None:
    """From `year` to the last year that can be reported; what has passed since the year `plan` is not."""
    if issued is None:
        return None
    this = int(issued[:4])
    last = max(reported_year(issued) if this <= plan else this - 1, year)
    return str(year) if year == last else f"{year}/{last}"


def shifted_year(year: int | None, offset: int) -> int | None:
    return None if year is None else year + offset


def last_year(period: str) -> int | None:
    """The year a period ends in."""
    return int(period.rsplit("/", 1)[-1][:4])


def small_number(text: str | None) -> int:
    """A small number, digits or characters, at least 1."""
    number = parse_number(text or "1")
    return max(1, min(12, int(number))) if number is not None else 1


def month_span(year: int, first: int, last: int) -> str:
    """The months of a year: a half as YYYY-H1, one as YYYY-MM, else YYYY-MM/YYYY-MM.

    >>> month_span(2021, 1, 6), month_span(2021, 1, 9), month_span(2021, 4, 4), month_span(2021, 1, 12)
    ('2021-H1', '2021-01/2021-09', '2021-04', '2021')
    """
    if (first, last) == (1, 12):
        return str(year)
    if (first, last) in ((1, 6), (7, 12)):
        return f"{year}-H{1 if first == 1 else 2}"
    if first == last:
        return f"{year}-{first:02d}"
    return f"{year}-{first:02d}/{year}-{last:02d}"
