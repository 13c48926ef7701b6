"""Whether two names are one thing: types, names taken apart, places, dates and posts decide.

`Identity` makes a `Profile` of each entity and compares two of them. A comparison has one of three outcomes:
the same by a rule, told apart by something, or unrelated. Nothing is decided by how alike two strings are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cache, cached_property

from kg.knowledge import Knowledge
from kg.lexicon.divisions import Divisions
from kg.lexicon.linking import RULES, Linking, NameRule
from kg.lexicon.names import NameLexicon
from kg.parts import Parser, Parts, comparable, current_code
from kg.profiles import FEW, Profile, Verdict, aligned, homes_of, share_alias
from kg.types import Claim, Entity, Extraction

PLAIN = NameRule(aliases=True)
"""How names are compared of which `linking.toml` says nothing: as they are."""


def make_identity(knowledge: Knowledge) -> Identity:
    """What compares entities by what `knowledge` says."""
    return Identity(
        linking=knowledge.linking,
        names=knowledge.names,
        divisions=knowledge.divisions,
        lineage=lambda kind: (kind, *knowledge.ontology.ancestors(kind)),
    )


class Identity:
    """Compares entities by what an ontology folder knows. Without `linking`, names are compared as they are."""

    def __init__(
        self,
        *,
        linking: Linking | None = None,
        names: Iterable[NameLexicon] = (),
        divisions: Divisions | None = None,
        lineage: Callable[[str], tuple[str, ...]] = lambda kind: (kind,),
    ) -> None:
        self.linking, self.divisions, self._lineage = linking, divisions, lineage
        self._names = {lexicon.class_: lexicon for lexicon in names}
        self._parsers: dict[str, Parser] = {}
        self._within = cache(divisions.within) if divisions is not None else None

    def parser(self, kind: str) -> Parser:
        """What takes the names of class `kind` apart."""
        if kind not in self._parsers:
            known = self.linking.by_class if self.linking is not None else {}
            rule = next((known[name] for name in self._lineage(kind) if name in known), PLAIN)
            lexicon = next((self._names[name] for name in self._lineage(kind) if name in self._names), None)
            words: tuple[str, ...] = ()
            if lexicon is not None and rule.trades:
                words = (*lexicon.aliases.fields, *lexicon.aliases.endings, *lexicon.sets.get("trade", ()))
            self._parsers[kind] = Parser(rule, self.linking, self.divisions, tuple(dict.fromkeys(words)))
        return self._parsers[kind]

    def confidence(self, rule: str) -> float:
        """How often joins by `rule` are right."""
        return self.linking.rules[rule].confidence if self.linking is not None else 1.0

    def profiles(self, extraction: Extraction) -> dict[str, Profile]:
        """What is compared of each entity of an article, by its id."""
        entities = {entity.id: entity for entity in extraction.entities}
        claims: dict[str, list[Claim]] = defaultdict(list)
        for claim in extraction.claims:
            claims[claim.subject].append(claim)
        home, year = extraction.place, extraction.article.metadata.issued
        found: dict[str, Profile] = {}
        for entity in extraction.entities:
            rule = self.parser(entity.kind).rule
            homes = homes_of(entity, entities, claims) or ({home} if home else set())
            found[entity.id] = self.profile(
                entity.kind,
                entity.label,
                aliases=entity.aliases,
                code=entity.code,
                homes=homes,
                year=year,
                home=home,
                ties=self._ties(rule, claims.get(entity.id, ()), entities, home),
            )
        return found

    def profile(
        self,
        kind: str,
        label: str,
        *,
        aliases: Iterable[str] = (),
        code: str | None = None,
        homes: Iterable[str] = (),
        year: str | None = None,
        home: str | None = None,
        ties: Iterable[str] = (),
    ) -> Profile:
        """What is compared of a thing of class `kind` called `label`."""
        parser = self.parser(kind)
        homes = sorted(homes)[:FEW]
        parts = parser.parse(label, home=home or next(iter(homes), None), year=year)
        # 溧水优川新材料, read in an article about 宜宾: 溧水 may be the district of Nanjing all the same.
        other = parser.parse(label, home=None, year=year) if not parts.codes else parts
        readings = (parts, other) if other.codes and other is not parts else (parts,)
        others = frozenset(comparable(alias) for alias in aliases) - {comparable(label)}
        places = frozenset(self._current(each) for each in ([code] if code else homes))
        return Profile(kind, label, code, readings, others, places, frozenset(ties))

    def _ties(
        self, rule: NameRule, claims: Iterable[Claim], entities: Mapping[str, Entity], home: str | None
    ) -> set[str]:
        """The codes of places and the brands of bodies that an entity is tied to by the relation of its class."""
        found: set[str] = set()
        for claim in claims:
            other = entities.get(claim.object)
            if claim.predicate != rule.tied_by or other is None:
                continue
            parts = self.parser(other.kind).parse(other.label, home=home)
            if other.code:
                found.add(self._current(other.code))
            elif parts.codes and rule.leads(parts.brand):
                found |= parts.codes
            else:
                found |= {f"{parts.brand} {code}".strip() for code in sorted(parts.codes) or [""]}
        return found

    def _current(self, code: str) -> str:
        return current_code(self.divisions, code) if self.divisions is not None else code

    def compare(self, one: Profile, two: Profile) -> Verdict:
        """Whether two entities of one family of classes are one thing."""
        if one.code and two.code:
            same = one.code == two.code
            return (
                Verdict("same-code")
                if same
                else Verdict(None, f"the codes differ: {one.code} ≠ {two.code}", apart=True)
            )
        rule = self.parser(one.kind).rule
        if rule is not self.parser(two.kind).rule:
            return Verdict(None, f"the classes differ: {one.kind} ≠ {two.kind}")
        a, b = aligned(one, two)
        verdict = self._by_name(rule, one, two, a, b)
        if verdict.rule is None and not verdict.apart and rule.aliases and share_alias(one, two):
            verdict = Verdict("other-name")
        if verdict.rule is None:
            return verdict
        if (
            a is not b
            and not (a is one.parts and b is two.parts)
            and not self._nested(a.codes or one.homes, b.codes or two.homes, 0)
        ):
            return Verdict(None, f"what names them differs: {one.parts.brand} ≠ {two.parts.brand}")
        return self._by_ties(rule, one, two) or self._by_place(rule, one, two, a, b, verdict.rule) or verdict

    def _by_name(self, rule: NameRule, one: Profile, two: Profile, a: Parts, b: Parts) -> Verdict:
        """The rule by which two names are one, what tells them apart, or that they have nothing in common."""
        if not a.brand or not b.brand:
            return Verdict(None, f"{one.label if not a.brand else two.label} says nothing that tells it from others")
        if a.brand != b.brand:
            return Verdict(None, f"what names them differs: {a.brand} ≠ {b.brand}")
        if a.marks != b.marks:
            return Verdict(None, f"number, phase or year differs: {_marks(a)} ≠ {_marks(b)}", apart=True)
        if (a.bound or b.bound) and not a.codes & b.codes and a.codes and b.codes:
            return Verdict(None, f"the places in the names differ: {a.place} ≠ {b.place}", apart=True)
        if a.codes and b.codes and not self._places_agree(rule, a, b):
            return Verdict(None, f"the places in the names differ: {a.place} ≠ {b.place}", apart=True)
        if comparable(one.label) == comparable(two.label):
            return Verdict("same-name")
        left_out = bool(a.codes) != bool(b.codes)
        if "".join(a.trades) != "".join(b.trades) or a.forms != b.forms:
            return self._shortened(rule, a, b)
        if not left_out:
            return Verdict("same-form")
        less = b if a.codes else a
        national = (a.codes | b.codes) & set(rule.nation.values())
        if less.bound or (rule.bearing == "more" and less.bare and not national):
            return Verdict(None, f"{a.place or b.place} is a part of the name", apart=True)
        return Verdict("place-left-out")

    def _shortened(self, rule: NameRule, a: Parts, b: Parts) -> Verdict:
        """Whether one of two names of one brand leaves out trades or forms of the other."""
        for less, more in ((a, b), (b, a)) if rule.short and not a.bound and not b.bound else ():
            prefix = "".join(more.trades).startswith("".join(less.trades))
            prefix = prefix and bool(less.trades or less.forms <= set(rule.weak) or not more.trades)
            if prefix and less.forms <= more.forms and not less.complete:
                bare = less.bare and less.codes - set(rule.nation.values())
                return Verdict("short-name") if not bare else Verdict(None, f"{less.place} is a part of the name")
        if a.trades != b.trades:
            return Verdict(None, f"the trades differ: {_words(a.trades)} ≠ {_words(b.trades)}", apart=True)
        return Verdict(None, f"the forms differ: {_words(sorted(a.forms))} ≠ {_words(sorted(b.forms))}", apart=True)

    def _places_agree(self, rule: NameRule, a: Parts, b: Parts) -> bool:
        if a.codes & b.codes:
            return True
        exact = rule.place != "nested" or (a.complete and b.complete) or a.common or b.common
        return not exact and self._nested(a.codes, b.codes, 0)

    def _by_ties(self, rule: NameRule, one: Profile, two: Profile) -> Verdict | None:
        """What tells bearers of one name apart, or that it makes them one."""
        if not rule.tied_by or not one.ties or not two.ties:
            return None
        if one.ties & two.ties:
            return Verdict("same-name")
        return Verdict(None, f"the posts differ: {self._places(one.ties)} ≠ {self._places(two.ties)}", apart=True)

    def _by_place(self, rule: NameRule, one: Profile, two: Profile, a: Parts, b: Parts, name: str) -> Verdict | None:
        """Why a rule does not hold in the places of two articles; None where it does."""
        common = a.common or b.common
        traded = name == "short-name" and a.trades != b.trades
        if (a.codes and b.codes and not traded) or one.label in rule.one:
            return None
        if name not in rule.apart and not common:
            return None
        if min(len(a.brand), len(b.brand)) >= rule.distinctive and not common and not traded:
            return None
        if (a.codes | b.codes) & set(rule.nation.values()):  # 中国五矿 is 五矿 everywhere, 中国邮政航空 is not 中国邮政
            told = Verdict(None, f"the trades differ: {_words(a.trades)} ≠ {_words(b.trades)}", apart=True)
            return told if traded else None
        some, others = (a.codes or one.homes, b.codes or two.homes)
        if traded:
            some, others = some | one.homes, others | two.homes
        if not some or not others:
            unknown = Verdict(None, "many have this name, and the place of one is not known", apart=True)
            return unknown if rule.known or common else None
        if any(self._rank(code) >= rule.depth for code in some & others) or (
            rule.place != "equal" and self._nested(some, others, rule.depth)
        ):
            return None
        return Verdict(None, f"they are in different places: {self._places(some)} ≠ {self._places(others)}", apart=True)

    def _places(self, codes: Iterable[str]) -> str:
        """Divisions by name; what is no code stays as it is."""
        rows = {code: self.divisions.get(code) if self.divisions is not None else None for code in sorted(codes)}
        return _words(row.name if row is not None else code for code, row in rows.items())

    def _nested(self, some: Iterable[str], others: Iterable[str], depth: int) -> bool:
        """Whether a division of one lies in one of the other that is of rank `depth` or below."""
        within, divisions = self._within, self.divisions
        if within is None or divisions is None:
            return bool(set(some) & set(others))
        for one in some:
            for two in others:
                outer = two if within(one, two) else one if within(two, one) else None
                if outer is not None and (depth == 0 or self._rank(outer) >= depth):
                    return True
        return False

    @cached_property
    def _rank(self) -> Callable[[str], int]:
        divisions = self.divisions

        @cache
        def rank(code: str) -> int:
            division = divisions.get(code) if divisions is not None else None
            return divisions.level(division).rank if divisions is not None and division is not None else 0

        return rank

    def keys(self, profile: Profile) -> frozenset[str]:
        """Under what a profile is looked for: any two that `compare` may join have one in common.

        Names that hold in one place only are kept by province, so that those of other places are never looked at.
        """
        rule = self.parser(profile.kind).rule
        found = {f"#{profile.code}"} if profile.code else set()
        for parts in profile.readings:
            if (parts.common or rule.known) and profile.label not in rule.one:
                found |= {f"{parts.brand} {code[:2]}" for code in (parts.codes or profile.homes)}
                found |= {f"{parts.brand} {tie}" for tie in profile.ties}
            else:
                found |= {parts.brand, f"={comparable(profile.label)}"}
        if rule.aliases:
            found |= {f"={name}" for name in profile.aliases} | {f"={comparable(profile.label)}"}
        return frozenset(found)

    def order(self, rule: str) -> int:
        """The place of `rule` among the rules, the surest first."""
        return RULES.index(rule)


def _marks(parts: Parts) -> str:
    return _words(value for _, value in sorted(parts.marks))


def _words(words: Iterable[str]) -> str:
    return "、".join(words) or "none"
