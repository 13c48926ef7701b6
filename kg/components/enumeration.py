"""How an enumeration A、B和C splits into its members."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.components.phrases import Phrases

_SEPARATOR = re.compile(r"[、,]|以及|[”’》](?=[“‘《])|(?<=[”’》])[和及与]|[和及与](?=[“‘《])")
_ANY = re.compile(".")


def split_enumeration(phrases: Phrases, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """The members of an enumeration A、B和C as spans; a separator inside marks does not split."""
    text = phrases.text
    depth, last = 0, begin
    position = begin
    while position < end:
        if text[position] in "“《（(‘":
            depth += 1
        elif text[position] in "”》）)’":
            depth -= 1
        if depth <= 0:
            match = _SEPARATOR.match(text, position, end)
            if match is None and phrases.joins(position) and not phrases.pairs(position, end):
                match = _ANY.match(text, position, end)
            if match:
                cut = match.start() + (1 if match.group() in "”’》" else 0)
                yield last, cut
                last = position = match.end()
                continue
        position += 1
    if last < end:
        yield last, end
