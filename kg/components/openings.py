"""What seems to open a name and is of the clause around it, and what a name seems to end with and is cut short."""

from __future__ import annotations

from kg.components.phrases import CLAUSE_EDGE, Phrases


def over_functions(phrases: Phrases, begin: int, end: int) -> int:
    """Where a span begins without the words of its clause that open it (由|华星集团); two characters must stay."""
    dated = begin and phrases.text[begin - 1].isdigit() and phrases.text[begin] in phrases.grammar.date_units
    if dated and not phrases.text.startswith(phrases.grammar.capacity_verbs, begin):
        begin += 1
    word = phrases.word_at(begin)
    while phrases.tagged and word and word.begin == begin and end - word.end > 1:
        if word.tag not in phrases.grammar.functions_tags:
            break
        function = phrases.text[begin : word.end]
        joins = function not in phrases.grammar.conjunctions or (begin and phrases.text[begin - 1] not in CLAUSE_EDGE)
        if function not in phrases.grammar.functions or not joins:
            break  # nothing is joined where a clause begins: 和远科技
        begin = word.end
        word = phrases.word_at(begin)
    return begin


def after_relative(phrases: Phrases, begin: int, end: int) -> int:
    """Where a span begins without the relative clauses that open it (华星集团捐建的|溧阳小学).

    A particle behind a verb ends one, outside of marks.
    """
    found, depth, particle = begin, 0, phrases.grammar.relative_particle
    for offset in range(begin, end - 2):
        depth += (phrases.text[offset] in "“《（") - (phrases.text[offset] in "”》）")
        if depth or offset == begin or phrases.text[offset] != particle:
            continue
        word = phrases.word_at(offset - 1)
        if phrases.tagged and word and word.end == offset and word.tag in phrases.grammar.relative_tags:
            found = offset + 1
    return found


def is_cut(phrases: Phrases, begin: int, end: int) -> bool:
    """Whether a head [begin, end) ends inside a word that the tagger holds for a body (体制改革|研究会)."""
    word = phrases.word_at(end - 1)
    return word is not None and word.begin < begin and end < word.end and word.tag in phrases.grammar.body_tags
