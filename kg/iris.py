"""The names of things: namespaces, and IRIs that are safe to parse yet can be read.

An instance is ``<base><segment>/<name>``: ``id:enterprise/华星集团``, ``id:area/430482``.
Chinese characters stay as they are (RFC 3987); only what may not stand in an IRI, or
would split it, is percent-encoded.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

from kg.types import Evidence

BASE = "https://w3id.org/citykg/id/"
KG = "https://w3id.org/citykg/ontology#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
PROV = "http://www.w3.org/ns/prov#"
DCTERMS = "http://purl.org/dc/terms/"
VANN = "http://purl.org/vocab/vann/"
VOID = "http://rdfs.org/ns/void#"
DCAT = "http://www.w3.org/ns/dcat#"
NIF = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"

VOCABULARIES = {
    "kg": KG,
    "rdf": RDF,
    "rdfs": RDFS,
    "owl": OWL,
    "xsd": XSD,
    "skos": SKOS,
    "prov": PROV,
    "dcterms": DCTERMS,
    "nif": NIF,
    "vann": VANN,
    "void": VOID,
    "dcat": DCAT,
}

STRUCTURE = ("article", "claim", "correction", "dataset", "editor", "identification", "indicator", "observation")
"""Segments of what is no entity of the domain."""

# RFC 3987, section 2.2: unreserved, sub-delims, ":" and "@" of a path segment, and ucschar. What is
# not matched is percent-encoded: white space, / ? # [ ] % and the characters that no IRI may hold.
_UNSAFE = re.compile(
    "[^A-Za-z0-9\\-._~!$&'()*+,;=:@"
    "\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef\U00010000-\U0001fffd\U00020000-\U0002fffd\U00030000-\U0003fffd]"
)
_BLANK = re.compile(r"\s+")
_INVISIBLE = re.compile("[\u00a0\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]")


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "surrogatepass"))


def encode(name: str) -> str:
    """`name` as one segment of an IRI path.

    >>> encode("年产5/10万吨 B级（一期）")
    '年产5%2F10万吨_B级（一期）'
    """
    return _UNSAFE.sub(_percent, _BLANK.sub("_", unicodedata.normalize("NFC", _INVISIBLE.sub(" ", name)).strip()))


def digest(*parts: object, length: int = 16) -> str:
    """A stable hexadecimal name for `parts`; their order counts.

    >>> digest("a", 1) == digest("a", 1) != digest("a1")
    True
    """
    return hashlib.sha256("\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass")).hexdigest()[:length]


def article_path(article: str) -> str:
    """The path of an article below the base."""
    return f"article/{encode(article)}"


def evidence_path(article: str, evidence: Evidence) -> str:
    """The path of a span of an article, after RFC 5147.

    >>> evidence_path("001", Evidence(7750, 7815, "…"))
    'article/001#char=7750,7815'
    """
    return f"{article_path(article)}#char={evidence.begin},{evidence.end}"
