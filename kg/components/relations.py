"""Claims: what the rule files read from the sentences.

Three kinds of rule, in this order: patterns over a sentence, names inside names, and defaults for
entities of which nothing better was said. Assigns ``doc._.claims`` and ``doc._.vetoes``. Requires ``doc._.references``
and ``doc._.scopes``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from spacy.language import Language
from spacy.tokens import Doc

from kg.components.containment import Compound, compounds, nearest, row
from kg.components.doc import View
from kg.components.language import reader_of
from kg.components.masking import Masked, mask
from kg.lexicon.divisions import Divisions
from kg.ontology import Ontology
from kg.rules import DefaultData, HierarchyData, InnerData, Pattern, Rules
from kg.types import Claim, Evidence, Reference, Sentence, Veto

_CLAUSE_EDGE = re.compile(r"[，。；：！？\n“—]")
_WIDE_EDGE = re.compile(r"[，。；！？\n]")


class Relations:
    """Apply all rule files to a Doc."""

    def __init__(self, rules: tuple[Rules, ...], ontology: Ontology, divisions: Divisions) -> None:
        self.rules = rules
        self.ontology = ontology
        self.divisions = divisions

    def __call__(self, doc: Doc) -> Doc:
        reading = Reading(View(doc), self.ontology, self.divisions)
        doc._.claims = tuple(reading.claims(self.rules))
        doc._.vetoes = tuple(sorted(reading.vetoes))
        return doc


class Reading:
    """The rules applied to one Doc."""

    def __init__(self, view: View, ontology: Ontology, divisions: Divisions) -> None:
        self.view = view
        self.ontology = ontology
        self.divisions = divisions
        self.kinds = sorted(ontology.classes)
        self.vetoes: set[Veto] = set()
        self.kind_of = {entity.id: entity.kind for entity in view.entities}

    @cached_property
    def masked(self) -> list[tuple[int, Sentence, Masked]]:
        """Every sentence with its index and its mask."""
        references = list(self.view.references)
        rows, start = [], 0
        for index, sentence in enumerate(self.view.sentences):
            while start < len(references) and references[start].begin < sentence.begin:
                start += 1
            end = start
            while end < len(references) and references[end].end <= sentence.end:
                end += 1
            rows.append((index, sentence, mask(self.view.text, sentence, references[start:end], self.kinds)))
            start = end
        return rows

    @cached_property
    def compounds(self) -> list[Compound]:
        """The names that hold names."""
        return compounds(self.view)

    def claims(self, rules: tuple[Rules, ...]) -> list[Claim]:
        """All claims, one for each fact and span, sorted."""
        best: dict[tuple[str, str, str, int, int], Claim] = {}
        for rule in rules:
            said: set[tuple[str, str]] = set()
            read = list(self.one_relation(rule, said))
            for claim in nearest(read, self.part_of) if rule.nearest else read:
                key = (claim.subject, claim.predicate, claim.object, claim.evidence.begin, claim.evidence.end)
                if key not in best or (best[key].confidence, claim.rule) < (claim.confidence, best[key].rule):
                    best[key] = claim
        return sorted(best.values(), key=lambda c: (c.subject, c.predicate, c.object, c.evidence, c.rule, c.qualifiers))

    def one_relation(self, rule: Rules, said: set[tuple[str, str]]) -> Iterator[Claim]:
        """The claims of one rule file; `said` collects their ends."""
        for pattern in rule.patterns:
            for index, sentence, masked in self.masked:
                for subject, object_, span, qualifiers in self.matches(pattern, index, sentence, masked):
                    if subject != object_ and not (rule.symmetric and (object_, subject) in said):
                        said.add((subject, object_))
                        name, confidence = pattern.data.name, pattern.data.confidence
                        yield self.claim(rule, name, confidence, subject, object_, span, qualifiers)
        for inner in rule.inner:
            for compound in self.compounds:
                yield from self.by_inner(rule, inner, compound, said)
        for hierarchy in rule.hierarchy:
            yield from self.by_hierarchy(rule, hierarchy, said)
        for default in rule.defaults:
            yield from self.by_default(rule, default, said)

    def claim(
        self,
        rule: Rules,
        name: str,
        confidence: float,
        subject: str,
        object_: str,
        span: tuple[int, int],
        qualifiers: tuple[tuple[str, str], ...] = (),
    ) -> Claim:
        """A claim whose evidence is the clean span."""
        evidence = self.view.clean.evidence(*span)
        return Claim(subject, rule.relation, object_, evidence, f"{rule.path.stem}/{name}", confidence, qualifiers)

    def matches(
        self, pattern: Pattern, index: int, sentence: Sentence, masked: Masked
    ) -> Iterator[tuple[str, str, tuple[int, int], tuple[tuple[str, str], ...]]]:
        """Subject, object, clean span and qualifiers of each match of a pattern in a sentence."""
        position = 0
        groups = pattern.expression.groupindex
        while match := pattern.expression.search(masked.text, position):
            position = match.start() + 1
            veto = pattern.unless and pattern.unless.search(masked.text, *self.clause(masked.text, *match.span()))
            if veto:
                self.vetoes.add(Veto(index, pattern.data.name, veto.group()))
                continue
            if pattern.data.not_after and masked.text.endswith(pattern.data.not_after, 0, match.start()):
                continue
            begin, end = masked.span(*match.span())
            objects = [r for r in masked.references(*match.span("object")) if r.kind in pattern.ends[1]]
            if "subject" in groups:
                subjects = [r for r in masked.references(*match.span("subject")) if r.kind in pattern.ends[0]]
            else:
                subject = self.clause_subject(pattern, index, masked, match.start())
                if subject is None:
                    continue
                entity, at = subject
                subjects = [Reference(at, at, entity, self.kind_of[entity])]
                begin = min(begin, at)
            named = sorted(match.groupdict().items())
            qualifiers = tuple((k, v) for k, v in named if k not in ("subject", "object") and v)
            pairs = (
                list(zip(subjects, objects, strict=False))
                if pattern.data.cross
                else [(s, o) for s in subjects for o in objects]
            )
            for one, two in pairs:
                yield one.entity, two.entity, (max(begin, sentence.begin), end), qualifiers

    @staticmethod
    def clause(text: str, begin: int, end: int) -> tuple[int, int]:
        """The clauses that a masked span touches."""
        while begin > 0 and not _WIDE_EDGE.match(text, begin - 1):
            begin -= 1
        edge = _WIDE_EDGE.search(text, end)
        return begin, edge.start() if edge else len(text)

    def clause_subject(self, pattern: Pattern, index: int, masked: Masked, start: int) -> tuple[str, int] | None:
        """The entity the clause at `start` speaks of and the clean offset where the evidence begins."""
        if pattern.data.clause:
            for at in sorted((i for i in masked.at if i < start), reverse=True):
                reference = masked.at[at]
                opens = at == 0 or _CLAUSE_EDGE.match(masked.text, at - 1)
                if reference.kind in pattern.subject_kinds and opens:
                    return reference.entity, reference.begin
        if pattern.data.topic:
            for entity in self.view.scopes[index]:
                if self.kind_of.get(entity) in pattern.subject_kinds:
                    return entity, masked.offsets[start]
        return None

    def by_inner(
        self, rule: Rules, inner: InnerData, compound: Compound, said: set[tuple[str, str]]
    ) -> Iterator[Claim]:
        """The claims that the names inside a name make."""
        outer, one = compound.mention, compound.entity
        if not self.under(one.kind, inner.outer_kinds):
            return
        if inner.name_match and not re.search(inner.name_match, outer.name):
            return
        fitting = [(m, e) for m, e in compound.parts if self.under(e.kind, inner.inner_kinds) and e.id != one.id]
        if inner.at == "begin":
            fitting = row(fitting, outer.begin)
        for _, two in fitting[-1:] if inner.last else fitting:
            ends = (one.id, two.id) if inner.outer == "subject" else (two.id, one.id)
            if ends not in said:
                said.add(ends)
                yield self.claim(rule, inner.name, inner.confidence, *ends, (outer.begin, outer.end))

    def under(self, kind: str, kinds: tuple[str, ...]) -> bool:
        """Whether `kind` is one of `kinds` or below one."""
        return any(self.ontology.is_a(kind, top) for top in kinds)

    def part_of(self, one: str, two: str) -> bool:
        """Whether the gazetteer has division `one` inside division `two`."""
        inner, outer = self.code_of.get(one), self.code_of.get(two)
        return inner is not None and outer is not None and inner != outer and self.divisions.within(inner, outer)

    @cached_property
    def code_of(self) -> dict[str, str]:
        """The code of each division."""
        return {entity.id: entity.code for entity in self.view.entities if entity.code}

    def by_hierarchy(self, rule: Rules, hierarchy: HierarchyData, said: set[tuple[str, str]]) -> Iterator[Claim]:
        """Divisions of the chain of the article's place, each in the nearest larger one the article names."""
        named = {entity.code: entity.id for entity in self.view.entities if entity.code}
        place = self.view.place
        for code, entity in sorted(named.items()):
            chain = [division.code for division in self.divisions.chain(code) if division.code != code]
            above = next((c for c in chain if c in named), None)
            on_chain = place is not None and (place in chain or self.divisions.within(place, code))
            pair = (entity, named[above]) if above else None
            if pair and on_chain and pair not in said:
                said.add(pair)
                yield self.claim(rule, hierarchy.name, hierarchy.confidence, *pair, self.naming_span(*pair))

    def naming_span(self, one: str, two: str) -> tuple[int, int]:
        """The clean span from one entity to another where they stand nearest in a sentence; else the first's name."""
        best: tuple[int, int] | None = None
        for _, _, masked in self.masked:
            ones = [r for r in masked.at.values() if r.entity == one and not r.deictic]
            twos = [r for r in masked.at.values() if r.entity == two and not r.deictic]
            for a in ones:
                for b in twos:
                    span = (min(a.begin, b.begin), max(a.end, b.end))
                    if best is None or span[1] - span[0] < best[1] - best[0]:
                        best = span
        if best:
            return best
        named, evidence = (*self.view.mentions, *self.view.inner), self.view.clean.evidence
        first = next(m for m in named if evidence(m.begin, m.end) in self.evidence_of[one])
        return first.begin, first.end

    @cached_property
    def evidence_of(self) -> dict[str, frozenset[Evidence]]:
        """Where each entity is named."""
        return {entity.id: frozenset(entity.evidence) for entity in self.view.entities}

    def by_default(self, rule: Rules, default: DefaultData, said: set[tuple[str, str]]) -> Iterator[Claim]:
        """The claims of a default: each entity once, at the first mention where it holds."""
        side = 0 if default.of == "subject" else 1
        done = set() if default.always else {pair[side] for pair in said}
        if not default.own:
            done |= set(self.view.own[:1])
        for index, _, masked in self.masked:
            for at, reference in sorted(masked.at.items()):
                if reference.deictic or reference.entity in done or not self.under(reference.kind, default.kinds):
                    continue
                if not self.fits(default, masked.text, at, reference):
                    continue
                topic = self.topic(default, index, reference.entity)
                if topic is None:
                    continue
                ends = (reference.entity, topic) if side == 0 else (topic, reference.entity)
                if ends in said or ends[::-1] in said:
                    continue
                done.add(reference.entity)
                said.add(ends)
                span = masked.span(*self.clause(masked.text, at, at + 1))
                yield self.claim(rule, default.name, default.confidence, *ends, span)

    def fits(self, default: DefaultData, text: str, at: int, reference: Reference) -> bool:
        """Whether the clause around a masked name meets the conditions of a default."""
        begin, end = self.clause(text, at, at + 1)
        name = self.view.text[reference.begin : reference.end]
        if default.within and not re.search(default.within, text[begin:end]):
            return False
        if default.before and not re.search(f"(?:{default.before})$", text[begin:at]):
            return False
        if default.after and not re.match(default.after, text[at + 1 : end]):
            return False
        if default.unless and re.search(default.unless, text[begin:end]):
            return False
        if default.name_match and not re.search(default.name_match, name):
            return False
        return not (default.name_unless and re.search(default.name_unless, name))

    def topic(self, default: DefaultData, index: int, entity: str) -> str | None:
        """The nearest entity the sentence may be about that the default accepts as other end."""
        scope = self.view.scopes[index]
        if default.scope == "document":
            scope = self.view.own
        elif default.scope == "section":
            near = {self.view.subjects[index], *self.view.frames[index]}
            scope = tuple(e for e in scope if e in near or self.under(self.kind_of.get(e, ""), default.carried))
        return next((e for e in scope if e != entity and self.under(self.kind_of.get(e, ""), default.topic)), None)


@Language.factory(
    "kg_relations",
    assigns=["doc._.claims", "doc._.vetoes"],
    requires=["doc._.references", "doc._.scopes", "doc._.subjects", "doc._.frames"],
)
def make_relations(nlp: Language, name: str) -> Relations:
    """The component as spaCy builds it."""
    knowledge = reader_of(nlp).knowledge
    return Relations(knowledge.rules, knowledge.ontology, knowledge.divisions)
