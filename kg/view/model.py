"""What the page shows: entities, facts with their sentences, figures, articles. Plain values, no query."""

from __future__ import annotations

from dataclasses import dataclass

from kg.view.vocabulary import Term


@dataclass(frozen=True, slots=True, order=True)
class ArticleView:
    """A source document, as the page cites it. `sha256` is that of its file, empty where the graph has none."""

    iri: str
    title: str
    issued: str
    publisher: str
    file: str
    sha256: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Quote:
    """The words a fact was read from, and where: `begin` and `end` count characters of the file."""

    article: str
    begin: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, order=True)
class ClaimView:
    """One reading of a fact; `qualifiers` are (label, value) pairs such as 职务 and 市委书记.

    `iri` is that of the claim or observation itself.
    """

    quote: Quote | None
    rule: str
    confidence: float | None
    qualifiers: tuple[tuple[str, str], ...] = ()
    iri: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A relation between two nodes. Background knowledge has no claims."""

    subject: str
    predicate: str
    object: str
    claims: tuple[ClaimView, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantified statement about a node; the values are written as in the graph.

    `normalized` is the value in `base_unit`; both are empty where the unit is not known.
    """

    subject: str
    indicator: str
    value: str
    unit: str
    period: str
    kind: str
    claim: ClaimView
    normalized: str = ""
    base_unit: str = ""


@dataclass(frozen=True, slots=True)
class Node:
    """An entity. `kind` is its most specific class, `group` the class whose colour it has.

    `within` is the node that it lies in, empty where none is known; `is_place` says whether
    it is of the class of places.
    """

    iri: str
    label: str
    aliases: tuple[str, ...]
    kind: Term
    group: Term
    articles: tuple[str, ...]
    degree: int
    within: str = ""
    is_place: bool = False


@dataclass(frozen=True, slots=True)
class Attribute:
    """What claims say of a node in a word, such as the stage of a project."""

    subject: str
    term: Term
    word: str
    claims: tuple[ClaimView, ...]


@dataclass(frozen=True, slots=True)
class ViewModel:
    """All that the page shows, sorted by IRI: equal graphs give equal models.

    `honours` is the name of the relation to a distinction, empty where the vocabulary has none.
    """

    nodes: tuple[Node, ...]
    facts: tuple[Fact, ...]
    figures: tuple[Figure, ...]
    articles: tuple[ArticleView, ...]
    groups: tuple[Term, ...]
    relations: tuple[Term, ...]
    honours: str = ""
    attributes: tuple[Attribute, ...] = ()
