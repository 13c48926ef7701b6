"""The tables of units and periods: `units.toml`, `periods.toml`."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from pydantic import Field

from kg.lexicon.toml import Strict

Words = tuple[str, ...]
Dimension = Literal[
    "money",
    "share",
    "points",
    "places",
    "times",
    "area",
    "length",
    "mass",
    "volume",
    "energy",
    "power",
    "people",
    "count",
    "goods",
    "time",
    "temperature",
]


class Unit(Strict):
    """Units of one size: `names[0]` is the usual form; a unit without `base` is its own."""

    names: Words = Field(min_length=1)
    dimension: Dimension
    base: str | None = None
    factor: Decimal = Decimal(1)
    noun: str = ""
    written: str = ""
    scaled: bool = False
    spelled: bool = False
    bare: bool = False


class Per(Strict):
    """What may follow a unit after a stroke: 元/月; or stand before a sum: 每公斤3.8元, but for `yearly`."""

    names: Words
    yearly: Words


class Tenths(Strict):
    """A share said in tenths: 六成."""

    names: Words
    unit: str
    follows: str


class UnitTable(Strict):
    """`units.toml`."""

    approximate: Words
    multipliers: dict[str, Decimal]
    per: Per
    unless: dict[str, str]
    tenths: Tenths
    unit: tuple[Unit, ...]


class PeriodWords(Strict):
    """Words that make or mark a period."""

    same: Words
    goals: Words
    now: Words
    present: Words
    unless_present: str
    averaged: Words
    yearly: Words
    since: Words
    span: Words
    run: Words
    recent: Words
    future: Words
    lately: Words
    unequalled: Words
    since_year: Words
    since_ends: Words
    during: Words
    ends: Words
    by: Words
    as_of: Words
    prior: Words
    before: Words
    unless_before: str
    reporting: Words
    founded: Words
    founding: Words
    edges: Words
    alone: Words
    month_ends: Words
    against: Words
    abreast: Words


class PeriodTable(Strict):
    """`periods.toml`."""

    years: dict[str, int]
    plans: dict[str, tuple[int, int]]
    parts: dict[str, tuple[int, int]]
    words: PeriodWords
