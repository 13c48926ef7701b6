"""Sentences made ready for reading: their periods in force, and the numbers in them that are figures."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from kg.figures.calendar import Period
from kg.figures.clauses import Clauses, unread
from kg.figures.endings import COUNTED
from kg.figures.joints import MARK
from kg.figures.numbers import HAN
from kg.figures.patterns import alternatives
from kg.figures.periods import PeriodReader
from kg.figures.phrases import PhraseReader
from kg.figures.quantities import Quantity, QuantityScanner
from kg.figures.ranks import Rank, RankScanner
from kg.figures.scopes import Scope
from kg.figures.subjects import NUMBERED
from kg.figures.view import FigureView, Item, Passage
from kg.lexicon.figures import FigureLexicon
from kg.types import Reference, Sentence

SIZED = frozenset({"money", "length", "area"})
READ_ROLES = frozenset({"paragraph", "caption"})
NUMBER = re.compile(r"\d(?![\d年月日])")
OPENING = " 　●■◆★▲○·—-【“"
LABEL_END = re.compile(r"[”】]?(?:（[^（）]*）)?[。：:\n]|[”】]?\Z")
NUMBERED_END = re.compile(LABEL_END.pattern.replace("。：", "。：，"))  # 4、甲项目，乙公司投资…
Spans = list[tuple[int, int]]
Row = tuple[int, Sentence, list[Reference], list[Period], str | None, bool]


class PassageReader:
    """Turns the sentences of an article into passages."""

    def __init__(self, lexicon: FigureLexicon, phrases: PhraseReader) -> None:
        self._quantities = QuantityScanner(lexicon)
        self._ranks = RankScanner(lexicon)
        self._periods = PeriodReader(lexicon)
        self._phrases = phrases
        value = lexicon.figures.value
        self._threshold = re.compile(rf"{alternatives(value.threshold)}{phrases.of}?(?=[一-鿿“])")
        self._above, self._size = tuple(value.above), tuple(value.size)
        self._frame = re.compile(rf"[^，。；]{{0,14}}{alternatives(lexicon.phrases.inside)}\Z")
        things, inside = alternatives(lexicon.indicators.countable), alternatives(lexicon.phrases.inside)
        longer = [word for word in lexicon.indicators.protect if word.startswith(lexicon.phrases.inside)]
        self._among = re.compile(
            rf"[^，。；、\d{lexicon.phrases.of}]{{0,8}}?{things}(?!{alternatives(longer)}){inside}"
        )
        self._sized = re.compile(rf"[^，。；、\d]{{0,4}}?{things}(?=\d|{HAN})")
        self._tasks = tuple(lexicon.indicators.tasks)
        rank = lexicon.figures.rank
        self._ranking = re.compile(rf"[^，。；]{{2,16}}{alternatives(rank.lists)}{alternatives(rank.within)}")
        self._labels = frozenset((*lexicon.figures.subject.counted, *lexicon.figures.subject.single))
        self._field = re.compile(rf"[{re.escape(OPENING)}]*{alternatives(lexicon.figures.subject.fields)}")
        self._aside = re.compile(alternatives(lexicon.figures.subject.asides))
        self._reporting = lexicon.periods.words.reporting
        self._planned = lexicon.figures.target.headings
        self.unit = self._quantities.unit

    def passages(self, view: FigureView) -> Iterator[Passage]:
        """The sentences that are read, with what governs them."""
        closed = unread(view.clean.text)
        rows = list(self.periods(view, closed))
        block, label, field = -1, None, False
        for place, (index, sentence, references, periods, running, planned) in enumerate(rows):
            if sentence.block != block:
                field = bool(label) and self._field.match(view.clean.text, sentence.begin, sentence.end) is not None
                found = self._label(view.clean.text, sentence, references)
                aside = self._aside.match(view.clean.text, sentence.begin, sentence.end) is not None
                block, label = sentence.block, found or (label if field or aside else None)
            if sentence.role in READ_ROLES:
                lately = any(period.reach == "none" and period.value is None for period in periods)
                following = [] if running or lately else [(row[1], row[3]) for row in rows[place + 1 : place + 8]]
                running = running or _ahead(view.clean.text, following, sentence)
                topics = view.topics[index] if index < len(view.topics) else ()
                clauses = Clauses(view.clean.text, sentence.begin, sentence.end)
                passage = Passage(view.clean.text, sentence, topics, clauses, references, periods, running, [])
                passage.strangers, passage.aiming, passage.label = view.strangers, planned, label
                passage.field = field and label is not None
                passage.frame = view.frames[index] if index < len(view.frames) else ()
                passage.items = self._items(passage, closed)
                yield passage

    def _label(self, text: str, sentence: Sentence, references: Sequence[Reference]) -> Reference | None:
        """The project or company whose name alone, after a number, opens a paragraph: 1、甲项目。乙公司投资…."""
        first = next((r for r in references if r.kind in self._labels), None)
        opening = text[sentence.begin : first.begin] if first else ""
        if first is None or NUMBERED.sub("", opening, count=1).strip(OPENING):
            return None
        ends = NUMBERED_END if NUMBERED.match(opening) else LABEL_END
        return first if ends.match(text, first.end, sentence.end) else None

    def periods(self, view: FigureView, closed: Spans) -> Iterator[Row]:
        """Each sentence with the names in it, its periods, and the period that governs it where it names none."""
        scope, parts = Scope(), dict[str, int]()
        for index, sentence in enumerate(view.sentences):
            words = view.clean.text[sentence.begin : sentence.end]
            scope.enter(sentence.block, heading=words if sentence.role == "heading" else "")
            references = _within(view, sentence)
            shut = closed + [(reference.begin, reference.end) for reference in references]
            periods = self._periods.read(
                view.clean.text,
                sentence.begin,
                sentence.end,
                issued=view.issued,
                running=scope.running,
                last=scope.last,
                closed=shut,
                parts=parts,
            )
            planned = any(word in scope.heading for word in self._planned)
            planned = planned and not any(_passed(period.value, view.issued) for period in periods)
            yield index, sentence, references, periods, scope.running, planned
            if sentence.role in READ_ROLES:
                scope.note(periods)
            elif sentence.role == "title" and any(word in words for word in self._reporting):
                scope.report(periods)
            elif sentence.role == "heading":
                scope.note([period for period in periods if period.reach in ("year", "part")])

    def _items(self, passage: Passage, closed: Spans) -> list[Item]:
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
            if inside(item.begin, item.end, closed) and not named(item, passage.references):
                continue
            taken.append((item.begin, item.end))
            kept.append(item)
        kept.sort(key=lambda item: item.begin)
        return [item for place, item in enumerate(kept) if not self._modifies(passage, kept, place)]

    def _modifies(self, passage: Passage, items: list[Item], place: int) -> bool:
        """Whether a quantity only says which things are meant: 2000万元以上项目, 30万吨级码头, 在全省143家园区中."""
        item, text = items[place], passage.text
        if not isinstance(item, Quantity):
            return False
        end = passage.clauses.around(item.begin)[1]
        following = items[place + 1] if place + 1 < len(items) and items[place + 1].begin < end else None
        if isinstance(following, Rank) and self._frame.fullmatch(text[item.end : following.begin]):
            return True
        frame = self._among.match(text, item.end, end)
        if frame and item.spec.dimension in COUNTED:
            passage.frames.append(frame.end())
            return True
        among = item.spec.dimension in COUNTED and text.endswith(self._phrases.at, 0, item.begin)
        if among and self._frame.fullmatch(text[item.end : end]):
            return True
        if self._ranking.fullmatch(text[item.end : end]):
            return True
        if item.spec.dimension in ("share", "points"):
            return False
        if text.startswith(self._size, item.end):
            within = named(item, passage.references)
            return within is None or within.kind not in self._phrases.counted
        counts = isinstance(following, Quantity) and following.spec.dimension in COUNTED
        if counts and item.spec.dimension == "money" and self._sized.match(text, item.end):
            return True
        if isinstance(following, Quantity) and self._tasked(passage, item, following):
            return True
        before = items[place - 1] if place else None
        joined = isinstance(before, Quantity) and self._phrases.past(text, before.end) == item.begin
        counts = isinstance(before, Quantity) and before.spec.dimension in COUNTED
        summed = counts and self._totals(item, text[item.end : item.end + 1], ends=item.end == end)
        if joined and not summed and item.spec.dimension not in COUNTED:
            return True
        if match := self._threshold.match(text, item.end, end):
            return bool(self._phrases.right(text[match.end() : end]).noun)
        return (
            bool(following)
            and text.endswith(self._above, 0, item.begin)
            and (text.startswith(self._phrases.of, item.end) or self._sized.match(text, item.end) is not None)
        )

    @staticmethod
    def _totals(item: Quantity, after: str, *, ends: bool) -> bool:
        """Whether a quantity right after a count is the sum or size of all: 项目8个30.36亿元, 新建道路3条4.6公里."""
        dimension = item.spec.dimension
        return (ends and dimension in SIZED) or (after == MARK and dimension in SIZED - {"money"})

    def _tasked(self, passage: Passage, item: Quantity, following: Quantity) -> bool:
        """Whether `item` is a task of which `following` is the part done: 完成年任务75亿元的23.7%."""
        share = following.spec.dimension == "share" and passage.text[item.end : following.begin] == self._phrases.of
        return share and passage.text.endswith(self._tasks, 0, item.begin)


def inside(begin: int, end: int, spans: Spans) -> bool:
    """Whether [begin, end) lies in one of `spans`."""
    return any(first <= begin and end <= last for first, last in spans)


def named(item: Item, references: list[Reference]) -> Reference | None:
    """The name an item stands in, if any."""
    return next((r for r in references if r.begin <= item.begin and item.end <= r.end), None)


def _passed(period: str | None, issued: str | None) -> bool:
    """Whether a period lies before the year of the article, or is a part of it."""
    if not period or not issued:
        return False
    return period[:4] < issued[:4] or (period[:4] == issued[:4] and len(period) > 4)


def _within(view: FigureView, sentence: Sentence) -> list[Reference]:
    """The references of a sentence."""
    first = bisect_left(view.references, sentence.begin, key=lambda reference: reference.begin)
    last = bisect_left(view.references, sentence.end, key=lambda reference: reference.begin)
    return list(view.references[first:last])


def _ahead(text: str, rows: list[tuple[Sentence, list[Period]]], sentence: Sentence) -> str | None:
    """The first year named later in the paragraph of `sentence`, with figures: it governs the whole paragraph."""
    for other, periods in rows:
        if other.block != sentence.block:
            return None
        for period in periods:
            if period.reach in ("year", "part"):
                return period.value if NUMBER.search(text, period.end, other.end) else None
    return None
