"""Numbers as Chinese economic writing has them."""

from __future__ import annotations

import re
from decimal import Decimal

import cn2an

ARABIC = r"\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?"
HAN = r"[一二两三四五六七八九十百千零〇]+"
ROUND = "[百千]"
"""What stands before a multiplier in a round number: 千亿元."""


def parse_number(text: str) -> Decimal | None:
    """The value of a number in digits or Chinese characters, or None where it is none.

    >>> parse_number("39,500"), parse_number("1.33"), parse_number("十一"), parse_number("两"), parse_number("百")
    (Decimal('39500'), Decimal('1.33'), Decimal('11'), Decimal('2'), Decimal('100'))
    >>> parse_number("二三十")
    """
    if re.fullmatch(ARABIC, text):
        return Decimal(re.sub("[,，]", "", text))
    if text[:1] in "百千":
        text = "一" + text
    try:
        return Decimal(str(cn2an.cn2an(text, "smart")))
    except ValueError:
        return None
