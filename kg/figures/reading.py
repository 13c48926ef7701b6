"""Observations read from an article."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from decimal import Decimal

from kg.figures.clauses import Clauses, unread
from kg.figures.naming import LONGEST, Namer, lead_end
from kg.figures.patterns import alternatives
from kg.figures.periods import Period, PeriodReader, Scope
from kg.figures.phrases import Left, PhraseReader
from kg.figures.quantities import Quantity, QuantityScanner
from kg.figures.ranks import Rank, RankScanner, Ratio
from kg.figures.subjects import SubjectReader
from kg.figures.view import Figure, FigureView, Item, Passage
from kg.lexicon.figures import FigureLexicon
from kg.types import Observation, Reference, Sentence

READ_ROLES = frozenset({"paragraph", "caption"})


class FigureReader:
    """Reads figures by the words of a lexicon."""

    def __init__(self, lexicon: FigureLexicon) -> None:
        self._figures = lexicon.figures
        self._indicators = lexicon.indicators
        self._quantities = QuantityScanner(lexicon)
        self._ranks = RankScanner(lexicon)
        self._periods = PeriodReader(lexicon)
        self._phrases = PhraseReader(lexicon)
        self._namer = Namer(lexicon, self._phrases)
        self._subjects = SubjectReader(lexicon)
        value, target = lexicon.figures.value, lexicon.figures.target
        self._threshold = re.compile(rf"{alternatives(value.threshold)}的?(?=[一-鿿“])")
        self._above = tuple(value.above)
        self._target = re.compile(alternatives(target.before))
        self._weak = re.compile(alternatives(target.weak))
        self._never = re.compile(alternatives(target.never))
        self._done = re.compile(alternatives(target.done))
        self._limit_after = re.compile(alternatives(lexicon.figures.limit.after))

    def read(self, view: FigureView) -> tuple[tuple[tuple[int, int], Observation], ...]:
        """All observations of the article with the clean spans of their evidence, sorted by place."""
        scope = Scope()
        closed = unread(view.clean.text)
        found: list[tuple[tuple[int, int], Observation]] = []
        for index, sentence in enumerate(view.sentences):
            scope.enter(sentence.block, heading=sentence.role == "heading")
            if sentence.role not in READ_ROLES:
                continue
            passage = self._passage(view, index, sentence, scope, closed)
            for figure in self._sentence(passage, view.issued):
                subject = figure.subject.entity if figure.subject else passage.topic
                if subject is not None:
                    found.append(_observation(view, figure, subject, passage))
        return tuple(_once(found))

    def _passage(
        self, view: FigureView, index: int, sentence: Sentence, scope: Scope, closed: list[tuple[int, int]]
    ) -> Passage:
        """What is known of a sentence before its figures are read."""
        text, begin, end = view.clean.text, sentence.begin, sentence.end
        first = bisect_left(view.references, begin, key=lambda reference: reference.begin)
        last = bisect_left(view.references, end, key=lambda reference: reference.begin)
        references = list(view.references[first:last])
        running = scope.running
        names = [(reference.begin, reference.end) for reference in references]
        periods = [
            period
            for period in self._periods.read(text, begin, end, issued=view.issued, running=running)
            if not _inside(period.begin, period.end, closed) and not _inside(period.begin, period.end, names)
        ]
        scope.note(periods)
        topic = view.topics[index] if index < len(view.topics) else None
        passage = Passage(text, sentence, topic, Clauses(text, begin, end), references, periods, running, [])
        passage.items = self._items(passage, closed)
        return passage

    def _items(self, passage: Passage, closed: list[tuple[int, int]]) -> list[Item]:
        """The quantities, ranks and ratios of a sentence that may be figures, sorted, without overlap."""
        text, sentence = passage.text, passage.sentence
        found: list[Item] = [
            *self._ranks.ratios(text, sentence.begin, sentence.end),
            *self._ranks.ranks(text, sentence.begin, sentence.end),
            *self._quantities.scan(text, sentence.begin, sentence.end),
        ]
        taken = [(period.begin, period.end) for period in passage.periods]
        kept: list[Item] = []
        for item in found:
            if any(item.begin < last and first < item.end for first, last in taken):
                continue
            if _inside(item.begin, item.end, closed) and not _named(item, passage.references):
                continue
            taken.append((item.begin, item.end))
            kept.append(item)
        kept.sort(key=lambda item: item.begin)
        return [item for place, item in enumerate(kept) if not self._modifies(passage, kept, place)]

    def _modifies(self, passage: Passage, items: list[Item], place: int) -> bool:
        """Whether a quantity only says which things are meant: 2000万元以上项目, 30万吨级码头."""
        item = items[place]
        if not isinstance(item, Quantity) or item.spec.dimension in ("share", "points"):
            return False
        text = passage.text
        if text.startswith(self._figures.value.size, item.end):
            return True
        end = passage.clauses.around(item.begin)[1]
        if match := self._threshold.match(text, item.end, end):
            noun, _ = self._phrases.right(text[match.end() : end])
            return bool(noun)
        follows = place + 1 < len(items) and items[place + 1].begin < end
        return follows and text.endswith(self._above, 0, item.begin) and text.startswith("的", item.end)

    def _sentence(self, passage: Passage, issued: str | None) -> Iterator[Figure]:
        """The figures of one sentence."""
        place = 0
        while place < len(passage.items):
            item = passage.items[place]
            if isinstance(item, Quantity):
                group = self._group(passage, place)
                for figure in self._quantity(passage, group, place, issued):
                    yield self._settle(passage, figure, issued)
                place += len(group)
                continue
            figures = self._rank(passage, item, place) if isinstance(item, Rank) else self._ratio(item)
            for figure in figures:
                yield self._settle(passage, figure, issued)
            place += 1

    def _group(self, passage: Passage, place: int) -> list[Quantity]:
        """The quantities dealt out together: 分别达A、B. One where they are not."""
        first = passage.items[place]
        assert isinstance(first, Quantity)
        group = [first]
        for item in passage.items[place + 1 :]:
            between = passage.text[group[-1].end : item.begin]
            if not isinstance(item, Quantity) or item.spec.dimension != first.spec.dimension:
                break
            if between not in ("、", "和", "与", "及", "以及", "，"):
                break
            group.append(item)
        return group

    def _left(self, passage: Passage, place: int) -> tuple[int, str]:
        """Where the words that belong to the item at `place` begin, and these words."""
        item = passage.items[place]
        start = passage.clauses.around(item.begin)[0]
        if place and passage.items[place - 1].end > start:
            start = passage.items[place - 1].end
            for word in sorted(self._figures.value.after, key=len, reverse=True):
                if passage.text.startswith(word, start):
                    start += len(word)
                    break
        begin = lead_end(passage, start, item.begin, self._phrases)
        spans = [(p.begin, p.end) for p in passage.periods if p.begin >= begin and p.end <= item.begin]
        text = "".join(c for at, c in enumerate(passage.text[begin : item.begin], begin) if not _inside(at, at + 1, spans))
        return begin, text

    def _quantity(
        self, passage: Passage, group: list[Quantity], place: int, issued: str | None
    ) -> Iterator[Figure]:
        """The figures of a group of quantities."""
        begin, words = self._left(passage, place)
        left = self._phrases.left(words)
        if len(group) > 1 and (left.share or self._namer.deal(left.phrase, len(group))):
            names = self._dealt(passage, group, left)
            for quantity, name in zip(group, names, strict=True):
                yield from self._figure(passage, quantity, begin, left, name)
            passage.names = names
            return
        for offset, quantity in enumerate(group):
            if offset:
                begin, words = self._left(passage, place + offset)
                left = self._phrases.left(words)
            joined = place + offset > 0 and passage.text[passage.items[place + offset - 1].end : quantity.begin] in "、和"
            yield from self._single(passage, quantity, begin, words, left, joined)

    def _dealt(self, passage: Passage, group: list[Quantity], left: Left) -> list[str]:
        """One indicator for each quantity of a group."""
        if not left.phrase and len(passage.names) == len(group):
            return list(passage.names)
        return self._namer.deal(left.phrase, len(group)) or [left.phrase] * len(group)

    def _single(
        self, passage: Passage, quantity: Quantity, begin: int, words: str, left: Left, joined: bool
    ) -> Iterator[Figure]:
        """The figures of one quantity: one, or one for each of the indicators that share it."""
        inside = _named(quantity, passage.references)
        capacity = self._capacity(passage, quantity, words, inside)
        if capacity:
            yield capacity
            return
        if inside:
            return
        if quantity.spec.dimension == "time" and not any(word in words for word in self._indicators.durations):
            return
        if not quantity.name and not (quantity := self._unitless(quantity, left)):
            return
        inherits = (left.sign or left.level) and not left.phrase
        if inherits and passage.names:
            names = list(passage.names) if len(passage.names) == 1 or not left.sign else passage.names[-1:]
        elif left.gap:
            names = [(passage.names[-1] if passage.names else "") + left.gap]
        elif left.sign and left.phrase:
            names = [left.phrase]
        else:
            names = [self._namer.name(passage, quantity, left, joined)]
        if len(names) == 1 and quantity.spec.dimension == "share":
            names = self._namer.each(names[0], always=words.endswith(self._indicators.each))
        for name in names:
            yield from self._figure(passage, quantity, begin, left, name)
        passage.names = names

    def _figure(self, passage: Passage, quantity: Quantity, begin: int, left: Left, name: str) -> Iterator[Figure]:
        """The figure of `quantity` under `name`, if the name will do."""
        if not 2 <= len(name) <= LONGEST:
            return
        kind = "change" if left.sign else "actual"
        if left.bound or self._limit_after.match(passage.text, quantity.end):
            kind = "limit"
        elif kind == "actual" and self._aims(passage, quantity.begin):
            kind = "target"
        sign = -1 if left.sign < 0 else 1
        value, (normalized, unit) = quantity.value * sign, quantity.normalized
        subjects = self._bearers(passage, quantity, begin, name)
        for subject in subjects:
            yield Figure(
                begin, quantity.end, name, value, quantity.unit, (normalized * sign, unit), kind, "figure/" + kind, subject
            )

    def _bearers(self, passage: Passage, quantity: Quantity, begin: int, name: str) -> list[Reference | None]:
        """The subject of a quantity; None stands for the topic."""
        clause = passage.clauses.around(quantity.begin)
        ahead = self._subjects.ahead(passage.text, name, quantity.end, clause[1], passage.references)
        if ahead:
            return [ahead]
        found = self._subjects.before(
            passage.text, passage.sentence.begin, quantity.begin, passage.references, passage.periods
        )
        return [found[-1]] if found else [None]

    def _aims(self, passage: Passage, offset: int) -> bool:
        """Whether the sentence up to `offset` speaks of what is to come."""
        begin = passage.sentence.begin
        clause = passage.clauses.around(offset)[0]
        text = self._never.sub(lambda match: "＿" * len(match[0]), passage.text[begin:offset])
        aims = max((match.end() for match in self._target.finditer(text)), default=-1)
        weak = max((match.end() for match in self._weak.finditer(text, clause - begin)), default=-1)
        done = max((match.start() for match in self._done.finditer(text)), default=-1)
        return max(aims, weak) > done

    def _capacity(
        self, passage: Passage, quantity: Quantity, words: str, inside: Reference | None
    ) -> Figure | None:
        """A capacity in a name or before one: 年产10万吨钛白粉项目."""
        table = self._figures.capacity
        stated = words.endswith(table.before)
        if quantity.spec.dimension not in table.dimensions or not (stated or inside):
            return None
        if inside and inside.kind not in table.kinds:
            return None
        end = inside.end if inside else passage.clauses.around(quantity.begin)[1]
        product = self._phrases.right(passage.text[quantity.end : end])[0] if not inside else passage.text[quantity.end : end]
        product = product.split("、")[0]
        while tail := next((word for word in table.tails if product.endswith(word)), ""):
            product = product[: -len(tail)]
        if not product or len(product) > 16:
            return None
        context = passage.text[passage.sentence.begin : passage.sentence.end]
        kind = "actual" if any(word in context for word in table.done) else "target"
        noun = table.power if quantity.spec.dimension == "power" else table.noun
        begin = inside.begin if inside else quantity.begin
        figure = Figure(begin, quantity.end, product + noun, quantity.value, quantity.unit, quantity.normalized, kind, "figure/capacity", inside)
        return figure if inside else self._borne(passage, figure)

    def _borne(self, passage: Passage, figure: Figure) -> Figure:
        found = self._subjects.before(passage.text, passage.sentence.begin, figure.begin, passage.references, passage.periods)
        return _replace(figure, subject=found[-1] if found else None)

    def _unitless(self, quantity: Quantity, left: Left) -> Quantity | None:
        """The quantity with the unit its indicator implies: 人口过100万 → 万人."""
        for entry in self._indicators.unitless:
            if left.phrase.endswith(entry.heads):
                spec = self._quantities.unit(entry.unit)
                return Quantity(
                    quantity.begin, quantity.end, quantity.value, quantity.unit + entry.unit, entry.unit, spec, quantity.factor * spec.factor
                )
        return None

    def _rank(self, passage: Passage, rank: Rank, place: int) -> Iterator[Figure]:
        """The figures of a rank: one for each indicator ranked."""
        table = self._figures.rank
        begin, words = self._left(passage, place)
        phrase = self._phrases.clean(re.sub(r"(?:在|于)?[^，]*?[中内里]\Z|(?:在|于).*\Z", "", words))
        names = self._namer.each(phrase, always=True) if phrase else (passage.names or [table.generic[0]])
        found = self._subjects.before(passage.text, passage.sentence.begin, rank.begin, passage.references, passage.periods)
        for name in names:
            indicator = name + rank.scope + table.noun
            if len(indicator) <= LONGEST:
                yield Figure(
                    begin, rank.end, indicator, rank.value, table.unit, (rank.value, table.unit), "actual", "figure/rank", found[-1] if found else None
                )

    def _ratio(self, ratio: Ratio) -> Iterator[Figure]:
        """The figures of a ratio whose parts have names."""
        unit = self._figures.ratio.unit
        for part, value in zip(ratio.parts, ratio.values, strict=True):
            yield Figure(ratio.begin, ratio.end, part, value, unit, (value, unit), "actual", "figure/ratio")

    def _settle(self, passage: Passage, figure: Figure, issued: str | None) -> Figure:
        """The figure with its period; what lies after the article's year is a target."""
        before = [p for p in passage.periods if p.end <= figure.end and p.reach not in ("none",)]
        period: Period | None = before[-1] if before else None
        value = period.value if period else passage.running
        kind = figure.kind
        if kind == "actual" and value and issued and value[:4] > issued[:4]:
            kind = "target"
        return _replace(figure, period=value, kind=kind)


def _replace(figure: Figure, **changes: object) -> Figure:
    from dataclasses import replace

    return replace(figure, **changes)  # type: ignore[arg-type]  # names are checked by dataclasses


def _inside(begin: int, end: int, spans: list[tuple[int, int]]) -> bool:
    return any(first <= begin and end <= last for first, last in spans)


def _named(item: Item, references: list[Reference]) -> Reference | None:
    """The name an item stands in, if any."""
    return next((r for r in references if r.begin <= item.begin and item.end <= r.end), None)


def _observation(view: FigureView, figure: Figure, subject: str, passage: Passage) -> tuple[tuple[int, int], Observation]:
    begin = passage.clauses.around(figure.begin)[0]
    if figure.subject:
        begin = min(begin, figure.subject.begin)
    end = passage.clauses.around(figure.end - 1)[1]
    if figure.subject:
        end = max(end, figure.subject.end)
    normalized: tuple[Decimal | None, str | None] = figure.normalized or (None, None)
    return (begin, end), Observation(
        subject=subject, indicator=figure.indicator, value=figure.value, unit=figure.unit,
        normalized_value=normalized[0], normalized_unit=normalized[1], period=figure.period, kind=figure.kind,
        evidence=view.clean.evidence(begin, end), rule=figure.rule, confidence=0.9 if figure.subject else 0.8,
    )


def _once(found: list[tuple[tuple[int, int], Observation]]) -> Iterator[tuple[tuple[int, int], Observation]]:
    """Each fact once: of the same figure under the same name, the first."""
    seen: set[tuple[object, ...]] = set()
    for span, observation in found:
        key = (observation.subject, observation.indicator, observation.value, observation.unit, observation.kind)
        if key not in seen:
            seen.add(key)
            yield span, observation
