"""How the names of each class are formed: one TOML file a class in ``lexicon/names/``.

A file says, for its class:

* ``[[head]]``: words a name ends with; the name is grown to the left from them.
* ``[[pattern]]``: contexts in which a name stands, as regular expressions with slots.
* ``[[tagged]]``: words that the statistical tagger holds for such a name.
* ``[[vocabulary]]``: names that stand for themselves.
* ``[[brand]]``: words that can only be such a name where they stand.
* ``[aliases]``: how a full name is shortened.

Slots of a pattern: ``{name}`` is one name, ``{names}`` an enumeration, ``{number}`` a count,
every key of ``[sets]`` the alternation of its words, and every key of ``[expressions]`` that
expression (which may itself have slots of sets and of expressions before it).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from pydantic import Field

from kg.lexicon.aliases import Aliases
from kg.lexicon.alternation import alternation
from kg.lexicon.brands import Brand
from kg.lexicon.entries import Example, Head, Need, Pattern, Subclass, Tagged, Vocabulary
from kg.lexicon.toml import Strict

NAME = r"(?P<name>[^，。；：！？、《》“”‘’（）\n]{2,30}?)"
NAMES = r"(?P<names>[^，。；：！？《》\n]{2,80}?)"
NUMBER = r"[0-9０-９〇一二两三四五六七八九十百千万]+(?:余|多)?"
_SLOT = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True)
class Context:
    """A pattern with its regular expressions: of the context, of what a name must and of what it must not have."""

    pattern: Pattern
    match: re.Pattern[str]
    accept: re.Pattern[str] | None
    reject: re.Pattern[str] | None


class NameLexicon(Strict):
    """All that is known of the names of one class."""

    class_: str = Field(alias="class")
    minimum: int = 2  # characters of a name
    priority: int = 0  # higher wins where two classes claim one span
    generic: tuple[str, ...] = ()  # words that do not make a name specific
    strip: tuple[str, ...] = ()  # words cut from the left of a name
    cut_after: tuple[str, ...] = ()  # a name begins after the last of these
    cut_behind: str = ""  # and after what this expression matches at its left (白沙工业园区|江州华星有限公司)
    former: str = ""  # what stands, in its paragraph, before a name that the thing told of bore once (前身为)
    renamed: str = ""  # what stands before a name that the thing last told of bears now (更名为)
    bracketed: bool = False  # a name in brackets right behind another is a name of the same thing
    drop_places: str = ""  # places at the left whose names match are no part of it (青川茶产业)
    begins: tuple[str, ...] = ()  # leading words of the grammar that names of this class may begin with all the same
    reject: str = ""  # names that match are none
    not_behind: str = ""  # nor those right behind what matches (记者|李明)
    not_ahead: str = ""  # nor those right before what matches (二氧化硫|浓度)
    placed_reject: str = ""  # nor those of which what follows a place at their left matches (江州|汽车)
    holds: tuple[str, ...] = ()  # classes whose names are kept inside a name of this class
    yields: tuple[str, ...] = ()  # a word of the vocabulary of these classes is no name of this class (永磁电机)
    yields_from: int = 4  # if it has so many characters or more
    whole_words: bool = False  # a head is none inside a longer word that the tagger holds for a body
    relatives: bool = False  # a name begins behind a relative clause (华星集团捐建的|溧阳小学)
    functions: bool = True  # no name begins with a word of `functions` of the grammar
    brands: bool = True  # a proper name may stand before a word of the vocabulary (海创|磷酸铁锂)
    placed: str = ""  # a name found by tag or pattern takes in a place that opens its clause and matches
    holds_home: bool = False  # of short names of places only those around the article's own
    echoes: tuple[str, ...] = ()  # classes whose names are kept inside one of this class if they stand alone elsewhere
    list_ends: tuple[str, ...] = ()  # expressions: what else ends an enumeration of this class
    list_starts: tuple[str, ...] = ()  # expressions: what else opens one, to the end of its clause
    list_nouns: tuple[str, ...] = ()  # A、B、C等N家<noun>: all members are of this class
    list_opens: bool = False  # 企业有A、B、C: such a noun and a word for 'are' open an enumeration too
    list_edges: bool = False  # the first and the last member of an enumeration, which other words may touch, count too
    list_members: bool = False  # an unknown member of an enumeration of this class is of this class
    repeats: int = 0  # a name of so many characters is one wherever it stands again; 0: never
    list_tail: str = ""  # found at the end of whole members: what a conjunction parts from one such is part of it
    list_sized: str = ""  # what tells the size of a member: one with it goes on behind 及, and one begins with it
    list_tailed: int = 0  # a member of so many characters with such a tail beside another is a name; 0: never
    list_unless: str = ""  # an enumeration with this in half of its members has no names of this class
    list_longest: int = 16  # characters of such members
    list_needs: Need = "none"  # what such members must be, as in `Head`
    list_accept: str = ""  # or what is searched in them: enough where it is found
    list_carries: int = 0  # members of up to so many characters need nothing beside one that has it
    sets: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    expressions: dict[str, str] = Field(default_factory=dict)
    head: tuple[Head, ...] = ()
    pattern: tuple[Pattern, ...] = ()
    tagged: tuple[Tagged, ...] = ()
    vocabulary: tuple[Vocabulary, ...] = ()
    brand: tuple[Brand, ...] = ()
    subclass: tuple[Subclass, ...] = ()
    aliases: Aliases = Aliases()
    example: tuple[Example, ...] = ()

    @cached_property
    def former_expression(self) -> re.Pattern[str]:
        """`former`, compiled, right before a name."""
        return re.compile(f"(?:{self.former})$" if self.former else r"(?!)")

    @cached_property
    def renamed_expression(self) -> re.Pattern[str]:
        """`renamed`, compiled, right before a name."""
        return re.compile(f"(?:{self.renamed})$" if self.renamed else r"(?!)")

    @cached_property
    def reject_expression(self) -> re.Pattern[str] | None:
        """`reject`, compiled."""
        return re.compile(self.expand(self.reject)) if self.reject else None

    @cached_property
    def not_behind_expression(self) -> re.Pattern[str] | None:
        """`not_behind`, compiled to end where a name begins."""
        return re.compile(f"(?:{self.expand(self.not_behind)})$") if self.not_behind else None

    @cached_property
    def not_ahead_expression(self) -> re.Pattern[str] | None:
        """`not_ahead`, compiled."""
        return re.compile(self.expand(self.not_ahead)) if self.not_ahead else None

    @cached_property
    def placed_expression(self) -> re.Pattern[str] | None:
        """`placed_reject`, compiled."""
        return re.compile(self.expand(self.placed_reject)) if self.placed_reject else None

    @cached_property
    def behind_expression(self) -> re.Pattern[str] | None:
        """`cut_behind`, compiled."""
        return re.compile(self.expand(self.cut_behind)) if self.cut_behind else None

    @cached_property
    def drop_expression(self) -> re.Pattern[str] | None:
        """`drop_places`, compiled."""
        return re.compile(self.drop_places) if self.drop_places else None

    @cached_property
    def list_expression(self) -> re.Pattern[str] | None:
        """`list_accept`, compiled."""
        return re.compile(self.expand(self.list_accept)) if self.list_accept else None

    @cached_property
    def list_veto(self) -> re.Pattern[str] | None:
        """`list_unless`, compiled."""
        return re.compile(self.expand(self.list_unless)) if self.list_unless else None

    @cached_property
    def compiled(self) -> tuple[Context, ...]:
        """Each pattern with its regular expressions."""
        return tuple(
            Context(
                pattern,
                re.compile(self.expand(pattern.match), re.M),
                re.compile(self.expand(pattern.accept)) if pattern.accept else None,
                re.compile(self.expand(pattern.reject)) if pattern.reject else None,
            )
            for pattern in self.pattern
        )

    @cached_property
    def compiled_tags(self) -> tuple[tuple[Tagged, re.Pattern[str], re.Pattern[str], re.Pattern[str]], ...]:
        """Each tag entry with the expressions of the word, of what is before it and of what is after it."""
        return tuple(
            (
                entry,
                re.compile(self.expand(entry.accept)),
                re.compile(f"(?:{self.expand(entry.before)})$"),
                re.compile(self.expand(entry.after)),
            )
            for entry in self.tagged
        )

    def expand(self, text: str) -> str:
        """The regular expression of a pattern with its slots filled."""
        return _filled(text, self._slots)

    @cached_property
    def _slots(self) -> dict[str, str]:
        slots = {"name": NAME, "names": NAMES, "number": NUMBER}
        slots |= {key: alternation(words) for key, words in self.sets.items()}
        for key, text in self.expressions.items():
            slots[key] = f"(?:{_filled(text, slots)})"
        return slots

    def words_of(self, row: Head | Vocabulary) -> tuple[str, ...]:
        """The words of an entry, those of the sets it names among them."""
        words: list[str] = []
        for word in row.words:
            slot = _SLOT.fullmatch(word)
            words.extend(self.sets[slot.group(1)] if slot else (word,))
        return tuple(dict.fromkeys(words))

    @cached_property
    def vocabulary_words(self) -> frozenset[str]:
        """All words of the vocabulary."""
        return frozenset(word for row in self.vocabulary for word in self.words_of(row))


def _filled(text: str, slots: Mapping[str, str]) -> str:
    """`text` with its slots filled. Raises KeyError for one that is unknown."""
    return _SLOT.sub(lambda match: slots[match.group(1)], text)
