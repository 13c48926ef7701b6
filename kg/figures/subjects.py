"""Of whom a figure is said."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.figures.calendar import Period
from kg.figures.clauses import ASIDE, BREAK, OPEN_SPEECH, PARALLEL, starts
from kg.figures.joints import Joints
from kg.figures.numbers import HAN
from kg.figures.others import Others
from kg.figures.patterns import alternatives
from kg.lexicon.figures import FigureLexicon
from kg.types import Reference

ITEM = re.compile(r"[、，；]")
NUMBERED = re.compile(r"[①-⑳]|[（(]?[\d一二三四五六七八九十]{1,3}[）)、.．]")  # 4、甲项目
OPEN, CLOSE = "（(", "）)"
_ITEMIZED = re.compile(r"\d[^，。；、\d]{1,5}[、和]\Z")  # 甲镇8家、|乙镇6家
_TIMES = re.compile(r"(?:[\d年月日季度上下半去今前初底末，]|" + NUMBERED.pattern + ")*")  # 2004年，


def opened(text: str, begin: int, offset: int) -> int:
    """Where the bracket that is open at `offset` has its first character inside; 0 where none is open."""
    place = max(text.rfind(mark, begin, offset) for mark in OPEN)
    if place < 0 or any(text.find(mark, place, offset) >= 0 for mark in CLOSE):
        return 0
    return place + 1


class SubjectReader:
    """Finds the subject of a figure among the references of its sentence."""

    def __init__(self, lexicon: FigureLexicon) -> None:
        words = lexicon.figures.subject
        self._kinds = frozenset(words.kinds) - frozenset(words.barred)
        self.summed, self.shared = frozenset(words.summed), (*words.shared, *words.each)
        self._near, self.others = frozenset(words.near), Others(lexicon)
        self._skip = re.compile(rf"(?:{alternatives(words.skip)}|[“”‘’（(—　【])*")
        self._of, self._joints = lexicon.phrases.of, Joints(lexicon).words
        after = alternatives(words.after)
        skip = f"(?:{alternatives(words.skip)}|，)*"
        built = rf"{alternatives(words.by)}.*{alternatives(words.built)}[^，。；]{{0,3}}"
        together = rf"[^，。；]{{0,3}}{alternatives(words.beside_by)}.*{alternatives(words.together)}"
        self._attributive = re.compile(
            rf"(?:{skip}(?:{alternatives(words.attributive)}.*|{built}|{together}){self._of}|[^，]*{after})\Z"
        )
        self._introducing = re.compile(rf"{lexicon.phrases.presenting}\Z")
        self._appositive = re.compile(
            rf"[^，。；：、\d]{{0,12}}{alternatives((*words.appositive, *words.person.roles))}"
        )
        self._stretch = re.compile(rf"{alternatives(words.stretches)}[^\d，。；]{{0,2}}\d+(?:\.\d+)?公里")
        self._members = re.compile(rf"等?(?:\d{{1,3}}|{HAN}|两|多)[家户个]{alternatives(words.members)}?")
        self._situated = tuple(words.situated)
        self._until = tuple(lexicon.periods.words.by)
        self._sources, self._agents = tuple(words.sources), tuple(words.agents)
        self._stretches = tuple(words.stretches)
        self._by, self._natural = tuple(words.by), tuple(words.natural)
        self.listed = re.compile(alternatives(words.listed))
        self._forward = re.compile(alternatives(words.forward) + r"\Z")
        self._settling = re.compile(alternatives(words.settling) + rf"{alternatives(lexicon.phrases.aspects)}?“?")
        self._settled = frozenset(words.settled)
        self.zones = frozenset(words.zones)
        self.things = frozenset(words.counted)
        things = alternatives(head for frame in words.frame for head in frame.heads)
        self._number = re.compile(rf"[”’]?(?:\d+(?![\d年月日])|{HAN}{alternatives(words.counters)})")
        many = rf"[^，。；\d]?{alternatives(words.counters)}"
        before, behind = (
            rf"\d[^，。；\d]?{things}|\d{many}[^，。；]{{0,16}}{things}",
            rf"{things}[^，。；\d]{{0,4}}\d+{many}",
        )
        self._sum = re.compile(f"{before}|{behind}")
        self._many = re.compile(rf"{lexicon.phrases.of}(?:\d+|{HAN}){alternatives(words.counters)}")
        self._ahead, self._attributed = frozenset(words.ahead), frozenset(words.parallels)
        self._at = lexicon.phrases.at
        self._trades, self.single = frozenset(words.trades), frozenset(words.single)
        self._single_works = self.single.intersection((*words.counted, *words.near))
        self._going_on = lexicon.phrases.going_on
        self._objects = re.compile(alternatives(words.objects))

    def before(
        self, text: str, begin: int, offset: int, references: Sequence[Reference], periods: Sequence[Period]
    ) -> list[Reference]:
        """The subject of the clause at `offset` in the sentence that begins at `begin`.

        One reference, or all of a coordination (甲公司、乙公司分别…); empty where the sentence names none.
        """
        if bracket := opened(text, begin, offset):
            return self._bracketed(text, bracket, offset, references)
        speech = max((m.end() for m in OPEN_SPEECH.finditer(text, begin, offset)), default=begin)
        for index in range(len(references) - 1, -1, -1):
            reference = references[index]
            if reference.end > offset or reference.begin < speech:
                continue
            if reference.kind not in self._kinds and not self.others.works(text, reference):
                continue
            stretch = index and references[index - 1].end == reference.begin
            if stretch and text.startswith(self._stretches, reference.end):
                continue  # 甲乙高速丙县段累计完成投资
            if index and references[index - 1].deictic and references[index - 1].end == reference.begin:
                continue  # 这家|江州药企
            if self.shut(text, begin, reference, offset) or self._stretch.match(text, reference.end):
                continue
            if self._parted(text, begin, reference, offset, references):
                continue
            if text.endswith(self._sources, begin, reference.begin) or text.startswith(self._agents, reference.end):
                continue
            if reference.kind in self._near and self._apart(text, begin, reference, offset):
                first = not BREAK.search(text, begin, reference.begin)
                first = first and self.leads(text, begin, reference.begin, references, periods)
                natural = text.endswith(self._natural, reference.begin, reference.end)
                if reference.kind not in self._ahead or not first or natural:
                    continue
            if reference.deictic and reference.kind in self.things and self._sum.search(text, begin, reference.begin):
                continue
            if self._lists(text, references, index, offset) or self.counted(text, reference):
                continue
            if text.endswith(self._by, begin, reference.begin) and reference.end < offset:
                continue
            group = self._group(text, references, index)
            if reference.end == offset and _ITEMIZED.search(text, begin, reference.begin):
                return [reference]
            if self._heads(text, begin, reference, offset, references) or self._introduced(text, begin, reference):
                return [reference]
            if self.leads(text, begin, group[0].begin, references, periods):
                return group
        return []

    @staticmethod
    def shut(text: str, begin: int, reference: Reference, offset: int) -> bool:
        """Whether `reference` stands in a bracket that is closed before `offset`: （一期投资2亿元），总产值…."""
        bracket = opened(text, begin, reference.begin)
        return bracket > 0 and opened(text, begin, offset) != bracket

    def _parted(
        self, text: str, begin: int, reference: Reference, offset: int, references: Sequence[Reference]
    ) -> bool:
        """Whether a semicolon parts `reference` from a clause of another matter.

        One after a work (某工程完成投资5亿元；改造农村危房1980户) or a company that does not open the sentence, about a
        trade (某公司…；装备制造业产值…), or after one that tells of a part (其中甲县…；全市…).
        """
        if not any(mark in text[reference.end : offset] for mark in PARALLEL):
            return False
        opens = _TIMES.fullmatch(text, begin, reference.begin) is not None
        if reference.kind in self._single_works or (reference.kind in self.single and not opens):
            return True
        if text.startswith(self._going_on, starts(text, begin, reference.begin)[-1]):
            return True
        return reference.kind in self.single and self.trade(text, begin, offset, references)

    def trade(self, text: str, begin: int, offset: int, references: Sequence[Reference]) -> bool:
        """Whether the sentence, or its part after the last semicolon before `offset`, opens with a trade."""
        last = max((text.rfind(mark, begin, offset) for mark in PARALLEL), default=-1)
        place = begin if last < 0 else last + 1
        skipped = self._skip.match(text, place)
        place = skipped.end() if skipped else place
        return any(r.begin == place and r.kind in self._trades and r.end <= offset for r in references)

    def names_trade(self, text: str, indicator: str, references: Sequence[Reference]) -> bool:
        """Whether `indicator` is that of a trade which the sentence names: 电子信息产业产值."""
        return any(
            r.kind in self._trades and r.end - r.begin > 2 and indicator.startswith(text[r.begin : r.end])
            for r in references
        )

    def _heads(self, text: str, begin: int, reference: Reference, offset: int, references: Sequence[Reference]) -> bool:
        """Whether `reference` is what the words of its clause before it qualify: 正在建设的某项目年产能….

        Then no preposition or verb opens the clause that would make it an object.
        """
        start = starts(text, begin, reference.begin)[-1]
        if not text.endswith(self._of, start, reference.begin) or BREAK.match(text, reference.end):
            return False
        others = {other.begin: other.kind for other in references}
        joint = next((word for word in self._joints if text.startswith(word, reference.end)), "")
        if joint and others.get(reference.end + len(joint), reference.kind) == reference.kind:
            return False
        if reference.kind in self._settled and BREAK.search(text, reference.end, offset):
            return False
        return not self._objects.search(text, start, reference.begin)

    def _introduced(self, text: str, begin: int, reference: Reference) -> bool:
        """Whether a clause presents `reference`, of which those after it tell: 园里的龙头是某公司，年产…."""
        start = starts(text, begin, reference.begin)[-1]
        return bool(self._introducing.search(text, start, reference.begin) and BREAK.match(text, reference.end))

    def _bracketed(self, text: str, bracket: int, offset: int, references: Sequence[Reference]) -> list[Reference]:
        """The subject inside a bracket that opens at `bracket`: what its item names, or what stands before it."""
        start = max((match.end() for match in ITEM.finditer(text, bracket, offset)), default=bracket)
        bearing = [reference for reference in references if reference.kind in self._kinds]
        inner = [reference for reference in bearing if start <= reference.begin and reference.end <= offset]
        return inner[-1:] or [reference for reference in bearing if reference.end == bracket - 1][-1:]

    def _lists(self, text: str, references: Sequence[Reference], index: int, offset: int) -> bool:
        """Whether the name at `index`, or the one coordinated with it as the last, is one of examples: 甲、乙及丙等."""
        end = references[index].end
        for other in references[index + 1 :]:
            if other.kind != references[index].kind or text[end : other.begin] not in self._joints:
                break
            end = other.end
        row = index and text[references[index - 1].end : references[index].begin] in self._joints
        if row and self._members.match(text, end) and not any(word in text[end:offset] for word in self.shared):
            return True  # 甲、乙、丙3家企业合计产值
        return any(self.listed.match(text, place) for place in (references[index].end, end))

    def _apart(self, text: str, begin: int, reference: Reference, offset: int) -> bool:
        """Whether a break parts `reference` from `offset`, and it is not where all of it takes place (在甲港，…)."""
        if not BREAK.search(text, reference.end, offset):
            return False
        return not (text.endswith(self._at, begin, reference.begin) and BREAK.match(text, reference.end))

    def settles(self, bearer: Reference | None, begin: int) -> bool:
        """Whether `bearer`, named in the clause that begins at `begin`, itself settles somewhere."""
        return bearer is not None and bearer.begin >= begin and bearer.kind not in self._settled

    def counted(self, text: str, reference: Reference) -> bool:
        """Whether a name is only the thing counted: “双百强”项目2个."""
        return reference.kind in self.things and self._number.match(text, reference.end) is not None

    def sums(self, text: str, begin: int, end: int) -> bool:
        """Whether the figure that ends at `begin` is of several things that are counted: 总投资11亿元的8个项目."""
        return self._many.match(text, begin, end) is not None

    def _group(self, text: str, references: Sequence[Reference], index: int) -> list[Reference]:
        """The references of one kind coordinated with the one at `index`, ending in it."""
        group = [references[index]]
        for other in reversed(references[:index]):
            between = text[other.end : group[0].begin]
            if between.startswith(tuple(CLOSE)):  # 甲市（不含乙县）、丙市
                continue
            if other.kind != group[0].kind or ASIDE.sub("", between) not in self._joints:
                break
            group.insert(0, other)
        return group

    def leads(
        self, text: str, begin: int, offset: int, references: Sequence[Reference], periods: Sequence[Period]
    ) -> bool:
        """Whether only adverbs, times and containing names stand between the clause's beginning and `offset`."""
        start = begin
        for match in BREAK.finditer(text, begin, offset):
            start = match.end()
        if numbered := NUMBERED.match(text, start, offset):
            start = numbered.end()
        kept = []
        spans = [(item.begin, item.end) for item in references] + [
            (item.begin - text.endswith(self._until, begin, item.begin), item.end) for item in periods
        ]
        for place in range(start, offset):
            if not any(first <= place < last for first, last in spans):
                kept.append(text[place])
        rest = "".join(kept)
        if rest.endswith(self._at) and self._place_end(text, offset, references):
            rest = rest[:-1]
        if self._skip.fullmatch(rest):
            return True
        if self._appositive.fullmatch(rest) and not self._objects.search(rest):
            return True
        if any(text.startswith(self._situated, end) for first, end in spans if start <= first < end < offset):
            return False  # 园区位于县城以东的甲镇，规划面积18平方公里
        return any(self._attributive.match(words) for words in (rest, text[start:offset]))

    @staticmethod
    def _place_end(text: str, offset: int, references: Sequence[Reference]) -> bool:
        """Whether a clause ends with the name at `offset`: 在某港，…."""
        return any(r.begin == offset and BREAK.match(text, r.end) for r in references)

    def ahead(self, text: str, phrase: str, offset: int, end: int, references: Sequence[Reference]) -> Reference | None:
        """What a sum is for: 投资30亿元建设的某某项目; what any figure qualifies: 年产值5亿元的某公司."""
        goes_on = self._forward.search(phrase)
        for reference in references:
            if reference.begin >= offset and reference.end <= end and reference.kind in self._ahead:
                between = text[offset : reference.begin]
                if between.startswith(tuple(CLOSE)):  # 甲项目（投资1.2亿元）、乙项目
                    return None
                attributed = between.rstrip("“") == self._of
                if not goes_on:
                    return reference if attributed else None
                if reference.kind == "Project" or between.rstrip("“").endswith(self._of):
                    return reference if attributed or reference.kind not in self._attributed else None
        return None

    def settled(self, text: str, offset: int, end: int, references: Sequence[Reference]) -> Reference | None:
        """The park or place in which the things counted before `offset` settle: 7家企业入驻某园区."""
        match = self._settling.search(text, offset, end)
        if not match:
            return None
        found = (r for r in references if r.begin == match.end() and r.end <= end and r.kind in self._settled)
        return next(found, None)
