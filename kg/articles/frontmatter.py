"""Metadata written between two `---` (YAML-like) or `+++` (TOML) lines at the head of a file."""

from __future__ import annotations

import re
import tomllib

from kg.errors import InputError
from kg.types import Article

FENCED = re.compile(r"\s*(---|\+\+\+)[ \t]*\r?\n(.*?)(?:\r?\n)\1[ \t]*(?:\r?\n|\Z)", re.DOTALL)
ENTRY = re.compile(r"([A-Za-z_][\w-]*)[ \t]*[:：][ \t]*(.*)")
ITEM = re.compile(r"[ \t]*-[ \t]+(.+)")

Values = dict[str, object]


def body_begin(article: Article) -> int:
    """The raw offset at which the text of `article` begins, behind its front matter."""
    found = _found(article.text, article.file)
    return found.end() if found else 0


def read_front_matter(text: str, *, file: str) -> Values:
    """The entries of the front matter of `text`; empty where it has none. Raises InputError."""
    found = _found(text, file)
    if found is None:
        return {}
    if found[1] == "---":
        return _entries(found[2])
    try:
        return dict(tomllib.loads(found[2].replace("\r\n", "\n")))
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{file}: front matter is not valid TOML: {error}; mend it or remove the +++ lines") from None


def _found(text: str, file: str) -> re.Match[str] | None:
    found = FENCED.match(text)
    if found is None or (found[1] == "---" and not _entries(found[2])):
        return None
    return found


def _entries(text: str) -> Values:
    """`key: value` lines, lists in brackets or as `- item` lines; empty if a line is neither."""
    values: Values = {}
    key = ""
    for line in text.splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        item = ITEM.fullmatch(line)
        entry = ENTRY.fullmatch(line.strip())
        if item and key:
            held = values.get(key)
            values[key] = [*(held if isinstance(held, list) else []), _plain(item[1])]
        elif entry:
            key = entry[1]
            value = entry[2].strip()
            listed = value.startswith("[") and value.endswith("]")
            values[key] = [_plain(part) for part in value[1:-1].split(",") if part.strip()] if listed else _plain(value)
        else:
            return {}
    return values


def _plain(value: str) -> str:
    return value.strip().strip("\"'")
