"""The SPARQL 1.1 Protocol: a request over HTTP → a question.

https://www.w3.org/TR/sparql11-protocol/, sections 2.1.1 to 2.1.4. Updates (section 2.2) are refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from email.message import Message
from urllib.parse import parse_qsl

from starlette.requests import Request

from kg.server.answering import Question, Reply, refuse
from kg.server.limits import Limits

FORM, QUERY, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
READ_ONLY = "this endpoint only reads; updates are not taken"

Pairs = Sequence[tuple[str, str]]


class Refused(Exception):
    """A request that asks for what is not done; `reply` says why."""

    def __init__(self, status: int, line: str) -> None:
        super().__init__(line)
        self.reply: Reply = refuse(status, line)


async def read_question(request: Request, limits: Limits) -> Question:
    """What a request to the endpoint asks. Raises Refused."""
    asked = _pairs(request.scope["query_string"])
    if request.method != "POST":
        return _question(request, asked, None, limits)
    kind, charset = _content_type(request.headers.get("content-type", ""))
    if kind == UPDATE:
        raise Refused(403, READ_ONLY)
    if kind not in (FORM, QUERY):
        raise Refused(415, f"{kind or 'no content type'}: a query is posted as {FORM} or as {QUERY}")
    if charset not in ("", "utf-8", "utf8"):
        raise Refused(415, f"{charset}: a query is posted in UTF-8")
    body = await read_body(request, limits.request)
    if kind == FORM:
        if any(name in ("query", "update") for name, _ in asked):
            raise Refused(400, "the query stands in the address; with a form it stands in the body")
        return _question(request, [*asked, *_pairs(body)], None, limits)
    try:
        return _question(request, asked, body.decode("utf-8"), limits)
    except UnicodeDecodeError as error:
        raise Refused(400, f"the query is not UTF-8 at byte {error.start}") from None


async def read_body(request: Request, limit: int) -> bytes:
    """The body of a request. Raises Refused as soon as it is longer than `limit` bytes."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > limit:
            raise Refused(413, f"the request is longer than {limit} bytes")
    return body


def _question(request: Request, pairs: Pairs, text: str | None, limits: Limits) -> Question:
    given: dict[str, list[str]] = {}
    for name, value in pairs:
        given.setdefault(name, []).append(value)
    if "update" in given:
        raise Refused(403, READ_ONLY)
    texts = given.get("query", []) + ([text] if text is not None else [])
    if len(texts) != 1:
        raise Refused(400, f"{len(texts)} queries are given; a request has just one parameter query")
    return Question(
        "query",
        texts[0],
        accept=accept_of(request),
        default_graphs=tuple(given.get("default-graph-uri", ())),
        named_graphs=tuple(given.get("named-graph-uri", ())),
        result=limits.result,
    )


def accept_of(request: Request) -> str | None:
    """The media types that a request accepts; a header that stands several times is one list (RFC 9110, 5.3)."""
    return ", ".join(request.headers.getlist("accept")) or None


def _pairs(encoded: bytes) -> Pairs:
    try:
        return parse_qsl(encoded.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=1000)
    except (UnicodeDecodeError, ValueError):
        raise Refused(400, "the parameters are not percent-encoded UTF-8") from None


def _content_type(field: str) -> tuple[str, str]:
    """The media type and the character set of a Content-Type."""
    message = Message()
    message["content-type"] = field
    return (message.get_content_type() if field else ""), str(message.get_param("charset") or "").lower()
