"""Title, authors, publisher and date as the text itself gives them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.articles.bylines import Credit, read_byline
from kg.articles.dating import Dating, date_line, implied_date, stated_date
from kg.articles.sidecar import merge
from kg.lexicon.article import ArticleLexicon
from kg.types import Article, Block, CleanText, Metadata


def with_metadata(article: Article, clean: CleanText, *, lexicon: ArticleLexicon) -> Article:
    """`article` with the fields no one has given filled from its text.

    `Metadata.reasons` says of each where it was read, in raw offsets.
    """
    found = merge(article.metadata, merge(_title(clean, lexicon), _credits(article, clean, lexicon)))
    if not found.issued:
        found = merge(found, _issued(clean, lexicon))
    return replace(article, metadata=found)


def _title(clean: CleanText, lexicon: ArticleLexicon) -> Metadata:
    """The headline: title blocks in order, lines after a dash joined without a space."""
    blocks = [block for block in clean.blocks if block.role == "title"]
    if not blocks:
        return Metadata()
    title = " ".join(clean.text[block.begin : block.end] for block in blocks)
    for dash in lexicon.layout.title.dashes:
        title = title.replace(f" {dash}", dash)
    place = (
        "the headline"
        if blocks[0] is clean.blocks[0] or _before_text(clean, blocks[0])
        else "the headline under the text"
    )
    reason = f"found in the text: {place}, {_characters(clean, blocks[0].begin, blocks[-1].end)}"
    return Metadata(title=title, reasons=(("title", reason),))


def _before_text(clean: CleanText, title: Block) -> bool:
    first = next((block for block in clean.blocks if block.role == "paragraph"), title)
    return title.begin <= first.begin


def _credits(article: Article, clean: CleanText, lexicon: ArticleLexicon) -> Metadata:
    """Authors, outlet and stated date of all bylines, the first that gives each."""
    metadata = Metadata()
    for block, credit in _bylines(article, clean, lexicon):
        reason = f"found in the text: the byline, {_characters(clean, block.begin, block.end)}"
        issued = stated_date(credit.issued, dates=lexicon.layout.dates) if credit.issued else None
        read = Metadata(publisher=credit.publisher, authors=credit.authors, issued=issued)
        fields = [field for field in ("publisher", "authors", "issued") if getattr(read, field)]
        metadata = merge(metadata, replace(read, reasons=tuple((field, reason) for field in fields)))
    return metadata


def _bylines(article: Article, clean: CleanText, lexicon: ArticleLexicon) -> Iterator[tuple[Block, Credit]]:
    for block in clean.blocks:
        if block.role != "byline":
            continue
        content = article.text[clean.offsets[block.begin] : clean.offsets[block.end - 1] + 1]
        credit = read_byline(content, lexicon=lexicon, under_title=True)
        if credit is None:
            credit = read_byline(clean.text[block.begin : block.end], lexicon=lexicon)
        if credit is None and "（" in content.replace("(", "（"):
            lead, _, inner = content.replace("(", "（").partition("（")
            credit = read_byline(inner.rstrip("：: ）)"), lexicon=lexicon)
            agency = next((word for word in lexicon.layout.byline.agencies if lead.startswith(word)), None)
            if credit is not None and agency and not credit.publisher:
                credit = replace(credit, publisher=agency)
        if credit is not None:
            yield block, credit


def _issued(clean: CleanText, lexicon: ArticleLexicon) -> Metadata:
    """The date of a date line, or the one the text implies."""
    dates = lexicon.layout.dates
    line = date_line(clean, layout=lexicon.layout)
    dating: Dating | None = line or implied_date(clean, dates=dates)
    if dating is None:
        return Metadata()
    how = "found in" if line else "implied by"
    reason = f"{how} the text: {dating.reason}, {_characters(clean, dating.begin, dating.end)}"
    return Metadata(issued=dating.issued, reasons=(("issued", reason),))


def _characters(clean: CleanText, begin: int, end: int) -> str:
    evidence = clean.evidence(begin, min(end, len(clean.text)))
    return f"characters {evidence.begin}–{evidence.end}"
