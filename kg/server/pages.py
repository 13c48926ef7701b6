"""What pages load, what browsers may do on them, and how they are written."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment

from kg.markup import templates_in

ASSETS = Path(__file__).parent / "assets"
MEDIA = {
    "server.css": "text/css",
    "query.js": "text/javascript",
    "yasgui/yasgui.min.css": "text/css",
    "yasgui/yasgui.min.js": "text/javascript",
}
"""The files that are served, with their media types."""

POLICIES = {
    # The page of the graph brings a stricter policy of its own; a page cannot say by whom it is framed.
    "graph": "frame-ancestors 'none'",
    # YASGUI's editor and tables set styles on elements, and its icons are data.
    "query": "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "resource": "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'",
}
"""Content-Security-Policy of each page."""


@cache
def templates() -> Environment:
    """The templates of the pages."""
    environment = templates_in(ASSETS)
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "sort_keys": True}
    return environment
