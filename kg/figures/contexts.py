"""Where a figure stands: the words that belong to it and the entity it is said of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.figures.bearing import Bearing
from kg.figures.calendar import Period
from kg.figures.carrying import Carrying
from kg.figures.clauses import starts
from kg.figures.endings import COUNTED
from kg.figures.frames import Frames
from kg.figures.naming import lead_end
from kg.figures.openings import Openings
from kg.figures.passages import inside
from kg.figures.patterns import alternatives
from kg.figures.phrases import PhraseReader
from kg.figures.quantities import Quantity
from kg.figures.subjects import SubjectReader, opened
from kg.figures.view import Figure, Passage
from kg.lexicon.figures import FigureLexicon
from kg.types import Reference

LIST = re.compile("[；;]")
PHASE = re.compile("(?:第?[一二三四五六1-6]|首)期(?:项目|工程)?$")
SHORT = 4  # characters of an indicator that names no thing of its own: 投资, 占比

NEAR = 120  # characters after the name of a project that opens a paragraph, in which figures are its own
AFTER = 8  # characters after a figure that may tell what it is: 按设备投资额的6%给予补助
SHARE = 14  # characters of a clause such as 全国60%的铅产自此地, where the nation is only what a share is of


class ContextReader:
    """Finds the words and the subject of an item of a passage."""

    def __init__(self, lexicon: FigureLexicon, phrases: PhraseReader) -> None:
        self._phrases = phrases
        self._subjects, self._openings = SubjectReader(lexicon), Openings(lexicon)
        self._bearing = Bearing(lexicon.figures.subject)
        self._frames = Frames(lexicon)
        self._carrying = Carrying(lexicon, self._subjects)
        self._etc = re.compile(rf"{alternatives(lexicon.phrases.etc)}\d+[^\d，。；]{{0,2}}\Z")
        self._parallels = lexicon.figures.subject.parallels
        self._site = frozenset(kind for fit in lexicon.figures.subject.prefer for kind in fit.kinds)
        self._until = lexicon.figures.change.level
        self._share = lexicon.figures.ratio.unit
        self._after = tuple(sorted(lexicon.figures.value.after, key=len, reverse=True))

    def left(self, passage: Passage, place: int) -> tuple[int, str, bool]:
        """Where the words that belong to the item at `place` begin, these words, and whether they only join."""
        item = passage.items[place]
        start, joined = passage.clauses.around(item.begin)[0], False
        start = max(start, opened(passage.text, start, item.begin))
        if place and passage.items[place - 1].end > start:
            start = passage.items[place - 1].end
            start += len(next((word for word in self._after if passage.text.startswith(word, start)), ""))
            start = max(start, min(passage.consumed, item.begin))
            joined = passage.text[start : item.begin] in (*self._phrases.joints.words, "")
        start = max([start, *(end for end in passage.frames if end <= item.begin)])
        own = self.bearers(passage, item.begin)[-1]
        start = max(start, own.end) if own and own.end <= item.begin else start
        begin = lead_end(passage, start, item.begin, self._phrases)
        spans = [(p.begin, p.end) for p in passage.periods if p.begin >= begin and p.end <= item.begin]
        spans = [(first - passage.text.endswith(self._until, begin, first), last) for first, last in spans]
        kept = (c for at, c in enumerate(passage.text[begin : item.begin], begin) if not inside(at, at + 1, spans))
        return begin, "".join(kept), joined

    def subject(self, passage: Passage, figure: Figure) -> str | None:
        """The id of the entity a figure is said of: the subject of its clause, else what its sentence is about."""
        text, clause = passage.text, passage.clauses.around(figure.end - 1)[0]
        passed: list[Reference | Period] = [*passage.references, *passage.periods]
        own = figure.subject is not None and figure.subject.end > clause
        last = figure.subject.end if figure.subject else passage.sentence.begin
        if last < passage.unknown <= figure.begin and not LIST.search(text, passage.unknown, figure.begin):
            return None
        if any(first <= figure.begin < end for first, end in passage.lost):
            return None
        begin = figure.subject.end if figure.subject else passage.sentence.begin
        if not own and (framed := self._framed(passage, figure, begin)) is not None:
            return framed or None
        label = passage.label
        site = figure.subject is not None and figure.subject.kind in self._site
        site = site and not self._bearing.prefers(figure.subject.kind if figure.subject else "", figure.indicator)
        if (
            label
            and passage.field
            and (site or not figure.subject)
            and self._bearing.fits(label.kind, figure.indicator)
        ):
            return label.entity
        alone = label and not figure.subject and label.end <= figure.begin < label.end + NEAR
        if label and alone and self._bearing.fits(label.kind, figure.indicator):
            return label.entity
        share = figure.unit == self._share
        share = share and figure.end - clause < SHARE  # then only the clauses before count
        share = share or figure.rule == "rank" or self._bearing.marketed(figure.indicator)
        if not own and self._openings.national(text, begin, clause - share, passed):
            return None
        if figure.subject and any(first == figure.subject.begin for first, _ in passage.strangers):
            return None
        if figure.subject and not own and self._openings.nameless(text, clause, figure.end, passed):
            return None
        if not own and self._openings.unnamed(text, begin, figure.begin, passage.references, passage.periods):
            return None
        if not own and self._carrying.lost(text, (last, clause), figure.indicator, passage.references):
            return None
        if figure.subject and self._bearing.fits(figure.subject.kind, figure.indicator):
            label = label if figure.subject.kind in self._parallels else None
            near = label and (figure.begin - label.end < NEAR or self._bearing.carries(label.kind, figure.indicator))
            told = label and near and self._bearing.fits(label.kind, figure.indicator)
            return label.entity if label and told else figure.subject.entity
        if not figure.subject and self._openings.nameless(text, passage.sentence.begin, figure.end, passed):
            return None
        beside = not figure.subject and passage.topics and passage.topics[0][1] in self._parallels
        if beside and self._openings.parallel(text, passage.sentence.begin, figure.end, passage.references):
            return None
        if self._openings.sited(text, passage.sentence.begin, figure.begin, passage.references):
            return None
        listed = self._etc.search(passage.text[clause : figure.end]) is not None
        if (
            not own
            and not listed
            and self._openings.strange(text, self._governing(passage, figure), passed, passage.strangers)
        ):
            return None
        return self._topical(passage, figure)

    def _framed(self, passage: Passage, figure: Figure, begin: int) -> str | None:
        """The id of the work that is said to be completed first (项目建成后); "" where none is known, None without."""
        if kinds := self._frames.framed(passage.text, begin, figure.begin):
            here = [r.entity for r in self._works(passage, figure, kinds)]
            known = here[-1:] or [entity for entity, kind in passage.topics if kind == kinds[0]]
            if known or passage.orphan:
                return next(iter(known), "")
        if kinds := self._frames.unframed(passage.text, passage.sentence.begin, figure.begin):
            works = self._works(passage, figure, kinds)
            named = figure.subject if figure.subject and figure.subject.kind in kinds else None
            company = figure.subject if figure.subject and not figure.subject.deictic else None
            thing = named or (works[-1] if works else company or passage.thing)
            if (
                thing
                and PHASE.search(passage.text[thing.begin : thing.end])
                and self._frames.whole(passage.text, passage.sentence.begin, figure.begin)
            ):
                return self._whole(passage, works) or thing.entity
            return thing.entity if thing else None
        return None

    def _works(self, passage: Passage, figure: Figure, kinds: Sequence[str]) -> list[Reference]:
        """The works named before `figure` in the sentence, but for those that are only counted (生产线2条)."""
        works = [r for r in passage.references if r.end <= figure.begin and r.kind in kinds]
        return [reference for reference in works if not self._subjects.counted(passage.text, reference)]

    @staticmethod
    def _whole(passage: Passage, works: list[Reference]) -> str | None:
        """The id of the work of which the sentence tells a phase: 项目一期占地210亩；全部达产后，年产值15亿元."""
        told = [*works, passage.thing] if passage.thing else works
        wholes = [r.entity for r in told if r and not PHASE.search(passage.text[r.begin : r.end])]
        wholes += [entity for entity, kind in passage.topics if kind in {r.kind for r in told}]
        return next(iter(wholes), None)

    def _topical(self, passage: Passage, figure: Figure) -> str | None:
        """The id of what the sentence is about, where it may bear `figure`; a bare 总投资 only after a count."""
        if passage.topics and self._bearing.bare(passage.topics[0][1], figure.indicator):
            earlier = [i for i in passage.items if i.end <= figure.begin and isinstance(i, Quantity)]
            if not any(item.spec.dimension in COUNTED for item in earlier):
                return None
        label, first = passage.label, passage.topics[0][1] if passage.topics else ""
        if label and first in self._parallels and figure.begin - label.end < NEAR:
            return label.entity
        trade = self._subjects.trade(passage.text, passage.sentence.begin, figure.begin, passage.references)
        trade = trade or self._subjects.names_trade(passage.text, figure.indicator, passage.references)
        many = self._subjects.sums(passage.text, figure.end, passage.clauses.around(figure.begin)[1])
        topics = passage.topics
        if not topics and not figure.subject and LIST.search(passage.text, passage.sentence.begin, figure.begin):
            topics = [topic for topic in passage.frame if topic[1] not in self._subjects.single]
        placed = bool(passage.frame) and passage.frame[0][1] not in self._subjects.zones  # a report of a county
        topics = sorted(topics, key=lambda topic: not self._bearing.prefers(topic[1], figure.indicator))
        return next(
            (
                entity
                for entity, kind in topics
                if self._bearing.carries(kind, figure.indicator)
                and not (many and kind in self._subjects.things)
                and not (trade and (kind in self._subjects.single or (placed and kind in self._subjects.zones)))
            ),
            None,
        )

    @staticmethod
    def _governing(passage: Passage, figure: Figure) -> list[int]:
        """Where the clauses begin that may name what `figure` is said of: its own, for a bare 投资 those before too."""
        if len(figure.indicator) <= SHORT:
            return starts(passage.text, passage.sentence.begin, figure.begin)
        return [passage.clauses.around(figure.begin)[0]]

    def orphans(self, passage: Passage) -> bool:
        """Whether `passage` is about a thing without a known name, of which the next sentence may go on to tell."""
        passed: list[Reference | Period] = [*passage.references, *passage.periods]
        return self._openings.orphans(passage.text, passage.sentence.begin, passed)

    def bearers(self, passage: Passage, offset: int) -> list[Reference | None]:
        """The subjects at `offset`; one None stands for the topic."""
        begin = passage.sentence.begin
        found = self._subjects.before(passage.text, begin, offset, passage.references, passage.periods)
        return list(found) or [None]

    def bearer(self, passage: Passage, quantity: Quantity, name: str) -> Reference | None:
        """The subject of one quantity: the project its money goes to, else the subject of its clause."""
        begin, end = passage.clauses.around(quantity.begin)
        ahead = self._subjects.ahead(passage.text, name, quantity.end, end, passage.references)
        bearer = self._one(passage, self.bearers(passage, quantity.begin), quantity.begin)
        if not ahead and not opened(passage.text, passage.sentence.begin, quantity.begin):
            last = bearer.end if bearer else passage.sentence.begin
            ahead = self._carrying.carried(passage.text, (last, begin), name, passage.references, passage.periods)
        if not ahead and quantity.spec.dimension in COUNTED and not self._subjects.settles(bearer, begin):
            ahead = self._subjects.settled(passage.text, quantity.end, end, passage.references)
        if not ahead:
            words = name + passage.text[quantity.end : min(end, quantity.end + AFTER)]
            start, references = passage.sentence.begin, passage.references
            ahead = self._subjects.others.bearer(passage.text, start, quantity.begin, words, references, bearer)
        if not (ahead or bearer) and passage.ended and self._carrying.goes_on(name):
            ahead, passage.onward = passage.ended, True
        return ahead or bearer

    def _one(self, passage: Passage, bearers: list[Reference | None], offset: int) -> Reference | None:
        """The last of `bearers`; None for the sum of several places: 甲镇、乙镇建成园区3个, but not 均超过3亿元."""
        last = bearers[-1]
        several = last is not None and len(bearers) > 1 and last.kind in self._subjects.summed
        between = passage.text[last.end : offset] if last else ""
        return None if several and not any(word in between for word in self._subjects.shared) else last

    def costs(self, passage: Passage, quantity: Quantity) -> Reference | None:
        """The work whose name stands right before a sum of money: 甲项目1.3亿元."""
        if quantity.spec.dimension != "money":
            return None
        named = (r for r in passage.references if r.end == quantity.begin and r.kind in self._subjects.things)
        return next(named, None)

    def stays(self, bearer: Reference | None) -> bool:
        """Whether `bearer` stays the subject of all its sentence where no other is named."""
        return bearer is not None and bearer.kind in self._subjects.others.onward

    def ended(self, passage: Passage) -> Reference | None:
        """The work or project that the sentence ends with, of which the next may go on to tell."""
        return self._carrying.ended(passage.text, passage.sentence.begin, passage.sentence.end, passage.references)

    def thing(self, passage: Passage) -> Reference | None:
        """The project or work that the sentence names last, if any."""
        return next((r for r in reversed(passage.references) if r.kind in self._subjects.things), None)

    @staticmethod
    def shared(passage: Passage, quantity: Quantity) -> bool:
        """Whether in a bracket nothing but a name stands before `quantity`: 436家（甲区365家、乙区71家）."""
        offset = quantity.begin
        start = opened(passage.text, passage.sentence.begin, offset)
        before = [item for item in passage.items if item.begin < start and isinstance(item, Quantity)]
        if not start or not before or before[-1].name != quantity.name:
            return False
        start = max([start, *(item.end + 1 for item in passage.items if start <= item.begin < offset)])
        return any(r.begin == start and r.end == offset for r in passage.references)

    @staticmethod
    def follows(passage: Passage, place: int) -> bool:
        """Whether the item before stands in the same clause or the one before it."""
        earlier = passage.clauses.before(passage.items[place].begin)
        return place > 0 and earlier is not None and passage.items[place - 1].end > earlier[0]
