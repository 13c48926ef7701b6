"""Enumerations: what a list says of its members.

“A、B、C等8家企业” makes enterprises of all three; where some members of an enumeration are
known names of a class and the class says so, the unknown ones are of that class too.
Appends to ``doc._.candidates``. Requires ``doc._.candidates``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from kg.components.doc import View
from kg.components.enumeration import first_edge, last_preposition, last_verb, split_enumeration
from kg.components.language import reader_of
from kg.components.names import NameGrammar
from kg.components.phrases import Phrases
from kg.lexicon.alternation import alternation
from kg.lexicon.grammar import Grammar
from kg.lexicon.names import NameLexicon
from kg.types import Mention

# A character of an enumeration, or a whole note in brackets.
_ITEM = r"(?:（[^（）\n]*）|（(?![^（）\n]*）)|[^，。；：！？\n（])"
_ENUMERATION = re.compile(r"[^，。；：！？\n]*、[^，。；：！？\n]*")
_MEMBER = re.compile(r"[\w“”‘’（）()·+\-]+")


class Lists:
    """Read the members of enumerations."""

    def __init__(self, lexicons: tuple[NameLexicon, ...], grammar: Grammar) -> None:
        self.grammar = grammar
        self.announced = [
            (NameGrammar(lexicon, grammar), re.compile(expression))
            for lexicon in lexicons
            for expression in self._expressions(lexicon)
        ]
        words = {lexicon.class_: lexicon.vocabulary_words for lexicon in lexicons}
        self.others = {one.class_: frozenset[str]().union(*(words.get(k, ()) for k in one.yields)) for one in lexicons}
        self.tails = {one.class_: re.compile(one.expand(one.list_tail)) for one in lexicons if one.list_tail}
        self.tailed = [
            NameGrammar(lexicon, grammar) for lexicon in lexicons if lexicon.list_tailed and lexicon.list_tail
        ]
        self.spreading = {lexicon.class_: NameGrammar(lexicon, grammar) for lexicon in lexicons if lexicon.list_members}

    def _expressions(self, lexicon: NameLexicon) -> Iterator[str]:
        """A、B、C等8家企业; 企业有A、B、C等8家."""
        if lexicon.list_nouns or lexicon.list_ends:
            yield rf"(?P<names>{_ITEM}{{2,120}}?)(?:{self._ends(lexicon)})"
        starts = [lexicon.expand(start) for start in lexicon.list_starts]
        if lexicon.list_nouns and lexicon.list_opens:
            starts.append(f"(?P<noun>{alternation(lexicon.list_nouns)}){alternation(self.grammar.list_openers)}")
        names = rf"(?P<names>{_ITEM}{{2,120}}?、{_ITEM}{{2,80}}?)"
        for start in starts:
            yield rf"{start}{names}(?:{self.grammar.list_end.pattern}|(?=[，。；]|$))"

    def _ends(self, lexicon: NameLexicon) -> str:
        ends = [lexicon.expand(end) for end in lexicon.list_ends]
        if lexicon.list_nouns:
            ends.append(f"{self.grammar.list_end.pattern}{alternation(lexicon.list_nouns)}{self.grammar.list_noun_end}")
        return "|".join(ends)

    def __call__(self, doc: Doc) -> Doc:
        view = View(doc)
        phrases = Phrases(view, self.grammar)
        found = set(view.candidates)
        found.update(self.by_noun(view, phrases))
        found.update(self.by_members(view, phrases, found))
        doc._.candidates = tuple(sorted(found))
        return doc

    def by_noun(self, view: View, phrases: Phrases) -> Iterator[Mention]:
        """Members of A、B、C等8家企业 and of 企业有A、B、C."""
        for grammar, expression in self.announced:
            for sentence in view.sentences:
                for match in expression.finditer(view.text, sentence.begin, sentence.end):
                    noun = match.start("noun") if "noun" in expression.groupindex else -1
                    if any(b <= noun < e for b, e in phrases.proper):
                        continue  # 有限公司 behind 集团 opens no list
                    if match["count"] is None and noun < 0 and self.acts(phrases, match.end("names")):
                        continue  # 王明、李强参加了4个项目
                    members = self.members(phrases, grammar, *match.span("names"))
                    if len(members) < 2 and not match["count"]:
                        continue
                    for begin, end in self.named(phrases, grammar, members):
                        mention = grammar.mention(phrases, begin, end, "list", 0.85)
                        if mention:
                            yield mention

    @staticmethod
    def acts(phrases: Phrases, end: int) -> bool:
        """Whether a function word ends at `end`: what stands before it is no enumeration, but a clause."""
        word = phrases.word_at(end - 1)
        functional = word is not None and word.end == end and word.tag in phrases.grammar.functions_tags
        return word is not None and functional and phrases.text[word.begin : end] in phrases.grammar.functions

    def members(self, phrases: Phrases, grammar: NameGrammar, begin: int, end: int) -> list[tuple[int, int]]:
        """The members of the enumeration that ends at `end`; none where the class says it is no list of its names."""
        members = [self.unnoted(phrases, *span) for span in split_enumeration(phrases, begin, end)]
        if grammar.lexicon.class_ in self.tails:
            members = self.whole(phrases.text, members, self.tails[grammar.lexicon.class_], grammar.lexicon.list_sized)
        if grammar.lexicon.list_edges:
            members = self.chain(phrases, members)
        elif members:
            members = self.last_clause(phrases, members)
            first = members[0]
            edge = self.opened(phrases.text, *first)
            edge = edge or first_edge(phrases, *first, numbers=grammar.lexicon.list_carries > 0)
            members[0] = (max(first[0], edge), first[1])
        veto, others = grammar.lexicon.list_veto, self.others[grammar.lexicon.class_]
        texts = [phrases.text[first:last] for first, last in members]
        known = len(members) > 2  # two members may be a brand and a ware: 海川石化和燃料油项目
        vetoed = [text for text in texts if (known and text in others) or (veto and veto.search(text))]
        return [] if vetoed and 2 * len(vetoed) >= len(members) else members

    def unnoted(self, phrases: Phrases, begin: int, end: int) -> tuple[int, int]:
        """The span of a member without a note behind it: 远大食品|（投资3亿元）, but not 远大食品（溧阳）."""
        note = self.grammar.note_expression.search(phrases.text, begin, end)
        return begin, note.start() if note and note.start() + 1 not in phrases.places else end

    def opened(self, text: str, begin: int, end: int) -> int:
        """Where the first member begins behind the words that open the enumeration (包括|甲项目); 0 without them."""
        openers = tuple(word for word in self.grammar.list_openers if len(word) > 1)
        inside = [text.rfind(word, begin, end) + len(word) for word in openers if word in text[begin:end]]
        opened = max(inside, default=begin if text.endswith(openers, 0, begin) else 0)
        return 0 if "的" in text[opened:end] else opened

    @staticmethod
    def whole(text: str, members: list[tuple[int, int]], tail: re.Pattern[str], sized: str) -> list[tuple[int, int]]:
        """`members`, with those that a conjunction parts put together where only the second has the tail of most.

        甲项目、乙及丙项目: two members; but not 甲、乙及丙项目, unless it is 年产5万吨乙及丙项目.
        """
        tailed = [bool(tail.search(text[begin:end])) for begin, end in members]
        most = 2 * sum(tailed) > len(members) and len(members) > 2
        size = re.compile(sized or r"(?!)")
        joined: list[tuple[int, int]] = []
        for (begin, end), whole in zip(members, tailed, strict=True):
            last = joined[-1] if joined else None
            if last and whole and text[last[1] : begin] != "、" and not size.match(text, begin):
                before = text[last[0] : last[1]]
                if not tail.search(before) and (most or size.search(before)):
                    joined[-1] = (last[0], end)
                    continue
            joined.append((begin, end))
        return joined

    def named(self, phrases: Phrases, grammar: NameGrammar, members: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """Those of `members` that can be names: by themselves, or short and beside one that is."""
        spans = [(grammar.trimmed(phrases, begin, end), end) for begin, end in members]
        named = [span for span in spans if self.is_member(phrases, grammar, *span)]
        most = grammar.lexicon.list_carries
        if not named or not most:
            return named
        short = [
            (begin, end)
            for begin, end in spans
            if 1 < end - begin <= most
            and _MEMBER.fullmatch(phrases.text, begin, end)
            and not phrases.opens_with_verb(begin, end)
        ]
        return sorted({*named, *short})

    @staticmethod
    def last_clause(phrases: Phrases, members: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """The members behind the last word at which no name goes on (A、B代表开发区在会上与|C、D)."""
        for index in range(len(members) - 1, 0, -1):
            end = last_preposition(phrases, *members[index]) or last_verb(phrases, *members[index])
            if end is not None:
                return [(end, members[index][1]), *members[index + 1 :]]
        return members

    @staticmethod
    def chain(phrases: Phrases, members: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """The last members that hang together: none but the first has a verb or a boundary before its noun phrase."""
        for index in range(len(members) - 1, -1, -1):
            begin, end = members[index]
            edge = phrases.left_edge(end, begin, numbers=True)
            if index == 0 or (begin < edge < end and phrases.bounds(edge)):
                first = (max(begin, edge), end) if edge < end else members[index]
                return [first, *members[index + 1 :]]
        return members

    def member(
        self, phrases: Phrases, grammar: NameGrammar, begin: int, end: int, rule: str, confidence: float
    ) -> Iterator[Mention]:
        """The mention of one member of an enumeration, if it is a name."""
        begin = grammar.trimmed(phrases, begin, end)
        if self.is_member(phrases, grammar, begin, end):
            mention = grammar.mention(phrases, begin, end, rule, confidence)
            if mention:
                yield mention

    @staticmethod
    def is_member(phrases: Phrases, grammar: NameGrammar, begin: int, end: int) -> bool:
        """Whether a span can be a member of a list of the grammar's class."""
        lexicon = grammar.lexicon
        if end - begin > lexicon.list_longest or not _MEMBER.fullmatch(phrases.text, begin, end):
            return False
        accept = lexicon.list_expression
        accepted = accept is not None and accept.search(phrases.text[begin:end])
        return bool(accepted) or phrases.is_specific(begin, end, grammar.generic, lexicon.list_needs)

    def by_members(self, view: View, phrases: Phrases, known: set[Mention]) -> Iterator[Mention]:
        """Unknown members of an enumeration most of whose known members are of one class."""
        begins, ends, spans = {}, {}, {}
        for mention in sorted(known, key=lambda m: (m.end - m.begin, m)):
            begins[mention.begin] = ends[mention.end] = spans[mention.begin, mention.end] = mention.kind
        for sentence in view.sentences:
            for match in _ENUMERATION.finditer(view.text, sentence.begin, sentence.end):
                members = [self.unnoted(phrases, *span) for span in split_enumeration(phrases, *match.span())]
                for grammar in self.tailed:
                    yield from self.by_tail(phrases, grammar, members)
                inner = members[1:-1]
                yield from self.spread(phrases, inner, [spans.get(span) for span in inner], edges=False)
                members = self.chain(phrases, members)
                kinds = [spans.get(span) for span in members]
                if len(members) > 2:
                    kinds[0], kinds[-1] = ends.get(members[0][1]), begins.get(members[-1][0])
                    members[-1] = self.last(phrases, *members[-1])
                    yield from self.spread(phrases, members, kinds, edges=True)

    def by_tail(self, phrases: Phrases, grammar: NameGrammar, members: list[tuple[int, int]]) -> Iterator[Mention]:
        """Members with the tail of the class, where there are two such: 在建2户：甲废料再生项目、乙装置项目."""
        tail, veto = self.tails[grammar.lexicon.class_], grammar.lexicon.list_veto
        first = members[0]
        edge = self.opened(phrases.text, *first) or first_edge(phrases, *first, numbers=True)
        members = [(max(first[0], edge), first[1]), *members[1:]]
        members = self.whole(phrases.text, members, tail, grammar.lexicon.list_sized)
        tailed = [span for span in members if tail.search(phrases.text[span[0] : span[1]])]
        if len(tailed) < 2:
            return
        for begin, end in tailed:
            text = phrases.text[begin:end]
            if "的" in text or (veto and veto.search(text)) or phrases.opens_with_verb(begin, end):
                continue
            mention = grammar.mention(phrases, grammar.trimmed(phrases, begin, end), end, "tail", 0.7)
            if mention and len(mention.name) >= grammar.lexicon.list_tailed and _MEMBER.fullmatch(text):
                yield mention

    def last(self, phrases: Phrases, begin: int, end: int) -> tuple[int, int]:
        """The last member of an enumeration without 等8家企业; empty where it is more than a noun phrase."""
        cut = self.grammar.list_end.search(phrases.text, begin, end)
        end = cut.start() if cut else end
        return begin, end if phrases.left_edge(end, begin, numbers=False) == begin else begin

    def spread(
        self, phrases: Phrases, members: list[tuple[int, int]], kinds: list[str | None], *, edges: bool
    ) -> Iterator[Mention]:
        """The unknown members where at least half are known, and all of one class."""
        named = [kind for kind in kinds if kind]
        if not named or len(set(named)) != 1 or 2 * len(named) < len(members) or named[0] not in self.spreading:
            return
        grammar = self.spreading[named[0]]
        if edges and not grammar.lexicon.list_edges:
            return
        for (begin, end), kind in zip(members, kinds, strict=True):
            if kind is None and begin < end and not phrases.opens_with_verb(begin, end):
                yield from self.member(phrases, grammar, begin, end, "member", 0.7)


@Language.factory(
    "kg_lists",
    assigns=["doc._.candidates"],
    requires=["doc._.candidates"],
)
def make_lists(nlp: Language, name: str) -> Lists:
    """The component as spaCy builds it."""
    knowledge = reader_of(nlp).knowledge
    return Lists(knowledge.names, knowledge.grammar)
