"""Which division a name means: 鼓楼区 is in four cities, 东山 is a county and a mountain.

What decides, strongest first: the place named right before (无锡市梁溪区), the full name
elsewhere in the article, the prefecture and province the article speaks of, the rank of the
division, the year of the article. A short name that could be a word also needs support.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.components.spotting import Spot, Wording
from kg.lexicon.divisions import Division, Divisions

CHAINED, NAMED, NEAR, INSIDE, RANK, CURRENT = 20.0, 5.0, 4.0, 2.0, 6.0, 3.0
_RANKS = 4  # of country, province, prefecture and county
_SUPPORT = {"strong": 0, "normal": 1, "weak": 2}
_COMMON = 2  # more support for a short name that is also a word


@dataclass(frozen=True, slots=True)
class Home:
    """The province and prefecture an article speaks of, as far as its names tell, and its year."""

    province: str | None
    prefecture: str | None
    year: str | None


@dataclass(frozen=True, slots=True)
class Choice:
    """A spot that is a name, with the division it means; None where two are as likely."""

    spot: Spot
    division: Division | None
    confidence: float

    @property
    def code(self) -> str | None:
        """The code of the division."""
        return self.division.code if self.division else None


class Homonyms:
    """Decides for one article."""

    def __init__(self, divisions: Divisions, wording: Wording, home: Home) -> None:
        self.divisions, self.wording, self.home = divisions, wording, home
        self.names = divisions.areas.names
        self.full_codes: set[str] = set()
        self.seats: frozenset[str] = frozenset()  # short names before what only a division has
        self.spoken: frozenset[str] = frozenset()  # the codes of all that the names of the article may mean
        self.peoples: frozenset[int] = frozenset()  # where names begin of which the people are meant (溧阳人)
        self._water = re.compile(self.names.water)

    def choose(self, spot: Spot, before: Choice | None) -> Division | None:
        """The likeliest division of `spot`; None where two are equally likely."""
        scored = sorted(
            ((self._score(division, spot, before), -index) for index, division in enumerate(spot.choices)), reverse=True
        )
        best = spot.choices[-scored[0][1]]
        if len(scored) > 1 and scored[0][0] == scored[1][0]:
            second = spot.choices[-scored[1][1]]
            if not best.valid_to and not second.valid_to and best.code != second.code:
                return None
        return best

    def accept_full(self, spot: Spot, before: Choice | None) -> Choice | None:
        """`spot` as a name where it is one: general names need a place before them, short ones a word's bounds."""
        chained = before is not None and self._chained(spot, before)
        if self._ends_longer_name(spot, before):
            return None
        if not chained:
            if self.wording.tagged(spot.begin, spot.end, self.names.person_tags):
                return None
            if spot.name in self.names.needs_chain and not self._is_tagged_home(spot):
                return None
            if len(spot.name) == 2 and not self._stands_alone(spot):
                return None
        division = self.choose(spot, before if chained else None)
        if division is not None and division.valid_to and not chained and not self._plausible(division):
            return None
        confidence = 0.98 if chained else 0.95 if division is not None else 0.7
        return Choice(spot, division, confidence)

    def accept_short(self, spot: Spot, before: Choice | None, neighbours: Sequence[Division]) -> Choice | None:
        """`spot` as a short name where enough speaks for it."""
        chained = before is not None and self._chained(spot, before)
        division = self.choose(spot, before if chained else None)
        if chained and division is not None and self.divisions.level(division).short == "weak":
            chained = before is not None and division.parent in {
                meaning.code for meaning in self._meanings(before)
            }  # 辽宁|振兴 is no district
        if division is None or self._is_person(spot, division):
            return None
        if self._ends_longer_name(spot, before):
            return None
        is_named = self._is_named(division) or self._has_seat(spot, division)
        tagged = self.wording.tagged(spot.begin, spot.end, self.names.place_tags)
        held = self.wording.opening(spot.begin, spot.end, self.names.holding_tags)
        bounded = tagged or held or self.wording.bounded(spot.begin, spot.end)
        is_word = spot.name in self.names.common_words
        if not (bounded or chained or (is_named and not is_word and self.wording.opens(spot.begin))):
            return None
        listed = any(self._close(division, neighbour) for neighbour in neighbours)
        tag = 0 if self._after_unknown_place(spot) else self._tag_support(spot, tagged=tagged, held=held)
        support = 3 * is_named + 3 * chained + 2 * listed + tag + self._is_home(division)
        needed = self._needed(spot, division)
        if support < needed or (division.valid_to and not self._plausible(division)):
            return None
        return Choice(spot, division, min(0.95, 0.75 + 0.05 * (support - needed)))

    def _is_person(self, spot: Spot, division: Division) -> bool:
        """Whether the tagger holds a short name for a person, and it is no whole word that the full name explains."""
        if spot.begin not in self.peoples and self.wording.bounded(spot.begin, spot.end) and self._is_named(division):
            return False
        return self.wording.tagged(spot.begin, spot.end, self.names.person_tags)

    def _tag_support(self, spot: Spot, *, tagged: bool, held: bool) -> int:
        """What the tagger says for a short name: most where the word is the name and could be nothing else."""
        exact = tagged and self.wording.bounded(spot.begin, spot.end)
        return 2 if exact and spot.name not in self.names.common_words else int(tagged or held)

    def _needed(self, spot: Spot, division: Division) -> int:
        """How much support a short name needs: more where it is a word or a river, and far away."""
        level, province = self.divisions.level(division), self.home.province
        needed = _SUPPORT[level.short] + _COMMON * (spot.name in self.names.common_words)
        if level.short == "strong":
            return needed
        is_far = province is not None and not self.divisions.within(division.code, province)
        return needed + is_far + bool(self._water.search(spot.name))

    def _ends_longer_name(self, spot: Spot, before: Choice | None) -> bool:
        """Whether `spot` ends a word that the tagger holds for another place: 水|阳江, 皖|南山区."""
        word = self.wording.at(spot.begin)
        apart = before is None or before.spot.end != spot.begin
        inside = word is not None and word.begin == spot.begin - 1 and word.tag in self.names.place_tags
        return apart and inside

    def _after_unknown_place(self, spot: Spot) -> bool:
        """Whether the word right before is a place that no table has: 舂|陵水 is a river."""
        return spot.begin > 0 and self.wording.tagged(spot.begin - 1, spot.begin, self.names.place_tags)

    def _score(self, division: Division, spot: Spot, before: Choice | None) -> float:
        rank = self.divisions.level(division).rank
        score = CURRENT * division.valid_in(self.home.year) + (0 if spot.full else RANK * (_RANKS - rank))
        score += NAMED * (not spot.full and self._is_named(division))
        chain = [ancestor.code for ancestor in self.divisions.chain(division.code)]
        score += NEAR * (self.home.prefecture in chain) + INSIDE * (self.home.province in chain)
        if before is not None:
            score += CHAINED * any(choice.code in chain[1:] for choice in self._meanings(before))
        return score

    def _chained(self, spot: Spot, before: Choice) -> bool:
        """Whether `before` ends where `spot` begins and holds one of its divisions."""
        if before.spot.end != spot.begin:
            return False
        codes = {meaning.code for meaning in self._meanings(before)}
        return any(
            ancestor.code in codes for division in spot.choices for ancestor in self.divisions.chain(division.code)[1:]
        )

    def _meanings(self, choice: Choice) -> tuple[Division, ...]:
        return (choice.division,) if choice.division is not None else choice.spot.choices

    def _is_named(self, division: Division) -> bool:
        return division.code in self.full_codes or bool(division.successor and division.successor in self.full_codes)

    def _has_seat(self, spot: Spot, division: Division) -> bool:
        """Whether the article names an office or a zone of a division that may be the one it is about (江州高新区)."""
        near = self._is_home(division) or division.parent in self.spoken
        return spot.name in self.seats and (near or self.home.province is None)

    def _is_home(self, division: Division) -> bool:
        home = self.home.province
        return home is not None and self.divisions.within(division.code, home)

    def _stands_alone(self, spot: Spot) -> bool:
        """Whether a name of two characters (沛县) is no part of other words: 提高|县区."""
        if self.wording.known:
            return self.wording.opens(spot.begin)
        return spot.choices[0].parent == "" or any(self._is_home(division) for division in spot.choices)

    def _is_tagged_home(self, spot: Spot) -> bool:
        """Whether the tagger holds the name for a place, and one of its divisions is in the province of the article."""
        tagged = self.wording.tagged(spot.begin, spot.end, self.names.place_tags)
        return tagged and any(self._is_home(division) for division in spot.choices if not division.valid_to)

    def _close(self, division: Division, other: Division) -> bool:
        """Whether two divisions stand side by side in a list: same province and about the same rank."""
        ranks = self.divisions.level(division).rank, self.divisions.level(other).rank
        return abs(ranks[0] - ranks[1]) <= 1 and (division.code[:2] == other.code[:2] or ranks == (0, 0))

    def _plausible(self, division: Division) -> bool:
        """Whether a former name may still be in use: around its years, or in the articles of its region."""
        year = self.home.year
        return (year is not None and division.valid_in(str(int(year) - 3))) or (
            self.home.province is not None and self.divisions.within(division.code, self.home.province)
        )


def find_home(spots: Iterable[tuple[Spot, float]], divisions: Divisions, *, year: str | None) -> Home:
    """The home of an article by the votes of its weighted names that mean one place only."""
    provinces: dict[str, float] = defaultdict(float)
    prefectures: dict[str, float] = defaultdict(float)
    for spot, weight in spots:
        current = [division for division in spot.choices if division.valid_in(year)] or list(spot.choices)
        if not spot.full:
            current = [d for d in current if divisions.level(d).short == "strong"][:1]
            if spot.name in divisions.areas.names.common_words:
                continue
        chains = [divisions.chain(division.code) for division in current]
        if not chains or len({chain[-1].code for chain in chains if chain}) != 1:
            continue
        if divisions.level(chains[0][-1]).rank == 1:
            provinces[chains[0][-1].code] += weight
        if len(chains) == 1 and len(chains[0]) > 1:
            prefectures[chains[0][-2].code] += weight
    province = _first(provinces)
    inside = {code: votes for code, votes in prefectures.items() if province and code[:2] == province[:2]}
    prefecture = _first(inside)
    if prefecture is not None and inside[prefecture] * 2 < sum(inside.values()):
        prefecture = None
    return Home(province, prefecture, year)


def _first(votes: dict[str, float]) -> str | None:
    """The code with most votes; of equal ones the lowest."""
    return min(votes, key=lambda code: (-votes[code], code)) if votes else None
