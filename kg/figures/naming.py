"""The name of the indicator, from the words round a number."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.figures.coordination import Coordination
from kg.figures.endings import COUNTED, Endings
from kg.figures.joints import MARK
from kg.figures.numbers import HAN
from kg.figures.patterns import alternatives
from kg.figures.phrases import Left, PhraseReader, Right
from kg.figures.quantities import Quantity
from kg.figures.view import Passage
from kg.lexicon.figures import FigureLexicon

LONGEST = 28
NEAR = 8
HEADED = "】"  # ends a heading that stands in the line


class Namer:
    """Builds short noun phrases such as 棚户区改造面积 or 引进产业项目数."""

    def __init__(self, lexicon: FigureLexicon, phrases: PhraseReader) -> None:
        self._words = lexicon.indicators
        self.coordination = Coordination(lexicon, phrases)
        self._forward = sorted(lexicon.figures.subject.forward, key=len, reverse=True)
        self._grown = tuple(lexicon.phrases.of + word for word in lexicon.figures.change.rate)
        self._endings = Endings(lexicon, phrases)
        self._gap = lexicon.figures.change.gap
        self._by = re.compile(alternatives(lexicon.figures.range.source))
        built = alternatives((*lexicon.indicators.renamed, *lexicon.indicators.renamed.values()))
        self._agent = re.compile(
            rf"{alternatives(lexicon.figures.subject.by)}[^，。；]{{2,24}}?{built}[^\d，。；]{{0,2}}\Z"
        )
        self._several = re.compile(rf"{HAN}{alternatives(lexicon.figures.subject.counters)}")
        self._sum = next(iter(lexicon.indicators.renamed.values()), "")
        self._heads = tuple(self._forward)
        self._named = lexicon.figures.capacity.named
        self._prepositions = lexicon.phrases.prepositions
        self._phrases = phrases
        self._whole = tuple(word for word in lexicon.indicators.named if len(word) > 1)

    def name(self, passage: Passage, quantity: Quantity, left: Left, *, joined: bool) -> str:
        """The indicator of `quantity`, or "" where none can be made out.

        `joined` says that it is coordinated with the figure before.
        """
        right = self._right(passage, quantity)
        if self._of_others(passage, quantity):
            return ""
        if quantity.spelled and right.length and len(right.noun) <= self._words.short_noun:
            return ""
        if right.noun in self._words.vague or right.noun.endswith(self._words.framed):
            passage.stem = left.phrase or passage.stem
            return ""
        if quantity.spec.dimension == "share" and self.grows(passage, quantity):
            return ""
        if quantity.spec.dimension == "share" and (quota := self._quota(passage, quantity, left)):
            return quota
        if quantity.spec.dimension in COUNTED:
            return self._count(passage, quantity, left, right, joined=joined)
        return self._measure(passage, quantity, left, right, joined=joined)

    def grows(self, passage: Passage, quantity: Quantity) -> bool:
        """Whether a share is a rate of growth: 保持了17.4%的增速."""
        return passage.text.startswith(self._grown, quantity.end)

    def _of_others(self, passage: Passage, quantity: Quantity) -> bool:
        """Whether a stake is not said to be held: 转让某公司47%股权."""
        place = self._phrases.past(passage.text, quantity.end)
        before = passage.text[passage.clauses.around(quantity.begin)[0] : quantity.begin][-NEAR:]
        stake = passage.text.startswith(self._words.stakes, place)
        return stake and not any(word in before for word in self._words.holding)

    def _quota(self, passage: Passage, quantity: Quantity, left: Left) -> str:
        """A stake (占70%股份), or the part of all that do something (60%的企业完成改造); else ""."""
        words, text = self._words, passage.text
        place = self._phrases.past(text, quantity.end)
        whole = text.startswith(self._phrases.of, place)
        if text.startswith(words.stakes, place):
            return words.stake if left.phrase.endswith(words.part) else words.held
        if not whole or left.sign or (left.phrase and not self._phrases.verb(left.phrase)):
            return ""
        noun = self._phrases.right(text[place : passage.clauses.around(quantity.begin)[1]]).noun
        return left.phrase + noun + words.quota if 2 <= len(noun) <= LONGEST - 12 else ""

    def _right(self, passage: Passage, quantity: Quantity) -> Right:
        """The words after a quantity, or after the one that follows it at once (1012户2198名贫困对象)."""
        begin, clause_end = quantity.end, passage.clauses.around(quantity.begin)[1]
        clause_end = min([p.begin for p in passage.periods if p.begin >= begin] + [clause_end])
        following = [item for item in passage.items if begin <= item.begin < clause_end]
        if following and following[0].begin == self._phrases.past(passage.text, begin):
            if isinstance(following[0], Quantity) and following[0].spec.dimension not in COUNTED:
                return Right("", "", 0)
            after = [item.begin for item in following[1:]] + [clause_end]
            right = self._phrases.right(passage.text[following[0].end : after[0]])
            return Right(right.noun, right.predicate, 0)
        sized = following and passage.text.startswith(
            self._phrases.of, self._phrases.past(passage.text, following[0].end)
        )
        if sized and passage.text.startswith(self._heads, begin):
            return replace(self._phrases.right(passage.text[following[0].end : clause_end]), length=0)
        end = following[0].begin if following else clause_end
        right = self._phrases.right(passage.text[begin:end])
        if right.length and following and self._phrases.bare(passage.text[begin + right.length : end]):
            right = replace(right, noun=self._phrases.left(right.noun).phrase or right.noun)
            sized = passage.text.startswith(self._phrases.of, self._phrases.past(passage.text, following[0].end))
            if sized or right.noun in self._words.vague:
                passage.consumed = begin + right.length
            if right.noun.endswith(self._words.named):
                right = replace(right, noun=self._words.vague[0])
        elif right.length:
            passage.consumed = begin + right.length
        return replace(right, predicate="") if following else right

    def _count(self, passage: Passage, quantity: Quantity, left: Left, right: Right, *, joined: bool) -> str:
        if quantity.spec.written:
            return (left.phrase if self._phrases.verb(left.phrase) else "") + quantity.spec.noun
        if quantity.factor == 1 and right.length and right.noun.startswith(self._words.machines):
            return ""
        things = right.noun.startswith(self._words.countable) or right.noun.endswith(self._words.countable)
        if right.length and things and self._rounds_off(passage, quantity, left):
            return ""
        whole = left.phrase in self._words.totals or passage.text.endswith(self._words.totals, 0, quantity.begin)
        if whole and passage.names and not right.noun and passage.names[-1].endswith(quantity.spec.noun):
            return self._phrases.thing(passage.names[-1])
        phrase, noun = left.phrase, ("" if left.source or left.phrase.endswith(self._whole) else right.noun)
        if len(right.head) > 1 and not left.source and not noun.endswith(self._words.countable):
            noun, right = right.head, replace(right, predicate="")
        if phrase in self._words.states and not noun and passage.names:
            base = passage.names[-1]
            base = base.removeprefix(next((word for word in self._words.states if base.startswith(word)), ""))
            base = self._phrases.thing(base)
            if base.endswith(quantity.spec.noun) and base != quantity.spec.noun:
                return phrase + base
        if phrase.endswith(self._words.partial) and not noun and passage.names:
            phrase += passage.names[-1].removesuffix(quantity.spec.noun)[-2:]
        verb = self._phrases.verb(phrase)
        if noun and (not phrase or verb or right.length):
            carried = passage.stem if joined and not phrase else phrase
            if len(carried) > 10 and not verb:
                carried = ""
            if (
                not carried
                and 0 < len(right.predicate) <= 18 - len(noun)
                and not right.predicate.startswith(self._prepositions)
            ):
                carried = right.predicate
            stem = carried + noun
            passage.stem = carried if carried == right.predicate or verb or not phrase else ""
        elif phrase:
            stem = passage.stem = self._carried(passage, phrase)
        elif passage.above and passage.above.endswith(quantity.spec.noun):
            return passage.above
        elif passage.stem and self._beside(passage, quantity):
            stem = passage.stem
        elif right.predicate and quantity.spec.bare:
            end = passage.clauses.around(quantity.begin)[1]
            stem = self._phrases.clean(passage.text[quantity.end : end])[:14]
        else:
            stem = self._earlier(passage, quantity.begin)
        return self._endings.complete(passage, quantity, stem)

    def _rounds_off(self, passage: Passage, quantity: Quantity, left: Left) -> bool:
        """Whether a count only rounds off the list before it: 甲公司、乙公司、丙公司三家企业."""
        words = passage.text[passage.clauses.around(quantity.begin)[0] : quantity.begin]
        if MARK not in words or any(
            item.end <= quantity.begin and item.end > quantity.begin - len(words) for item in passage.items
        ):
            return False
        said = self._phrases.verb(left.phrase) or self._phrases.opens(self._phrases.clean(words))
        return not said and not self._phrases.listed(words)

    @staticmethod
    def _beside(passage: Passage, quantity: Quantity) -> bool:
        """Whether another figure stands before `quantity` in its clause."""
        begin = passage.clauses.around(quantity.begin)[0]
        return any(begin <= item.begin < quantity.begin for item in passage.items)

    @staticmethod
    def _again(passage: Passage, quantity: Quantity) -> bool:
        """Whether the figure before `quantity` has its unit and a period leads to it: 到2015年达…，到2020年达…."""
        before = [item for item in passage.items if item.begin < quantity.begin]
        begin = passage.clauses.around(quantity.begin)[0]
        dated = any(begin <= period.begin < quantity.begin for period in passage.periods)
        last = before[-1] if before else None
        return dated and isinstance(last, Quantity) and last.name == quantity.name

    def _carried(self, passage: Passage, phrase: str) -> str:
        """A verb such as 惠及 after the thing that reaches so many: 棚户区改造惠及."""
        if phrase not in self._words.reaching or not passage.names:
            return phrase
        base = passage.names[-1]
        noun = next((word for word in self._words.named if base.endswith(word) and len(base) > len(word)), "")
        base = base.removesuffix(noun)
        return base + phrase if len(base) <= 12 else phrase

    def _measure(self, passage: Passage, quantity: Quantity, left: Left, right: Right, *, joined: bool) -> str:
        phrase = left.phrase
        head = next((word for word in self._forward if phrase.endswith(word)), "")
        named = any(0 < reference.begin - quantity.end < 3 for reference in passage.references)
        if named and not phrase and quantity.spec.dimension == "money":
            earlier = passage.names[-1] if passage.names else ""
            return earlier if earlier.endswith(self._heads) else self._sum
        attributive = passage.text.startswith(self._phrases.of, quantity.end)
        listed = joined or passage.text.endswith(self._phrases.joints.words, 0, quantity.begin)
        if attributive and listed and not phrase and quantity.spec.dimension == "money":
            return ""
        after = right.noun if head and not right.length and not named else ""
        if head and (self._unknown(phrase.removesuffix(head)) or self._unknown(after)):
            passage.unknown = quantity.end
            return ""
        clause = passage.text[passage.clauses.around(quantity.begin)[0] : quantity.begin]
        if head in self._words.renamed.values() and self._agent.search(clause):
            return head
        if head and phrase.removesuffix(head).endswith(MARK):
            phrase = head
        if head and len(phrase) > 12 and quantity.spec.dimension != "share":
            phrase = self._phrases.tail(phrase) or head
        if head and attributive and any(reference.begin == quantity.end + 1 for reference in passage.references):
            return head
        if head and right.noun and not right.length and (head == phrase or right.noun.endswith(self._named)):
            return self._several.sub("", right.noun) + head
        if share := self._share(passage, quantity, phrase, signed=bool(left.sign)):
            return share
        if phrase and not (right.noun and self._phrases.verb(phrase)):
            stem = phrase
        elif right.noun:
            carried = passage.stem if joined and not phrase else phrase
            stem = carried + self._phrases.joints.split(right.noun, least=2)[0]
            passage.stem = carried
        elif not phrase and passage.names and (joined or self._again(passage, quantity)):
            return passage.names[-1]
        else:
            stem = phrase or self._earlier(passage, quantity.begin)
        return self._endings.complete(passage, quantity, stem)

    def _share(self, passage: Passage, quantity: Quantity, phrase: str, *, signed: bool) -> str:
        """The part that what was named last has in something (占全县的8%), or that `phrase` tells of; else ""."""
        words = self._words
        relative = quantity.spec.dimension in ("share", "points") and phrase.startswith((*words.part, *self._gap))
        if relative and passage.names and not signed:
            phrase = passage.names[-1] + phrase if len(phrase) < 14 else phrase
            weighs = words.part[0] in phrase and not phrase.endswith(words.weights)
            return phrase + words.weight if weighs else phrase
        weighs = quantity.spec.dimension == "share" and words.part[0] in phrase[1:] and not signed
        return phrase + words.weight if weighs and not phrase.endswith((*words.weights, *words.rates)) else ""

    def _unknown(self, words: str) -> bool:
        """Whether the words before a sum name a thing that is not known: 某某扩能工程总投资."""
        words = self._by.split(words)[0]
        generic = self._several.match(words) or words.startswith(self._words.groups) or self._phrases.opens(words)
        return len(words) > 5 and words.endswith(self._words.things) and not generic

    def _earlier(self, passage: Passage, offset: int) -> str:
        """The phrase of the clause before, where that clause has no figure of its own."""
        earlier = passage.clauses.before(offset)
        if (
            earlier is None
            or passage.text.startswith(HEADED, earlier[1])
            or any(earlier[0] <= item.begin < earlier[1] for item in passage.items)
        ):
            return ""
        begin = lead_end(passage, earlier[0], earlier[1], self._phrases)
        phrase = self._phrases.clean(undated(passage, begin, earlier[1]))
        return phrase if len(phrase) <= 12 else ""


def undated(passage: Passage, begin: int, end: int) -> str:
    """The words of [begin, end) but those of its periods."""
    spans = [(period.begin, period.end) for period in passage.periods]
    kept = (place for place in range(begin, end) if not any(first <= place < last for first, last in spans))
    return "".join(passage.text[place] for place in kept)


def lead_end(passage: Passage, begin: int, end: int, phrases: PhraseReader) -> int:
    """Where the subject, the times and the adverbs that a clause begins with end."""
    place = begin
    moved = True
    while moved and place < end:
        moved = False
        for reference in passage.references:
            last = end - 1 if reference.kind in phrases.counted else end
            if reference.kind in phrases.bearers and reference.begin <= place < reference.end <= last:
                place, moved = reference.end, True
        for period in passage.periods:
            if period.begin <= place < period.end <= end:
                place, moved = period.end, True
        if place < end and (step := phrases.lead(passage.text, place, end)) > place:
            place, moved = step, True
    return place
