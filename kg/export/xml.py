"""What XML 1.0 can hold."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """`text` with U+FFFD for each character that XML 1.0, section 2.2, forbids.

    >>> clean("a\\x01b")
    'a\ufffdb'
    """
    return _FORBIDDEN.sub("\ufffd", text)


def text(value: str) -> str:
    """`value` as the text of an element; a carriage return as a reference, since readers drop it otherwise."""
    return escape(clean(value), {"\r": "&#13;"})


def attribute(value: str) -> str:
    """`value` as an attribute, with its quotes."""
    return quoteattr(clean(value))
