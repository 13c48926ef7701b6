"""What a query is, from its words: its form, and whether it reaches for other data or other services.

The words are those of the grammar of SPARQL 1.1 (https://www.w3.org/TR/sparql11-query/#sparqlGrammar, productions
139 to 173), so that nothing in a string, a comment or an IRI is taken for a keyword. A keyword is never a prefixed
name, a variable, a language tag or a blank node, so it is enough to tell these apart. Whether the words make a
query is for the store to say, which parses it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

_WORDS = re.compile(
    r"""
    (?P<space>\s+|\#[^\r\n]*)
  | (?P<iri><(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>)
  | (?P<string>'''(?:'{0,2}(?:[^'\\]|\\.))*'''|\"\"\"(?:"{0,2}(?:[^"\\]|\\.))*\"\"\"
      |'(?:[^'\\\r\n]|\\.)*'|"(?:[^"\\\r\n]|\\.)*")
  | (?P<variable>[?$]\w+)
  | (?P<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
  | (?P<name>(?:[^\W\d_](?:[\w.·-]*[\w·-])?|_)?:(?:[\w:.·-]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%])*)
  | (?P<word>[^\W\d_]\w*)
  | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
FORMS = ("SELECT", "CONSTRUCT", "DESCRIBE", "ASK")
UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH")


@dataclass(frozen=True, slots=True)
class Outline:
    """The form of a query or update, empty where it has none; whether it calls services, and names its dataset."""

    form: str
    calls_service: bool
    names_dataset: bool

    @property
    def is_update(self) -> bool:
        """Whether it would change data."""
        return self.form in UPDATES


def outline(text: str) -> Outline:
    """What the words of `text` make of it.

    >>> outline("PREFIX service: <urn:x> # SERVICE\\nSELECT ?service { ?s service:a 'SERVICE' }")
    Outline(form='SELECT', calls_service=False, names_dataset=False)
    >>> outline("ask { optional { service <urn:x> {} } }").calls_service
    True
    """
    words = list(_keywords(text))
    form = next((word for word in words if word in FORMS or word in UPDATES), "")
    return Outline(form, "SERVICE" in words, "FROM" in words)


def prefixes_of(text: str) -> set[str]:
    """The prefixes of the names in a query that it does not declare.

    >>> sorted(prefixes_of("PREFIX a: <urn:a> SELECT * { ?s a:b kg:c , _:d , 'e:f' }"))
    ['kg']
    """
    words = [match for match in _WORDS.finditer(text) if match.lastgroup in ("word", "name")]
    declared = {name[0] for word, name in pairwise(words) if word[0].upper() == "PREFIX"}
    return {match[0].partition(":")[0] for match in words if match.lastgroup == "name"} - {
        "_",
        *(name.rstrip(":") for name in declared),
    }


def _keywords(text: str) -> Iterator[str]:
    for match in _WORDS.finditer(text):
        if match.lastgroup == "word":
            yield match[0].upper()
