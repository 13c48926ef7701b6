"""Leave the tags and entities of HTML out of a text without moving a character."""

from __future__ import annotations

import re
from html.entities import html5

PADDING = "\u200b"  # dropped by cleaning like any invisible character
BLOCK = (
    "p|div|br|h[1-6]|li|ul|ol|tr|td|th|table|body|html|head|title|section|article|header|footer|nav|hr"
    "|dl|dt|dd|form|blockquote"
)
SILENT = re.compile(
    r"<(script|style|title|noscript|select)\b[^>]*>.*?</\1\s*>|<!--.*?-->|<!DOCTYPE[^>]*>", re.I | re.DOTALL
)
BLOCK_TAG = re.compile(rf"</?(?:{BLOCK})\b[^<>]*>", re.I)
INLINE_TAG = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>", re.I)
ENTITY = re.compile(r"&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]{1,30}));")
SIGNS = re.compile(r"</(?:p|div|span|td|h[1-6]|body)>|<br\s*/?>|&nbsp;|&[lr]dquo;", re.I)


def without_markup(raw: str) -> str:
    """`raw` with tags and entities replaced, character for character, if it shows signs of HTML.

    A tag of a block becomes a line break, an entity the character it stands for, and what
    is left over of their length invisible padding, so that offsets agree with `raw`.

    >>> without_markup("a<br/>b").replace(PADDING, "")
    'a\\nb'
    """
    if SIGNS.search(raw) is None:
        return raw
    text = SILENT.sub(lambda found: PADDING * len(found[0]), raw)
    text = BLOCK_TAG.sub(lambda found: "\n" + PADDING * (len(found[0]) - 1), text)
    text = INLINE_TAG.sub(lambda found: PADDING * len(found[0]), text)
    return ENTITY.sub(_character, text)


def _character(found: re.Match[str]) -> str:
    decimal, hexadecimal, name = found.groups()
    if name:
        char = html5.get(f"{name};", "")
    else:
        code = int(decimal) if decimal else int(hexadecimal, 16)
        char = chr(code) if 0 < code < 0xD800 or 0xE000 <= code < 0x110000 else ""
    return (char if len(char) == 1 else PADDING) + PADDING * (len(found[0]) - 1)
