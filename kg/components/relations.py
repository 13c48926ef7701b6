"""Claims: what the rule files read from the sentences.

Three kinds of rule, in this order: patterns over a sentence, names inside names, and defaults for
entities of which nothing better was said. Assigns ``doc._.claims`` and ``doc._.vetoes``.
Requires ``doc._.references`` and ``doc._.scopes``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from spacy.language import Language
from spacy.tokens import Doc

from kg.components.containment import nearest
from kg.components.defaults import Defaults
from kg.components.doc import View
from kg.components.innernames import InnerNames
from kg.components.language import reader_of
from kg.components.masking import Masked
from kg.components.scene import Scene
from kg.lexicon.deixis import Deixis
from kg.lexicon.divisions import Divisions
from kg.ontology import Ontology
from kg.rules import Pattern, Rules
from kg.types import Claim, Reference, Sentence, Veto


class Relations:
    """Apply all rule files to a Doc."""

    def __init__(self, rules: tuple[Rules, ...], ontology: Ontology, divisions: Divisions, deixis: Deixis) -> None:
        self.rules = rules
        self.ontology = ontology
        self.divisions = divisions
        self.asides = tuple(filter(str.isalnum, deixis.not_subject_before))  # 甲、乙: both are subjects

    def __call__(self, doc: Doc) -> Doc:
        reading = Reading(Scene(View(doc), self.ontology, self.divisions, self.asides))
        doc._.claims = tuple(reading.claims(self.rules))
        doc._.vetoes = tuple(sorted(reading.vetoes))
        return doc


class Reading:
    """The rules applied to one Doc."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.view = scene.view
        self.vetoes: set[Veto] = set()

    def claims(self, rules: tuple[Rules, ...]) -> list[Claim]:
        """All claims, one for each fact and span, sorted."""
        best: dict[tuple[str, str, str, int, int], Claim] = {}
        for rule in rules:
            said: set[tuple[str, str]] = set()
            read = [claim for claim in self.one_relation(rule, said) if self.allowed(claim)]
            if rule.hierarchy:  # 南京台湾企业 puts no division into another that the gazetteer has apart
                read = [claim for claim in read if not self.scene.far_apart(claim.subject, claim.object)]
            for claim in nearest(read, self.scene.part_of) if rule.nearest else read:
                key = (claim.subject, claim.predicate, claim.object, claim.evidence.begin, claim.evidence.end)
                if key not in best or (best[key].confidence, claim.rule) < (claim.confidence, best[key].rule):
                    best[key] = claim
        kept = _innermost(best.values())
        return sorted(kept, key=lambda c: (c.subject, c.predicate, c.object, c.evidence, c.rule, c.qualifiers))

    def allowed(self, claim: Claim) -> bool:
        """Whether the ontology lets the relation stand between two things of these classes."""
        kinds = [self.scene.kind_of[end] for end in (claim.subject, claim.object) if end in self.scene.kind_of]
        return len(kinds) < 2 or self.scene.ontology.accepts(claim.predicate, *kinds)

    def one_relation(self, rule: Rules, said: set[tuple[str, str]]) -> Iterator[Claim]:
        """The claims of one rule file; `said` collects their ends."""
        for pattern in rule.patterns:
            for index, sentence, masked in self.scene.masked:
                for subject, object_, span, qualifiers in self.matches(rule, pattern, index, sentence, masked):
                    if subject != object_ and not (rule.symmetric and (object_, subject) in said):
                        said.add((subject, object_))
                        name, confidence = pattern.data.name, pattern.data.confidence
                        yield self.scene.claim(rule, name, confidence, subject, object_, span, qualifiers)
        spoken = frozenset(said)
        inner_names = InnerNames(self.scene)
        for inner in rule.inner:
            for compound in self.scene.compounds:
                yield from inner_names.by_inner(rule, inner, compound, said)
            if inner.brand:
                yield from inner_names.by_brand(rule, inner, said)
        for hierarchy in rule.hierarchy:
            yield from inner_names.by_hierarchy(rule, hierarchy, said)
        defaults = Defaults(self.scene)
        for default in rule.defaults:
            yield from defaults.claims(rule, default, said, spoken)
        for inner in (inner for inner in rule.inner if inner.spelled):
            yield from inner_names.by_spelling(rule, inner, said)

    def matches(
        self, rule: Rules, pattern: Pattern, index: int, sentence: Sentence, masked: Masked
    ) -> Iterator[tuple[str, str, tuple[int, int], tuple[tuple[str, str], ...]]]:
        """Subject, object, clean span and qualifiers of each match of a pattern in a sentence."""
        position = 0
        while match := pattern.expression.search(masked.text, position):
            position = match.start() + 1
            veto = pattern.unless and pattern.unless.search(masked.text, *self.scene.clause(masked.text, *match.span()))
            if veto:
                self.vetoes.add(Veto(index, pattern.data.name, veto.group()))
                continue
            if masked.text.endswith(pattern.data.not_after, 0, match.start()):
                continue
            if masked.text.startswith(pattern.data.not_before, match.end()):
                continue
            begin, end = masked.span(*match.span())
            named = sorted(match.groupdict().items())
            qualifiers = tuple((k, v) for k, v in named if k not in ("subject", "object") and v)
            for one, two in self.pairs(rule, pattern, index, masked, match):
                span = (max(min(begin, one.begin), sentence.begin), end)
                yield one.entity, two.entity, span, self.carried(pattern, qualifiers, two)

    def pairs(
        self, rule: Rules, pattern: Pattern, index: int, masked: Masked, match: re.Match[str]
    ) -> Iterator[tuple[Reference, Reference]]:
        """The subjects and objects that a match brings together."""
        if rule.attribute:
            objects = [Reference(match.start(), match.start(), pattern.data.value, "")]
        else:
            objects = self.innermost(masked, match, "object", pattern.ends[1], pattern.data.held)
        if "subject" not in pattern.expression.groupindex:
            named = frozenset(two.entity for two in objects)
            for two in objects:
                kinds = self.scene.agreeing(rule, two)
                subject = self.clause_subject(pattern, index, masked, match.start(), kinds, named)
                if subject is not None:
                    entity, at = subject
                    yield Reference(at, at, entity, self.scene.kind_of[entity]), two
            return
        subjects = self.innermost(masked, match, "subject", pattern.ends[0])
        crossed = zip(subjects, objects, strict=False)
        rows = crossed if pattern.data.cross else ((s, o) for s in subjects for o in objects)
        for one, two in rows:
            if one is not subjects[0] and self.scene.opened_by_other(one, two):
                continue  # 甲公司铜箔项目、乙公司铜杆项目: each of its own
            kinds = self.scene.agreeing(rule, two)
            if kinds is None or self.scene.under(one.kind, kinds):
                yield one, two

    def innermost(
        self, masked: Masked, match: re.Match[str], role: str, kinds: frozenset[str], held: tuple[str, ...] = ()
    ) -> list[Reference]:
        """The references of one end of a match but for those that stand before what lies in them.

        福建省龙岩市发展汽车产业 says nothing of 福建省, 溧阳市青湖工业园荣获 nothing of 溧阳市.
        """
        begin, end = match.span(role)
        found = []
        for at in range(begin, end):
            here, after = masked.at.get(at), masked.at.get(at + 1)
            if here is not None and self.scene.under(here.kind, held):
                here = self.scene.held(here, kinds)
            if here is None or here.kind not in kinds:
                continue
            another = after is not None and at + 1 < end and after.kind in kinds and after.kind != here.kind
            larger = after is not None and role == "subject" and self.scene.part_of(after.entity, here.entity)
            if not (another or larger):
                found.append(here)
        return found

    def carried(
        self, pattern: Pattern, qualifiers: tuple[tuple[str, str], ...], object_: Reference
    ) -> tuple[tuple[str, str], ...]:
        """`qualifiers` with what they take over from the end of the object's name (溧阳市委书记: 市委书记)."""
        name = self.view.text[object_.begin : object_.end]
        ends = {key: re.search(f"(?:{end})$", name) for key, end in pattern.data.carry.items()}
        return tuple((key, end.group() + value if (end := ends.get(key)) else value) for key, value in qualifiers)

    def clause_subject(
        self,
        pattern: Pattern,
        index: int,
        masked: Masked,
        start: int,
        kinds: tuple[str, ...] | None,
        others: frozenset[str],
    ) -> tuple[str, int] | None:
        """The entity of `kinds`, none of `others`, the clause at `start` speaks of, and where the evidence begins."""
        barrier = self.scene.barrier(masked, start) if pattern.data.bare and kinds is None else -1
        if pattern.data.clause:
            for reference in self.scene.opening(masked, start):
                if reference.begin < masked.offsets[max(barrier, 0)]:
                    break
                if self.passes(pattern, masked, reference, start):
                    return None
                if reference.entity not in others and self.may_be_subject(pattern, reference.kind, kinds):
                    return reference.entity, reference.begin
        if pattern.data.topic and barrier < 0:
            for entity in self.scene.scope(index):
                if entity not in others and self.may_be_subject(pattern, self.scene.kind_of.get(entity, ""), kinds):
                    return entity, masked.offsets[start]
        return None

    def passes(self, pattern: Pattern, masked: Masked, opening: Reference, start: int) -> bool:
        """Whether a name of `beside` stands between what opens a clause and a masked position."""
        after = (r for at, r in masked.at.items() if at < start and r.begin > opening.begin)
        return any(self.scene.under(r.kind, pattern.data.beside) for r in after)

    def may_be_subject(self, pattern: Pattern, kind: str, kinds: tuple[str, ...] | None) -> bool:
        """Whether the pattern takes the class as subject, and so does the object."""
        return kind in pattern.subject_kinds and (kinds is None or self.scene.under(kind, kinds))


def _innermost(claims: Iterable[Claim]) -> Iterator[Claim]:
    """Of readings of one fact by one rule that lie in one another the shortest: A、B等项目开工 tells no more of B."""
    groups: dict[tuple[str, str, str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        groups[claim.subject, claim.predicate, claim.object, claim.rule].append(claim)
    for group in groups.values():
        spans = [(claim.evidence.begin, claim.evidence.end) for claim in group]
        for claim, (begin, end) in zip(group, spans, strict=True):
            if not any(begin <= b and e <= end and (b, e) != (begin, end) for b, e in spans):
                yield claim


@Language.factory(
    "kg_relations",
    assigns=["doc._.claims", "doc._.vetoes"],
    requires=["doc._.references", "doc._.scopes", "doc._.subjects", "doc._.frames"],
)
def make_relations(nlp: Language, name: str) -> Relations:
    """The component as spaCy builds it."""
    knowledge = reader_of(nlp).knowledge
    return Relations(knowledge.rules, knowledge.ontology, knowledge.divisions, knowledge.deixis)
