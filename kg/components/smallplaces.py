"""Townships, villages and regions by suffix or in a list: what is found only next to other places."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from kg.components.homonyms import Choice, Home
from kg.components.placenames import Range
from kg.components.spotting import Wording
from kg.lexicon.areas import Suffixes
from kg.lexicon.divisions import Divisions
from kg.types import Mention

_PART = re.compile(r"[^、和与及]+")


class SmallPlaces:
    """Reads one article, whose larger places are known."""

    def __init__(
        self,
        divisions: Divisions,
        text: str,
        wording: Wording,
        choices: Sequence[Choice],
        home: Home,
        place: str | None,
    ) -> None:
        self.divisions, self.text, self.wording, self.home = divisions, text, wording, home
        self.areas = divisions.areas
        self.ends: dict[int, tuple[int, str | None]] = {c.spot.end: (c.spot.begin, c.code) for c in choices}
        self.shorts = {choice.spot.begin: choice.spot.end for choice in choices}
        self.covered = bytearray(len(text))
        for choice in choices:
            self.covered[choice.spot.begin : choice.spot.end] = b"\1" * (choice.spot.end - choice.spot.begin)
        counties = [c.code for c in choices if c.division is not None and len(c.division.code) == 6]
        self.counties = tuple(sorted({code for code in [*counties, place] if code and not code.endswith("00")}))
        self.place = place

    def find(self, ranges: Sequence[Range]) -> list[Mention]:
        """All townships, villages and regions in the ranges."""
        found = []
        for begin, end in ranges:
            found += self._townships(begin, end)
        for begin, end in ranges:
            found += self._told(self.areas.township, begin, end)
        for begin, end in ranges:
            found += self._villages(begin, end)
            found += self._told(self.areas.village, begin, end)
        for begin, end in ranges:
            found += self._listed(self.areas.township, begin, end)
            found += self._listed(self.areas.village, begin, end)
        for begin, end in ranges:
            found += self._repeated(found, begin, end)
            found += self._regions(begin, end)
        return self._coded(found)

    def _coded(self, mentions: Sequence[Mention]) -> list[Mention]:
        """`mentions` with the code that another mention of the same name has."""
        codes: dict[str, set[str]] = defaultdict(set)
        for mention in mentions:
            if mention.code is not None:
                codes[mention.name].add(mention.code)
        return [
            replace(mention, code=min(codes[mention.name]))
            if mention.code is None and len(codes[mention.name]) == 1
            else mention
            for mention in mentions
        ]

    def _repeated(self, mentions: Sequence[Mention], begin: int, end: int) -> list[Mention]:
        """Where else the names of `mentions` stand."""
        names = {mention.name: mention for mention in reversed(mentions) if len(mention.name) > 2}
        if not names:
            return []
        expression = re.compile("|".join(map(re.escape, sorted(names, key=lambda name: (-len(name), name)))))
        found = []
        for match in expression.finditer(self.text, begin, end):
            if not any(self.covered[match.start() : match.end()]):
                mention = replace(names[match.group()], begin=match.start(), end=match.end())
                self._keep(mention)
                found.append(mention)
        return found

    # ---- townships

    def _townships(self, begin: int, end: int) -> list[Mention]:
        found = []
        for match in self.areas.township.expression.finditer(self.text, begin, end):
            if self.covered[match.start()]:
                continue
            mention = self._listed_township(begin, match.end()) or self._township_by_suffix(match.start(), match.end())
            if mention is not None:
                self._keep(mention)
                found.append(mention)
        return found

    def _listed_township(self, begin: int, end: int) -> Mention | None:
        """The township of the table whose name ends at `end` and that belongs here; the longest."""
        for length in range(min(12, end - begin), 1, -1):
            start = end - length
            name = self.text[start:end]
            codes = self.divisions.township_names.get(name) or self._renamed(name)
            if codes is None:
                continue
            here = any(code[:6] in self.counties for code in codes) and self._is_word(self.areas.township, start, end)
            if self.covered[start] and not (here and self.shorts.get(start, end) < end):
                continue  # but 榆林子镇 begins with 榆林
            if start not in self.ends and not here and self._generic(self.areas.township, name):
                continue  # but 紫阳县|焕古镇 is one
            if (decided := self._choose(codes, start, length)) is not None:
                code, confidence = decided
                return self._mention(start, end, self.areas.township.level, "township", confidence, code)
        return None

    def _renamed(self, name: str) -> tuple[str, ...] | None:
        """The codes of townships of these counties called `name` but for the suffix: 石口乡, now 石口镇."""
        stem, stems = self.areas.township.stem(name), self.divisions.township_stems
        return tuple(code for county in self.counties for code in stems.get((county, stem), ())) or None

    def _choose(self, codes: Sequence[str], start: int, length: int) -> tuple[str | None, float] | None:
        """Which of the townships of one name is meant, with a confidence; None where none belongs here."""
        before = self.ends.get(start)
        if before is not None and before[1] is not None:
            inside = [code for code in codes if self.divisions.within(code[:6], before[1])]
            if inside:
                return (inside[0] if len(inside) == 1 else self._nearest(inside)), 0.97
        bounded = self.wording.opens(start) or before is not None
        inside = [code for code in codes if code[:6] in self.counties]
        if inside and (bounded or length > 3):
            return self._nearest(inside), 0.9
        if not bounded:
            return None
        for area, confidence in ((self.home.prefecture, 0.85), (self.home.province, 0.7)):
            inside = [code for code in codes if area is not None and self.divisions.within(code[:6], area)]
            if len(inside) == 1 and (length > 2 or confidence > 0.8):
                return inside[0], confidence
        return None

    def _nearest(self, codes: Sequence[str]) -> str | None:
        """The one code in the county the article is about; None where that does not decide."""
        inside = [code for code in codes if code[:6] == self.place] or list(codes)
        return inside[0] if len(inside) == 1 else None

    def _township_by_suffix(self, start: int, end: int) -> Mention | None:
        """A township right after a place, or of another province: then the tagger and the table must both know it."""
        mention = self._by_suffix(self.areas.township, start, end, "township")
        if mention is None or mention.begin in self.ends or mention.name in self.divisions.township_names:
            return mention
        return None

    # ---- villages

    def _villages(self, begin: int, end: int) -> list[Mention]:
        found = []
        for match in self.areas.village.expression.finditer(self.text, begin, end):
            if self.covered[match.start()]:
                continue
            mention = self._by_suffix(self.areas.village, match.start(), match.end(), "village")
            if mention is not None:
                self._keep(mention)
                found.append(mention)
        return found

    def _by_suffix(self, forms: Suffixes, start: int, end: int, what: str) -> Mention | None:
        """A name known by its suffix at [start, end): after a place (三门镇响水村), or as the tagger has it."""
        for length in range(forms.minimum, forms.maximum + 1):
            begin = start - length
            if begin < 0 or self.text[begin] in forms.stop or self.covered[begin]:
                break
            if begin in self.ends and (self._is_name(forms, begin, start, end) or self._is_word(forms, begin, end)):
                return self._mention(begin, end, forms.level, f"{what}-chained", 0.9, None)
        word = self.wording.at(start if self.wording.inside(start) else start - 1) if start else None
        if word is None or word.tag not in self.areas.names.place_tags or word.end not in (start, end):
            return None
        begin = word.begin
        while begin < start and self.covered[begin]:
            begin += 1
        if start - begin < forms.tagged_minimum:
            return None
        if not self._is_name(forms, begin, start, end) and not (end - begin > 3 and self._is_word(forms, begin, end)):
            return None
        return self._mention(begin, end, forms.level, f"{what}-tagged", 0.7, None)

    def _is_name(self, forms: Suffixes, begin: int, start: int, end: int) -> bool:
        """Whether text[begin:end] is made of the words of a name and is no common noun."""
        if self._generic(forms, self.text[begin:end]) or not self.wording.opens(begin):
            return False
        return all(self.wording.tag(position) in (None, *forms.word_tags) for position in range(begin, start))

    def _is_word(self, forms: Suffixes, begin: int, end: int) -> bool:
        """Whether the tagger holds text[begin:end] for a place as a whole, whatever it begins with (五梅村, 笔山村)."""
        word = self.wording.at(begin)
        whole = word is not None and (word.begin, word.end) == (begin, end) and word.tag in self.areas.names.place_tags
        return whole and end - begin > 2 and self.text[begin:end] not in forms.generic

    def _generic(self, forms: Suffixes, name: str) -> bool:
        return forms.is_generic(name) or name[0] in forms.not_first

    # ---- contexts

    def _told(self, forms: Suffixes, begin: int, end: int) -> list[Mention]:
        """Names that are known by what stands around them: 位于溪口镇的公司, and behind one 石桥村."""
        found = []
        for expression in forms.told_expressions:
            for match in expression.finditer(self.text, begin, end):
                first, last = match.span("name")
                name = self.text[first:last]
                chained = forms is self.areas.township or first in self.ends
                if chained and not any(self.covered[first:last]) and not self._generic(forms, name):
                    mention = self._mention(first, last, forms.level, "told", 0.75, None)
                    self._keep(mention)
                    found.append(mention)
        return found

    # ---- lists

    def _listed(self, forms: Suffixes, begin: int, end: int) -> list[Mention]:
        """The members of an enumeration that says what they are: 托管翠峰、西城两个街道."""
        found = []
        for match in forms.list_expression.finditer(self.text, begin, end):
            spans = [each.span() for each in _PART.finditer(self.text, *match.span("names"))]
            spans[0] = self._first(forms, *spans[0])
            codes = [self._stem_codes(forms, *span) for span in spans]
            whole = all(self.text.endswith(forms.suffixes, *span) for span in spans)
            known = sum(bool(code) or stop in self.ends for code, (_, stop) in zip(codes, spans, strict=True))
            for code, (start, stop) in zip(codes, spans, strict=True):
                sure = bool(code) or whole or (2 * known >= len(spans) or forms.level == "village")
                if sure and self._is_member(forms, start, stop):
                    town = self.text.endswith(self.areas.township.suffixes, start, stop)  # 柳下镇、马坪乡8个村
                    level = self.areas.township.level if town else forms.level
                    mention = self._mention(start, stop, level, "listed", 0.8, self._nearest(code))
                    self._keep(mention)
                    found.append(mention)
        return found

    def _first(self, forms: Suffixes, begin: int, end: int) -> tuple[int, int]:
        """The span of the first member, which other words may touch: the longest known, or what is behind a place."""
        known = [start for start in range(begin, end - 1) if self._stem_codes(forms, start, end)]
        places = [stop for stop in self.ends if begin <= stop < end]
        words = [start for start in range(begin, end - 1) if self.wording.tag(start) in self.areas.names.place_tags]
        return min(known, default=max(places, default=min(words, default=begin))), end

    def _stem_codes(self, forms: Suffixes, begin: int, end: int) -> list[str]:
        """The townships of these counties whose name without its suffix is text[begin:end]."""
        names = (self.text[begin:end] + suffix for suffix in forms.suffixes)
        codes = (code for name in names for code in self.divisions.township_names.get(name, ()))
        return sorted({code for code in codes if code[:6] in self.counties and forms is self.areas.township})

    def _is_member(self, forms: Suffixes, begin: int, end: int) -> bool:
        """Whether a span can be a name in a list, and no other place is there."""
        if any(self.covered[begin:end]) or not forms.member_expression.fullmatch(self.text, begin, end):
            return False
        return not forms.is_generic(self.text[begin:end])

    # ---- regions

    def _regions(self, begin: int, end: int) -> list[Mention]:
        found = []
        for match in self.areas.region.expression.finditer(self.text, begin, end):
            start = self._region_begin(begin, match.start(), match.group())
            if start < match.start() and not self.covered[match.start()]:
                name = self.text[start : match.end()]
                found.append(Mention(start, match.end(), self.areas.region.class_, name, "places/region-suffix", 0.85))
        return found

    def _region_begin(self, begin: int, start: int, suffix: str) -> int:
        """Where the places and abbreviated provinces that end at `start` begin: 大湘南, 湘南湘西, 青云山."""
        head = self.areas.region.head.search(self.text, max(begin, start - 12), start)
        if head is not None and not self.areas.region.reject_expression.search(head.group()):
            return head.start()
        position = start
        while suffix not in self.areas.region.loose and (place := self._place_before(position, start)) is not None:
            position = place[0]
        if position < start:
            return position
        for length in range(2, 6):  # 青云山地区: the stem of a township of these counties
            stem = self.text[max(begin, start - length) : start]
            for ending in self.areas.township.suffixes:
                codes = self.divisions.township_names.get(stem + ending, ())
                if any(code[:6] in self.counties for code in codes):
                    return start - length
        return start

    def _place_before(self, position: int, start: int) -> tuple[int, str | None] | None:
        """The place that ends at `position`; for the second and later ones a joiner may stand between."""
        place = self.ends.get(position)
        while place is None and position < start and self.text[position - 1] in self.areas.region.joiners:
            position -= 1
            place = self.ends.get(position)
        return place

    # ---- both

    def _mention(self, begin: int, end: int, level: str, rule: str, confidence: float, code: str | None) -> Mention:
        kind = self.areas.levels[level].class_
        return Mention(begin, end, kind, self.text[begin:end], f"places/{rule}", confidence, code)

    def _keep(self, mention: Mention) -> None:
        self.ends[mention.end] = (mention.begin, mention.code)
        self.covered[mention.begin : mention.end] = b"\1" * (mention.end - mention.begin)
