"""Names taken apart: place, brand, trades, forms and marks.

江苏华星新材料科技有限公司 is 江苏 | 华星 | 新材料, 科技 | 公司; 青云山铜业基地二期 has the mark 2期.
What the parts are is said in ``lexicon/linking.toml`` and in the name lexicon of the class.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import cn2an

from kg.lexicon.divisions import Division, Divisions
from kg.lexicon.linking import Linking, NameRule

_QUOTES = str.maketrans("", "", "“”‘’\"'《》〈〉「」·•-—")
_BRACKETS = re.compile(r"\(([^()]*)\)")
_CHINESE_NUMBER = re.compile("[一二三四五六七八九十]+")
_LONGEST_PLACE = 12

COUNTY = 3
"""The rank of counties among the levels of `areas.toml`."""


def comparable(name: str) -> str:
    """`name` as it is compared: width, case and white space do not count.

    >>> comparable("ＡＢＢ （中国）公司")
    'abb(中国)公司'
    """
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


@dataclass(frozen=True, slots=True)
class Parts:
    """A name taken apart. `text` is the whole of it as it is compared.

    `codes` are the divisions that its place may be; where nothing but a place stands before the
    form (常州高新区) the place is the brand, and `bound` says so. `relative` places are those of a level (市委).
    `marks` are (kind, value) pairs.
    """

    text: str
    place: str
    codes: frozenset[str]
    brand: str
    bound: bool
    trades: tuple[str, ...]
    forms: frozenset[str]
    marks: frozenset[tuple[str, str]]
    complete: bool
    common: bool
    relative: bool = False

    @property
    def bare(self) -> bool:
        """Whether the name is a brand alone."""
        return not self.trades and not self.forms


@dataclass(frozen=True)
class Parser:
    """Takes the names of one class apart."""

    rule: NameRule
    linking: Linking | None
    divisions: Divisions | None
    trades: tuple[str, ...] = ()

    @cached_property
    def _ends(self) -> tuple[str, ...]:
        words = {comparable(word) for word in (*self.rule.forms, *(self.trades if self.rule.trades else ()))}
        return tuple(sorted(words, key=lambda word: (-len(word), word)))

    @cached_property
    def _last(self) -> re.Pattern[str]:
        return re.compile("(?:" + "|".join(map(re.escape, self._ends)) + r")\Z" if self._ends else "(?!)")

    @cached_property
    def _complete(self) -> re.Pattern[str]:
        return re.compile(self.rule.complete)

    @cached_property
    def _levels(self) -> re.Pattern[str]:
        return re.compile(self.rule.levels)

    @cached_property
    def _dated(self) -> re.Pattern[str]:
        return re.compile(self.rule.dated)

    @cached_property
    def _known(self) -> dict[tuple[str, str | None, str | None], Parts]:
        return {}

    def parse(self, name: str, *, home: str | None = None, year: str | None = None) -> Parts:
        """The parts of `name` in an article of `year` about the division `home`."""
        key = (name, home, year[:4] if year else None)
        if key not in self._known:
            self._known[key] = self._parse(name, home, year)
        return self._known[key]

    def _parse(self, name: str, home: str | None, year: str | None) -> Parts:
        text = comparable(name).translate(_QUOTES)
        for word, other in self.rule.wordings.items():
            text = text.replace(word, other)
        rest, marks = self._marks(text)
        if year is not None and not marks and self._dated.search(rest):
            marks = frozenset({("year", year[:4])})
        codes, place, rest = self._place(rest, home)
        common = self.rule.common(rest or text)
        brand, ends = self._strip(rest, bound=bool(codes))
        forms = frozenset(atom for end in ends for atom in self.rule.forms.get(end, ()))
        whole = self._complete.search(text) is not None
        return Parts(
            text=text,
            place=place,
            codes=codes,
            brand=brand or self._short(codes, place),
            bound=not brand,
            trades=tuple(end for end in ends if end not in self.rule.forms),
            forms=forms,
            marks=marks,
            complete=whole,
            common=common and bool(brand),
            relative=bool(codes) and self._levels.match(text) is not None,
        )

    def _marks(self, text: str) -> tuple[str, frozenset[tuple[str, str]]]:
        """`text` without its marks, and these."""
        if self.linking is None or self.rule.place == "name":
            return text, frozenset()
        found = set()
        for mark in self.linking.mark:
            for match in mark.expression.finditer(text):
                found.add((mark.name, self._digits(match[1])))
            text = mark.expression.sub("", text)
        return text, frozenset(found)

    def _digits(self, mark: str) -> str:
        words = self.linking.mark_words if self.linking is not None else {}
        for word, other in words.items():
            mark = mark.replace(word, other)
        return _CHINESE_NUMBER.sub(lambda match: str(cn2an.cn2an(match[0], "smart")), mark)

    def _place(self, text: str, home: str | None) -> tuple[frozenset[str], str, str]:
        """The divisions that the places of `text` may be, these places, and the rest."""
        divisions = self.divisions
        if divisions is None or self.rule.place == "name":
            return frozenset(), "", _BRACKETS.sub(r"\1", text)
        if (level := self._levels.match(text)) is not None:
            form = level["level"]
            code = next(filter(None, (_of_level(divisions, home, form),)), None)
            if code is not None:
                return frozenset({code}), level[0], text[level.end() :]
        for word, code in self.rule.nation.items():
            if text.startswith(word) and len(text) - len(word) >= 2:
                return frozenset({code}), word, _BRACKETS.sub(r"\1", text[len(word) :])
        codes, begin = _leading(divisions, text, home)
        place, rest = text[:begin], text[begin:]
        for match in _BRACKETS.finditer(text):
            inside, length = _leading(divisions, match[1], home)
            if inside and length == len(match[1]):
                codes, place = codes or inside, place or match[1]
                rest = rest.replace(match[0], "")
        return codes, place, _BRACKETS.sub(r"\1", rest)

    def _strip(self, rest: str, *, bound: bool) -> tuple[str, tuple[str, ...]]:
        """The brand of `rest` and the words that follow it; a brand has two characters, or is the place before it."""
        ends: list[str] = []
        least = 1 if self.rule.place == "equal" else 2
        while (match := self._last.search(rest)) is not None:
            if match.start() < least and not (bound and match.start() == 0):
                fitting = (end for end in self._ends if rest.endswith(end) and len(rest) - len(end) >= least)
                shorter = next(fitting, None)
                if shorter is None:
                    break
                rest, end = rest[: -len(shorter)], shorter
            else:
                rest, end = rest[: match.start()], match[0]
            if ends and end in self.rule.forms and ends[0] not in self.rule.forms:
                return rest + end, tuple(ends)  # 远航集团|铜业|公司 is a company of 远航集团
            ends.insert(0, end)
        return rest, tuple(ends)

    def _short(self, codes: frozenset[str], place: str) -> str:
        """The shortest name of the place that is all the brand there is."""
        rows = [row for code in sorted(codes) for row in self.divisions.by_code.get(code, ())] if self.divisions else []
        fitting = {short for row in rows for short in (*row.shorts, row.name) if place.endswith((row.name, short))}
        return min(fitting, key=lambda name: (len(name), name), default=place)


def _of_level(divisions: Divisions, home: str | None, level: str) -> str | None:
    """The division whose name ends in `level` that holds `home`, the nearest first."""
    if home is None:
        return None
    return next((row.code for row in divisions.chain(home) if row.name.endswith(level)), None)


def _leading(divisions: Divisions, text: str, home: str | None) -> tuple[frozenset[str], int]:
    """The divisions that the places at the left of `text` may be, and where these places end."""
    codes: frozenset[str] = frozenset()
    begin = 0
    while True:
        step = _next_place(divisions, text, begin, codes, home)
        if step is None:
            return _likeliest(divisions, codes, home), begin
        codes, begin = step


def _next_place(
    divisions: Divisions, text: str, begin: int, above: frozenset[str], home: str | None
) -> tuple[frozenset[str], int] | None:
    """The longest place at `begin`, inside `above` where that is given."""
    for length in range(min(_LONGEST_PLACE, len(text) - begin), 1, -1):
        found = {
            current_code(divisions, row.code)
            for row in _named(divisions, text[begin : begin + length], home)
            if not above or any(divisions.within(row.code, code) for code in above)
        }
        if found and not (found & above):
            return frozenset(found), begin + length
    return None


def _named(divisions: Divisions, name: str, home: str | None) -> Iterable[Division]:
    """Divisions of this full or this short name.

    Short names of districts are too common. Those of counties count in their own province (临江 is a town of Jilin,
    but not in 临江港 on the Yangtze), and those that are words as well count at home (三台).
    """
    if name in divisions.by_name:
        return divisions.by_name[name]
    rows = [row for row in divisions.by_short.get(name, ()) if divisions.level(row).short != "weak"]
    if name in divisions.areas.names.common_words:
        return [row for row in rows if home is not None and divisions.within(home, row.code)]
    far = home is not None and home.isdecimal()
    return [row for row in rows if not far or divisions.level(row).rank < COUNTY or row.code[:2] == str(home)[:2]]


def _likeliest(divisions: Divisions, codes: frozenset[str], home: str | None) -> frozenset[str]:
    """Those of `codes` that hold or are held by `home`, else those of its province, else all."""
    if home is None or len(codes) < 2:
        return codes
    near = {code for code in codes if divisions.within(code, home) or divisions.within(home, code)}
    same = {code for code in codes if code[:2] == home[:2]}
    return frozenset(near or same or codes)


def current_code(divisions: Divisions, code: str) -> str:
    """The code that the division of `code` has today: 431121 (祁阳县) is 431181 (祁阳市)."""
    rows = divisions.by_code.get(code, ())
    return (rows[0].successor or code) if rows else code
