"""The words for figures: `units.toml`, `periods.toml`, `figures.toml`, `indicators.toml`, `phrases.toml`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pydantic import Field

from kg.errors import DataError
from kg.lexicon.bearers import SubjectWords
from kg.lexicon.measures import Dimension, PeriodTable, Unit, UnitTable, Words
from kg.lexicon.phrases import PhraseWords
from kg.lexicon.toml import Strict, load_toml

__all__ = ["FigureLexicon", "PeriodTable", "Unit", "UnitTable", "load_figures"]


class ValueWords(Strict):
    """Words round a number that change nothing."""

    before: Words
    unless: Words
    after: Words
    threshold: Words
    size: Words
    minus: Words
    above: Words
    letters: Words


class ChangeWords(Strict):
    """Words of rise and fall."""

    up: Words
    down: Words
    unless: Words
    noun: str
    keep: Words
    rate: Words
    object: Words
    level: Words
    degree: Words
    basis: Words
    against: Words
    adjust: Words
    adjusted: Words
    gap: Words


class MultipleWords(Strict):
    """How a level is said to be so many times another, and how the indicator of that is `told`."""

    verbs: Words
    told: str
    noun: str


class TargetWords(Strict):
    """Words that put a figure in the future."""

    before: Words
    single: Words
    weak: Words
    estimate: Words
    statistics: Words
    coming: Words
    never: Words
    done: Words
    yearly: Words
    projects: Words
    stated: Words
    brought: Words
    standing: Words
    headings: Words


class LimitWords(Strict):
    """Words that make a figure a bound."""

    before: Words
    after: Words


class RangeWords(Strict):
    """What joins the bounds of a range, and what opens a change of level."""

    marks: Words
    source: Words


class NoFigure(Strict):
    """What stands before a number that is no figure, and what may follow one that has no unit."""

    before: Words
    unitless: str


class CapacityWords(Strict):
    """How a capacity is written in a name."""

    kinds: Words
    before: Words
    tails: Words
    named: Words
    noun: str
    power: str
    dimensions: tuple[Dimension, ...]
    done: Words
    standing: Words
    past: Words
    finished: Words


class RankWords(Strict):
    """How a rank is said."""

    verbs: Words
    marks: Words
    unless: str
    great: str
    first: Words
    front: Words
    last: Words
    scopes: Words
    lists: Words
    within: Words
    members: Words
    noun: str
    unit: str


class RatioSplit(Strict):
    """The parts of a ratio with a name of its own."""

    heads: Words
    parts: Words


class Ratio(Strict):
    """Ratios written 17.8:27.6:54.6, and those of one number without unit."""

    marks: Words
    unit: str
    single: Words
    split: tuple[RatioSplit, ...]


class Confidence(Strict):
    """How often figures are right, as measured: with a subject in their sentence, or of the topic."""

    named: float = Field(ge=0, le=1)
    topic: float = Field(ge=0, le=1)


class FigureTable(Strict):
    """`figures.toml`."""

    value: ValueWords
    change: ChangeWords
    multiple: MultipleWords
    target: TargetWords
    limit: LimitWords
    range: RangeWords
    none: NoFigure
    capacity: CapacityWords
    rank: RankWords
    ratio: Ratio
    subject: SubjectWords
    confidence: Confidence


class ProductWords(Strict):
    """Verbs whose object, measured, is an output."""

    verbs: Words
    unless: Words
    dimensions: tuple[Dimension, ...]
    noun: str


class Unitless(Strict):
    """The unit of a number that has none, after these words."""

    heads: Words
    unit: str


class Pair(Strict):
    """One word for two indicators."""

    word: str
    parts: tuple[str, str]


class IndicatorTable(Strict):
    """`indicators.toml`, `phrases.toml`."""

    leading: Words
    protect: Words
    verbs: Words
    stops: Words
    whole: Words
    persons: Words
    nonnouns: Words
    vague: Words
    partial: Words
    states: Words
    framing: Words
    framed: Words
    yields: Words
    strange: Words
    strange_within: Words
    countable: Words
    anaphoric: Words
    short_noun: int
    empty: Words
    cuts: Words
    machines: Words
    relative: Words
    giving: Words
    articles: Words
    modal: Words
    reached: Words
    renamed: dict[str, str]
    around: Words
    shared: Words
    rates: Words
    durations: Words
    part: Words
    weight: str
    weights: Words
    task: Words
    tasks: Words
    portion: str
    reaching: Words
    named: Words
    sum: str
    cost: str
    each: Words
    things: Words
    totals: Words
    sums: Words
    members: Words
    common: Words
    unspecific: Words
    summed: Words
    groups: Words
    stakes: Words
    holding: Words
    held: str
    stake: str
    quota: str
    remote: Words
    product: ProductWords
    unitless: tuple[Unitless, ...]
    pair: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class FigureLexicon:
    """All that is known of how figures are written."""

    units: UnitTable
    periods: PeriodTable
    figures: FigureTable
    indicators: IndicatorTable
    phrases: PhraseWords


def load_figures(folder: Path) -> FigureLexicon:
    """The figure tables of `folder` (``ontology/lexicon``). Raises DataError where they do not hold together."""
    units = load_toml(folder / "units.toml", UnitTable)
    names = [name for unit in units.unit for name in unit.names]
    for name in names:
        if names.count(name) > 1:
            raise DataError(f"{folder / 'units.toml'}: unit {name} stands twice; remove one")
    periods = load_toml(folder / "periods.toml", PeriodTable)
    for plan, (first, last) in periods.plans.items():
        if first > last:
            raise DataError(f"{folder / 'periods.toml'}: plans.{plan}: {first} is after {last}; swap them")
    indicators = load_toml(folder / "indicators.toml", IndicatorTable)
    for entry in indicators.unitless:
        if entry.unit not in names:
            raise DataError(f"{folder / 'indicators.toml'}: unitless: unit {entry.unit} is not in units.toml; add it")
    figures = load_toml(folder / "figures.toml", FigureTable)
    return FigureLexicon(units, periods, figures, indicators, load_toml(folder / "phrases.toml", PhraseWords))
