"""The characters of article files, to be shown beside what was read from them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from kg.articles.decoding import decode
from kg.articles.reading import find_articles
from kg.errors import InputError


def article_texts(paths: Sequence[Path]) -> dict[str, str]:
    """The text of every article at `paths` (files or folders) by the SHA-256 of its file.

    A graph has that digest of each of its articles (``kg:sha256``), so a file that has changed
    since is not taken for the one that was read. Raises InputError.
    """
    texts = {}
    for path in find_articles(paths):
        try:
            data = path.read_bytes()
        except OSError as error:
            raise InputError(f"{path}: cannot be read: {error.strerror}; check its permissions") from None
        texts[hashlib.sha256(data).hexdigest()] = decode(data, name=str(path))[0]
    return texts
