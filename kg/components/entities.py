"""Entities: the mentions of one article that name one thing, and the references to it.

Two names of one class are one thing where the shorter is a regular short form of the longer:
leading places and endings of the class may be dropped (`[aliases]` in the class's lexicon).
A short form that fits two full names belongs to neither. Areas are told apart by code.
Assigns ``doc._.entities`` and ``doc._.references``; drops from ``doc._.inner`` what is but a part of a
name of the same thing. Requires ``doc._.mentions``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from unicodedata import normalize

from spacy.language import Language
from spacy.tokens import Doc

from kg.components.doc import View
from kg.components.families import Family
from kg.components.introductions import introductions
from kg.components.language import reader_of
from kg.components.phrases import nominal
from kg.components.places import REGION
from kg.components.shortening import REPEAT, Shortening, common_places, folded
from kg.lexicon.aliases import Aliases
from kg.lexicon.divisions import Divisions
from kg.lexicon.grammar import Grammar
from kg.lexicon.names import NameLexicon
from kg.types import Entity, Mention, Reference

_NO_ALIASES = Aliases()


class Entities:
    """Cluster the mentions of a Doc."""

    def __init__(self, lexicons: tuple[NameLexicon, ...], grammar: Grammar, divisions: Divisions) -> None:
        self.common = common_places(divisions)
        self.regions = divisions.region_names
        self.lexicons = {lexicon.class_: lexicon for lexicon in lexicons}
        self.echoed = frozenset(kind for lexicon in lexicons for kind in lexicon.echoes)
        self.bracketed = frozenset(lexicon.class_ for lexicon in lexicons if lexicon.bracketed)
        self.grammar = grammar

    def __call__(self, doc: Doc) -> Doc:
        view = View(doc)
        named = self.common.union(folded(m.name) for m in view.candidates if m.code)
        formal = {m for m in view.inner if self._formal(view, m, named)}
        mentions = sorted({*view.mentions, *view.inner} - formal)
        owning = [m for m in view.inner if not m.rule.endswith(REPEAT) and m.kind not in self.echoed]
        owning = [m for m in owning if m not in formal]
        places = named.union(folded(m.name) for m in owning)
        groups: dict[tuple[str, str], list[Mention]] = defaultdict(list)
        for mention in mentions:
            groups[mention.kind, mention.code or folded(self._first_name(mention))].append(mention)
        introduced = {
            (short.kind, folded(short.name)): (full.kind, folded(full.name))
            for full, short in introductions(view, mentions, self.grammar, self.bracketed)
            if not self.is_deictic(short)
        }
        owner = self._owners(groups, places, introduced, strangers(view, groups), Family(view, self.lexicons, groups))
        former = self._former(view, mentions)
        for key, present in former.items():
            old, new = owner[key], owner[present]
            owner = {each: new if root == old else root for each, root in owner.items()}
        clusters: dict[tuple[str, str], list[Mention]] = defaultdict(list)
        for key, group in groups.items():
            clusters[owner[key]].extend(group)
        entities, references = [], []
        parts = set(formal)
        outer = set(view.mentions)
        for key in sorted(clusters):
            cluster = [m for m in sorted(clusters[key]) if m in outer or not _inside(m, clusters[key])]
            parts.update(clusters[key])
            parts.difference_update(cluster)
            entity = self._entity(view, cluster, frozenset(name for _, name in former))
            entities.append(entity)
            references += [Reference(m.begin, m.end, entity.id, entity.kind) for m in cluster if m in outer]
        doc._.entities = tuple(sorted(entities, key=lambda e: e.id))
        doc._.references = tuple(sorted(references))
        doc._.inner = tuple(m for m in view.inner if m not in parts)
        return doc

    def _former(self, view: View, mentions: Sequence[Mention]) -> dict[tuple[str, str], tuple[str, str]]:
        """The keys of names that the text calls former ones, each with that of the last name of its thing.

        甲园前身为乙园: of what the paragraph is about; 乙园更名为甲园: of what was named last.
        """
        found: dict[tuple[str, str], tuple[str, str]] = {}
        for index, mention in enumerate(mentions):
            lexicon = self.lexicons.get(mention.kind)
            before = view.text.rfind("\n", 0, mention.begin) + 1
            words = view.text[before : mention.begin]
            same = [m for m in mentions[:index] if m.kind == mention.kind and m.begin >= before and not m.code]
            keys = [(m.kind, folded(m.name)) for m in same]
            key = (mention.kind, folded(mention.name))
            if not lexicon or not keys:
                continue
            if keys[0] != key and lexicon.former_expression.search(words):
                found.setdefault(key, keys[0])
            elif keys[-1] != key and lexicon.renamed_expression.search(words):
                found.setdefault(keys[-1], key)
        return {key: last for key in found if (last := _end(found, key)) not in found}

    def _first_name(self, mention: Mention) -> str:
        """The name of a mention; of a region that has several the first (长三角, 长江三角洲)."""
        region = self.regions.get(mention.name) if mention.rule == REGION else None
        return region.names[0] if region else mention.name

    def is_deictic(self, short: Mention) -> bool:
        """Whether a short form is but the kind of the thing, as a contract calls its parties (以下简称“公司”)."""
        return short.kind in self.lexicons and short.name in self.lexicons[short.kind].generic

    def _formal(self, view: View, inner: Mention, places: frozenset[str]) -> bool:
        """Whether the name around an inner one of its class only adds an ending to it (华星零部件|公司)."""
        aliases = self.lexicons[inner.kind].aliases if inner.kind in self.lexicons else _NO_ALIASES
        around = (m for m in view.mentions if m.kind == inner.kind and m.begin <= inner.begin and inner.end <= m.end)
        endings = Shortening(aliases, places)
        return any(endings.is_formal(folded(view.text[inner.end : m.end])) for m in around)

    def _owners(
        self,
        groups: dict[tuple[str, str], list[Mention]],
        places: frozenset[str],
        introduced: dict[tuple[str, str], tuple[str, str]],
        strangers: frozenset[tuple[str, str]],
        family: Family,
    ) -> dict[tuple[str, str], tuple[str, str]]:
        """For each group of equal names the group of the fullest name of the same thing."""
        owner = {key: key for key in groups}
        by_kind: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for key, group in groups.items():
            if not group[0].code:
                by_kind[key[0]].append(key)
        for kind, keys in sorted(by_kind.items()):
            aliases = self.lexicons[kind].aliases if kind in self.lexicons else _NO_ALIASES
            shortening = Shortening(aliases, places)
            keys.sort(key=lambda k: (-len(k[1]), k[1]))
            for index, short in enumerate(keys):
                fuller = keys[:index]
                if aliases.home and not shortening.opening(short[1]):
                    fuller = [key for key in fuller if key not in strangers]
                if short in introduced:
                    full = [k for k in fuller if k == introduced[short]]
                else:
                    others = {full for full in fuller if family.is_parent(shortening, short, full)}
                    fuller = [full for full in fuller if full not in others and owner[full] not in others]
                    full = self._fullest(shortening, short, fuller)
                owners = {owner[k] for k in full}
                if len(owners) == 1:
                    owner[short] = owners.pop()
        return owner

    @staticmethod
    def _fullest(
        shortening: Shortening, short: tuple[str, str], fuller: list[tuple[str, str]]
    ) -> list[tuple[str, str]]:
        """Those of `fuller` that a name may shorten, by the strictest of the ways that any of them allows."""
        for way in (shortening.equals, shortening.shortens, shortening.spells, shortening.condenses):
            full = [key for key in fuller if way(short[1], key[1])]
            if full:
                return full
        return []

    @staticmethod
    def _entity(view: View, cluster: list[Mention], former: Collection[str] = ()) -> Entity:
        """One entity of all mentions of one thing: its label is its longest name, the first of that length.

        Names that are folded in `former` come last.
        """
        names = sorted({m.name for m in cluster}, key=lambda n: (folded(n) in former, -len(n), n))
        written = {w for m in cluster if (w := surface(view, m))}
        best = max(cluster, key=lambda m: (m.confidence, -m.begin))
        return Entity(
            id=f"{best.kind}/{best.code or names[0]}",
            kind=best.kind,
            label=names[0],
            aliases=(*names[1:], *sorted(written.difference(names))),
            evidence=tuple(sorted({view.clean.evidence(m.begin, m.end) for m in cluster})),
            code=best.code,
            confidence=best.confidence,
        )


def _end(later: Mapping[tuple[str, str], tuple[str, str]], key: tuple[str, str]) -> tuple[str, str]:
    """The last of the names that follow on `key`; one of a circle where they go round."""
    passed = {key}
    while (following := later.get(key)) and following not in passed:
        key = following
        passed.add(key)
    return key


def surface(view: View, mention: Mention) -> str:
    """A name as the file has it, where cleaning mended a character of it (蓄電池); else the empty string."""
    written = nominal(view.clean.surface[mention.begin : mention.end])
    return "" if normalize("NFKC", written) == normalize("NFKC", mention.name) else written


def strangers(view: View, groups: Mapping[tuple[str, str], Sequence[Mention]]) -> frozenset[tuple[str, str]]:
    """Names that open with a place of the kind of the article's own, but another: 市政府 is not short for them."""
    own = next((m.kind for m in view.candidates if m.code and m.code == view.place), None)
    opening = {m.begin: m for m in sorted(view.candidates, key=lambda m: (m.end, m)) if m.code}
    found = set()
    for key, group in groups.items():
        place = opening.get(group[0].begin)
        if own is not None and place is not None and place.kind == own and place.code != view.place:
            found.add(key)
    return frozenset(found)


def _inside(mention: Mention, mentions: Collection[Mention]) -> bool:
    """Whether a mention is a part of another name of the same thing (华星科技 in 华星科技有限公司)."""
    return any(m != mention and m.begin <= mention.begin and mention.end <= m.end for m in mentions)


@Language.factory(
    "kg_entities",
    assigns=["doc._.entities", "doc._.references", "doc._.inner"],
    requires=["doc._.mentions"],
)
def make_entities(nlp: Language, name: str) -> Entities:
    """The component as spaCy builds it."""
    knowledge = reader_of(nlp).knowledge
    return Entities(knowledge.names, knowledge.grammar, knowledge.divisions)
