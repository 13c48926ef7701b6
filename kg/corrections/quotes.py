"""Words that a person quotes → where they stand in the article."""

from __future__ import annotations

from kg.corrections.things import NotApplied
from kg.types import Article, Evidence, Extraction


def squeeze(text: str) -> str:
    """`text` without white space, which cleaning and copying change."""
    return "".join(text.split())


def quotes(evidence: Evidence, sentence: str) -> bool:
    """Whether `sentence` is the words of `evidence`, part of them, or holds them."""
    said, asked = squeeze(evidence.text), squeeze(sentence)
    return asked in said or said in asked


def find_article(extractions: dict[str, Extraction], name: str) -> str:
    """The id of the article whose id or file is `name`. Raises NotApplied."""
    found = [each for each, one in extractions.items() if name in (each, one.article.file)]
    if len(found) != 1:
        raise NotApplied(f"no article is called {name}" if not found else f"{len(found)} articles are called {name}")
    return found[0]


def locate(extraction: Extraction, sentence: str) -> Evidence:
    """Where `sentence` stands in the article, white space aside. Raises NotApplied where it does not.

    Words that cleaning has mended are found where what was read quotes them so.
    """
    article, wanted = extraction.article, squeeze(sentence)
    places = [place for place, character in enumerate(article.text) if not character.isspace()]
    at = "".join(article.text[place] for place in places).find(wanted)
    if wanted and at >= 0:
        return Evidence(places[at], places[at + len(wanted) - 1] + 1, wanted)
    read = [*(each.evidence for each in extraction.claims), *(each.evidence for each in extraction.observations)]
    for evidence in sorted([*extraction.unread, *read]):
        if wanted and wanted in squeeze(evidence.text):
            return evidence
    raise NotApplied(f"{article.file} does not say “{sentence}”; its words have changed or gone")


def within(evidence: Evidence, article: Article, name: str) -> Evidence:
    """Where `name` stands in `evidence`, or all of it."""
    at = article.text.find(name, evidence.begin, evidence.end)
    return Evidence(at, at + len(name), name) if at >= 0 else evidence
