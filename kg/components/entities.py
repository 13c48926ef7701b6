"""Entities: the mentions of one article that name one thing, and the references to it.

Two names of one class are one thing where the shorter is a regular short form of the longer:
leading places and endings of the class may be dropped (`[aliases]` in the class's lexicon).
A short form that fits two full names belongs to neither. Areas are told apart by code.
Assigns ``doc._.entities`` and ``doc._.references``. Requires ``doc._.mentions``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cached_property

from spacy.language import Language
from spacy.tokens import Doc

from kg.components.doc import View
from kg.components.language import reader_of
from kg.lexicon.names import Aliases, NameLexicon, alternation
from kg.types import Entity, Mention, Reference

_NO_ALIASES = Aliases()


def folded(name: str) -> str:
    """A name as it is compared: without brackets, dots and hyphens, in lower case."""
    return re.sub(r"[（）()·\-—、,，]", "", name).lower()


class Shortening:
    """Which short forms a full name of one class has."""

    def __init__(self, aliases: Aliases, places: frozenset[str]) -> None:
        self.aliases = aliases
        self.places = places

    @cached_property
    def _endings(self) -> tuple[str, ...]:
        return tuple(sorted((folded(e) for e in self.aliases.endings), key=lambda e: (-len(e), e)))

    @cached_property
    def _beginnings(self) -> tuple[str, ...]:
        begin = [folded(b) for b in self.aliases.beginnings]
        if self.aliases.places:
            begin += sorted(self.places)
        return tuple(sorted(begin, key=lambda b: (-len(b), b)))

    @cached_property
    def _ending_expression(self) -> re.Pattern[str]:
        return re.compile(f"(?:{alternation(self._endings)})+" if self._endings else r"(?!)")

    @cached_property
    def _beginning_expression(self) -> re.Pattern[str]:
        return re.compile(f"(?:{alternation(self._beginnings)})+" if self._beginnings else r"(?!)")

    def core(self, name: str) -> str:
        """A folded name without beginnings and endings; the name where nothing would be left."""
        core = name
        begin = self._beginning_expression.match(core)
        if begin and len(core) - begin.end() >= self.aliases.minimum:
            core = core[begin.end() :]
        changed = True
        while changed:
            changed = False
            for ending in self._endings:
                if core.endswith(ending) and len(core) - len(ending) >= self.aliases.minimum:
                    core, changed = core[: -len(ending)], True
                    break
        return core

    def shortens(self, short: str, full: str) -> bool:
        """Whether `short` is a regular short form of `full` (both folded, `short` the shorter)."""
        if len(short) < self.aliases.minimum:
            return False
        begin = full.find(short)
        if begin >= 0:
            before, after = full[:begin], full[begin + len(short) :]
            before_ok = not before or bool(self._beginning_expression.fullmatch(before)) or self.aliases.tail
            after_ok = not after or bool(self._ending_expression.fullmatch(after)) or (self.aliases.head and begin == 0)
            if before_ok and after_ok and not (before and after and self.aliases.tail and self.aliases.head):
                return True
        return self.core(short) == self.core(full)


class Entities:
    """Cluster the mentions of a Doc."""

    def __init__(self, lexicons: tuple[NameLexicon, ...]) -> None:
        self.lexicons = {lexicon.class_: lexicon for lexicon in lexicons}

    def __call__(self, doc: Doc) -> Doc:
        view = View(doc)
        mentions = sorted((*view.mentions, *view.inner))
        places = frozenset(folded(m.name) for m in view.candidates if m.code)
        groups: dict[tuple[str, str], list[Mention]] = defaultdict(list)
        for mention in mentions:
            groups[mention.kind, mention.code or folded(mention.name)].append(mention)
        owner = self._owners(groups, places)
        clusters: dict[tuple[str, str], list[Mention]] = defaultdict(list)
        for key, group in groups.items():
            clusters[owner[key]].extend(group)
        entities, references = [], []
        outer = set(view.mentions)
        for key in sorted(clusters):
            cluster = sorted(clusters[key])
            entity = self._entity(view, cluster)
            entities.append(entity)
            references += [Reference(m.begin, m.end, entity.id, entity.kind) for m in cluster if m in outer]
        doc._.entities = tuple(sorted(entities, key=lambda e: e.id))
        doc._.references = tuple(sorted(references))
        return doc

    def _owners(
        self, groups: dict[tuple[str, str], list[Mention]], places: frozenset[str]
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
                full = [k for k in keys[:index] if owner[k] == k and shortening.shortens(short[1], k[1])]
                if len(full) == 1:
                    owner[short] = full[0]
        return owner

    @staticmethod
    def _entity(view: View, cluster: list[Mention]) -> Entity:
        """One entity of all mentions of one thing: its label is its longest name, the first of that length."""
        names = sorted({m.name for m in cluster}, key=lambda n: (-len(n), n))
        best = max(cluster, key=lambda m: (m.confidence, -m.begin))
        return Entity(
            id=f"{best.kind}/{best.code or names[0]}",
            kind=best.kind,
            label=names[0],
            aliases=tuple(names[1:]),
            evidence=tuple(sorted({view.clean.evidence(m.begin, m.end) for m in cluster})),
            code=best.code,
            confidence=best.confidence,
        )


@Language.factory(
    "kg_entities",
    assigns=["doc._.entities", "doc._.references"],
    requires=["doc._.mentions"],
)
def make_entities(nlp: Language, name: str) -> Entities:
    """The component as spaCy builds it."""
    return Entities(reader_of(nlp).knowledge.names)
