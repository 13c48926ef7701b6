"""How an enumeration A、B和C splits into its members, and where the first of them begins."""

from __future__ import annotations

import re
from bisect import bisect_left
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


def last_preposition(phrases: Phrases, begin: int, end: int) -> int | None:
    """Where the last preposition at which no name goes on ends inside a span, if there is one."""
    words = phrases.words[bisect_left(phrases.begins, begin) : bisect_left(phrases.begins, end)]
    tags, boundaries = phrases.grammar.preposition_tags, phrases.grammar.boundaries
    inside = (w for w in reversed(words) if begin < w.begin and w.end < end and w.tag in tags)
    return next((w.end for w in inside if phrases.text[w.begin : w.end] in boundaries), None)


def last_verb(phrases: Phrases, begin: int, end: int) -> int | None:
    """Where the last verb behind which an enumeration begins anew ends inside a span, if there is one."""
    verbs = phrases.grammar.list_verbs
    ends = [at + len(verb) for verb in verbs if (at := phrases.text.rfind(verb, begin, end)) >= 0]
    return max((each for each in ends if each < end), default=None)


def first_edge(phrases: Phrases, begin: int, end: int, *, numbers: bool) -> int:
    """Where the first member that ends at `end` begins; it may itself end in a verb (实施企业培育、技术改造)."""
    edge = phrases.left_edge(end, begin, numbers=numbers)
    word = phrases.word_at(end - 1) if edge == end > begin else None
    if numbers and begin < edge < end and phrases.text.endswith(phrases.grammar.capacity_verbs, begin, edge):
        word = phrases.word_at(edge - 1)  # 华星集团|年产|30万吨饲料厂
    return phrases.left_edge(word.begin, begin, numbers=numbers) if word and word.begin > begin else edge
