"""Short forms: which names of one class may stand for a longer one of it.

A full name may lose its leading places and its endings (`[aliases]` of the class's lexicon).
"""

from __future__ import annotations

import re
from functools import cached_property

from kg.lexicon.aliases import Aliases
from kg.lexicon.alternation import alternation
from kg.lexicon.divisions import Divisions


def folded(name: str) -> str:
    """A name as it is compared: without brackets, dots and hyphens, in lower case."""
    return re.sub(r"[（）()·\-—、,，]", "", name).lower()


REPEAT = "/repeat"
"""What the rule of a mention ends in that was found because the name stands elsewhere."""


def common_places(divisions: Divisions) -> frozenset[str]:
    """The names and short names of provinces and prefectures, folded: what names of bodies often begin with."""
    rows = [row for row in divisions.rows if row.code.endswith("00")]
    return frozenset(folded(name) for row in rows for name in (row.name, *row.shorts))


def shared(one: str, two: str) -> int:
    """How many characters two names begin with in common.

    >>> shared("青禾钛白粉", "青禾钛业")
    3
    """
    return next((i for i, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))


class Shortening:
    """Which short forms a full name of one class has."""

    def __init__(self, aliases: Aliases, places: frozenset[str]) -> None:
        self.aliases = aliases
        self.places = places

    @cached_property
    def _endings(self) -> tuple[str, ...]:
        return tuple(sorted((folded(e) for e in self.aliases.endings), key=lambda e: (-len(e), e)))

    @cached_property
    def _beginnings(self) -> frozenset[str]:
        begin = frozenset(folded(b) for b in self.aliases.beginnings)
        return begin | self.places if self.aliases.places else begin

    @cached_property
    def _longest(self) -> int:
        return max(map(len, self._beginnings), default=0)

    @cached_property
    def _ending_expression(self) -> re.Pattern[str]:
        return re.compile(f"(?:{alternation(self._endings)})+" if self._endings else r"(?!)")

    @cached_property
    def _fields(self) -> tuple[str, ...]:
        return tuple(sorted((folded(e) for e in self.aliases.fields), key=lambda e: (-len(e), e)))

    def opening(self, name: str) -> str:
        """The places and other beginnings with which a folded name opens."""
        begin = 0
        while length := self._known(name[begin : begin + self._longest]):
            begin += length
        return name[:begin]

    def _known(self, text: str) -> int:
        """How many characters the longest beginning has with which `text` begins."""
        return next((n for n in range(len(text), 0, -1) if text[:n] in self._beginnings), 0)

    def beginning(self, name: str) -> str:
        """The opening of a folded name where enough is left without it."""
        opening = self.opening(name)
        return opening if len(name) - len(opening) >= self.aliases.minimum else ""

    def without(self, name: str, endings: tuple[str, ...]) -> str:
        """A folded name without `endings`; at least `minimum` characters of it stay."""
        while name.endswith(endings):
            spare = len(name) - self.aliases.minimum
            ending = next((e for e in endings if len(e) <= spare and name.endswith(e)), "")
            if not ending:
                break
            name = name[: -len(ending)]
        return name

    def core(self, name: str) -> str:
        """A folded name without beginnings and endings; the name where nothing would be left."""
        return self.without(name[len(self.beginning(name)) :], self._endings)

    def brand(self, name: str) -> str:
        """The core of a name without what it trades in (青禾环保: 青禾)."""
        return self.without(self.core(name), (*self._fields, *self._endings))

    def forms(self, name: str) -> set[str]:
        """The short forms that a name with an ending of its class may have."""
        short = folded(name)
        if self.is_branch(short):
            return set()
        if self.without(short, self._endings) == short and self.brand(short) == short:
            return set()
        forms = {self.without(short, self._endings), self.core(short), self.brand(short)} - {short}
        return {form for form in forms if not self._ending_expression.fullmatch(form)}  # 公司 of 溧阳公司

    def is_branch(self, name: str) -> bool:
        """Whether a name is one of a branch, which has no short forms."""
        return bool(self.aliases.branches) and re.search(self.aliases.branches, name) is not None

    def worded(self, name: str) -> str:
        """A folded name in the first wording of what can be worded in several ways."""
        for one, other in self.aliases.variants.items():
            name = name.replace(one, other)
        return name

    def leaves_out(self, short: str, full: str) -> bool:
        """Whether `short` is `full` but for a few characters inside that do not tell two things apart."""
        return any(self._gapped(short, name) for name in self._bared(full))

    def _bared(self, full: str) -> tuple[str, str]:
        """A name as it is, and without its opening (江州青滨沿海经济技术开发区, 青滨经济技术开发区)."""
        return full, full[len(self.opening(full)) :]

    def _gapped(self, short: str, full: str) -> bool:
        ending = len(short) - len(self.without(short, self._endings))
        short, full = self.without(short, self._endings), self.without(full, self._endings)
        begin = shared(short, full)
        end = short[begin:]
        left = full[begin : len(full) - len(end)]
        long_enough = begin >= 2 and len(end) + ending >= 3 and full.endswith(end) and 0 < len(left) <= 8
        return long_enough and not re.search(self.aliases.gap_unless or r"\n", left)

    def is_stub(self, short: str, full: str) -> bool:
        """Whether `short` is but the beginning of `full` and an ending (青禾电池项目, 青禾电池隔膜扩能项目)."""
        kept = self.without(short, self._endings)
        begin = full.find(kept)
        if not self.aliases.stub_unless or kept == short or begin < 0 or self.opening(full[:begin]) != full[:begin]:
            return False
        return not re.search(self.aliases.stub_unless, full[begin + len(kept) :])

    def wordings(self, short: str, full: str) -> tuple[tuple[str, str], ...]:
        """Two folded names as they are, and in the first wording of each, the shorter first."""
        one, two = sorted((self.worded(short), self.worded(full)), key=len)
        return (short, full), (one, two)

    def equals(self, short: str, full: str) -> bool:
        """Whether two folded names differ by places at the left and endings only."""
        return any(
            one == two
            or (len(one) >= self.aliases.minimum and self.core(one) == self.core(two) and not self.elsewhere(one, two))
            for one, two in self.wordings(short, full)
        )

    def shortens(self, short: str, full: str) -> bool:
        """Whether `short` is a regular short form of `full` (both folded, `short` the shorter)."""
        return (
            len(short) >= self.aliases.minimum
            and not self.is_branch(full)
            and any(
                self._part(one, two) or self._brand_of(one, two) or self._ended_part(one, two)
                for one, two in self.wordings(short, full)
            )
        )

    def elsewhere(self, short: str, full: str) -> bool:
        """Whether both open with a place, and not the same (廊坊市人民政府, 河北省人民政府)."""
        one, two = self.beginning(short), self.beginning(full)
        return bool(one and two) and one not in two and two not in one

    def _part(self, short: str, full: str) -> bool:
        """Whether `full` is `short` with a beginning and endings, or what else the class lets go."""
        begin = full.find(short)
        if begin < 0:
            return self.is_stub(short, full) or (self.aliases.gap and self.leaves_out(short, full))
        before, after = full[:begin], full[begin + len(short) :]
        bare = self.without(short, self._endings) == short
        long = bool(self.aliases.tail_length) and len(short) >= self.aliases.tail_length
        shares = self.aliases.places and self.opening(full) == full[: begin + 1]  # 溧阳市 and 市委 in 溧阳市委
        before_ok = shares or self.opening(before) == before or self.aliases.tail or (long and not after)
        cut = self.aliases.head and self.opening(before) == before and bare and not self._branch(after)
        after_ok = not after or bool(self._ending_expression.fullmatch(after)) or cut or self._is_field(short, after)
        return before_ok and after_ok and not (before and after and self.aliases.tail and self.aliases.head)

    def is_formal(self, rest: str) -> bool:
        """Whether what follows a name is a place, if any, and endings (华星零部件|（江州）公司)."""
        return self._ending_expression.fullmatch(rest[len(self.opening(rest)) :]) is not None

    def is_placed(self, short: str, full: str) -> bool:
        """Whether `full` is `short` with a place and a full legal form behind it (华星|溧阳有限公司)."""
        rest = full.removeprefix(short)
        place = self.opening(rest)
        form = rest[len(place) :]
        if rest == full or not place or place in self.aliases.beginnings:
            return False
        return len(form) >= 4 and bool(self._ending_expression.search(form))

    def _is_field(self, short: str, after: str) -> bool:
        """Whether what follows a short form is what the thing trades in, and endings (华星科技|发展有限公司)."""
        field = self.without(after, self._endings)
        telling = bool(self.aliases.gap_unless) and re.search(self.aliases.gap_unless, field)
        return self.aliases.head and len(short) > 3 and field != after and field in self._fields and not telling

    def _branch(self, rest: str) -> bool:
        """Whether what follows a brand makes a branch of it: a place, and no full legal form (华星|溧阳公司)."""
        place = self.opening(rest)
        form = rest[len(place) :]
        return bool(place) and not (len(form) >= 4 and self._ending_expression.fullmatch(form))

    def _ended_part(self, short: str, full: str) -> bool:
        """Whether `short` is a part of `full` but for an ending that `full` has too (华星生物|公司)."""
        if not self.aliases.head or short[-1:] != full[-1:]:
            return False
        kept = self.without(short, self._endings)
        ending = short[len(kept) :]
        if not ending or len(kept) < 4 or kept == full:
            return False
        return full.endswith(ending) and self._part(kept, full) and not self.elsewhere(short, full)

    def _brand_of(self, short: str, full: str) -> bool:
        """Whether `short` is the brand of `full`; its own ending must be one of `full` (华星公司, not 华星集团)."""
        ending = short[len(self.without(short, self._endings)) :]
        field = self.core(full)[len(self.brand(full)) :]
        if ending and self.aliases.gap_unless and re.search(self.aliases.gap_unless, field):
            return False  # 华星集团 beside 华星投资集团
        fits = ending in full[len(self.without(full, self._endings)) :] and not self.elsewhere(short, full)
        return bool(self.aliases.fields) and fits and self.core(short) == self.brand(full)

    def spells(self, short: str, full: str) -> bool:
        """Whether both have an ending and `short` takes single characters of `full`, in order."""
        one, two = self.without(short, self._endings), self.without(full, self._endings)
        if not self.aliases.letters or one == short or two == full or one in two:
            return False
        if not 2 <= len(one) <= len(two) / 2:
            return False
        rest = iter(two)
        return all(character in rest for character in one)

    def condenses(self, short: str, full: str) -> bool:
        """Whether `short` leaves out words in several places (华星精密仪器制造有限公司, 华星仪器), but no place."""
        if not self.aliases.condensed or self.is_branch(full) or self.without(short, self._endings) != short:
            return False
        for one, two in self.wordings(short, full):
            bare = self.without(two, self._endings)
            if any(self._condensed(one, name) for name in self._bared(bare)):
                return True
        return False

    def _condensed(self, short: str, full: str) -> bool:
        begin = shared(short, full)
        if begin - len(self.opening(short)) < self.aliases.condensed or len(short) < 4:
            return False
        gaps, rest = [], full[begin:]
        for character in short[begin:]:
            gap, found, rest = rest.partition(character)
            if not found:
                return False
            gaps.append(gap)
        telling = re.compile(self.aliases.gap_unless or r"(?!)")
        return any(gaps) and not any(gap in self.places or telling.search(gap) for gap in (*gaps, rest))
