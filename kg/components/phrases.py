"""Noun phrases of one Doc: how far a name reaches to the left, what makes it proper, how enumerations split."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate
from operator import itemgetter

from kg.components.doc import View
from kg.components.places import FULL_NAME
from kg.lexicon.grammar import Grammar
from kg.types import Mention, Word

OPENING = {"”": "“", "）": "（", "’": "‘", "》": "《", ")": "("}
CLAUSE_EDGE = "，。；：！？、\n"
EDGE = "“”‘’《》（）()、，·—- \n"
_BEGIN = itemgetter(0)
_HYPHENS = "-·"  # inside names: 海川-远大汽车工厂
_LETTER = re.compile(r"\w")
_PUNCTUATION = re.compile(r"[，。；：！？、,;:!?\n—…·~～/|《》【】\[\]]")


def nominal(name: str) -> str:
    """A name without quotes, title marks and white space.

    >>> nominal("“强链补链”战略")
    '强链补链战略'
    """
    return re.sub(r"[“”‘’《》\"\s]", "", name)


class Phrases:
    """The words of one Doc, and how far a noun phrase reaches to the left of a place in it."""

    def __init__(self, view: View, grammar: Grammar) -> None:
        self.text = view.text
        self.grammar = grammar
        self.tagged = bool(view.words)
        self.words = view.words or tuple(self._segments(view))
        self.begins = [word.begin for word in self.words]
        self.known: dict[tuple[int, str], int] = {}
        self.learn(view.candidates)
        self.spans = frozenset((m.begin, m.end) for m in view.candidates)
        self.proper = [(m.begin, m.end) for m in sorted(view.candidates)]
        self.reach = list(accumulate((end for _, end in self.proper), max))  # how far those reach, up to each
        self.places = {w.begin: w.end for w in self.words if w.tag in grammar.place_tags}
        self.divisions = {(m.begin, m.end) for m in view.candidates if m.code}
        self.places |= dict(sorted(self.divisions))
        full = (m for m in sorted(view.candidates) if m.code and m.code.endswith("00") and m.rule == FULL_NAME)
        self.above_county = {m.begin: m.end for m in full}
        self.divisions_at = {m.begin: (m.end, m.code) for m in sorted(view.candidates) if m.code}
        self.division_begins = {begin for begin, _ in self.divisions}

    def _segments(self, view: View) -> Iterator[Word]:
        """Without a tagger: what stands between boundary words and punctuation is one noun."""
        stop = re.compile(f"{self.grammar.boundary_expression.pattern}|{_PUNCTUATION.pattern}|[“”‘’（）()]")
        for sentence in view.sentences:
            position = sentence.begin
            for match in stop.finditer(view.text, sentence.begin, sentence.end):
                if match.start() > position:
                    yield Word(position, match.start(), "x")
                yield Word(match.start(), match.end(), "w")
                position = match.end()
            if position < sentence.end:
                yield Word(position, sentence.end, "x")

    def word_at(self, offset: int) -> Word | None:
        """The word that covers the character at `offset`."""
        index = bisect_right(self.begins, offset) - 1
        if index >= 0 and self.words[index].begin <= offset < self.words[index].end:
            return self.words[index]
        return None

    def place_at(self, begin: int, limit: int) -> int | None:
        """The end of the name of a place that begins at `begin` and ends before `limit`, if one does.

        Where only the tagger holds it for one, three characters must follow (华美 in 华美家具 is none).
        """
        end = self.places.get(begin)
        rest = 0 if (begin, end) in self.divisions else 2
        return end if end is not None and limit - end > rest else None

    def over_chain(self, begin: int) -> int:
        """Where the last of the full names of divisions from `begin` on begins (江苏省|常州市|溧阳市).

        A place that does not hold the one behind it is no part of the name either (溧阳市|江苏省华星公司).
        """
        while self.above_county.get(begin) in self.division_begins or self.holds_not(begin):
            begin = self.above_county.get(begin) or self.divisions_at[begin][0]
        return begin

    def holds_not(self, begin: int) -> bool:
        """Whether a division begins at `begin` with another right behind it that does not lie in it."""
        end, code = self.divisions_at.get(begin, (0, ""))
        behind = self.divisions_at.get(end, (0, ""))[1]
        return bool(behind) and not behind.startswith(re.sub("(?:00)+$", "", code))

    def place_before(self, end: int) -> int:
        """Where the name of a division begins that ends at `end`; `end` where none does."""
        return min((b for b, e in self.divisions if e == end), default=end)

    def after_names(self, begin: int, end: int, kinds: tuple[str, ...]) -> int:
        """Where what follows the last name of `kinds`, of a place, a body or a person inside [begin, end) begins."""
        ends = [e for b, e in self.divisions if begin <= b and e < end]
        ends += [e for (e, kind), b in self.known.items() if kind in kinds and begin <= b and e < end]
        index = max(bisect_right(self.begins, begin) - 1, 0)
        for word in self.words[index:]:
            if word.begin >= end:
                break
            if word.tag in self.grammar.name_tags and begin <= word.begin and word.end < end:
                ends.append(word.end)
        return max(ends, default=begin)

    def learn(self, names: Iterable[Mention]) -> None:
        """Take note of names found so far: a longer name may begin with one of them."""
        self.known = {(name.end, name.kind): name.begin for name in sorted(names, key=lambda n: (-n.begin, n))}

    def left_edge(self, end: int, limit: int, *, numbers: bool, over: frozenset[str] = frozenset()) -> int:
        """The clean offset at which the noun phrase that ends at `end` begins, not before `limit`.

        `over` are the classes of known names that the phrase may hold whatever their words.
        """
        grammar, begin, behind_brackets = self.grammar, end, False
        while begin > limit:
            whole = min((self.known[begin, kind] for kind in over if (begin, kind) in self.known), default=begin)
            if limit <= whole < begin:
                begin = whole
                continue
            last = self.text[begin - 1]
            if self.before_short_form(begin) < begin:
                break
            if last in OPENING:
                opening = self.text.rfind(OPENING[last], limit, begin - 1)
                if opening < 0 or last == "》":
                    break
                begin, behind_brackets = opening, last in "）)"
                continue
            word = self.word_at(begin - 1)
            if last in _HYPHENS and begin < end and _LETTER.match(self.text, begin - 2):
                begin -= 1
                continue
            if word is None or _PUNCTUATION.match(last) or last in "“‘（(":
                break
            first = max(word.begin, limit, self.text.rfind("）", word.begin, begin) + 1)  # a word may hold 江州）公司
            part = self.text[first:begin]
            allowed = word.tag in grammar.inner_tags or part in grammar.inner_words
            allowed = allowed or (numbers and word.tag in grammar.number_tags)
            named = part in grammar.actions or (behind_brackets and 1 < len(part) < 5)  # 汇通（常州）仓储公司
            allowed = allowed or (word.tag in grammar.verb_tags and named)
            behind_brackets = False
            cut = len(part) == 1 and self.text[begin - 2 : begin] in grammar.boundaries  # 其|中|丰县经济开发区
            if not allowed or cut or part in grammar.boundaries:
                break
            begin = first
        # The tagger cuts 临武宝玉石产业园 behind 临; a known place is not cut.
        low, high = bisect_left(self.proper, limit, key=_BEGIN), bisect_left(self.proper, begin, key=_BEGIN)
        return min((b for b, e in self.proper[low:high] if begin < e <= end), default=begin)

    def trim(self, begin: int, end: int, strip: re.Pattern[str] | None) -> int:
        """Move `begin` over leading words that are not part of a name, at word edges only."""
        moved = True
        while moved and begin < end:
            moved = False
            for expression in (self.grammar.leading_expression, strip):
                match = expression.match(self.text, begin, end) if expression else None
                if match and match.end() > begin and self.at_edge(match.end()):
                    begin, moved = match.end(), True
            while begin < end and self.text[begin] in "、，·—- ":
                begin, moved = begin + 1, True
        return begin

    def opens_with_verb(self, begin: int, end: int) -> bool:
        """Whether the first word of a span is a verb of two characters or more, and not all of it."""
        word = self.word_at(begin)
        if word is None or word.begin != begin or word.end >= end:
            return False
        return word.tag in self.grammar.verb_tags and word.end - word.begin > 1

    def bounds(self, offset: int) -> bool:
        """Whether a verb of two characters or more or a boundary word ends at `offset`."""
        word = self.word_at(offset - 1)
        if word is None or word.end != offset:
            return False
        text = self.text[word.begin : word.end]
        return text in self.grammar.boundaries or (word.tag in self.grammar.verb_tags and len(text) > 1)

    def opens_with(self, begin: int, tags: tuple[str, ...]) -> bool:
        """Whether the word at `begin` has one of `tags`; so it has where there is no tagger."""
        word = self.word_at(begin)
        return not self.tagged or (word is not None and word.begin == begin and word.tag in tags)

    def is_owned(self, begin: int, kinds: tuple[str, ...]) -> bool:
        """Whether a known name of `kinds` ends at `begin`, but for 的 and the brackets that shorten it."""
        end = begin - 1 if self.text.endswith("的", 0, begin) else begin
        end = self.before_short_form(end)
        return any((end, kind) in self.known for kind in kinds)

    def name_before(self, end: int, limit: int, kinds: tuple[str, ...]) -> tuple[int, int] | None:
        """The last known name of `kinds` in the same clause between `limit` and `end`, if there is one."""
        for last in range(end, limit if kinds else end, -1):
            begins = [self.known[last, kind] for kind in kinds if (last, kind) in self.known]
            if begins and min(begins) >= limit:
                return min(begins), last
            if self.text[last - 1] in CLAUSE_EDGE:
                return None
        return None

    def has_verb(self, begin: int, end: int) -> bool:
        """Whether a verb that stands in no names begins in a span."""
        words = self.words[bisect_left(self.begins, begin) : bisect_left(self.begins, end)]
        tags, actions = self.grammar.verb_tags, self.grammar.actions
        return any(word.tag in tags and self.text[word.begin : word.end] not in actions for word in words)

    def before_short_form(self, end: int) -> int:
        """Where the brackets begin that end at `end`, if they give the short form of a name; else `end`."""
        opening = self.text.rfind("（", max(0, end - 24), end) if self.text.endswith("）", 0, end) else -1
        short = self.grammar.short_form_expression.match(self.text, opening) if opening >= 0 else None
        return opening if short and short.end() == end else end

    def is_name(self, begin: int, end: int) -> bool:
        """Whether a span is one word that the tagger holds for a name, or does not know."""
        word = self.word_at(begin)
        whole = word is not None and (word.begin, word.end) == (begin, end)
        return word is not None and whole and (word.rare or word.tag in self.grammar.bearer_tags)

    def joins(self, offset: int) -> bool:
        """Whether the word at `offset` joins two members of an enumeration (铜和锌, not 文化和旅游部)."""
        word = self.word_at(offset)
        if word is None or word.begin != offset:
            return False
        return self.text[word.begin : word.end] in self.grammar.conjunctions and (
            word.tag in self.grammar.conjunction_tags or not self.tagged
        )

    def pairs(self, offset: int, end: int) -> bool:
        """Whether the word at `offset` holds one member of an enumeration together, as another member follows.

        汽车及零部件、新材料; but not 汽车、新材料及零部件.
        """
        return self.text.startswith(self.grammar.pairing, offset) and "、" in self.text[offset:end]

    def at_edge(self, offset: int) -> bool:
        """Whether a word begins at `offset`, or the text has no words there."""
        word = self.word_at(offset)
        return word is None or word.begin == offset or word.tag == "x"

    def opens(self, offset: int) -> bool:
        """Whether a word or a place begins at `offset`."""
        return self.at_edge(offset) or offset in self.places

    def is_head(self, begin: int, end: int) -> bool:
        """Whether the head word [begin, end) can end a name: it is not part of a place (葫芦岛).

        A head of one character ends a word too, which is nobody's name (龙虎山, not 徐乐江 nor 思山岭).
        """
        before = bisect_left(self.proper, begin + 1, key=_BEGIN)
        if before and end <= self.reach[before - 1]:
            return False
        word = self.word_at(begin)
        if end - begin > 1 or word is None or word.tag == "x":
            return True
        named = word.tag in self.grammar.proper_tags and word.tag not in self.grammar.bearer_tags
        return word.end == end and (named or word.begin == begin)

    def over_place(self, begin: int) -> int:
        """Where a phrase begins that seems to begin inside a place, the words being cut wrong (临|武宝玉石: 临武)."""
        return min((b for b, e in self.spans if b < begin < e), default=begin)

    def ends_in_place(self, begin: int, end: int) -> bool:
        """Whether a place ends a phrase."""
        return any(begin <= b and e == end for b, e in self.spans)

    def is_counted(self, begin: int) -> bool:
        """Whether a number of more than one stands before a phrase (10个省级数据产业园): it is no name."""
        return bool(self.grammar.counted_expression.search(self.text, max(0, begin - 12), begin))

    def is_specific(self, begin: int, end: int, generic: re.Pattern[str], needs: str) -> bool:
        """Whether the modifier [begin, end) makes a name: see `kg.lexicon.names.Head`."""
        modifier = self.text[begin:end]
        if needs in ("none", "context"):
            return needs == "none"
        if not generic.sub("", modifier).strip(EDGE):
            return False
        if needs == "specific":
            return True
        if any(mark in modifier for mark in "“‘"):
            return True
        first, last = bisect_left(self.proper, begin, key=_BEGIN), bisect_left(self.proper, end + 1, key=_BEGIN)
        if any(e <= end for _, e in self.proper[first:last]):
            return True
        tags = (*(self.grammar.name_tags if needs == "named" else self.grammar.proper_tags), "x")
        index = max(bisect_right(self.begins, begin) - 1, 0)
        while index < len(self.words) and self.words[index].begin < end:
            if self.words[index].tag in tags:
                return True
            index += 1
        return False
