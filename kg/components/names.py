"""Names by grammar: heads grown to the left, contexts with slots, vocabulary.

Appends to ``doc._.candidates``. Requires ``doc._.sentences``; reads ``doc._.words`` and the
candidates of earlier components as evidence of proper names.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property

from kg.components.doc import View
from kg.lexicon.grammar import Grammar
from kg.lexicon.names import Head, NameLexicon, Pattern, alternation
from kg.types import Mention, Word

OPENING = {"”": "“", "）": "（", "’": "‘", "》": "《", ")": "("}
_EDGE = "“”‘’《》（）()、，·—- \n"
_SEPARATOR = re.compile(r"[、,]|以及|[”’》](?=[“‘《])|(?<=[”’》])[和及与]|[和及与](?=[“‘《])")
_ANY = re.compile(".")
_PUNCTUATION = re.compile(r"[，。；：！？、,;:!?\n—…·~～/|《》【】\[\]]")


def nominal(name: str) -> str:
    """A name without quotes, title marks and white space.

    >>> nominal("“三高四新”战略")
    '三高四新战略'
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
        self.proper = [(m.begin, m.end) for m in sorted(view.candidates)]

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

    def left_edge(self, end: int, limit: int, *, numbers: bool) -> int:
        """The clean offset at which the noun phrase that ends at `end` begins, not before `limit`."""
        grammar, begin = self.grammar, end
        while begin > limit:
            last = self.text[begin - 1]
            if last in OPENING:
                opening = self.text.rfind(OPENING[last], limit, begin - 1)
                if opening < 0 or last == "》":
                    break
                begin = opening
                continue
            word = self.word_at(begin - 1)
            if word is None or _PUNCTUATION.match(last) or last in "“‘（(":
                break
            part = self.text[max(word.begin, limit) : begin]
            allowed = word.tag in grammar.inner_tags or (numbers and word.tag in grammar.number_tags)
            if not allowed or part in grammar.boundaries:
                break
            begin = max(word.begin, limit)
        return begin

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

    def joins(self, offset: int) -> bool:
        """Whether the word at `offset` joins two members of an enumeration (铜和锌, not 文化和旅游部)."""
        word = self.word_at(offset)
        if word is None or word.begin != offset:
            return False
        return self.text[word.begin : word.end] in self.grammar.conjunctions and (
            word.tag in self.grammar.conjunction_tags or not self.tagged
        )

    def at_edge(self, offset: int) -> bool:
        """Whether a word begins at `offset`, or the text has no words there."""
        word = self.word_at(offset)
        return word is None or word.begin == offset or word.tag == "x"

    def is_specific(self, begin: int, end: int, generic: re.Pattern[str], needs: str) -> bool:
        """Whether the modifier [begin, end) makes a name: see `kg.lexicon.names.Head`."""
        modifier = self.text[begin:end]
        if needs == "none":
            return True
        if not generic.sub("", modifier).strip(_EDGE):
            return False
        if needs == "specific":
            return True
        if any(mark in modifier for mark in "“‘"):
            return True
        if any(begin <= b and e <= end for b, e in self.proper):
            return True
        index = max(bisect_right(self.begins, begin) - 1, 0)
        while index < len(self.words) and self.words[index].begin < end:
            if self.words[index].tag in (*self.grammar.proper_tags, "x"):
                return True
            index += 1
        return False


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
        return {word: head for head in self.lexicon.head for word in head.words}

    @cached_property
    def head_expression(self) -> re.Pattern[str] | None:
        """Matches any head word."""
        return re.compile(alternation(tuple(self.heads))) if self.heads else None

    def mention(self, phrases: Phrases, begin: int, end: int, rule: str, confidence: float) -> Mention | None:
        """The candidate for a span, or None where the span is no name of this class."""
        while begin < end and phrases.text[begin] in _EDGE and phrases.text[begin] not in "“（‘":
            begin += 1
        while end > begin and phrases.text[end - 1] in _EDGE and phrases.text[end - 1] not in "”）’":
            end -= 1
        name = nominal(phrases.text[begin:end])
        reject = self.lexicon.reject_expression
        if len(name) < self.lexicon.minimum or (reject and reject.search(name)) or self.generic.fullmatch(name):
            return None
        if self.grammar.break_expression.search(name):
            return None
        return Mention(begin, end, self.lexicon.class_, name, f"{self.lexicon.class_}/{rule}", confidence)

    def by_head(self, view: View, phrases: Phrases) -> Iterator[Mention]:
        """Names grown to the left from a head word."""
        if self.head_expression is None:
            return
        for sentence in view.sentences:
            for match in self.head_expression.finditer(view.text, sentence.begin, sentence.end):
                head = self.heads[match.group()]
                if head.not_before and view.text.startswith(head.not_before, match.end()):
                    continue
                limit = max(sentence.begin, match.start() - head.maximum)
                begin = phrases.left_edge(match.start(), limit, numbers=head.numbers)
                if self.cut:
                    for cut in self.cut.finditer(view.text, begin, match.start()):
                        begin = cut.end()
                begin = phrases.trim(begin, match.end(), self.strip)
                modifier = match.start() - begin
                if modifier < (0 if head.needs == "none" else head.minimum):
                    continue
                if phrases.is_specific(begin, match.start(), self.generic, head.needs):
                    found = self.mention(phrases, begin, match.end(), "head", head.confidence)
                    if found:
                        yield found

    def by_pattern(self, view: View, phrases: Phrases) -> Iterator[Mention]:
        """Names in the slots of a context."""
        for pattern, expression in self.lexicon.compiled:
            for sentence in view.sentences:
                for match in expression.finditer(view.text, sentence.begin, sentence.end):
                    for begin, end in _slots(match, phrases):
                        yield from self._slot(phrases, pattern, begin, end)

    def _slot(self, phrases: Phrases, pattern: Pattern, begin: int, end: int) -> Iterator[Mention]:
        if not pattern.keep:
            begin = phrases.trim(begin, end, self.strip)
        name = nominal(phrases.text[begin:end])
        if not pattern.minimum <= len(name) <= pattern.maximum:
            return
        if pattern.accept and not re.search(pattern.accept, name):
            return
        if pattern.reject and re.search(pattern.reject, name):
            return
        if not pattern.verbs and phrases.opens_with_verb(begin, end):
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
                if entry.reject and re.search(entry.reject, text):
                    continue
                if before.search(view.text, max(0, word.begin - 12), word.begin) and after.match(view.text, word.end):
                    found = self.mention(phrases, word.begin, word.end, entry.name, entry.confidence)
                    if found:
                        yield found

    def by_vocabulary(self, view: View, phrases: Phrases) -> Iterator[Mention]:
        """Names that stand for themselves."""
        for expression, confidence in self._vocabulary:
            for sentence in view.sentences:
                for match in expression.finditer(view.text, sentence.begin, sentence.end):
                    if phrases.at_edge(match.start()) or phrases.at_edge(match.end()):
                        found = self.mention(phrases, *match.span("name"), "vocabulary", confidence)
                        if found:
                            yield found

    @cached_property
    def _vocabulary(self) -> tuple[tuple[re.Pattern[str], float], ...]:
        rows = []
        for row in self.lexicon.vocabulary:
            before = f"(?:{self.lexicon.expand(row.before)})" if row.before else ""
            after = f"(?={self.lexicon.expand(row.after)})" if row.after else ""
            rows.append((re.compile(f"{before}(?P<name>{alternation(row.words)}){after}"), row.confidence))
        return tuple(rows)


def _slots(match: re.Match[str], phrases: Phrases) -> Iterator[tuple[int, int]]:
    """The spans of the names in a match; enumerations are split at 、 and 和."""
    groups = match.re.groupindex
    if "name" in groups and match.group("name"):
        yield match.span("name")
    if "names" in groups and match.group("names"):
        begin, end = match.span("names")
        yield from split_enumeration(phrases, begin, end)


def split_enumeration(phrases: Phrases, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """The members of an enumeration A、B和C as spans; a separator inside marks does not split."""
    text = phrases.text
    depth, last = 0, begin
    position = begin
    while position < end:
        if text[position] in "“《（(‘":
            depth += 1
        elif text[position] in "”》）)’":
            depth -= 1
        if depth <= 0:
            match = _SEPARATOR.match(text, position, end)
            if match is None and phrases.joins(position):
                match = _ANY.match(text, position, end)
            if match:
                cut = match.start() + (1 if match.group() in "”’》" else 0)
                yield last, cut
                last = position = match.end()
                continue
        position += 1
    if last < end:
        yield last, end
