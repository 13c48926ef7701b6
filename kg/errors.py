"""What can go wrong, as a user meets it.

    CitykgError
    ├── InputError        an article or folder that cannot be read; a place that cannot be written
    ├── DataError         ontology, rule, lexicon, query or corrections file that does not hold together
    ├── QueryError        SPARQL that does not parse or run
    └── ValidationError   a graph or ontology that breaks its contract

Every message is one line: the file, the place in it, the value, and the way out.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class CitykgError(Exception):
    """The root of all errors a user can cause and mend."""

    exit_code = 1


class InputError(CitykgError):
    """An article, folder or output place that cannot be used."""

    exit_code = 3


class DataError(CitykgError):
    """A file of the ontology folder, or a corrections file, that does not hold together."""

    exit_code = 4


class QueryError(CitykgError):
    """A query that does not parse or cannot be run."""

    exit_code = 5


class ValidationError(CitykgError):
    """A graph or ontology that breaks its contract."""

    exit_code = 6


def nearest(value: str, choices: Iterable[str]) -> str:
    """A hint that ends an error message.

    >>> nearest("kg:lead", ["kg:leads", "kg:produces"])
    '; did you mean kg:leads?'
    >>> nearest("zzz", ["kg:leads"])
    ''
    """
    matches = get_close_matches(value, sorted(choices), n=1, cutoff=0.5)
    return f"; did you mean {matches[0]}?" if matches else ""
