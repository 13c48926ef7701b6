"""Bytes → Article → CleanText: reading, cleaning with offsets, title, byline and date."""

from kg.articles.cleaning import clean
from kg.articles.files import article_ids
from kg.articles.metadata import with_metadata
from kg.articles.reading import READERS, find_articles, read_article, read_bytes
from kg.articles.sidecar import stale_entries
from kg.articles.texts import article_texts

__all__ = [
    "READERS",
    "article_ids",
    "article_texts",
    "clean",
    "find_articles",
    "read_article",
    "read_bytes",
    "stale_entries",
    "with_metadata",
]
