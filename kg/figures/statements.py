"""What a sentence states in figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.figures.contexts import ContextReader
from kg.figures.groups import Groups
from kg.figures.indicators import IndicatorReader
from kg.figures.kinds import KindReader
from kg.figures.naming import LONGEST, Namer
from kg.figures.passages import PassageReader, named
from kg.figures.phrases import Left, PhraseReader
from kg.figures.quantities import Quantity
from kg.figures.ranks import Rank
from kg.figures.rows import Rows
from kg.figures.scopes import FigureDater
from kg.figures.sieve import Sieve
from kg.figures.standings import StandingReader
from kg.figures.subjects import opened
from kg.figures.view import Figure, Passage
from kg.lexicon.figures import FigureLexicon
from kg.types import Reference

UNCLOSED = re.compile(r"[（(][^）)]{5,}\Z|\A[^（(]*[）)]")


class StatementReader:
    """Reads the figures of one passage after another."""

    def __init__(self, lexicon: FigureLexicon, phrases: PhraseReader, passages: PassageReader) -> None:
        self._figures, self._indicators = lexicon.figures, lexicon.indicators
        self._phrases, self._sieve = phrases, Sieve(lexicon, phrases, passages)
        self._namer = Namer(lexicon, phrases)
        self._rows = Rows(lexicon, phrases)
        self._groups = Groups(lexicon, phrases)
        self._contexts = ContextReader(lexicon, phrases)
        self._kinds, self._dater = KindReader(lexicon), FigureDater(lexicon)
        self._standings = StandingReader(lexicon, phrases, self._contexts, self._namer, self._kinds)
        self._names = IndicatorReader(lexicon, phrases, self._contexts, self._namer, self._kinds, self._standings)
        self._relative = (lexicon.indicators.part[0], *lexicon.figures.change.gap)
        self.subject = self._contexts.subject
        self.begin()

    def begin(self) -> None:
        """Begin an article: nothing of the one before is left."""
        self._last, self._block, self._orphan = "", -1, False
        self._bearer: Reference | None = None
        self._thing: Reference | None = None
        self._ended: Reference | None = None
        self._period: str | None = None
        self._origin: str | None = None
        self._aiming = False

    def read(self, passage: Passage, *, issued: str | None) -> Iterator[Figure]:
        """The figures of a passage, in order, with their periods."""
        onward = passage.text.startswith(self._phrases.going_on, passage.sentence.begin)
        if onward:
            passage.above, passage.running = self._last, self._period or passage.running
            passage.aiming = passage.aiming or self._aiming
        if self._block != passage.sentence.block:
            self._orphan, self._thing, self._ended, self._bearer, self._origin = False, None, None, None, None
        passage.orphan, passage.thing, passage.ended = self._orphan, self._thing, self._ended
        self._block, self._orphan = passage.sentence.block, self._contexts.orphans(passage)
        passage.bearer = self._bearer if onward else None
        passage.onward = passage.bearer is not None
        passage.lost = self._rows.unknown(passage)
        product = self._indicators.product.noun
        if passage.items and f"{product}：" in passage.text[passage.sentence.begin : passage.items[0].begin]:
            passage.producing = product  # 主要产品产量：纱9.36万吨
        place = 0
        while place < len(passage.items):
            item, size = passage.items[place], 1
            if isinstance(item, Quantity):
                group = self._group(passage, place)
                figures, size = self._group_figures(passage, group, place), len(group)
            elif isinstance(item, Rank):
                figures = self._standings.rank(passage, item, place)
            else:
                figures = self._standings.ratio(item)
            known: list[Figure] = []
            for figure in figures:
                known.append(self._dater.dated(passage, figure, issued))
                if isinstance(item, Quantity) and figure.kind != "change" and figure.indicator not in passage.trail:
                    passage.trail.append(figure.indicator)
                if not self._dater.yearly(figure):
                    self._period, self._aiming = known[-1].period, known[-1].kind == "target"
            yield from self._dater.dealt(passage, known) if size > 1 else known
            place += size
        self._last = passage.names[-1] if passage.names else ""
        self._thing = self._contexts.thing(passage) or self._thing
        self._ended = self._contexts.ended(passage)

    def _group(self, passage: Passage, place: int) -> list[Quantity]:
        """The quantities of one dimension that follow each other at once: 分别达A、B."""
        group: list[Quantity] = []
        for item in passage.items[place:]:
            if not isinstance(item, Quantity):
                break
            if group and item.spec.dimension != group[0].spec.dimension:
                break
            if group and passage.text[group[-1].end : item.begin] not in (*self._phrases.joints.words, "，"):
                break
            group.append(item)
        return group

    def _group_figures(self, passage: Passage, group: list[Quantity], place: int) -> Iterator[Figure]:
        """The figures of a group of quantities: dealt out to indicators or subjects, or one by one."""
        begin, words, joined = self._contexts.left(passage, place)
        left = self._phrases.left(words)
        share = any(word in words for word in self._figures.subject.shared)
        share = share or len(self._contexts.bearers(passage, group[0].begin)) == len(group)
        share = share or (not left.phrase and len(passage.names) == len(group))
        grown = left.sign and not left.phrase and group[0].spec.dimension == "share"
        share = share or (bool(grown) and 1 < len(group) <= len(passage.trail))
        if len(group) > 1 and (share or self._namer.coordination.deal(left.phrase, len(group))):
            yield from self._dealt(passage, group, begin, words, left)
            return
        for offset, quantity in enumerate(group):
            if offset:
                begin, words, joined = self._contexts.left(passage, place + offset)
                left = self._phrases.left(words)
            yield from self._single(passage, quantity, begin, words, left, joined=joined)

    def _dealt(self, passage: Passage, group: list[Quantity], begin: int, words: str, left: Left) -> Iterator[Figure]:
        """One figure for each quantity of a group: 存贷款余额分别达A、B; 甲公司、乙公司税收分别达A、B."""
        bearers = self._contexts.bearers(passage, group[0].begin)
        weighed = left.phrase.startswith(self._indicators.part) and group[0].spec.dimension == "share"
        trail = passage.trail[-len(group) :] if not left.phrase or weighed else []
        if left.gap:
            names = [self._names.apart(passage, left)] * len(group)
        elif not left.phrase and len(passage.names) == len(group):
            names = list(passage.names)
        elif len(trail) == len(group) > 1 and len(bearers) != len(group):
            names = [name + left.phrase + (self._indicators.weight if weighed else "") for name in trail]
        else:
            phrase = left.phrase or (passage.names[-1] if passage.names else "")
            listed = self._namer.coordination.listed(words, len(group)) if not left.phrase or left.sign else []
            names = listed or self._namer.coordination.deal(phrase, len(group)) or [phrase] * len(group)
        if len(bearers) != len(group):
            bearers = bearers[-1:] * len(group)
        for quantity, name, bearer in zip(group, names, bearers, strict=True):
            yield from self._figure(passage, quantity, begin, left, name, bearer)
        passage.names = passage.names if left.gap else names

    def _single(
        self, passage: Passage, quantity: Quantity, begin: int, words: str, left: Left, *, joined: bool
    ) -> Iterator[Figure]:
        """The figures of one quantity: one, or one for each of the indicators that share it."""
        within = named(quantity, passage.references)
        if (capacity := self._standings.capacity(passage, quantity, words, within)) is not None:
            yield from capacity
            return
        if within or self._sieve.empty(passage, quantity, words, left):
            return
        known = quantity if quantity.name else self._sieve.with_unit(passage, quantity, left)
        if known is not None and known.spec.dimension == "times" and not left.sign:
            yield from self._standings.multiple(passage, known)
            return
        if known is None:
            return
        if not left.sign and known.spec.dimension == "share" and self._namer.grows(passage, known):
            left = replace(left, sign=1)
        if (
            not left.sign
            and passage.grown
            and known.spec.dimension == "share"
            and self._names.again(passage, known, left)
        ):
            left = replace(left, sign=1)  # 全市增速回落到8.1%，全县保持在11.9%
        if passage.source and left.sign and known.spec.dimension not in ("points", "times"):
            left = replace(left, sign=0, level=True)
        base = self._names.base(passage, known, left)
        moved = left.source or passage.source
        origin = self._origin_of(passage, known) if left.source else None
        origin = origin or (self._dater.end(passage, known, first=left.source) if moved else None)
        costly = self._contexts.costs(passage, known)
        names = passage.names[-1:] if base else self._names.names(passage, known, begin, words, left, joined=joined)
        names = [self._indicators.cost] if costly else names
        bearer = costly or self._contexts.bearer(passage, known, names[0])
        goes_on = bool(passage.names and passage.names[-1]) and names[0].startswith(passage.names[-1])
        goes_on = goes_on or passage.onward or self._contexts.stays(passage.bearer)
        if bearer is None and goes_on:
            bearer = passage.bearer
        if not opened(passage.text, passage.sentence.begin, known.begin):
            passage.bearer = self._bearer = bearer
        names = [self._groups.named(passage, known, name, bearer) for name in names]
        if bearer and bearer.kind in self._figures.subject.counted:
            names = [self._indicators.renamed.get(name, name) for name in names]
        for name in names:
            for figure in self._figure(passage, known, begin, left, name, bearer):
                yield replace(figure, period=base or origin)
        part = passage.names and names[0].startswith(tuple(passage.names[-1] + word for word in self._relative))
        part = part or names[0].endswith(self._indicators.portion)
        if names[0] and not part and not left.gap:
            passage.names, passage.named = names, known.end
        passage.source, passage.grown = left.source, left.sign > 0

    def _origin_of(self, passage: Passage, quantity: Quantity) -> str | None:
        """The year of a level before a change: its own, else that of the last such level in the paragraph.

        产值由2012年的26亿元增加到2021年的54亿元，收入由3万元提高到6万元.
        """
        clause = passage.clauses.around(quantity.begin)[0]
        own = [p.value for p in passage.periods if p.reach == "item" and clause <= p.begin and p.end <= quantity.begin]
        if own:
            self._origin = own[-1]
            return None
        return self._origin

    def _figure(
        self, passage: Passage, quantity: Quantity, begin: int, left: Left, name: str, bearer: Reference | None
    ) -> Iterator[Figure]:
        """The figure of `quantity` under `name`, if the name will do."""
        if len(name) > LONGEST and (place := max(map(name.rfind, self._indicators.summed))) > 0:
            name = name[place:]
        if not 2 <= len(name) <= LONGEST or name in self._indicators.empty or UNCLOSED.search(name):
            return
        words = self._indicators
        if name.startswith(words.strange) or any(word in name for word in words.strange_within):
            return
        sign = -1 if left.sign < 0 else 1
        kind = self._kinds.kind(passage, left, quantity.begin, quantity.end)
        if kind == "target" and left.sign > 0:
            name += self._figures.change.noun
        normalized, unit = quantity.normalized
        yield Figure(
            begin, quantity.end, name, quantity.value * sign, quantity.unit, (normalized * sign, unit), kind, bearer
        )
