"""The words that tell of whom figures are said: `[subject]` of `figures.toml`."""

from __future__ import annotations

from kg.lexicon.measures import Words
from kg.lexicon.toml import Strict


class Fit(Strict):
    """Figures that only entities of some kinds bear: `named` by words in the indicator, or borne as a topic."""

    kinds: Words
    named: Words


class Frame(Strict):
    """Words that put what follows under the article's own thing of `kinds`: 项目建成后, or bare 全部达产后."""

    kinds: Words
    heads: Words
    whole: Words
    ends: Words


class Carry(Strict):
    """Indicators that go on about a thing of `kinds` which an earlier clause of the sentence tells of.

    Any does about a thing of `made_kinds` at the end of its clause, after one of `made` or before one of `leading`,
    unless its name ends in one of `unmade` or one of `deeds` begins a later clause.
    Those that begin with `onward` also go on about what the sentence before ends with, after a word of `built`.
    """

    kinds: Words
    attributed: Words
    made_kinds: Words
    made: Words
    unmade: Words
    deeds: Words
    leading: Words
    drawn_kinds: Words
    drawn: Words
    begins: Words
    onward: Words
    built: Words
    ends: Words
    unless: Words
    deals: Words


class Other(Strict):
    """Figures of which things of `kinds` are the subject although they bear few others.

    Those `named` by words in the indicator and not by one of `unless`; a subject of a class `over` named after such a
    thing only says where it took place. It is none after one of `object`, in a clause with one of `only`, or where it
    must lead its clause (`leads`) and does not. One that `lists` measures bears them after a semicolon too; what its
    sentence says `onward` of no other subject is of it.
    """

    kinds: Words
    named: Words
    unless: Words = ()
    over: Words
    object: Words = ()
    only: Words = ()
    leads: bool = False
    lists: bool = False
    onward: bool = False


class Working(Strict):
    """People who work on their own account: after one of `roles` or before one of `acts`, not where one `speaks`."""

    kinds: Words
    roles: Words
    acts: Words
    speaks: Words


class SubjectWords(Strict):
    """Which entities bear figures, and where in a clause they are its subject."""

    kinds: Words
    near: Words
    natural: Words
    passing: Words
    staying: Words
    zones: Words
    governing: Words
    governed: Words
    zone_bodies: Words
    counted: Words
    counters: Words
    barred: Words
    only: tuple[Fit, ...]
    topic: tuple[Fit, ...]
    prefer: tuple[Fit, ...]
    bare: tuple[Fit, ...]
    never: tuple[Fit, ...]
    stretches: Words
    members: Words
    fields: Words
    asides: Words
    sources: Words
    agents: Words
    heads: Words
    bodies: Words
    acts: Words
    by: Words
    built: Words
    carry: Carry
    objects: Words
    unknown: Words
    foreign: Words
    markets: Words
    ranked: Words
    skip: Words
    after: Words
    situated: Words
    attributive: Words
    appositive: Words
    sites: Words
    doing: Words
    parallels: Words
    beside_by: Words
    together: Words
    trades: Words
    single: Words
    listed: Words
    forward: Words
    settling: Words
    settled: Words
    ahead: Words
    shared: Words
    summed: Words
    each: Words
    strangers: Words
    common: Words
    grades: Words
    around: Words
    frame: tuple[Frame, ...]
    other: tuple[Other, ...]
    person: Working
    held: Words
