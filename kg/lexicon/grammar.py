"""The words that bound a name: `lexicon/grammar.toml`."""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path

from kg.lexicon.alternation import alternation
from kg.lexicon.toml import Strict, load_toml


class Grammar(Strict):
    """What the name grammar knows of the language, whatever the class.

    `inner_tags` are the tags of words that may stand inside a name, `proper_tags` those of
    words that make it a proper name, `number_tags` those allowed only where a head takes figures.
    `boundaries` are words at which a name cannot go on to the left, whatever their tag;
    `leading` are words that may stand inside a name but not begin it.
    """

    inner_tags: tuple[str, ...]
    proper_tags: tuple[str, ...]
    number_tags: tuple[str, ...]
    name_tags: tuple[str, ...] = ()  # of the proper tags those of names of places, bodies and people
    bearer_tags: tuple[str, ...] = ()  # of those the tags of what is no place
    body_tags: tuple[str, ...] = ()  # of the bearer tags those of bodies
    place_tags: tuple[str, ...] = ()
    verb_tags: tuple[str, ...]
    boundaries: tuple[str, ...]
    actions: tuple[str, ...] = ()  # verbs that may stand inside a name all the same (智造, 扩能)
    leading: tuple[str, ...]
    leading_expressions: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()  # 家, 个, 项: what stands between a number and the noun it counts
    date_units: str = ""  # a name does not begin with one behind a figure (3月|经省政府)
    capacity_verbs: tuple[str, ...] = ()  # stand before a size inside the name of a project (年产|5万吨铜箔项目)
    inner_words: tuple[str, ...] = ()  # may stand inside a name whatever their tag (现代|农业园)
    functions: tuple[str, ...] = ()  # words of a clause, not of a name that they seem to open (由|华星集团, 有|项目)
    functions_tags: tuple[str, ...] = ()
    relative_particle: str = ""  # ends a relative clause behind a word with one of `relative_tags`
    relative_tags: tuple[str, ...] = ()
    breaks: str = r"\n"  # a name that matches is none, whatever its class
    conjunctions: tuple[str, ...] = ()  # words that join the last two members of an enumeration
    pairing: tuple[str, ...]  # those that hold one member together where others follow behind 、
    conjunction_tags: tuple[str, ...] = ()
    preposition_tags: tuple[str, ...] = ()
    list_not_before: tuple[str, ...] = ()  # 战略性, 产业化: the noun of a list is no noun where one of these follows
    list_qualifiers: tuple[str, ...] = ()  # 重点, 骨干: what stands between 等 and the noun of a list
    list_openers: tuple[str, ...] = ()  # 有, 包括: what stands between the noun of a list and its members
    list_about: tuple[str, ...] = ()  # 近, 超: what stands before that number
    list_sums: tuple[str, ...] = ()  # 共计, 合计: what stands between the last member of a list and their number
    short_form: str = r"(?!)"  # what stands between a name and its short form `name` (以下简称“X”)
    full_form: str = r"(?!)"  # what stands between a short form and the full name: X（全称Y）

    list_verbs: tuple[str, ...] = ()  # verbs behind which the members of an enumeration begin anew
    note: str = r"(?!)"  # a note in brackets at the end of a member of an enumeration

    @cached_property
    def note_expression(self) -> re.Pattern[str]:
        """`note`, compiled."""
        return re.compile(self.note)

    @cached_property
    def leading_expression(self) -> re.Pattern[str]:
        """Matches, at the left of a name, what is not part of it."""
        return re.compile("|".join([alternation(self.leading), *self.leading_expressions]))

    @cached_property
    def boundary_expression(self) -> re.Pattern[str]:
        """Matches the words at which a name cannot go on to the left."""
        return re.compile(alternation(self.boundaries))

    @cached_property
    def counted_expression(self) -> re.Pattern[str]:
        """Matches a number of more than one with its measure, right before a noun and what qualifies it."""
        number = "(?:[2-9]|[0-9]{2,}|[二两三四五六七八九十百千]+|数|多)(?:余|多)?"
        return re.compile(rf"{number}{alternation(self.measures)}(?:\w{{1,3}}级)?\Z")

    @cached_property
    def break_expression(self) -> re.Pattern[str]:
        """`breaks`, compiled."""
        return re.compile(self.breaks)

    @property
    def list_noun_end(self) -> str:
        """A regular expression that matches where the noun of a list has ended."""
        return f"(?!{alternation(self.list_not_before)})" if self.list_not_before else ""

    @cached_property
    def short_form_expression(self) -> re.Pattern[str]:
        """`short_form`, compiled."""
        return re.compile(self.short_form)

    @cached_property
    def full_form_expression(self) -> re.Pattern[str]:
        """`full_form`, compiled, before the full name."""
        return re.compile(f"(?:{self.full_form})$")

    @cached_property
    def list_end(self) -> re.Pattern[str]:
        """等N家骨干, N大: what ends an enumeration before the noun that says what its members are."""
        number = "[0-9一二两三四五六七八九十百千]"
        summing = f"{alternation(self.list_sums)}?" if self.list_sums else ""
        about = f"{alternation(self.list_about)}?" if self.list_about else ""
        return re.compile(
            rf"(?:等{about}(?P<count>{number}*(?:余|多)?{alternation(self.measures)}?)|(?<![和与及、的有]){summing}{number}+(?:余|多)?{alternation(self.measures)})"
            rf"(?:{alternation(self.list_qualifiers)}的?)*"
        )


def load_grammar(path: Path) -> Grammar:
    """The grammar in `path`. Raises DataError."""
    return load_toml(path, Grammar)
