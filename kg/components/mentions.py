"""Mentions: of the candidates that overlap, the one to believe.

A name that was grown too far to the left is found out by its repetition: where the article
names 光谷物联港产业园 again and again, 区位图光谷物联港产业园 is that name with a caption before it.
Assigns ``doc._.mentions`` (no overlap) and ``doc._.inner`` (names kept inside a longer name,
where its class holds or echoes such names). Requires ``doc._.candidates``.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import islice

from spacy.language import Language
from spacy.tokens import Doc

from kg.components.containment import within
from kg.components.doc import View
from kg.components.language import reader_of
from kg.components.places import SHORT_NAME
from kg.lexicon.alternation import alternation
from kg.lexicon.names import NameLexicon
from kg.ontology import Ontology
from kg.types import Mention


class Mentions:
    """Longest match first; then a known place; then the class's priority; then confidence."""

    def __init__(self, lexicons: tuple[NameLexicon, ...], ontology: Ontology) -> None:
        self.ontology = ontology
        self.lexicons = {lexicon.class_: lexicon for lexicon in lexicons}

    def __call__(self, doc: Doc) -> Doc:
        view = View(doc)
        candidates = {mention for mention in view.candidates if not self.is_yielded(mention)}
        kept, _ = self.resolve(view, candidates)
        cut = overgrown(kept, candidates)
        kept, inner = self.resolve(view, {*candidates, *cut.values()} - cut.keys())
        inner += self.place(view, kept, inner)
        doc._.mentions = tuple(sorted(kept))
        echoes = self._apart(list(self.echoes(view, kept)))
        doc._.inner = tuple(sorted({*self._apart(inner), *echoes}))
        return doc

    def is_yielded(self, mention: Mention) -> bool:
        """Whether a name is a word of a class to which its own yields."""
        lexicon = self.lexicons.get(mention.kind)
        if lexicon is None or len(mention.name) < lexicon.yields_from:
            return False
        others = (self.lexicons[kind] for kind in lexicon.yields if kind in self.lexicons)
        return any(mention.name in other.vocabulary_words for other in others)

    def resolve(self, view: View, candidates: Collection[Mention]) -> tuple[list[Mention], list[Mention]]:
        """The candidates to believe, and those that lie inside one of them and are kept there."""
        taken: list[Mention | None] = [None] * len(view.text)
        kept: list[Mention] = []
        inner: list[Mention] = []
        for mention in sorted(candidates, key=self._rank):
            over = {m for m in taken[mention.begin : mention.end] if m is not None}
            if not over:
                kept.append(mention)
                taken[mention.begin : mention.end] = [mention] * (mention.end - mention.begin)
            elif len(over) == 1 and self._holds(over.pop(), mention):
                inner.append(mention)
        alone = {mention.code for mention in kept}
        return kept, [mention for mention in inner if mention.code in alone or not self._is_far(view, kept, mention)]

    def _is_far(self, view: View, kept: Collection[Mention], inner: Mention) -> bool:
        """Whether a short name of a place in another prefecture is but where something is from (江州化工项目)."""
        if inner.code is None or view.place is None or not inner.rule.endswith(SHORT_NAME):
            return False
        home = view.place[:2] if view.place.endswith("0000") else view.place[:4]  # of a province all of it
        if inner.code.startswith(home) or inner.code[:4] == view.place[:2] + "00":
            return False
        outer = next(m for m in kept if m.begin <= inner.begin and inner.end <= m.end)
        lexicon = self.lexicons.get(outer.kind)
        return lexicon is not None and lexicon.holds_home

    def echoes(self, view: View, kept: list[Mention]) -> Iterator[Mention]:
        """Names that stand alone somewhere, where they are found inside longer names whose class echoes them.

        An ending that the class drops in short forms may be missing (纺织产业, 东江纺织产业基地).
        """
        words: dict[str, set[str]] = defaultdict(set)
        for kind in sorted({kind for lexicon in self.lexicons.values() for kind in lexicon.echoes}):
            endings = self.lexicons[kind].aliases.endings if kind in self.lexicons else ()
            for name in sorted({mention.name for mention in kept if mention.kind == kind}):
                short = (name.removesuffix(ending) for ending in ("", *endings) if name.endswith(ending))
                words[kind].update(word for word in short if len(word) > 1)
        for outer in sorted(kept):
            lexicon = self.lexicons.get(outer.kind)
            for kind in lexicon.echoes if lexicon else ():
                if not words[kind]:
                    continue
                for match in re.finditer(alternation(tuple(words[kind])), view.text[outer.begin : outer.end]):
                    begin, end = outer.begin + match.start(), outer.begin + match.end()
                    if match.group() != outer.name:
                        yield Mention(begin, end, kind, match.group(), f"{kind}/echo", outer.confidence)

    @staticmethod
    def place(view: View, kept: Collection[Mention], inner: Collection[Mention]) -> list[Mention]:
        """The first name of the place the article is about, where it stands only inside longer names."""
        if view.place is None or any(m.code == view.place for m in (*kept, *inner)):
            return []
        inside = (m for m in sorted(view.candidates) if m.code == view.place and any(within(m, o) for o in kept))
        return list(islice(inside, 1))

    def _rank(self, mention: Mention) -> tuple[int, bool, int, float, Mention]:
        lexicon = self.lexicons.get(mention.kind)
        priority = lexicon.priority if lexicon else 0
        length = len(re.sub(r"[“”‘’《》]", "", mention.name))
        return (-length, mention.code is None, -priority, -mention.confidence, mention)

    def _apart(self, inner: list[Mention]) -> list[Mention]:
        """Inner mentions, the longer first, each apart from the others or held by them, in text order."""
        chosen: list[Mention] = []
        for mention in inner:
            over = [other for other in chosen if mention.begin < other.end and other.begin < mention.end]
            if all(self._holds(other, mention) for other in over):
                chosen.append(mention)
        return sorted(chosen)

    def _holds(self, outer: Mention, inner: Mention) -> bool:
        """Whether one mention lies inside another whose class holds such names."""
        lexicon = self.lexicons.get(outer.kind)
        inside = outer.begin <= inner.begin and inner.end <= outer.end and inner.name != outer.name
        return inside and lexicon is not None and any(self.ontology.is_a(inner.kind, kind) for kind in lexicon.holds)


def overgrown(kept: Collection[Mention], candidates: Collection[Mention]) -> dict[Mention, Mention]:
    """Of `kept`, the names said once that end in a name of their class said at least twice elsewhere, cut to it.

    What is before the repeated name must not itself be a candidate (an owner), nor begin with a place (无锡|市委).
    """
    counts = Counter((mention.kind, mention.name) for mention in kept)
    often = defaultdict(set)
    for (kind, name), count in counts.items():
        if count > 1:
            often[kind].add(name)
    spans = {(c.begin, c.end) for c in candidates}
    placed = {c.begin for c in candidates if c.code}
    begins = {(c.kind, c.name, c.begin) for c in candidates}
    found = {}
    for mention in kept:
        if counts[mention.kind, mention.name] > 1 or mention.end - mention.begin != len(mention.name):
            continue
        if mention.begin in placed:
            continue
        for name in sorted(often[mention.kind], key=lambda n: (len(n), n)):
            begin = mention.end - len(name)
            if any((mention.kind, name, mention.end + gap) in begins for gap in range(1, 9)):
                continue  # 白沙化工区（以下简称“化工区”）
            if mention.name.endswith(name) and begin > mention.begin and (mention.begin, begin) not in spans:
                found[mention] = replace(mention, begin=begin, name=name)
    return found


@Language.factory(
    "kg_mentions",
    assigns=["doc._.mentions", "doc._.inner"],
    requires=["doc._.candidates"],
)
def make_mentions(nlp: Language, name: str) -> Mentions:
    """The component as spaCy builds it."""
    knowledge = reader_of(nlp).knowledge
    return Mentions(knowledge.names, knowledge.ontology)
