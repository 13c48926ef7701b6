"""Places: administrative divisions with their codes, villages, and named regions.

Adds to ``doc._.candidates`` and assigns ``doc._.place``, the code of what the article is about.
Requires ``doc._.clean`` and ``doc._.sentences``; ``doc._.words`` helps.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from spacy.language import Language
from spacy.tokens import Doc

from kg.components.doc import View
from kg.components.homonyms import Choice
from kg.components.language import reader_of
from kg.components.placenames import metadata_spots, read_names, role_weight, text_ranges
from kg.components.smallplaces import SmallPlaces
from kg.components.spotting import Spotter, Wording
from kg.lexicon.divisions import Divisions
from kg.types import Mention

FULL_NAME = "places/full-name"
SHORT_NAME = "places/short-name"
REGION = "places/region"
"""The rule of a mention of a division by its full name."""

_DOMINANT = 0.5  # share of a division above which an article on it is an article on that part
_DEIXIS_CAP = 3.0  # forms such as 全省 add at most so many times what the names say


class Places:
    """Find the places of an article."""

    def __init__(self, divisions: Divisions) -> None:
        self.divisions = divisions
        self.spotter = Spotter(divisions)

    def __call__(self, doc: Doc) -> Doc:
        view = View(doc)
        wording = Wording(view.words, len(view.text))
        choices, home = read_names(view, self.spotter, wording)
        place = self._place(view, choices)
        mentions = [self._mention(choice) for choice in choices]
        mentions += SmallPlaces(self.divisions, view.text, wording, choices, home, place).find(text_ranges(view))
        doc._.candidates = tuple(sorted({*view.candidates, *mentions}, key=_order))
        doc._.place = place
        return doc

    def _mention(self, choice: Choice) -> Mention:
        """The mention of a choice: its class by level, or that of regions."""
        spot, areas = choice.spot, self.divisions.areas
        if spot.region is not None:
            return Mention(spot.begin, spot.end, areas.region.class_, spot.name, REGION, choice.confidence)
        kind = self.divisions.level(choice.division or spot.choices[0]).class_
        rule = FULL_NAME if spot.full else SHORT_NAME
        return Mention(spot.begin, spot.end, kind, spot.name, rule, choice.confidence, choice.code)

    def _place(self, view: View, choices: Sequence[Choice]) -> str | None:
        """The code of what the article is about: the province with most weight, then down while one part dominates."""
        scores, weights = self._scores(view, choices), self.divisions.areas.weights
        totals: dict[str, float] = defaultdict(float)
        parts: dict[str, set[str]] = defaultdict(set)
        for code in sorted(scores):
            chain = self.divisions.chain(code)
            parts[""].add(chain[-1].code)
            for division in chain:
                totals[division.code] += scores[code]
                parts[division.parent].add(division.code)
        best = _heaviest(parts[""], totals)
        if best is None:
            return None
        share = totals[best] / (sum(scores.values()) or 1.0)
        needed = weights.full if share >= weights.alone else weights.minimum
        if share < weights.share or totals[best] < needed:
            return None
        while (part := _heaviest(parts[best], totals)) is not None and totals[part] > _DOMINANT * totals[best]:
            best = part
        return best

    def _scores(self, view: View, choices: Sequence[Choice]) -> dict[str, float]:
        """How much each division is spoken of."""
        areas, scores = self.divisions.areas, defaultdict[str, float](float)
        weights = areas.weights
        begins = {choice.spot.begin for choice in choices}
        for choice in choices:
            region, division = choice.spot.region, choice.division
            if region is not None and region.within is not None:
                scores[region.within] += role_weight(view, choice.spot.begin, self.divisions)
            if division is None or choice.spot.end in begins:  # 江苏省常州市溧阳市 speaks of 溧阳市
                continue
            rank = self.divisions.level(division).rank
            weight = weights.full if choice.spot.full else weights.short
            role = role_weight(view, choice.spot.begin, self.divisions)
            weight *= role if rank > 1 or role > 1 else weights.province
            if rank:
                scores[division.successor or division.code] += weight
        for spot, weight in metadata_spots(view, self.spotter):
            scores[spot.choices[0].code] += weight
        for deixis in areas.deixis:
            count = sum(view.text.count(form) for form in deixis.forms)
            for code in [code for code in scores if count and self._level_of(code) in deixis.levels]:
                scores[code] += min(count * deixis.weight, _DEIXIS_CAP * scores[code])
        return scores

    def _level_of(self, code: str) -> str | None:
        division = self.divisions.get(code)
        return division.level if division else None


def _heaviest(codes: set[str], totals: dict[str, float]) -> str | None:
    """The code with the greatest total; of equal ones the lowest."""
    return min(codes, key=lambda code: (-totals[code], code), default=None)


def _order(mention: Mention) -> tuple[int, int, str, str]:
    return (mention.begin, -mention.end, mention.kind, mention.rule)


@Language.factory(
    "kg_places",
    assigns=["doc._.candidates", "doc._.place"],
    requires=["doc._.clean", "doc._.sentences"],
)
def make_places(nlp: Language, name: str) -> Places:
    """The component as spaCy builds it."""
    return Places(reader_of(nlp).knowledge.divisions)
