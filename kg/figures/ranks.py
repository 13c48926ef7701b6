"""Ranks and ratios: 位列全省第3位, 三次产业比为17.8:27.6:54.6."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from kg.figures.numbers import ARABIC, parse_number
from kg.figures.patterns import alternatives
from kg.lexicon.figures import FigureLexicon

TURN = 12  # characters at most between two ratios of the same parts: 由19.6:47.8:32.6调整为14.9:46.2:38.9
NUMBER = r"(?:\d{1,3}|[一二三四五六七八九十]{1,3})"


@dataclass(frozen=True, slots=True)
class Rank:
    """A rank at the clean span [begin, end); `scope` is among whom (全省), `noun` what, if named (第二大港口)."""

    begin: int
    end: int
    value: Decimal
    scope: str
    noun: str = ""


@dataclass(frozen=True, slots=True)
class Ratio:
    """A ratio at the clean span [begin, end): its values, the names of its parts, and their unit."""

    begin: int
    end: int
    values: tuple[Decimal, ...]
    parts: tuple[str, ...]
    unit: str


class RankScanner:
    """Finds ranks and named ratios."""

    def __init__(self, lexicon: FigureLexicon) -> None:
        rank, ratio = lexicon.figures.rank, lexicon.figures.ratio
        self._scopes = frozenset(rank.scopes)
        verbs, scopes = alternatives(rank.verbs), alternatives(rank.scopes)
        marks = alternatives(rank.marks)
        words = lexicon.phrases
        link = alternatives((*words.at, *words.aspects, *lexicon.figures.change.level))
        great = alternatives(rank.lists)
        front, first = alternatives(rank.front), alternatives(rank.first)
        place = rf"(?:{front}(?P<front>{NUMBER})|第(?P<nth>{NUMBER}){marks}?|(?P<first>{first}))"
        many = rf"\d{{1,3}}个?(?={alternatives(rank.members)})"  # 全市8县区, 13个县（市、区）
        kinds = "（[^（）\\d]{1,10}）"
        self._inner = re.compile(rf"{kinds}|{many}")
        self._pattern = re.compile(
            rf"(?P<verb>{verbs}){link}?(?P<scope>(?:[^，。；、“”\d第前（]|\d+{great}|{many}|{kinds}){{0,14}}?){place}(?![{rank.unless}])"
            rf"|(?P<scope3>{scopes})第(?P<nth3>{NUMBER}){rank.great}(?P<noun>[^，。；、{words.of}“”]{{2,10}})"
            rf"|(?P<scope2>{scopes}[^，。；、“”\d第]{{0,6}}?)第(?P<nth2>{NUMBER})(?:{marks}|(?=[，。；、]|\Z))"
        )
        turned = alternatives((*lexicon.figures.change.up, *lexicon.figures.change.down))
        self._turn = re.compile(
            rf"[由从](?:(?:19|20)\d\d年[底末]?的?)?(?P<old>第(?P<from>{NUMBER}){marks}?)"
            rf"(?P<new>[^，。；、\d第]{{0,4}}?{turned}{link}?第(?P<to>{NUMBER}){marks}?)"
        )
        self._next = re.compile(
            rf"[、，](?P<scope>[^，。；、“”\d第]{{2,6}})第(?P<nth>{NUMBER}){marks}?(?=[，。；、]|\Z)"
        )
        self._edge = "".join((*words.at, *words.inside, words.of))
        self._before = "".join((*words.at, words.of))
        self._shared = re.compile(rf"\A{alternatives(lexicon.figures.subject.shared)}")
        self._verb_end = re.compile(rf"{verbs}+\Z")
        number = rf"(?:{ARABIC})"
        mark = alternatives(ratio.marks)
        self._ratio = re.compile(rf"(?<![\d:：∶])(?P<values>{number}(?:{mark}{number})+)(?![\d:：∶])")
        self._splits = [(split.heads, split.parts) for split in ratio.split]
        self._marks, self._unit = re.compile(mark), ratio.unit
        self._single = re.compile(
            rf"(?P<head>{alternatives(ratio.single)})(?P<told>[^，。；、\d]{{0,12}}?)(?P<first>{number})(?![\d.%％:：∶])"
            rf"(?:[^，。；、\d]{{1,6}}(?P<last>{number})(?![\d.%％:：∶]))?(?=[，。；、（）]|\Z)"
        )

    def ranks(self, text: str, begin: int, end: int) -> list[Rank]:
        """All ranks of the clean span, sorted."""
        found = list(self._turns(text, begin, end))
        for match in self._pattern.finditer(text, begin, end):
            if any(match.start() < rank.end and rank.begin < match.end() for rank in found):
                continue
            number = match["front"] or match["nth"] or match["nth2"] or match["nth3"]
            value = parse_number(number) if number else Decimal(1)
            if value is not None and value > 0:
                scope = match["scope"] or match["scope2"] or match["scope3"] or ""
                scope = self._shared.sub("", self._verb_end.sub("", self._inner.sub("", scope)))
                scope = scope if scope in self._scopes else scope.rstrip(self._edge).lstrip(self._before)
                found.append(Rank(match.start(), match.end(), value, scope, match["noun"] or ""))
                found += self._beside(text, match.end(), end)
        return list({rank.begin: rank for rank in found}.values())

    def _turns(self, text: str, begin: int, end: int) -> Iterator[Rank]:
        """The two ranks of a move: 由2010年的第127位跃升至第39位."""
        for match in self._turn.finditer(text, begin, end):
            old, new = parse_number(match["from"]), parse_number(match["to"])
            if old and new:
                yield Rank(*match.span("old"), old, "")
                yield Rank(*match.span("new"), new, "")

    def _beside(self, text: str, place: int, end: int) -> Iterator[Rank]:
        """The ranks that follow one at once, each among others: 居全国第15位、四川第1位."""
        while match := self._next.match(text, place, end):
            value, place = parse_number(match["nth"]), match.end()
            if value:
                yield Rank(match.start() + 1, place, value, match["scope"])

    def ratios(self, text: str, begin: int, end: int) -> list[Ratio]:
        """All ratios whose name tells what their parts are, or that are one number: 城乡收入比由2.15缩小到1.79."""
        found = list(self._singles(text, begin, end))
        for match in self._ratio.finditer(text, begin, end):
            values = [parse_number(value) for value in self._marks.split(match["values"])]
            before = text[max(begin, match.start() - 16) : match.start()]
            if found and match.start() - found[-1].end <= TURN:
                before = text[max(begin, found[-1].begin - 16) : match.start()]
            for heads, parts in self._splits:
                if len(parts) == len(values) and None not in values and any(head in before for head in heads):
                    known = tuple(value for value in values if value is not None)
                    found.append(Ratio(match.start(), match.end(), known, parts, self._unit))
                    break
        return found

    def _singles(self, text: str, begin: int, end: int) -> Iterator[Ratio]:
        for match in self._single.finditer(text, begin, end):
            for group in ("first", "last"):
                if match[group] and (value := parse_number(match[group])) is not None:
                    yield Ratio(*match.span(group), (value,), (match["head"],), "")
