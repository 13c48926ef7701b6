"""What is said round a number: the phrase that names the indicator, and the cues of its kind."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.figures.clauses import TITLE
from kg.figures.joints import MARK, Joints
from kg.figures.numbers import HAN
from kg.figures.patterns import alternatives, beginning, ending
from kg.lexicon.figures import FigureLexicon

ASIDE = re.compile(r"[（(][^（()）]*[)）]")
ENUMERATOR = re.compile(r"\A\d{1,2}[.．、](?!\d)")
_BRACKET = re.compile(r"[（(][^（()）]*[）)]?\Z")  # 37个村（居）
_COUNTED = re.compile(r"\A.*\d[^\d、，]{0,4}、(?=[^、]{2,}\Z)")  # 某机48屉、年产白厂丝: what a number before counts
_SUM = re.compile(r"\d+(?:\.\d+)?[百千万亿]*[美欧]?元(?=[，。；、]|\Z)")  # 合同项目8个30.36亿元
QUOTES = {ord(character): None for character in "“”‘’"}
BRACKETS = "（("
MARKS = " 　★☆●◆■▲○※▪“”‘’\"'（）()、，,：:—-·…《》"


@dataclass(frozen=True, slots=True)
class Left:
    """The words before a number: the phrase left when cues are taken away, and the cues.

    `sign` is +1 or -1 where a rise or fall is said; `level` where it leads up to a level
    (提高至); `source` where the number is the level before (由…); `gap` where it is a distance
    (高于…); `bound` where it is a limit.
    """

    phrase: str
    sign: int = 0
    level: bool = False
    source: bool = False
    gap: str = ""
    bound: bool = False


@dataclass(frozen=True, slots=True)
class Right:
    """The words after a number: the noun phrase they begin with and the predicate after it.

    `length` is how far the noun phrase reaches where it follows the number directly, else 0; `head` is what
    stands after its 的 (60家以光学为基础的企业: 企业).
    """

    noun: str
    predicate: str
    length: int
    head: str = ""


class PhraseReader:
    """Takes the words round a number apart."""

    def __init__(self, lexicon: FigureLexicon) -> None:
        figures, indicators, words = lexicon.figures, lexicon.indicators, lexicon.phrases
        self.joints = Joints(lexicon)
        self.edge = MARKS + words.of
        self.of, self.at = words.of, words.at
        self.going_on = words.going_on
        self._grades = words.grades
        self._inside = re.compile(rf"(?<=.{{2}}){alternatives(words.inside)}\Z")
        self._etc = re.compile(f"{alternatives(words.unlisted)}|(?P<etc>{alternatives(words.etc)})")
        value, change = figures.value, figures.change
        self._value = ending((*value.before, *change.degree))
        self._value_unless = ending(value.unless)
        self._up, self._down = ending(change.up), ending(change.down)
        self._object = re.compile(alternatives(change.object) + r"(?=[一-鿿]{2})")
        self._change_unless = ending(change.unless)
        self._keep = change.keep
        self._rates = change.rate
        self._levels = change.level
        self._basis = ending(change.basis)
        self._basis_first = re.compile(rf"(?={alternatives(change.against)}){alternatives(change.basis)}")
        self._adjusted = re.compile(rf"{alternatives(change.adjust)}[^，。；]{{1,16}}?{alternatives(change.adjusted)}")
        self._gap, self._gap_first = ending(change.gap), beginning(change.gap)
        self._bound = ending(figures.limit.before)
        self._sources = figures.range.source
        self._leading = beginning(indicators.leading)
        self._protect = beginning(indicators.protect)
        self._verbs = ending(indicators.verbs)
        self._modal = re.compile(rf".*{alternatives(indicators.modal)}(?=.{{2}})")
        self._reached = re.compile(rf".*{alternatives(indicators.reached)}(?=.{{2}})")
        self._cuts = re.compile(rf".*{alternatives(indicators.cuts)}(?=.{{2}})")
        self._relative = re.compile(rf"{alternatives(indicators.relative)}[^，。；]*{words.of}(?=.{{2}})")
        self._articles, self._articles_first = ending(indicators.articles), beginning(indicators.articles)
        self._verbs_first = beginning(indicators.verbs)
        self._stops = re.compile(f"(?P<whole>{alternatives(indicators.whole)})|{alternatives(indicators.stops)}")
        self._nonnouns = beginning(indicators.nonnouns)
        self.counted = frozenset(figures.subject.counted)
        self.bearers = frozenset(figures.subject.kinds)
        self._shared = figures.subject.shared
        self._yields, self._yield = indicators.yields, ending(indicators.yields)
        self._after = re.compile(rf"{alternatives(value.after)}+")
        self._unended = ending(words.aspects)
        rank = figures.rank
        members = rf"(?:\d+|{HAN}){alternatives(rank.marks)}"
        ends = rf"(?:{alternatives((*rank.verbs, words.of))})*{alternatives((*rank.front, *rank.last))}"
        self._rows = re.compile(rf"{ends}{members}\Z|\A{members}\Z")

    def left(self, text: str) -> Left:
        """The words before a number taken apart, from the number outwards."""
        rest, taken, bound = self._adjusted.sub("", ASIDE.sub("", text)).strip(self.edge), [], False
        if self.joints.open(text.rstrip(" “（(")):
            rest = ""
        while rest:
            if match := self._bound.search(rest):
                bound = True
                rest = rest[: match.start()]
                continue
            if self._value_unless.search(rest) or self._gap.search(rest) or self._ends_in_rise(rest):
                break
            match = self._articles.search(rest) or self._value.search(rest)
            verb = self._verbs.search(rest)
            if not match or (verb and len(verb[0]) > len(match[0])):
                break
            taken.append(match[0])
            rest = rest[: match.start()].rstrip(self.edge)
        if match := self._gap.search(rest):
            return Left(self.clean(rest[: match.start()]), gap=rest)
        if self._gap_first.match(self.clean(rest)):
            return Left(self.clean(rest))
        sign, level, rest = self._change(rest, taken)
        if not sign and not level and (match := self._object.match(self.clean(rest))):
            sign, rest = -1, self.clean(rest)[match.end() :]
        source = bool(taken) and any(word in self._sources for word in taken)
        return Left(self.clean(rest), sign, level, source and not sign, "", bound)

    def _ends_in_rise(self, text: str) -> bool:
        match = self._up.search(text) or self._down.search(text)
        return bool(match) and not self._change_unless.search(text)

    def _change(self, rest: str, taken: list[str]) -> tuple[int, bool, str]:
        """Sign, level and what is left, where `rest` ends in a word of rise or fall."""
        if self._change_unless.search(rest):
            return 0, False, rest
        match = max(
            (found for found in (self._up.search(rest), self._down.search(rest)) if found),
            key=lambda found: len(found[0]),
            default=None,
        )
        if match is None:
            return 0, False, rest
        falls = bool(self._down.search(rest)) and match[0] == (self._down.search(rest) or match)[0]
        level = bool(taken) and match[0] not in self._rates and any(taken[-1].startswith(w) for w in self._levels)
        kept = rest if match[0] in self._keep else rest[: match.start()]
        while (found := self._basis.search(kept.rstrip(self.edge))) and not self._yield.search(kept.rstrip(self.edge)):
            kept = kept.rstrip(self.edge)[: found.start()]
        if level:
            return 0, True, kept
        return (-1 if falls else 1), False, kept

    def clean(self, text: str) -> str:
        """A phrase without the adverbs and empty verbs it begins with, and without edges."""
        text = ASIDE.sub("", ENUMERATOR.sub("", text.strip(self.edge))).strip(self.edge)
        text = _COUNTED.sub("", self._rows.sub("", text))
        while text and not self._protect.match(text):
            match = self._leading.match(text) or self._articles_first.match(text) or self._basis_first.match(text)
            if not match:
                break
            text = text[match.end() :].strip(self.edge)
        if match := self._relative.match(text):
            text = text[match.end() :]
        if match := self._modal.match(text):
            text = text[match.end() :]
        if len(text) > 12 and (match := self._cuts.match(text)):
            text = text[match.end() :]
        text = self._unlisted(text).translate(QUOTES)
        return next((text.removeprefix(word) for word in self._shared if text.startswith(word)), text)

    def tail(self, text: str) -> str:
        """What a long phrase says after its last verb of reaching (某业完成固定资产投资); "" where it has none."""
        match = self._reached.match(text)
        return text[match.end() :] if match else ""

    def listed(self, text: str) -> list[str]:
        """The parts of a list of examples that ends in `text`: 总产值、增加值等年均增速."""
        end = next((match.start() for match in self._etc.finditer(text) if match["etc"]), 0)
        return [self.clean(part) for part in self.joints.split(text[:end])] if end else []

    def _unlisted(self, text: str) -> str:
        """A phrase without its list of examples: 印发“一批办法”等制度 → 印发制度."""
        ends = [match.end() for match in self._etc.finditer(text) if match["etc"]]
        if not ends:
            return text
        verb = self._verbs_first.match(text)
        return (verb[0] if verb and ends[-1] < len(text) else "") + self.clean(text[ends[-1] :])

    def lead(self, text: str, begin: int, end: int) -> int:
        """Where the adverb, empty verb or edge that begins at `begin` ends; `begin` where there is none."""
        if match := ASIDE.match(text, begin, end) or TITLE.match(text, begin, end):
            return match.end()
        if text[begin] in self.edge:
            return begin + 1
        if self._protect.match(text, begin, end):
            return begin
        match = self._basis_first.match(text, begin, end) or self._leading.match(text, begin, end)
        return match.end() if match else begin

    def verb(self, phrase: str) -> bool:
        """Whether `phrase` ends in a verb, so that its object stands after the number."""
        return bool(self._verbs.search(phrase))

    def thing(self, phrase: str) -> str:
        """`phrase` without the verb it begins with: 新增企业数 → 企业数."""
        verb = self._verbs_first.match(phrase)
        rest = phrase[verb.end() :] if verb else phrase
        return rest if len(rest) > 2 else phrase

    def opens(self, phrase: str) -> bool:
        """Whether `phrase` begins with a verb of its own: 出口汽车."""
        return bool(self._verbs_first.match(phrase))

    def bare(self, text: str) -> bool:
        """Whether `text` holds nothing but words that lead up to a value: 达到, 约为."""
        while text and (match := self._value.search(text)):
            text = text[: match.start()]
        return not text

    def past(self, text: str, place: int) -> int:
        """Where the words that round off a number (以上, 左右) at `place` end."""
        match = self._after.match(text, place)
        return match.end() if match else place

    def right(self, text: str) -> Right:
        """The words after a number, up to the end of their clause or coordinate, taken apart."""
        place = self.past(text, 0)
        while place < len(text) and ord(text[place]) in QUOTES:
            place += 1
        direct = not text.startswith(self.of, place)
        if not direct:
            place += 1
        if (
            place == len(text)
            or _SUM.match(text, place)
            or text[place] in BRACKETS
            or (self._nonnouns.match(text, place) and not self._protect.match(text, place))
        ):
            return Right("", "", 0)
        stop = next((found.start() for found in self._stops.finditer(text, place) if not found["whole"]), len(text))
        noun_end = self._noun_end(text, place, stop)
        if text.startswith(MARK, noun_end) and (etc := self._listed(text, noun_end, stop)):
            stop = next((found.start() for found in self._stops.finditer(text, etc) if not found["whole"]), len(text))
            place, noun_end, direct = etc, self._noun_end(text, etc, stop), True
        body = self.joints.strip(text[place:noun_end])
        noun = self._inside.sub("", _BRACKET.sub("", body))
        if (rest := text[noun_end:stop]).startswith(self.of) and rest.endswith(self._yields) and len(rest) < 7:
            noun += rest.removeprefix(self.of)
        predicate = self._unended.sub("", text[stop:]) if stop == noun_end else ""
        length = place + len(body) if direct and noun else 0
        head = self._head(text, place, noun_end)
        return Right(
            noun.translate(QUOTES).strip(self.edge), predicate.translate(QUOTES).strip(self.edge), length, head
        )

    def _listed(self, text: str, begin: int, stop: int) -> int:
        """Where the noun after a list of its kinds begins: 58个金属加工、材料生产等项目; 0 where none does."""
        found = (match for match in self._etc.finditer(text, begin) if match["etc"] and match.start() <= stop)
        end = next((match.end() for match in found), 0)
        return end if 0 < end < len(text) - 1 and text[end] != self.of else 0

    def _head(self, text: str, place: int, noun_end: int) -> str:
        """The noun after the 的 of the words from `place`: 新签约的重大项目."""
        of = text.find(self.of, noun_end, noun_end + 14)
        if of < 0 or MARK in text[place:of]:
            return ""
        stop = next((m.start() for m in self._stops.finditer(text, of + 1) if not m["whole"]), len(text))
        noun = text[of + 1 : self._noun_end(text, of + 1, stop)]
        return self._inside.sub("", self.joints.strip(noun)).translate(QUOTES).strip(self.edge)

    def _noun_end(self, text: str, place: int, stop: int) -> int:
        """Where the noun that begins at `place` ends: at its first coordinate, or its 的."""
        end = comma = text.find(MARK, place, stop)
        if comma < 0 or text.endswith(self._grades, place, comma):
            end = stop
        of = text.find(self.of, place + 2, end)
        return of if of >= 0 and not text.endswith(self._grades, place, of) else end
