"""Quantities in a text: a number, its multiplier and its unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from kg.figures.joints import MARK
from kg.figures.numbers import ARABIC, HAN, ROUND, parse_number
from kg.figures.patterns import alternatives
from kg.lexicon.figures import FigureLexicon, Unit

EACH = ("money", "mass")
"""The dimensions of what may be said of one of another: 每公斤3.8元, 每立方米57微克."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with a unit at the clean span [begin, end); `name` is the unit without multiplier and `per`."""

    begin: int
    end: int
    value: Decimal
    unit: str
    name: str
    spec: Unit
    factor: Decimal
    per: str = ""
    spelled: bool = False

    @property
    def normalized(self) -> tuple[Decimal, str]:
        """The value in the base unit, and that unit: 3.5 万亩/年 → 23333334.5 平方米/年."""
        return _plain(self.value * self.factor), (self.spec.base or self.name) + self.per


class QuantityScanner:
    """Finds quantities by the units of a lexicon."""

    def __init__(self, lexicon: FigureLexicon) -> None:
        table = lexicon.units
        self._table = table
        self._specs = {name: unit for unit in table.unit for name in unit.names}
        approximate = f"{alternatives(table.approximate)}?"
        multiplier = alternatives(table.multipliers)
        per = f"(?P<per>(?:[/／每]{alternatives(table.per.names)}){{1,2}})?"
        joint = alternatives(lexicon.figures.range.marks)
        letters = "".join(rf"|(?<={re.escape(word)})" for word in lexicon.figures.value.letters)
        head = rf"(?:(?<![\d.A-Za-z:∶/]){letters})"
        self._unitless = lexicon.figures.none.unitless
        self._none_before = lexicon.figures.none.before
        self._marks_of_rank, self._last = frozenset(lexicon.figures.rank.marks), lexicon.figures.rank.last
        unit = f"(?P<unit>{alternatives(self._specs)})"
        self._arabic = re.compile(
            rf"{head}(?P<num>{ARABIC})(?:{approximate}{multiplier}?{joint}(?:{ARABIC}))?"
            rf"{approximate}(?P<mul>{multiplier})?{approximate}(?:{unit}{per})?"
        )
        spelled = [name for name, spec in self._specs.items() if spec.spelled]
        self._han = re.compile(
            rf"(?<![第一二两三四五六七八九十百千\d几数上])(?P<num>{HAN}){approximate}(?P<mul>)(?P<unit>{alternatives(spelled)})(?P<per>)"
        )
        reaching = "".join(sorted({word[-1] for word in lexicon.figures.value.above}))
        self._round = re.compile(rf"(?<=[{reaching}])(?P<num>{ROUND})(?P<mul>{multiplier})(?:{unit}{per})?")
        tenths = table.tenths
        self._tenths = re.compile(
            rf"(?<![第\d几数上现])(?P<num>[一两二三四五六七八九]){alternatives(tenths.names)}(?=[{tenths.follows}]|\Z)"
        )
        shared = alternatives(lexicon.figures.subject.shared)
        mark = alternatives((MARK, *lexicon.phrases.joints))
        self._bare = re.compile(rf"{shared}[^\d，。；]{{0,6}}(?P<numbers>(?:{ARABIC}{mark})+)\Z")
        self._marks = re.compile(mark)
        self._minus = re.compile(rf"{alternatives(lexicon.figures.value.minus)}[-－−]\Z")
        self._times = re.compile(r"(?P<count>\d+)[×xX*]\Z")
        self._each = re.compile(rf"每(?P<per>{alternatives(table.per.names)})\Z")
        self._yearly = table.per.yearly

    def scan(self, text: str, begin: int, end: int) -> list[Quantity]:
        """All quantities of the clean span, sorted. Numbers without unit and multiplier are left out."""
        found = [
            quantity
            for pattern in (self._arabic, self._han, self._round)
            for match in pattern.finditer(text, begin, end)
            if (quantity := self._quantity(text, match, spelled=pattern is self._han))
        ]
        found += [share for match in self._tenths.finditer(text, begin, end) if (share := self._share(match))]
        found += [bare for quantity in found for bare in self._before(text, begin, quantity)]
        return sorted(found, key=lambda quantity: quantity.begin)

    def _share(self, match: re.Match[str]) -> Quantity | None:
        """A share in tenths as a percentage."""
        value, name = parse_number(match["num"]), self._table.tenths.unit
        if value is None:
            return None
        return Quantity(match.start(), match.end(), value * 10, name, name, self._specs[name], Decimal(1))

    def unit(self, name: str) -> Unit:
        """The unit of that name."""
        return self._specs[name]

    def _before(self, text: str, begin: int, last: Quantity) -> Iterator[Quantity]:
        """The numbers that share the unit of `last`: 距离分别为40、18公里."""
        match = self._bare.search(text, max(begin, last.begin - 40), last.begin)
        place = match.start("numbers") if match else 0
        for number in self._marks.split(match["numbers"])[:-1] if match else ():
            value = parse_number(number)
            if value is not None:
                yield replace(last, begin=place, end=place + len(number), value=value)
            place += len(number) + 1

    def _quantity(self, text: str, match: re.Match[str], *, spelled: bool) -> Quantity | None:
        name, multiplier = match["unit"] or "", match["mul"] or ""
        if not name and not multiplier:
            return None
        number = match["num"]
        value = parse_number(number)
        if value is None or (spelled and value < 2):
            return None
        begin = match.start()
        if self._minus.search(text, max(0, begin - 3), begin):
            value, begin = -value, begin - 1
        if text.endswith(self._none_before, 0, begin):
            return None
        if name in self._marks_of_rank and text.endswith(self._last, 0, begin):
            return None
        after = text[match.end() : match.end() + 1]
        if name and after and after in self._table.unless.get(name, ""):
            return None
        if not name and after and after not in self._unitless:
            return None
        if name and not multiplier and self._specs[name].scaled:
            return None
        times = self._times.search(text, max(0, begin - 4), begin)
        if times:
            value, begin = value * Decimal(times["count"]), times.start()
        spec = self._specs.get(name) or _NO_UNIT
        factor = self._table.multipliers.get(multiplier, Decimal(1)) * spec.factor
        per = (match["per"] or "").replace("／", "/").replace("每", "/")
        each = self._each.search(text, max(0, begin - 4), begin) if not per and spec.dimension in EACH else None
        if each and each["per"] not in self._yearly:  # 每公斤3.8元
            per, begin = "/" + each["per"], each.start()
        written = multiplier + (spec.written or name) + per
        return Quantity(begin, match.end(), value, written, spec.written or name, spec, factor, per, spelled)


def measured(quantity: Quantity, name: str, spec: Unit) -> Quantity:
    """A quantity without unit in the unit `name`: 人口过100万, of people."""
    unit = quantity.unit + name
    return replace(quantity, unit=unit, name=name, spec=spec, factor=quantity.factor * spec.factor)


_NO_UNIT = Unit(names=("",), dimension="count")


def _plain(value: Decimal) -> Decimal:
    """`value` without exponent and trailing zeros."""
    value = value.normalize()
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value
