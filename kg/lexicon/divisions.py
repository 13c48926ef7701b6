"""The gazetteer: administrative divisions by name and code, now and in former years.

Read from ``divisions.tsv`` (countries to counties), ``townships.tsv`` (only when first asked
for), ``areas.toml`` and ``regions.toml``. Codes are GB/T 2260 of six digits, nine for townships,
and the two letters of GB/T 2659 for countries.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from kg.errors import DataError, nearest
from kg.lexicon.areas import Areas, Level, Region, Regions, load_areas
from kg.lexicon.toml import load_toml

HEADER = "code\tname\tshort\tlevel\tparent\tvalid_from\tvalid_to\tsuccessor"
CHANGES_HEADER = "code\tname\tsuccessor"
TOWNSHIP_HEADER = "code\tname\tvalid_to"


class Division(NamedTuple):
    """One division under one name: `valid_from` and `valid_to` are years, empty where unbounded."""

    code: str
    name: str
    shorts: tuple[str, ...]
    level: str
    parent: str
    valid_from: str = ""
    valid_to: str = ""
    successor: str = ""

    def valid_in(self, year: str | None) -> bool:
        """Whether the division bore this name in `year`; None asks for the present."""
        if year is None:
            return not self.valid_to
        return (not self.valid_from or self.valid_from <= year) and (not self.valid_to or year <= self.valid_to)


@dataclass(frozen=True)
class Divisions:
    """All divisions. Look-ups return tuples sorted with what is current first, then by code."""

    rows: tuple[Division, ...]
    areas: Areas
    regions: Regions
    townships_file: Path

    @cached_property
    def by_code(self) -> dict[str, tuple[Division, ...]]:
        """Divisions that bear or bore a code; the current one first, then the latest."""
        found: dict[str, list[Division]] = defaultdict(list)
        for row in self.rows:
            found[row.code].append(row)
        return {code: tuple(sorted(rows, key=_newest_first)) for code, rows in found.items()}

    @cached_property
    def by_name(self) -> dict[str, tuple[Division, ...]]:
        """Divisions by full name."""
        found: dict[str, list[Division]] = defaultdict(list)
        for row in self.rows:
            found[row.name].append(row)
        return {name: tuple(sorted(rows, key=_newest_first)) for name, rows in found.items()}

    @cached_property
    def by_short(self) -> dict[str, tuple[Division, ...]]:
        """Divisions by short name. Former districts are left out: their short names are forgotten words."""
        found: dict[str, list[Division]] = defaultdict(list)
        for row in self.rows:
            if row.valid_to and self.level(row).short == "weak":
                continue
            for short in row.shorts:
                found[short].append(row)
        for alias in self.areas.alias:
            for name in alias.names:
                found[name].append(self.by_code[alias.code][0])
        return {name: tuple(sorted(set(rows), key=_newest_first)) for name, rows in found.items()}

    @cached_property
    def region_names(self) -> dict[str, Region]:
        """Regions by each of their names."""
        return {name: region for region in self.regions.region for name in region.names}

    @cached_property
    def openings(self) -> dict[str, tuple[str, ...]]:
        """Names of divisions and regions, full and short, by their first two characters, longest first."""
        found: dict[str, set[str]] = defaultdict(set)
        for name in (*self.by_name, *self.by_short, *self.region_names, *self.areas.names.never):
            found[name[:2]].add(name)
        return {opening: tuple(sorted(names, key=lambda n: (-len(n), n))) for opening, names in found.items()}

    @cached_property
    def township_names(self) -> dict[str, tuple[str, ...]]:
        """Codes of townships by full name, current ones first."""
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for code, name, valid_to in _read(self.townships_file, TOWNSHIP_HEADER):
            found[name].append((valid_to, code))
        return {name: tuple(code for _, code in sorted(codes)) for name, codes in found.items()}

    @cached_property
    def township_stems(self) -> dict[tuple[str, str], tuple[str, ...]]:
        """Codes of townships by county and name without its suffix: 五顷塬 for 五顷塬回族乡."""
        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        for name, codes in self.township_names.items():
            if stem := self.areas.township.stem(name):
                for code in codes:
                    found[code[:6], stem].append(code)
        return {key: tuple(codes) for key, codes in found.items()}

    def level(self, division: Division) -> Level:
        """The level of a division."""
        return self.areas.levels[division.level]

    def named(self, name: str) -> tuple[Division, ...]:
        """Divisions with this full or short name, down to the county."""
        return self.by_name.get(name, ()) or self.by_short.get(name, ())

    def get(self, code: str, *, year: str | None = None) -> Division | None:
        """The division of `code`, as it was in `year` where that is known; townships included."""
        rows = self.by_code.get(code, ())
        if not rows and len(code) == 9:
            return self._townships.get(code)
        return next((row for row in rows if year is not None and row.valid_in(year)), rows[0] if rows else None)

    def chain(self, code: str) -> tuple[Division, ...]:
        """The division of `code` and those it belongs to, up to the province."""
        found: list[Division] = []
        division = self.get(code)
        while division is not None and division not in found:
            found.append(division)
            division = self.get(division.parent)
        return tuple(found)

    def within(self, code: str, ancestor: str) -> bool:
        """Whether `code` is `ancestor` or belongs to it."""
        return any(division.code == ancestor for division in self.chain(code))

    def children(self, code: str) -> tuple[Division, ...]:
        """The divisions right below `code` today, by code."""
        return self._children.get(code, ())

    def resolve_level(self, code: str, form: str) -> str | None:
        """The division that a deictic `form` (我市, 全省) means in an article on `code`; None where none fits."""
        for level in self.areas.deictic_levels.get(form, ()):
            if found := next((division.code for division in self.chain(code) if division.level == level), None):
                return found
        return None

    @cached_property
    def _townships(self) -> dict[str, Division]:
        level = self.areas.township.level
        return {
            code: Division(code, name, (), level, code[:6], "", valid_to)
            for code, name, valid_to in _read(self.townships_file, TOWNSHIP_HEADER)
        }

    @cached_property
    def _children(self) -> dict[str, tuple[Division, ...]]:
        found: dict[str, list[Division]] = defaultdict(list)
        for row in (*self.rows, *self._townships.values()):
            if not row.valid_to:
                found[row.parent].append(row)
        return {code: tuple(sorted(rows)) for code, rows in found.items()}


def _newest_first(division: Division) -> tuple[int, str, str]:
    return (-int(division.valid_to or "9999"), division.code, division.name)


def load_divisions(folder: Path) -> Divisions:
    """The divisions of an ``ontology/lexicon`` folder. Raises DataError naming file, line and value."""
    areas = load_areas(folder / "areas.toml")
    regions = load_toml(folder / "regions.toml", Regions)
    path = folder / "divisions.tsv"
    rows = tuple(
        Division(code, name, tuple(short.split("|")) if short else (), level, parent, since, until, heir)
        for code, name, short, level, parent, since, until, heir in _read(path, HEADER)
    )
    rows = _with_heirs(rows, folder / "division_changes.tsv")
    known = areas.levels
    for number, row in enumerate(rows, start=2):
        if row.level not in known:
            raise DataError(f"{path}:{number}: unknown level {row.level}{nearest(row.level, known)}")
    codes = {row.code for row in rows}
    for alias in areas.alias:
        if alias.code not in codes:
            raise DataError(f"{folder / 'areas.toml'}: alias of unknown code {alias.code}{nearest(alias.code, codes)}")
    for region in regions.region:
        if region.within is not None and region.within not in codes:
            raise DataError(f"{folder / 'regions.toml'}: unknown code {region.within}{nearest(region.within, codes)}")
    for deixis in areas.deixis:
        for level in deixis.levels:
            if level not in known:
                raise DataError(f"{folder / 'areas.toml'}: deixis: unknown level {level}{nearest(level, known)}")
    return Divisions(rows, areas, regions, folder / "townships.tsv")


def _with_heirs(rows: tuple[Division, ...], path: Path) -> tuple[Division, ...]:
    """`rows` with the successors that `path` knows of. Raises DataError for a code or name that no row has."""
    heirs = {(code, name): (number, heir) for number, (code, name, heir) in enumerate(_read(path, CHANGES_HEADER), 2)}
    named = {(row.code, row.name) for row in rows}
    codes = {row.code for row in rows if not row.valid_to}
    for (code, name), (number, heir) in heirs.items():
        if (code, name) not in named:
            raise DataError(
                f"{path}:{number}: {code} {name} is not in divisions.tsv{nearest(name, [each for _, each in named])}"
            )
        if heir not in codes:
            raise DataError(f"{path}:{number}: no division has the code {heir} today{nearest(heir, codes)}")
    none = (0, "")
    return tuple(row._replace(successor=row.successor or heirs.get((row.code, row.name), none)[1]) for row in rows)


def _read(path: Path, header: str) -> list[list[str]]:
    """The rows of a table, each padded to the width of its header."""
    try:
        lines = path.read_text("utf-8").split("\n")
    except FileNotFoundError:
        raise DataError(f"{path}: missing; restore it or point --ontology at a complete folder") from None
    if lines[0] != header:
        raise DataError(f"{path}:1: header is {lines[0]!r}; expected {header!r}")
    width = header.count("\t")
    rows = [(line + "\t" * (width - line.count("\t"))).split("\t") for line in lines[1:] if line]
    for number, row in enumerate(rows, start=2):
        if len(row) != width + 1:
            raise DataError(f"{path}:{number}: {len(row)} columns; expected {width + 1}")
    return rows
