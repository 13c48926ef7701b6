"""Ranks, ratios, multiples and capacities as figures."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.figures.contexts import ContextReader
from kg.figures.joints import MARK
from kg.figures.kinds import KindReader
from kg.figures.naming import LONGEST, Namer
from kg.figures.patterns import alternatives
from kg.figures.phrases import QUOTES, PhraseReader
from kg.figures.quantities import Quantity
from kg.figures.ranks import Rank, Ratio
from kg.figures.view import Figure, Passage
from kg.lexicon.figures import FigureLexicon
from kg.types import Reference

NUMBERS = re.compile(r"[（(].*?[)）]|\d+[一-鿿]?|[^一-鿿]")
NEXT = ("", "、", "，")  # between ranks of one thing: 居全国第二、全省第一
FROM = re.compile("[由从]的?\\Z")  # before the rank that was: 由第31位跃升到第22位
DIGIT = re.compile(r"\d")
DATED = re.compile(r"(?:19|20)\d\d年度?|\d+[家个]")
LONGEST_SCOPE, LONGEST_PRODUCT, LONGEST_LIST = 10, 16, 22


class StandingReader:
    """Reads what has a form of its own: 居全省第3位, 产业比为15:30:55, 年产10万吨铜箔项目."""

    def __init__(
        self, lexicon: FigureLexicon, phrases: PhraseReader, contexts: ContextReader, namer: Namer, kinds: KindReader
    ) -> None:
        self._figures, self._phrases = lexicon.figures, phrases
        self._contexts, self._namer, self._kinds = contexts, namer, kinds
        at = alternatives(lexicon.phrases.at)
        self._frame = re.compile(rf"(?P<phrase>.*?)(?:{at}(?P<scope>(?:(?!{at}).)*))?\Z")
        rank = lexicon.figures.rank
        verbs = [verb for verb in rank.verbs if len(verb) > 1 and verb not in rank.lists]
        self._rates, self._totals = lexicon.figures.change.rate, lexicon.indicators.totals
        self._placing = re.compile(alternatives((*lexicon.indicators.framing, *verbs)))
        multiple, of = lexicon.figures.multiple, lexicon.phrases.of
        value = alternatives(lexicon.figures.value.before)
        self._compared = re.compile(rf"{alternatives(multiple.verbs)}(?P<base>[^，。；]{{2,12}}?){of}{value}*\Z")
        self._produced = lexicon.indicators.product.noun
        self._framing = re.compile(alternatives(lexicon.indicators.framing))
        size, past = lexicon.figures.capacity, alternatives(lexicon.figures.capacity.past)
        self._standing = re.compile(rf"(?:{alternatives(size.standing)})(?:{alternatives(size.before)})?\Z")
        self._finished = re.compile(rf"(?:{past})[^，。；]{{0,10}}?(?:{alternatives(size.finished)})")

    def capacity(
        self, passage: Passage, quantity: Quantity, words: str, within: Reference | None
    ) -> list[Figure] | None:
        """A capacity in a name or before one: 年产5万吨铜箔项目; None where the quantity is none."""
        table = self._figures.capacity
        ahead = passage.text.endswith(table.before, 0, quantity.begin)
        counts = ahead and quantity.spec.dimension == "count"
        if not (counts or quantity.spec.dimension in table.dimensions) or not (within or words.endswith(table.before)):
            return None
        if within and within.kind not in table.kinds:
            return None
        end = within.end if within else passage.clauses.around(quantity.begin)[1]
        following = passage.text[quantity.end : end]
        following = following.removeprefix(self._figures.value.size[0]) if within else following
        product = (following if within else self._phrases.right(following).noun).split(MARK)[0]
        product = product if within else DIGIT.split(product)[0]
        unknown = not within and product.endswith(table.named)
        while tail := next((word for word in table.tails if product.endswith(word)), ""):
            product = product[: -len(tail)]
        if not product and not within and words.endswith(table.before):
            product, unknown = "", False
        elif not product or len(product) > LONGEST_PRODUCT:
            return None
        context = passage.text[passage.sentence.begin : passage.sentence.end]
        made = not within and not unknown and not self._kinds.aims(passage, quantity.begin)
        passage.producing = "" if within else self._produced
        made = made or any(word in context for word in table.done) or self._built(passage, quantity)
        kind = "actual" if made else "target"
        noun = table.power if quantity.spec.dimension == "power" else table.noun
        told = next((word for word in table.before if words.endswith(word)), noun)
        if not within and noun == table.noun and told[0] != noun[0]:
            noun = told[0] + noun[1:]  # 日产4800吨熟料: 日产能
        bearer = within or self._contexts.bearer(passage, quantity, product + noun)
        if unknown and bearer is None:
            return []
        value, unit, normalized = quantity.value, quantity.unit, quantity.normalized
        return [Figure(quantity.begin, quantity.end, product + noun, value, unit, normalized, kind, bearer)]

    def _built(self, passage: Passage, quantity: Quantity) -> bool:
        """Whether what has a capacity stands: 建成年产5万吨铜箔项目, 年产5万吨铜箔项目去年投产."""
        clause = passage.clauses.around(quantity.begin)[0]
        before = passage.text[clause : quantity.begin]
        ahead = self._kinds.aims(passage, quantity.begin)
        after = self._finished.search(passage.text, quantity.end, passage.clauses.around(quantity.end)[1])
        return not ahead and (self._standing.search(before) is not None or after is not None)

    def multiple(self, passage: Passage, quantity: Quantity) -> Iterator[Figure]:
        """How many times what it is compared with the level named last is: 产值60亿元，是2015年的8倍."""
        clause = passage.clauses.around(quantity.begin)[0]
        compared = self._compared.search(passage.text, clause, quantity.begin)
        if compared and passage.names and passage.names[-1]:
            words = self._figures.multiple
            name = passage.names[-1] + words.told + compared["base"].translate(QUOTES) + words.noun
            bearer = self._contexts.bearers(passage, clause)[-1]
            value, unit, normalized = quantity.value, quantity.unit, quantity.normalized
            if len(name) <= LONGEST:
                yield Figure(clause, quantity.end, name, value, unit, normalized, "actual", bearer)

    def rank(self, passage: Passage, rank: Rank, place: int) -> Iterator[Figure]:
        """The figures of a rank: one for each indicator ranked."""
        table = self._figures.rank
        begin, words, _ = self._contexts.left(passage, place)
        words = FROM.sub("", words)
        frame = self._frame.match(words)
        phrase, scope = (frame["phrase"], frame["scope"] or "") if frame else (words, "")
        if phrase.endswith(table.within):
            phrase, scope = "", phrase
        if ending := next((word for word in table.scopes if phrase.endswith(word)), ""):
            phrase, scope = phrase.removesuffix(ending), ending
        measure = next((word for word in (*self._rates, *self._totals) if phrase == word), "")
        phrase = "" if measure else self._phrases.left(phrase).phrase.removesuffix(table.noun)
        scope = rank.scope or NUMBERS.sub("", scope.rstrip("".join(table.within)))
        if not phrase and not rank.noun and len(scope) > LONGEST_SCOPE:
            phrase, scope = scope, ""
        if rank.noun:
            names = [rank.noun]
        elif phrase:
            names = self._namer.coordination.each(phrase, always=True)
        elif place and self._goes_on(passage, passage.items[place - 1], rank):
            at_once = not scope and passage.text[passage.items[place - 1].end : rank.begin] == ""
            names = [passage.ranked.removesuffix(table.noun)] if at_once else passage.standing
        elif scope in table.lists and (title := self._titled(passage, rank)):
            names, scope = [title], ""
        else:
            listed = scope.endswith(table.lists)
            follows = passage.names and not listed and self._contexts.follows(passage, place)
            names = passage.names if follows else ["" if scope else self._titled(passage, rank)]
            names = [self._measured(name, measure) for name in names]
        passage.standing = names
        bearer = self._contexts.bearers(passage, rank.begin)[-1]
        kind = "target" if self._kinds.aims(passage, rank.begin) else "actual"
        for name in names:
            indicator = name + (scope if len(scope) <= LONGEST_SCOPE else "") + table.noun
            if (name or scope not in ("", *table.scopes)) and len(indicator) <= LONGEST:
                passage.ranked = indicator
                yield Figure(
                    begin, rank.end, indicator, rank.value, table.unit, (rank.value, table.unit), kind, bearer, "rank"
                )

    def _measured(self, name: str, measure: str) -> str:
        """`name` with what of it is ranked: 生产总值, 增幅 → 生产总值增幅."""
        return name if name.endswith((*self._rates, measure or "\n")) else name + measure

    @staticmethod
    def _goes_on(passage: Passage, before: object, rank: Rank) -> bool:
        """Whether `rank` follows another at once, and is of the same: 居全国第15位、四川第1位."""
        follows = isinstance(before, Rank) and bool(passage.standing)
        return isinstance(before, Rank) and follows and passage.text[before.end : rank.begin] in NEXT

    def ranked(self, passage: Passage, offset: int) -> str:
        """The rank that is told of before `offset`, as one of the clauses before says what list it is on; else ""."""
        told = self._told(passage, offset)
        return told + self._figures.rank.noun if told else ""

    def listed(self, phrase: str) -> str:
        """The rank on the list that `phrase` names: 百强县 → 百强县排名; "" where it names none."""
        table = self._figures.rank
        return phrase.removesuffix(table.noun) + table.noun if phrase.endswith(table.lists) else ""

    def _titled(self, passage: Passage, rank: Rank) -> str:
        """What is ranked where a clause before names a list or title: 被评为示范园区，名列前五."""
        if told := self._told(passage, rank.begin):
            return told
        earlier = passage.clauses.before(rank.begin)
        match = self._framing.search(passage.text, *earlier) if earlier else None
        return self._phrases.clean(passage.text[match.end() : earlier[1]]) if match and earlier else ""

    def _told(self, passage: Passage, offset: int) -> str:
        """The list that a clause before `offset` ends in, the nearest first; else ""."""
        while (earlier := passage.clauses.before(offset)) is not None:
            if told := self._list(passage.text[earlier[0] : earlier[1]]):
                return told
            offset = earlier[0]
        return ""

    def _list(self, clause: str) -> str:
        """The list that a clause says a rank is on: 在某某发布的中国百强榜上 → 中国百强榜."""
        table, of = self._figures.rank, self._phrases.of
        clause = clause.rstrip("".join(table.within))
        if not clause.endswith(table.lists):
            return ""
        begin = max((match.end() for match in self._placing.finditer(clause)), default=0)
        told = self._phrases.clean(DATED.sub("", clause[begin:].split(of)[-1]))
        return told.removesuffix(table.noun) if 2 <= len(told) <= LONGEST_LIST else ""

    def ratio(self, ratio: Ratio) -> Iterator[Figure]:
        """The figures of a ratio whose parts have names."""
        unit = ratio.unit
        for part, value in zip(ratio.parts, ratio.values, strict=True):
            yield Figure(ratio.begin, ratio.end, part, value, unit, (value, unit), "actual", None, "ratio")
