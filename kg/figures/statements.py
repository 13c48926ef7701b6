"""What a sentence states in figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.figures.naming import COUNTED, LONGEST, Namer, lead_end
from kg.figures.passages import PassageReader, inside, named
from kg.figures.patterns import alternatives
from kg.figures.periods import Period
from kg.figures.phrases import Left, PhraseReader
from kg.figures.quantities import Quantity
from kg.figures.ranks import Rank, Ratio
from kg.figures.subjects import SubjectReader
from kg.figures.view import Figure, Passage
from kg.lexicon.figures import FigureLexicon, Unit
from kg.types import Reference

NUMBERS = re.compile(r"[（(].*?[)）]|\d+[一-鿿]?|[^一-鿿]")


class StatementReader:
    """Reads the figures of one passage after another."""

    def __init__(self, lexicon: FigureLexicon, phrases: PhraseReader, passages: PassageReader) -> None:
        self._figures, self._indicators = lexicon.figures, lexicon.indicators
        self._phrases, self._unit = phrases, passages.unit
        self._namer = Namer(lexicon, phrases)
        self._subjects = SubjectReader(lexicon)
        target = lexicon.figures.target
        self._target, self._weak = re.compile(alternatives(target.before)), re.compile(alternatives(target.weak))
        self._never, self._done = re.compile(alternatives(target.never)), re.compile(alternatives(target.done))
        self._limit_after = re.compile(alternatives(lexicon.figures.limit.after))
        at = alternatives(lexicon.phrases.at)
        self._frame = re.compile(rf"(?P<phrase>.*?)(?:{at}(?P<scope>(?:(?!{at}).)*))?\Z")
        self._framing = re.compile(alternatives(lexicon.indicators.framing))
        self._after = tuple(sorted(lexicon.figures.value.after, key=len, reverse=True))

    def read(self, passage: Passage, *, issued: str | None) -> Iterator[Figure]:
        """The figures of a passage, in order, with their periods."""
        place = 0
        while place < len(passage.items):
            item, size = passage.items[place], 1
            if isinstance(item, Quantity):
                group = self._group(passage, place)
                figures, size = self._group_figures(passage, group, place), len(group)
            elif isinstance(item, Rank):
                figures = self._rank(passage, item, place)
            else:
                figures = self._ratio(item)
            for figure in figures:
                yield self._dated(passage, figure, issued)
            place += size

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

    def _left(self, passage: Passage, place: int) -> tuple[int, str, bool]:
        """Where the words that belong to the item at `place` begin, these words, and whether they only join."""
        item = passage.items[place]
        start, joined = passage.clauses.around(item.begin)[0], False
        if place and passage.items[place - 1].end > start:
            start = passage.items[place - 1].end
            start += len(next((word for word in self._after if passage.text.startswith(word, start)), ""))
            start = max(start, min(passage.consumed, item.begin))
            joined = passage.text[start : item.begin] in (*self._phrases.joints.words, "")
        begin = lead_end(passage, start, item.begin, self._phrases)
        spans = [(p.begin, p.end) for p in passage.periods if p.begin >= begin and p.end <= item.begin]
        kept = (c for at, c in enumerate(passage.text[begin : item.begin], begin) if not inside(at, at + 1, spans))
        return begin, "".join(kept), joined

    def _group_figures(self, passage: Passage, group: list[Quantity], place: int) -> Iterator[Figure]:
        """The figures of a group of quantities: dealt out to indicators or subjects, or one by one."""
        begin, words, joined = self._left(passage, place)
        left = self._phrases.left(words)
        share = any(word in words for word in self._figures.subject.shared)
        share = share or len(self._bearers(passage, group[0].begin)) == len(group)
        if len(group) > 1 and (share or self._namer.deal(left.phrase, len(group))):
            yield from self._dealt(passage, group, begin, left)
            return
        for offset, quantity in enumerate(group):
            if offset:
                begin, words, joined = self._left(passage, place + offset)
                left = self._phrases.left(words)
            yield from self._single(passage, quantity, begin, words, left, joined=joined)

    def _dealt(self, passage: Passage, group: list[Quantity], begin: int, left: Left) -> Iterator[Figure]:
        """One figure for each quantity of a group: 存贷款余额分别达A、B; 甲公司、乙公司税收分别达A、B."""
        bearers = self._bearers(passage, group[0].begin)
        if not left.phrase and len(passage.names) == len(group):
            names = list(passage.names)
        else:
            phrase = left.phrase or (passage.names[-1] if passage.names else "")
            names = self._namer.deal(phrase, len(group)) or [phrase] * len(group)
        if len(bearers) != len(group):
            bearers = bearers[-1:] * len(group)
        for quantity, name, bearer in zip(group, names, bearers, strict=True):
            yield from self._figure(passage, quantity, begin, left, name, bearer)
        passage.names = names

    def _single(
        self, passage: Passage, quantity: Quantity, begin: int, words: str, left: Left, *, joined: bool
    ) -> Iterator[Figure]:
        """The figures of one quantity: one, or one for each of the indicators that share it."""
        within = named(quantity, passage.references)
        if (capacity := self._capacity(passage, quantity, words, within)) is not None:
            yield from capacity
            return
        if within or self._empty(passage, quantity, words):
            return
        known = quantity if quantity.name else self._with_unit(passage, quantity, left)
        if known is None:
            return
        names = self._names(passage, known, begin, words, left, joined=joined)
        bearer = self._bearer(passage, known, names[0])
        for name in names:
            yield from self._figure(passage, known, begin, left, name, bearer)
        passage.names, passage.source = names, left.source

    def _empty(self, passage: Passage, quantity: Quantity, words: str) -> bool:
        """Whether a quantity says nothing: a span of time, or the size in a name we do not know."""
        if quantity.spec.dimension in COUNTED and any(word in words[-8:] for word in self._indicators.framing):
            return True
        if quantity.spec.dimension == "time":
            return not any(word in words for word in self._indicators.durations)
        if quantity.spec.dimension not in self._figures.capacity.dimensions:
            return False
        right = self._phrases.right(passage.text[quantity.end : passage.clauses.around(quantity.begin)[1]])
        return bool(right.length) and any(word in right.noun for word in self._figures.capacity.named)

    def _names(
        self, passage: Passage, quantity: Quantity, begin: int, words: str, left: Left, *, joined: bool
    ) -> list[str]:
        """The indicators that one quantity is the value of."""
        if passage.names and not left.phrase and (left.sign or left.level or passage.source):
            return passage.names if len(passage.names) == 1 else passage.names[-1:]
        if left.gap:
            return [(passage.names[-1] if passage.names else "") + left.gap]
        if quantity.spec.dimension == "share" and words.endswith(self._phrases.of):
            task = next((word for word in self._indicators.task if passage.text.endswith(word, 0, begin)), "")
            if task:
                return [task + words.removesuffix(self._phrases.of) + self._indicators.portion]
        name = left.phrase if left.sign and left.phrase else self._namer.name(passage, quantity, left, joined=joined)
        if quantity.spec.dimension == "share":
            return self._namer.each(name, always=words.endswith(self._indicators.each))
        return [name]

    def _figure(
        self, passage: Passage, quantity: Quantity, begin: int, left: Left, name: str, bearer: Reference | None
    ) -> Iterator[Figure]:
        """The figure of `quantity` under `name`, if the name will do."""
        if not 2 <= len(name) <= LONGEST or name in self._indicators.empty:
            return
        kind, sign = ("change" if left.sign else "actual"), (-1 if left.sign < 0 else 1)
        if left.bound or self._limit_after.match(passage.text, quantity.end):
            kind = "limit"
        elif not left.source and self._aims(passage, quantity.begin):
            name, kind = (name + self._figures.change.noun if left.sign > 0 else name), "target"
        normalized, unit = quantity.normalized
        yield Figure(
            begin, quantity.end, name, quantity.value * sign, quantity.unit, (normalized * sign, unit), kind, bearer
        )

    def subject(self, passage: Passage, figure: Figure) -> str | None:
        """The id of the entity a figure is said of: the subject of its clause, else what its sentence is about."""
        if figure.subject and self._subjects.fits(figure.subject.kind, figure.indicator):
            return figure.subject.entity
        begin, share = passage.sentence.begin, figure.unit.endswith("%")
        passed: list[Reference | Period] = [*passage.references, *passage.periods]
        if not figure.subject and self._subjects.nameless(passage.text, begin, figure.end, passed, share=share):
            return None
        return next((entity for entity, kind in passage.topics if self._subjects.carries(kind, figure.indicator)), None)

    def _bearers(self, passage: Passage, offset: int) -> list[Reference | None]:
        """The subjects at `offset`; one None stands for the topic."""
        begin = passage.sentence.begin
        found = self._subjects.before(passage.text, begin, offset, passage.references, passage.periods)
        return list(found) or [None]

    def _bearer(self, passage: Passage, quantity: Quantity, name: str) -> Reference | None:
        """The subject of one quantity: the project its money goes to, else the subject of its clause."""
        end = passage.clauses.around(quantity.begin)[1]
        ahead = self._subjects.ahead(passage.text, name, quantity.end, end, passage.references)
        return ahead or self._bearers(passage, quantity.begin)[-1]

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
        self, passage: Passage, quantity: Quantity, words: str, within: Reference | None
    ) -> list[Figure] | None:
        """A capacity in a name or before one: 年产10万吨钛白粉项目; None where the quantity is none."""
        table = self._figures.capacity
        if quantity.spec.dimension not in table.dimensions or not (within or words.endswith(table.before)):
            return None
        if within and within.kind not in table.kinds:
            return None
        end = within.end if within else passage.clauses.around(quantity.begin)[1]
        following = passage.text[quantity.end : end]
        product = (following if within else self._phrases.right(following).noun).split("、")[0]
        unknown = not within and product.endswith(table.named)
        while tail := next((word for word in table.tails if product.endswith(word)), ""):
            product = product[: -len(tail)]
        if not product or len(product) > 16:
            return None
        context = passage.text[passage.sentence.begin : passage.sentence.end]
        made = not within and not unknown and not self._aims(passage, quantity.begin)
        passage.producing = not within
        kind = "actual" if made or any(word in context for word in table.done) else "target"
        noun = table.power if quantity.spec.dimension == "power" else table.noun
        bearer = within or self._bearers(passage, quantity.begin)[-1]
        if unknown and bearer is None:
            return []
        value, unit, normalized = quantity.value, quantity.unit, quantity.normalized
        return [Figure(quantity.begin, quantity.end, product + noun, value, unit, normalized, kind, bearer)]

    def _with_unit(self, passage: Passage, quantity: Quantity, left: Left) -> Quantity | None:
        """The quantity with the unit that its indicator or the next level implies: 人口过100万 → 万人."""
        later = [i for i in passage.items if isinstance(i, Quantity) and i.begin > quantity.end and i.name]
        if left.source and later:
            return _measured(quantity, later[0].name, later[0].spec)
        for entry in self._indicators.unitless:
            if left.phrase.endswith(entry.heads):
                return _measured(quantity, entry.unit, self._unit(entry.unit))
        return None

    def _rank(self, passage: Passage, rank: Rank, place: int) -> Iterator[Figure]:
        """The figures of a rank: one for each indicator ranked."""
        table = self._figures.rank
        begin, words, _ = self._left(passage, place)
        frame = self._frame.match(words)
        phrase, scope = (frame["phrase"], frame["scope"] or "") if frame else (words, "")
        if phrase.endswith(table.within):
            phrase, scope = "", phrase
        if ending := next((word for word in table.scopes if phrase.endswith(word)), ""):
            phrase, scope = phrase.removesuffix(ending), ending
        phrase = self._phrases.left(phrase).phrase.removesuffix(table.noun)
        scope = rank.scope or NUMBERS.sub("", scope.rstrip("".join(table.within)))
        if rank.noun:
            names = [rank.noun]
        elif phrase:
            names = self._namer.each(phrase, always=True)
        else:
            names = passage.names if passage.names and self._follows(passage, place) else [self._titled(passage, rank)]
        bearer = self._bearers(passage, rank.begin)[-1]
        kind = "target" if self._aims(passage, rank.begin) else "actual"
        for name in names:
            indicator = name + (scope if len(scope) <= 10 else "") + table.noun
            if len(table.noun) < len(indicator) <= LONGEST:
                yield Figure(
                    begin, rank.end, indicator, rank.value, table.unit, (rank.value, table.unit), kind, bearer, "rank"
                )

    def _titled(self, passage: Passage, rank: Rank) -> str:
        """What is ranked where the clause before names a title: 被评为先进园区，名列前五."""
        earlier = passage.clauses.before(rank.begin)
        match = self._framing.search(passage.text, *earlier) if earlier else None
        return self._phrases.clean(passage.text[match.end() : earlier[1]]) if match and earlier else ""

    @staticmethod
    def _follows(passage: Passage, place: int) -> bool:
        """Whether the item before stands in the same clause or the one before it."""
        earlier = passage.clauses.before(passage.items[place].begin)
        return place > 0 and earlier is not None and passage.items[place - 1].end > earlier[0]

    def _ratio(self, ratio: Ratio) -> Iterator[Figure]:
        """The figures of a ratio whose parts have names."""
        unit = self._figures.ratio.unit
        for part, value in zip(ratio.parts, ratio.values, strict=True):
            yield Figure(ratio.begin, ratio.end, part, value, unit, (value, unit), "actual", None, "ratio")

    def _dated(self, passage: Passage, figure: Figure, issued: str | None) -> Figure:
        """The figure with its period; what lies after the article's year is a target."""
        value = passage.running
        for period in passage.periods:
            if period.end > figure.end or period.reach == "none":
                continue
            if period.reach == "item" and any(period.end <= i.begin < i.end < figure.end for i in passage.items):
                continue
            value = period.value
        later = bool(value and issued and value[:4] > issued[:4])
        return replace(figure, period=value, kind="target" if later and figure.kind == "actual" else figure.kind)


def _measured(quantity: Quantity, name: str, spec: Unit) -> Quantity:
    """A quantity without unit in the unit `name`."""
    return replace(quantity, unit=quantity.unit + name, name=name, spec=spec, factor=quantity.factor * spec.factor)
