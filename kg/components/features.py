"""What is seen of each character of a sentence when names are learned and recognized.

Characters and words around it, with the tags of the tagger and whether it knows the word, and the head of the
group of nouns it is in.
Quotation marks are left out of the sequence; a character behind one that opens bears a feature that says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.types import Word

QUOTES = frozenset("“”‘’\"'《》「」 \u3000")
OPENING = frozenset("“‘《「")
OUTSIDE = ("_", "_", "_")
GROUP = frozenset(("n", "nz", "nw", "vn", "an", "a", "m", "nr", "ns", "nt", "f", "ORG", "LOC", "PER"))
"""Tags of the words that a group of nouns is made of."""


@dataclass(frozen=True, slots=True)
class Seen:
    """The characters of a sentence that are looked at: their offsets in the text, and the features of each."""

    offsets: tuple[int, ...]
    features: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A word without its quotation marks: its place in the sequence, its text and tag."""

    begin: int
    end: int
    text: str
    tag: str
    rare: bool


def see(text: str, begin: int, end: int, words: Sequence[Word]) -> Seen:
    """What is seen of the characters from `begin` to `end`; `words` are those of that stretch, in order."""
    offsets: list[int] = []
    pieces = []
    for word in words:
        first = len(offsets)
        offsets += [at for at in range(word.begin, word.end) if text[at] not in QUOTES]
        if len(offsets) > first:
            said = "".join(text[at] for at in offsets[first:])
            pieces.append(_Piece(first, len(offsets), said, word.tag, word.rare))
    quoted = [at > begin and text[at - 1] in OPENING for at in offsets]
    return Seen(tuple(offsets), tuple(_features("".join(text[at] for at in offsets), quoted, pieces)))


def _features(text: str, quoted: Sequence[bool], pieces: Sequence[_Piece]) -> list[tuple[str, ...]]:
    shapes = [shape for piece in pieces for shape in _shapes(piece)]
    heads = _heads(pieces)
    found = []
    around = [OUTSIDE, *((piece.text, piece.tag, "") for piece in pieces), OUTSIDE, OUTSIDE]
    padded, tags = f"__{text}__", ["_", "_", *shapes, "_", "_"]
    for index, piece in enumerate(pieces):
        word = (
            f"w={piece.text}",
            f"pw={around[index][0]}",
            f"pt={around[index][1]}",
            f"nw={around[index + 2][0]}",
            f"nt={around[index + 2][1]}",
            f"nnw={around[index + 3][0]}" if index + 3 < len(around) else "nnw=_",
            f"sf={piece.text[-1]}",
            f"sf2={piece.text[-2:]}",
            f"pf={piece.text[0]}",
            f"len={min(piece.end - piece.begin, 5)}",
            f"rare={piece.rare}",
            *heads[index],
        )
        for at in range(piece.begin, piece.end):
            window = padded[at : at + 5]
            found.append(
                (
                    "q" if quoted[at] else "nq",
                    f"wt={piece.text}{shapes[at]}",
                    *(f"c{place}={character}" for place, character in enumerate(window)),
                    *(f"t{place}={tag}" for place, tag in enumerate(tags[at : at + 5])),
                    *(f"d{place}={one}{two}" for place, (one, two) in enumerate(pairwise(window))),
                    f"ccc={window[1:4]}",
                    *word,
                )
            )
    return found


def _shapes(piece: _Piece) -> list[str]:
    """For each character where in the word it stands (B, M, E; S alone), and the tag of the word."""
    size = piece.end - piece.begin
    places = "S" if size == 1 else "B" + "M" * (size - 2) + "E"
    return [f"{place}-{piece.tag}" for place in places]


def _heads(pieces: Sequence[_Piece]) -> list[tuple[str, ...]]:
    """For each word the end of the group of nouns it is in and the size of the group; nothing outside of groups."""
    found: list[tuple[str, ...]] = [()] * len(pieces)
    group: list[int] = []
    for index in range(len(pieces) + 1):
        if index < len(pieces) and pieces[index].tag in GROUP:
            group.append(index)
            continue
        for member in group:
            found[member] = (f"hd={pieces[group[-1]].text[-2:]}", f"gl={min(len(group), 5)}")
        group = []
    return found
