"""The names of the gazetteer in one article: spotted, weighed against each other, decided."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.components.doc import View
from kg.components.homonyms import Choice, Home, Homonyms, find_home
from kg.components.spotting import Spot, Spotter, Wording
from kg.lexicon.divisions import Division, Divisions

Range = tuple[int, int]


def text_ranges(view: View) -> list[Range]:
    """The stretches of the clean text that are read: all blocks but furniture."""
    return [(block.begin, block.end) for block in view.clean.blocks if block.role != "furniture"]


def read_names(view: View, spotter: Spotter, wording: Wording) -> tuple[list[Choice], Home]:
    """The divisions and regions named in an article, in order, and the home their names point to."""
    text, ranges = view.text, text_ranges(view)
    full = [spot for begin, end in ranges for spot in spotter.full(text, begin, end)]
    short = [spot for begin, end in _gaps(ranges, full) for spot in spotter.short(text, begin, end)]
    spots = sorted((*full, *short), key=lambda spot: (spot.begin, -spot.end))
    issued = view.article.metadata.issued
    votes = [(spot, role_weight(view, spot.begin, spotter.divisions)) for spot in spots]
    home = find_home([*votes, *metadata_spots(view, spotter)], spotter.divisions, year=issued[:4] if issued else None)
    homonyms = Homonyms(spotter.divisions, wording, home)
    homonyms.seats = seated(text, spotter.divisions)
    homonyms.spoken = frozenset(choice.code for spot in spots for choice in spot.choices)
    people = re.compile(spotter.divisions.areas.names.people)
    homonyms.peoples = frozenset(spot.begin for spot in spots if people.match(text, spot.end))
    reading = _Reading(text, homonyms)
    reading.sweep(full)
    for _ in range(2):  # a name in a list may wait for the name after it
        reading.sweep(spots)
    return reading.choices(), home


def seated(text: str, divisions: Divisions) -> frozenset[str]:
    """The short names that stand in `text` right before what only a division has (东海|高新区)."""
    starts = [match.start() for match in re.finditer(divisions.areas.names.seats, text)]
    names = (text[max(0, start - length) : start] for start in starts for length in (2, 3, 4))
    return frozenset(name for name in names if name in divisions.by_short)


def metadata_spots(view: View, spotter: Spotter) -> list[tuple[Spot, float]]:
    """Names in what is known of the article beside its text, with their weights: place and publisher."""
    weights, metadata = spotter.divisions.areas.weights, view.article.metadata
    found: list[tuple[Spot, float]] = []
    for value, weight in ((metadata.place, weights.given), (metadata.publisher, weights.publisher)):
        if not value:
            continue
        spots = list(spotter.full(value, 0, len(value))) or _longest(list(spotter.short(value, 0, len(value))))
        if not spots and (division := spotter.divisions.get(value)):
            spots = [Spot(0, len(value), division.name, True, (division,))]
        named = [spot for spot in spots if spot.choices]
        found += [(_inside(spot, named[:-1], spotter.divisions), weight) for spot in named[-1:]]
    return found


def _inside(spot: Spot, before: Sequence[Spot], divisions: Divisions) -> Spot:
    """`spot` with those choices that lie in what is named before it (江苏省徐州市鼓楼区), if there are any."""
    choices = [
        each
        for each in spot.choices
        if all(any(divisions.within(each.code, above.code) for above in outer.choices) for outer in before)
    ]
    return replace(spot, choices=tuple(choices)) if choices else spot


def role_weight(view: View, position: int, divisions: Divisions) -> float:
    """How much a name at `position` says, by the block it stands in."""
    weights = divisions.areas.weights
    role = next((block.role for block in view.clean.blocks if block.begin <= position < block.end), "")
    return {"title": weights.title, "byline": weights.byline, "heading": weights.heading}.get(role, 1.0)


class _Reading:
    """The decisions of one article, by where names begin."""

    def __init__(self, text: str, homonyms: Homonyms) -> None:
        self.text, self.homonyms = text, homonyms
        self.accepted: dict[int, Choice] = {}
        self.ends: dict[int, Choice] = {}

    def choices(self) -> list[Choice]:
        """All names accepted, in order."""
        return [self._inherited(self.accepted[begin]) for begin in sorted(self.accepted)]

    def _inherited(self, choice: Choice) -> Choice:
        """沙县 beside 沙县区 is short for what it has become."""
        heir = choice.division.successor if choice.division else ""
        division = self.homonyms.divisions.get(heir) if heir in self.homonyms.full_codes else None
        return replace(choice, division=division) if division and choice.spot.name in division.shorts else choice

    def sweep(self, spots: Sequence[Spot]) -> None:
        """Decide on the spots from left to right. What is accepted stays."""
        covered = 0
        for spot in spots:
            if spot.begin < covered:
                continue
            choice = self.accepted.get(spot.begin) or self._decide(spot)
            if choice is not None:
                covered = choice.spot.end
                self.accepted[spot.begin] = self.ends[covered] = choice
        self.homonyms.full_codes = {c.code for c in self.accepted.values() if c.spot.full and c.code}

    def _decide(self, spot: Spot) -> Choice | None:
        before = self.ends.get(spot.begin)
        if spot.region is not None:
            return Choice(spot, None, 0.95)
        if spot.full:
            return self.homonyms.accept_full(spot, before)
        return self.homonyms.accept_short(spot, before, self._neighbours(spot))

    def _neighbours(self, spot: Spot) -> list[Division]:
        """The divisions before and after `spot` in a list: 桂阳县、祁东 and 祁东、衡南二县."""
        marks = self.homonyms.names.list_marks
        found = []
        if spot.begin and self.text[spot.begin - 1] in marks:
            found.append(self.ends.get(spot.begin - 1))
        if spot.end < len(self.text) and self.text[spot.end] in marks:
            found.append(self.accepted.get(spot.end + 1))
        return [choice.division for choice in found if choice is not None and choice.division is not None]


def _gaps(ranges: Sequence[Range], spots: Sequence[Spot]) -> list[Range]:
    """What is left of the ranges between the spots; both in order."""
    found, pending = [], list(reversed(spots))
    for begin, end in ranges:
        while pending and pending[-1].begin < end:
            spot = pending.pop()
            found.append((begin, spot.begin))
            begin = spot.end
        found.append((begin, end))
    return [(begin, end) for begin, end in found if begin < end]


def _longest(spots: Sequence[Spot]) -> list[Spot]:
    """Of overlapping short names the first and longest."""
    found: list[Spot] = []
    for spot in spots:
        if not found or spot.begin >= found[-1].end:
            found.append(spot)
    return found
