"""Names by grammar: heads grown to the left, contexts with slots, vocabulary.

Appends to ``doc._.candidates``. Requires ``doc._.sentences``; reads ``doc._.words`` and the
candidates of earlier components as evidence of proper names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from kg.components.doc import View
from kg.components.enumeration import split_enumeration
from kg.components.openings import after_relative, is_cut, over_functions
from kg.components.phrases import CLAUSE_EDGE, EDGE, Phrases, nominal
from kg.components.wordlist import WordList
from kg.lexicon.alternation import alternation
from kg.lexicon.entries import Head
from kg.lexicon.grammar import Grammar
from kg.lexicon.names import Context, NameLexicon
from kg.types import Mention

_NUMBERED = re.compile(
    r"（[一二三四五六七八九十0-9]{1,3}）|[0-9]{1,2}[.．、](?![0-9])"
)  # the number of an item, before its first name
_REACH = 30  # characters before or after a name that an entry may ask for


class NameGrammar:
    """Find the names of one class in one Doc after another."""

    def __init__(self, lexicon: NameLexicon, grammar: Grammar) -> None:
        self.lexicon = lexicon
        self.grammar = grammar

    @cached_property
    def generic(self) -> re.Pattern[str]:
        """Matches what does not make a name specific."""
        return re.compile(alternation((*self.lexicon.generic, *self.grammar.leading)))

    @cached_property
    def strip(self) -> re.Pattern[str] | None:
        """Matches what this class's names do not begin with."""
        return re.compile(alternation(self.lexicon.strip)) if self.lexicon.strip else None

    @cached_property
    def cut(self) -> re.Pattern[str] | None:
        """Matches a word before which nothing belongs to the name."""
        return re.compile(alternation(self.lexicon.cut_after)) if self.lexicon.cut_after else None

    @cached_property
    def heads(self) -> dict[str, Head]:
        """The head entry of each head word."""
        return {word: head for head in self.lexicon.head for word in self.lexicon.words_of(head)}

    @cached_property
    def around(self) -> dict[str, tuple[re.Pattern[str] | None, ...]]:
        """By head word the expressions of what its entry asks for before and after a name, and not in it."""
        compiled = {}
        for head in self.lexicon.head:
            ends = f"(?:{head.before})$" if head.before else ""
            texts = (ends, head.after, head.told_unless)
            told = tuple(re.compile(self.lexicon.expand(text)) if text else None for text in texts)
            compiled.update(dict.fromkeys(self.lexicon.words_of(head), told))
        return compiled

    @cached_property
    def over(self) -> frozenset[str]:
        """The classes whose names a name of this class may begin with."""
        return frozenset(self.lexicon.holds)

    @cached_property
    def head_expression(self) -> re.Pattern[str] | None:
        """Matches any head word."""
        return re.compile(alternation(tuple(self.heads))) if self.heads else None

    def trimmed(self, phrases: Phrases, begin: int, end: int) -> int:
        """Where the name in a span begins: after words and places that are not part of it."""
        if phrases.text.startswith(self.lexicon.begins, begin):
            return begin
        if self.lexicon.relatives:
            begin = after_relative(phrases, begin, end)
        for cut in self.cut.finditer(phrases.text, max(0, begin - 2), end) if self.cut else ():
            if cut.end() > begin and end - cut.end() >= self.lexicon.minimum:
                begin = cut.end()
        begin = phrases.trim(begin, end, self.strip)
        begin = self.behind(phrases, begin, end)
        drop = self.lexicon.drop_expression
        while drop and (place := phrases.place_at(begin, end)) and drop.search(phrases.text[begin:place]):
            begin = self.behind(phrases, phrases.trim(place, end, self.strip), end)
        return begin if self.lexicon.brands else self.after_brand(phrases, begin, end)

    def behind(self, phrases: Phrases, begin: int, end: int) -> int:
        """Where the name in a span begins behind what `cut_behind` matches."""
        expression = self.lexicon.behind_expression
        prefix = expression.match(phrases.text, begin, end) if expression else None
        return prefix.end() if prefix else begin

    def after_brand(self, phrases: Phrases, begin: int, end: int) -> int:
        """Where the name in a span begins if not with the proper name before a word of the vocabulary."""
        known, word = self.lexicon.vocabulary_words, phrases.word_at(begin)
        if word is None or word.begin != begin or word.tag not in self.grammar.proper_tags:
            return begin
        rest = phrases.text[word.end : end]
        return word.end if rest in known and phrases.text[begin:end] not in known else begin

    def mention(self, phrases: Phrases, begin: int, end: int, rule: str, confidence: float) -> Mention | None:
        """The candidate for a span, or None where the span is no name of this class."""
        if numbered := _NUMBERED.match(phrases.text, begin, end):
            begin = numbered.end()
        while begin < end and phrases.text[begin] in EDGE and phrases.text[begin] not in "“（‘":
            begin += 1
        while end > begin and phrases.text[end - 1] in EDGE and phrases.text[end - 1] not in "”）’":
            end -= 1
        place = phrases.place_at(begin, end)
        if place and phrases.text.startswith(self.grammar.relative_particle, place) and end - place > 1:
            begin = place + 1  # 江州的|华星照明
        titled = phrases.text[begin - 1 : begin] == "《" and phrases.text[end : end + 1] == "》"  # whatever it says
        if self.lexicon.functions and not titled:
            begin = over_functions(phrases, begin, end)
        if (begin, end) in phrases.divisions:
            return None
        name = nominal(phrases.text[begin:end])
        reject = self.lexicon.reject_expression
        if len(name) < self.lexicon.minimum or (reject and reject.search(name)) or self.generic.fullmatch(name):
            return None
        behind = self.lexicon.not_behind_expression
        if behind and behind.search(phrases.text, max(0, begin - _REACH), begin):
            return None
        ahead = self.lexicon.not_ahead_expression
        if ahead and ahead.match(phrases.text, end):
            return None
        placed = self.lexicon.placed_expression
        if placed and (rest := phrases.place_at(begin, end)) and placed.fullmatch(phrases.text, rest, end):
            return None
        if not titled and self.grammar.break_expression.search(name):
            return None
        return Mention(begin, end, self.lexicon.class_, name, f"{self.lexicon.class_}/{rule}", confidence)

    def placed(self, phrases: Phrases, begin: int) -> int:
        """Where a name begins that takes in the place with which its clause opens (新加坡|华星石化)."""
        place = phrases.place_before(begin) if self.lexicon.placed else begin
        opens = place == 0 or phrases.text[place - 1] in CLAUSE_EDGE
        return place if opens and re.search(self.lexicon.placed, phrases.text[place:begin]) else begin

    def by_head(self, view: View, phrases: Phrases) -> Iterator[Mention]:
        """Names grown to the left from a head word."""
        if self.head_expression is None:
            return
        for sentence in view.sentences:
            for match in self.head_expression.finditer(view.text, sentence.begin, sentence.end):
                head = self.heads[match.group()]
                if head.needs == "context" and not (head.accept or head.before or head.owners):
                    _, after, _ = self.around[match.group()]
                    if after and not after.match(view.text, match.end(), match.end() + _REACH):
                        continue
                if head.not_before and view.text.startswith(head.not_before, match.end()):
                    continue
                if not phrases.is_head(*match.span()) or (self.lexicon.whole_words and is_cut(phrases, *match.span())):
                    continue
                limit = max(sentence.begin, match.start() - head.maximum)
                begin = phrases.left_edge(match.start(), limit, numbers=head.numbers, over=self.over)
                begin = max(limit, phrases.over_place(begin))
                if begin == limit > sentence.begin and not phrases.opens(begin):
                    continue  # cut off in a word: longer than such names are
                begin = view.text.rfind("”“", begin, match.start()) + 1 or begin  # “甲”|“乙”行动
                begin = phrases.over_chain(self.trimmed(phrases, begin, match.end()))
                begin = self.reached(phrases, head, begin, limit, match.start())
                if head.cut_names:
                    begin = phrases.after_names(begin, match.start() + 1, head.cut_names)
                    begin = self.trimmed(phrases, begin, match.end())
                if head.not_after and view.text.endswith(head.not_after, sentence.begin, begin):
                    continue
                modifier = match.start() - begin
                if phrases.is_counted(begin) or modifier < (0 if head.needs == "none" else head.minimum):
                    continue
                accepted = head.accept and re.search(head.accept, view.text[begin : match.start()])
                told = self.told(phrases, head, sentence.begin, begin, match)
                if accepted or told or phrases.is_specific(begin, match.start(), self.generic, head.needs):
                    found = self.mention(phrases, begin, match.end(), "head", head.confidence)
                    if found:
                        yield found

    def reached(self, phrases: Phrases, head: Head, begin: int, limit: int, end: int) -> int:
        """Where a name begins that would begin at `begin`, but reaches back to a name of the head's `reaches`."""
        owner = phrases.name_before(begin, limit, head.reaches)
        if owner is None and (place := phrases.name_before(begin, limit, head.reaches_nouns)):
            owner = None if phrases.has_verb(place[1], end) else place
        if owner is None or re.search(head.reaches_unless or r"\b\B", phrases.text[owner[1] : end]):
            return begin
        return owner[0]

    def told(self, phrases: Phrases, head: Head, limit: int, begin: int, match: re.Match[str]) -> bool:
        """Whether what stands around a name that begins at `begin` and ends with `match` makes it one."""
        text = phrases.text
        if not phrases.is_specific(begin, match.start(), self.generic, "specific"):
            return False
        before, after, unless = self.around[match.group()]
        if unless and unless.search(text[begin : match.end()]):
            return False
        if before and before.search(text[limit:begin]):
            return True
        if after and after.match(text, match.end(), match.end() + _REACH):
            return True
        return bool(head.owners) and phrases.is_owned(begin, head.owners)

    def by_pattern(self, view: View, phrases: Phrases) -> Iterator[Mention]:
        """Names in the slots of a context."""
        for context in self.lexicon.compiled:
            for sentence in view.sentences:
                for match in context.match.finditer(view.text, sentence.begin, sentence.end):
                    for begin, end in _slots(match, phrases):
                        yield from self._slot(phrases, context, begin, end)

    def _slot(self, phrases: Phrases, context: Context, begin: int, end: int) -> Iterator[Mention]:
        pattern = context.pattern
        if pattern.cut_names:
            begin = phrases.after_names(begin, end, pattern.cut_names)
        if not pattern.keep:
            begin = self.trimmed(phrases, begin, end)
        begin = self.placed(phrases, begin)
        name = nominal(phrases.text[begin:end])
        if not pattern.minimum <= len(name) <= pattern.maximum:
            return
        if context.accept and not context.accept.search(name):
            return
        if context.reject and context.reject.search(name):
            return
        if not pattern.verbs and phrases.opens_with_verb(begin, end):
            return
        if pattern.tags and not phrases.opens_with(begin, pattern.tags):
            return
        found = self.mention(phrases, begin, end, pattern.name, pattern.confidence)
        if found:
            yield found

    def by_tag(self, view: View, phrases: Phrases) -> Iterator[Mention]:
        """Names that are one word of the tagger."""
        for entry, accept, before, after in self.lexicon.compiled_tags:
            for word in view.words:
                text = view.text[word.begin : word.end]
                if word.tag not in entry.tags or not accept.search(text):
                    continue
                if (entry.reject and re.search(entry.reject, text)) or not phrases.is_head(word.begin, word.end):
                    continue
                if entry.whole and phrases.ends_in_place(word.begin, word.end):
                    continue
                if before.search(view.text, max(0, word.begin - 12), word.begin) and after.match(view.text, word.end):
                    begin = self.placed(phrases, word.begin)
                    found = self.mention(phrases, begin, word.end, entry.name, entry.confidence)
                    if found:
                        yield found

    def by_vocabulary(self, view: View, phrases: Phrases) -> Iterator[Mention]:
        """Names that stand for themselves."""
        for sentence in view.sentences:
            for before, begin, end, confidence in self._word_list.found(view.text, sentence.begin, sentence.end):
                if phrases.at_edge(before) or phrases.at_edge(end):
                    found = self.mention(phrases, begin, end, "vocabulary", confidence)
                    if found:
                        yield found

    @cached_property
    def _word_list(self) -> WordList:
        return WordList(self.lexicon)


def _slots(match: re.Match[str], phrases: Phrases) -> Iterator[tuple[int, int]]:
    """The spans of the names in a match; enumerations are split at 、 and 和."""
    groups = match.re.groupindex
    if "name" in groups and match.group("name"):
        yield match.span("name")
    if "names" in groups and match.group("names"):
        begin, end = match.span("names")
        yield from split_enumeration(phrases, begin, end)
