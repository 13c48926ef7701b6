"""Short forms that the text gives in brackets: 湖南华星科技有限公司（以下简称“华星科技”）."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from kg.components.doc import View
from kg.lexicon.grammar import Grammar
from kg.types import Mention

_OPENED = 8  # characters: how far before a full name in brackets they may open
_SHORTEST = 2  # characters of a short form that is explained so


def introductions(
    view: View, mentions: Iterable[Mention], grammar: Grammar, bracketed: Collection[str] = ()
) -> Iterator[tuple[Mention, Mention]]:
    """Each of `mentions` that is followed by its short form in brackets, with that short form as a mention.

    The full name may stand in the brackets too: 华星科技（全称湖南华星科技有限公司）.
    For the classes `bracketed` another of their names that stands there alone is one too.
    """
    known = list(mentions)
    behind = {(m.kind, m.begin): m for m in known if m.kind in bracketed}
    for mention in known:
        match = grammar.short_form_expression.match(view.text, mention.end)
        if match and match["name"] != mention.name:
            begin, end = match.span("name")
            yield mention, replace(mention, begin=begin, end=end, name=view.text[begin:end], confidence=0.9)
        if grammar.full_form_expression.search(view.text, max(0, mention.begin - _OPENED), mention.begin):
            opening = max(view.text.rfind(mark, 0, mention.begin) for mark in "（(")
            start = _shortened(view.text, opening, mention.name)
            if start is not None:
                yield mention, replace(mention, begin=start, end=opening, name=view.text[start:opening], confidence=0.9)
        short = behind.get((mention.kind, mention.end + 1))
        if short and view.text[mention.end] in "（(" and view.text[short.end : short.end + 1] in ("）", ")"):
            yield mention, short


def _shortened(text: str, end: int, name: str) -> int | None:
    """Where the words begin that end at `end` and are `name` with parts left out; None where there are none such."""
    begin, rest = end, len(name)
    while begin and (place := name.rfind(text[begin - 1], 0, rest)) >= 0 and text[begin - 1].isalnum():
        begin, rest = begin - 1, place
    return begin if _SHORTEST <= end - begin < len(name) else None
