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
from kg.components.language import reader_of
from kg.components.names import NameGrammar
from kg.components.phrases import Phrases, split_enumeration
from kg.lexicon.grammar import Grammar
from kg.lexicon.names import NameLexicon, alternation
from kg.types import Mention

_ENUMERATION = re.compile(r"[^，。；：！？\n]*、[^，。；：！？\n]*")
_MEMBER = re.compile(r"[\w“”‘’（）()·+\-]{2,16}")


class Lists:
    """Read the members of enumerations."""

    def __init__(self, lexicons: tuple[NameLexicon, ...], grammar: Grammar) -> None:
        self.grammar = grammar
        self.ended = [
            (
                NameGrammar(lexicon, grammar),
                re.compile(rf"(?P<names>[^，。；：！？\n]{{2,120}}?){grammar.list_end.pattern}{alternation(lexicon.list_nouns)}{grammar.list_noun_end}"),
            )
            for lexicon in lexicons
            if lexicon.list_nouns
        ]
        self.spreading = {lexicon.class_: NameGrammar(lexicon, grammar) for lexicon in lexicons if lexicon.list_members}

    def __call__(self, doc: Doc) -> Doc:
        view = View(doc)
        phrases = Phrases(view, self.grammar)
        found = set(view.candidates)
        found.update(self.by_end(view, phrases))
        found.update(self.by_members(view, phrases, found))
        doc._.candidates = tuple(sorted(found))
        return doc

    def by_end(self, view: View, phrases: Phrases) -> Iterator[Mention]:
        """Members of A、B、C等8家企业."""
        for grammar, expression in self.ended:
            for sentence in view.sentences:
                for match in expression.finditer(view.text, sentence.begin, sentence.end):
                    members = list(split_enumeration(phrases, *match.span("names")))
                    if len(members) < 2 and not match.group("count"):
                        continue
                    for index, (begin, end) in enumerate(members):
                        if index == 0:
                            begin = max(begin, first_edge(phrases, begin, end))
                        begin = phrases.trim(begin, end, grammar.strip)
                        if self.is_member(phrases, grammar, begin, end):
                            mention = grammar.mention(phrases, begin, end, "list", 0.85)
                            if mention:
                                yield mention

    @staticmethod
    def is_member(phrases: Phrases, grammar: NameGrammar, begin: int, end: int) -> bool:
        """Whether a span can be a member of a list of the grammar's class."""
        if not _MEMBER.fullmatch(phrases.text, begin, end):
            return False
        lexicon = grammar.lexicon
        accepted = lexicon.list_accept and re.search(lexicon.list_accept, phrases.text[begin:end])
        return bool(accepted) or phrases.is_specific(begin, end, grammar.generic, lexicon.list_needs)

    def by_members(self, view: View, phrases: Phrases, known: set[Mention]) -> Iterator[Mention]:
        """Unknown members of an enumeration most of whose known members are of one class."""
        by_span: dict[tuple[int, int], str] = {}
        for mention in sorted(known):
            by_span[mention.begin, mention.end] = mention.kind
        for sentence in view.sentences:
            for match in _ENUMERATION.finditer(view.text, sentence.begin, sentence.end):
                members = list(split_enumeration(phrases, match.start(), match.end()))
                inner = members[1:-1]
                kinds = [by_span.get(span) for span in inner]
                named = [kind for kind in kinds if kind]
                if not named or len(set(named)) != 1 or named[0] not in self.spreading:
                    continue
                grammar = self.spreading[named[0]]
                if 2 * len(named) < len(inner):
                    continue
                for (begin, end), kind in zip(inner, kinds, strict=True):
                    if kind is not None or phrases.opens_with_verb(begin, end):
                        continue
                    if self.is_member(phrases, grammar, begin, end):
                        member = grammar.mention(phrases, begin, end, "member", 0.7)
                        if member:
                            yield member


def first_edge(phrases: Phrases, begin: int, end: int) -> int:
    """Where the first member that ends at `end` begins; it may itself end in a verb (实施企业培育、技术改造)."""
    edge = phrases.left_edge(end, begin, numbers=False)
    word = phrases.word_at(end - 1) if edge == end > begin else None
    return phrases.left_edge(word.begin, begin, numbers=False) if word and word.begin > begin else edge


@Language.factory(
    "kg_lists",
    assigns=["doc._.candidates"],
    requires=["doc._.candidates"],
)
def make_lists(nlp: Language, name: str) -> Lists:
    """The component as spaCy builds it."""
    knowledge = reader_of(nlp).knowledge
    return Lists(knowledge.names, knowledge.grammar)
