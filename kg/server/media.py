"""Media types of answers, and which of them a request wants (RFC 9110, section 12.5.1)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from pyoxigraph import QueryResultsFormat, RdfFormat

RESULTS: Mapping[str, QueryResultsFormat] = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
    "application/json": QueryResultsFormat.JSON,
    "application/xml": QueryResultsFormat.XML,
}
"""Of SELECT and ASK; the first one is given where any will do."""

GRAPHS: Mapping[str, RdfFormat] = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/n-quads": RdfFormat.N_QUADS,
    "application/trig": RdfFormat.TRIG,
    "text/n3": RdfFormat.N3,
    "text/plain": RdfFormat.N_TRIPLES,
}
"""Of CONSTRUCT, DESCRIBE and all other RDF; the first one is given where any will do."""

HTML = "text/html"

_RANGE = re.compile(r"\s*([\w!#$&^.+*-]+/[\w!#$&^.+*-]+)\s*((?:;[^,]*)?)$")
_QUALITY = re.compile(r";\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*(?:;|$)", re.IGNORECASE)


def choose(accept: str | None, offers: Iterable[str]) -> str | None:
    """The one of `offers` that the field `accept` of a request likes best, the earliest of equals; None for none.

    Of the ranges that fit an offer the most specific counts.

    >>> choose("text/csv;q=0.5, text/*;q=0.1, application/json", RESULTS)
    'application/json'
    >>> choose(None, RESULTS), choose("image/png", RESULTS)
    ('application/sparql-results+json', None)
    """
    ranges = _ranges(accept)
    offers = list(offers)
    if not ranges:
        return offers[0]
    liked = [(_quality(offer, ranges), -place) for place, offer in enumerate(offers)]
    quality, place = max(liked)
    return offers[-place] if quality > 0 else None


def _ranges(accept: str | None) -> dict[str, float]:
    """The media ranges of `accept` with their qualities; what does not parse is passed over."""
    found: dict[str, float] = {}
    for part in (accept or "").split(","):
        match = _RANGE.match(part)
        if match:
            quality = _QUALITY.search(match[2])
            found.setdefault(match[1].lower(), float(quality[1]) if quality else 1.0)
    return found


def _quality(offer: str, ranges: Mapping[str, float]) -> float:
    for each in (offer, offer.partition("/")[0] + "/*", "*/*"):
        if each in ranges:
            return ranges[each]
    return 0.0
