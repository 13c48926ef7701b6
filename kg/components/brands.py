"""Brands: words that say nothing by themselves, where what stands around them can only speak of one class.

The tagger holds 晶远 for a name, or does not know it at all: in 晶远电池项目 it opens the name of a
project, in 晶远光伏迎来客商 it stands before a trade. Appends to ``doc._.candidates``.
Requires ``doc._.candidates`` and ``doc._.words``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from spacy.language import Language
from spacy.tokens import Doc

from kg.components.doc import View
from kg.components.language import reader_of
from kg.components.names import NameGrammar
from kg.components.phrases import Phrases
from kg.lexicon.brands import Brand
from kg.lexicon.grammar import Grammar
from kg.lexicon.names import NameLexicon
from kg.types import Mention, Word

LONGEST = 6  # characters of the words of a brand


@dataclass(frozen=True)
class Row:
    """A brand entry with its regular expressions."""

    data: Brand
    accept: re.Pattern[str]
    reject: re.Pattern[str] | None
    takes: re.Pattern[str]
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None

    def takes_word(self, word: Word, text: str) -> bool:
        """Whether a word counts."""
        if self.reject and self.reject.search(text):
            return False
        rare = word.rare and word.tag in self.data.rare and self.accept.search(text) is not None
        return rare or word.tag in self.data.tags


def compile_row(lexicon: NameLexicon, data: Brand) -> Row:
    """The entry of a lexicon with its slots filled."""
    return Row(
        data,
        re.compile(lexicon.expand(data.accept)),
        re.compile(lexicon.expand(data.reject)) if data.reject else None,
        re.compile(lexicon.expand(data.takes) if data.takes else r"(?!)"),
        re.compile(f"(?:{lexicon.expand(data.before)})$") if data.before else None,
        re.compile(lexicon.expand(data.after)) if data.after else None,
    )


class Brands:
    """Find the brands of every class that has such entries."""

    def __init__(self, lexicons: tuple[NameLexicon, ...], grammar: Grammar) -> None:
        self.grammar = grammar
        self.classes = [
            (NameGrammar(lexicon, grammar), [compile_row(lexicon, data) for data in lexicon.brand])
            for lexicon in lexicons
            if lexicon.brand
        ]
        words = {lexicon.class_: lexicon.vocabulary_words for lexicon in lexicons}
        self.others = {
            lexicon.class_: frozenset[str]().union(*(words.get(kind, ()) for kind in lexicon.yields))
            for lexicon in lexicons
        }

    def __call__(self, doc: Doc) -> Doc:
        view = View(doc)
        if view.words:
            phrases = Phrases(view, self.grammar)
            found = set(view.candidates)
            for names, rows in self.classes:
                for brand, row in list(self.brands(view, phrases, names, rows)):
                    cut = [other for other in found if opened(brand, other, row.data.leaves)]
                    found.difference_update(cut)
                    found.update(replace(m, begin=brand.end, name=view.text[brand.end : m.end]) for m in cut)
                    found.add(brand)
            doc._.candidates = tuple(sorted(found))
        return doc

    def brands(
        self, view: View, phrases: Phrases, names: NameGrammar, rows: Iterable[Row]
    ) -> Iterator[tuple[Mention, Row]]:
        """The brands of one class, each with its entry."""
        taken = Taken(view, names.lexicon.class_)
        words = [taken.without_place(word) for word in view.words]
        for row in rows:
            for index, word in enumerate(words):
                if not taken.is_free(word.begin, (*row.data.opens, *row.data.leaves)):
                    continue
                end = self.brand_end(view, words[index : index + 2], row)
                if end is None:
                    continue
                for stop in self.stops(view, phrases, row, word.begin, end):
                    mention = names.mention(phrases, word.begin, stop, row.data.name, row.data.confidence)
                    if mention and mention.name in self.others[mention.kind]:
                        break  # a word of another class: 石墨电极
                    if mention and self.fits(view, phrases, row, mention, taken):
                        yield mention, row
                        break

    @staticmethod
    def brand_end(view: View, words: list[Word], row: Row) -> int | None:
        """Where the words of a brand end that begins with the first of `words`, if one does.

        A word the tagger does not know may be two for it, of one character each (晶|远).
        """
        first, *rest = words
        text = view.text[first.begin : first.end]
        if rest and len(text) == 1 and rest[0].end - rest[0].begin == 1:
            text += view.text[rest[0].begin : rest[0].end]
            word = Word(first.begin, rest[0].end, rest[0].tag, rare=True)
            apart = first.tag in row.data.rare and word.tag in row.data.rare
            return word.end if apart and row.takes_word(word, text) else None
        end = None
        for word in (first, *rest):
            if word.end - first.begin > LONGEST or not row.takes_word(word, view.text[word.begin : word.end]):
                break
            end = word.end
        return end

    @staticmethod
    def stops(view: View, phrases: Phrases, row: Row, begin: int, end: int) -> Iterator[int]:
        """Where the name may end: behind what it takes in, or behind the brand itself."""
        match = row.takes.match(view.text, end)
        if match and phrases.at_edge(match.end()):
            yield match.end()
        if not row.data.needs and end - begin > 1 and not phrases.ends_in_place(begin, end):
            yield end

    def fits(self, view: View, phrases: Phrases, row: Row, mention: Mention, taken: Taken) -> bool:
        """Whether what stands around a brand is what the entry asks for."""
        begin, end = mention.begin, mention.end
        if row.data.opens and not taken.opens(begin, end, row.data.opens):
            return False
        before = row.before and row.before.search(view.text, max(0, begin - 16), begin)
        if not before and (row.before or row.data.edges) and not (row.data.edges and self.is_edge(phrases, begin - 1)):
            return False
        if row.after:
            return row.after.match(view.text, end) is not None
        return not row.data.edges or self.is_edge(phrases, end)

    def is_edge(self, phrases: Phrases, offset: int) -> bool:
        """Whether no noun stands at `offset`: there a noun phrase ends."""
        word = phrases.word_at(offset) if offset >= 0 else None
        return word is None or word.tag not in self.grammar.inner_tags


class Taken:
    """Where other names stand."""

    def __init__(self, view: View, kind: str) -> None:
        self.kind = kind
        self.over: dict[int, set[str]] = {}
        self.outer: dict[int, list[Mention]] = {}
        for mention in view.candidates:
            self.outer.setdefault(mention.begin, []).append(mention)
            for offset in range(mention.begin, mention.end):
                self.over.setdefault(offset, set()).add(mention.kind)
        self.places = {m.end: m.begin for m in sorted(view.candidates) if m.code}
        self.begins = {begin: end for end, begin in self.places.items()}

    def without_place(self, word: Word) -> Word:
        """A word without the place with which it begins (溧阳|晶远)."""
        begin = self.begins.get(word.begin, word.end)
        return replace(word, begin=begin, rare=True) if begin < word.end else word

    def is_free(self, begin: int, opens: tuple[str, ...]) -> bool:
        """Whether no name stands at `begin`, but for those of the classes that a brand may open."""
        return not self.over.get(begin, set()).difference(opens)

    def opens(self, begin: int, end: int, kinds: tuple[str, ...]) -> bool:
        """Whether a longer name of `kinds` begins at `begin`, or at a place that stands right before it."""
        outer = [*self.outer.get(begin, ()), *self.outer.get(self.places.get(begin, -1), ())]
        return any(m.kind in kinds and m.end > end for m in outer)


def opened(brand: Mention, other: Mention, kinds: tuple[str, ...]) -> bool:
    """Whether a brand opens a longer name of `kinds`."""
    return other.kind in kinds and other.begin == brand.begin and other.end > brand.end + 1


@Language.factory(
    "kg_brands",
    assigns=["doc._.candidates"],
    requires=["doc._.candidates", "doc._.words"],
)
def make_brands(nlp: Language, name: str) -> Brands:
    """The component as spaCy builds it."""
    knowledge = reader_of(nlp).knowledge
    return Brands(knowledge.names, knowledge.grammar)
