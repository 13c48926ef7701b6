"""File → Article."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

from kg.articles.decoding import decode
from kg.articles.files import iri_safe, search
from kg.articles.frontmatter import Values, read_front_matter
from kg.articles.sidecar import front_matter_metadata, merge, sidecar_metadata
from kg.errors import InputError
from kg.lexicon.article import ArticleLexicon
from kg.types import Article, Metadata


def _no_front_matter(text: str, file: str) -> Values:
    return {}


def _front_matter(text: str, file: str) -> Values:
    return read_front_matter(text, file=file)


# How the metadata inside a file of each kind is read. Plain text may have front matter, too.
READERS: dict[str, Callable[[str, str], Values]] = {
    ".txt": _front_matter,
    ".text": _front_matter,
    ".md": _front_matter,
    ".markdown": _front_matter,
    ".html": _no_front_matter,
    ".htm": _no_front_matter,
}


def find_articles(paths: Sequence[Path]) -> tuple[Path, ...]:
    """The article files among `paths` and in the folders among them, sorted. Raises InputError."""
    return search(paths, suffixes=tuple(READERS))


def read_article(path: Path, *, lexicon: ArticleLexicon, article_id: str | None = None) -> Article:
    """The article in the file `path` with what sidecar files and front matter say of it. Raises InputError.

    `article_id` is its id where the stem of the file alone would not do; see `article_ids`.
    """
    try:
        data = path.read_bytes()
    except IsADirectoryError:
        raise InputError(f"{path}: a folder, not an article; name a file in it") from None
    except FileNotFoundError:
        raise InputError(f"{path}: no such file; check the path") from None
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}; check its permissions") from None
    return read_bytes(data, name=str(path), lexicon=lexicon, article_id=article_id, metadata=sidecar_metadata(path))


def read_bytes(
    data: bytes,
    *,
    name: str,
    lexicon: ArticleLexicon,
    article_id: str | None = None,
    metadata: Metadata | None = None,
) -> Article:
    """The article in `data`; `name` is its file name, for messages and for its id. Raises InputError.

    `metadata` has priority over what front matter says.
    """
    text, encoding = decode(data, name=name)
    path = Path(name)
    values = READERS.get(path.suffix.lower(), _no_front_matter)(text, name)
    return Article(
        id=article_id or iri_safe(path.stem),
        file=path.name,
        text=text,
        sha256=hashlib.sha256(data).hexdigest(),
        encoding=encoding,
        metadata=merge(metadata or Metadata(), front_matter_metadata(values, file=name)),
    )
