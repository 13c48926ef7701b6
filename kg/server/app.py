"""The addresses of the server.

/           the page of the graph
/query      a page to write queries on, with the named questions
/sparql     the SPARQL 1.1 endpoint; without a query, its description
/id/…       every IRI of the graph: what the graph says of it
/assets/…   script and style of these pages
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine, Mapping, Sequence
from http import HTTPStatus
from typing import Any
from urllib.parse import quote, unquote

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from kg.iris import encode
from kg.server.answering import Question, Reply, refuse
from kg.server.exchange import Refused, accept_of, read_question
from kg.server.guard import Guard
from kg.server.media import GRAPHS, HTML, RESULTS, choose
from kg.server.pages import ASSETS, MEDIA, POLICIES
from kg.server.service import Service
from kg.server.snapshot import Late

log = logging.getLogger(__name__)

ADDRESSES = ("/", "/query", "/sparql", "/id/…")
GONE = 499  # nobody reads it


def create_app(service: Service, *, origins: Sequence[str] = ()) -> Starlette:
    """The application over `service`; pages of `origins` may ask, too."""

    async def graph(request: Request) -> Response:
        return _response(await service.page(), {"Content-Security-Policy": POLICIES["graph"]})

    async def questions(request: Request) -> Response:
        return _response(await service.ask(Question("questions")), {"Content-Security-Policy": POLICIES["query"]})

    async def question(request: Request) -> Response:
        values = tuple((name, value) for name, value in request.query_params.items() if value)
        return _response(await service.ask(Question("question", request.path_params["name"], values=values)))

    async def sparql(request: Request) -> Response:
        if request.method != "POST" and _prefers_html(request):
            asked = request.query_params.get("query")
            return RedirectResponse("/query" + (f"#query={quote(asked)}" if asked else ""), 303, _VARIES)
        if request.method != "POST" and not request.scope["query_string"]:
            address = str(request.url.replace(query="", fragment=""))
            return _response(await service.ask(Question("service", accept=accept_of(request), address=address)))
        question = await read_question(request, service.limits)
        return await _unless_gone(request, service.ask(question))

    async def resource(request: Request) -> Response:
        base = (await service.snapshot()).base
        accept = request.query_params.get("format") or accept_of(request)
        question = Question("resource", base + _path(request), accept=accept, result=service.limits.result)
        reply = await service.ask(question)
        return _response(reply, {"Content-Security-Policy": POLICIES["resource"], **_VARIES})

    async def asset(request: Request) -> Response:
        name = request.path_params["name"]
        if name not in MEDIA:
            raise HTTPException(404)
        return Response((ASSETS / name).read_bytes(), media_type=MEDIA[name])

    return Starlette(
        routes=[
            Route("/", graph),
            Route("/query", questions),
            Route("/query/{name}", question),
            Route("/sparql", sparql, methods=["GET", "POST"]),
            Route("/id/{path:path}", resource),
            Route("/assets/{name:path}", asset),
        ],
        middleware=[Middleware(Guard, origins=origins), *_cors(origins)],
        exception_handlers={HTTPException: _http_error, Refused: _refused, Late: _late, Exception: _failed},
    )


_VARIES = {"Vary": "Accept"}


def _cors(origins: Sequence[str]) -> list[Middleware]:
    if not origins:
        return []
    methods, headers = ["GET", "POST"], ["Accept", "Content-Type"]
    return [Middleware(CORSMiddleware, allow_origins=origins, allow_methods=methods, allow_headers=headers)]


def _response(reply: Reply, headers: Mapping[str, str] | None = None) -> Response:
    fields = {"Content-Type": reply.media, **(headers or {})}
    if reply.status == HTTPStatus.SERVICE_UNAVAILABLE:
        fields["Retry-After"] = "5"
    return Response(reply.body, reply.status, fields)


def _prefers_html(request: Request) -> bool:
    """Whether a person asks: a browser, rather than a program that takes anything."""
    return choose(accept_of(request), [*RESULTS, *GRAPHS, HTML]) == HTML


def _path(request: Request) -> str:
    """The path of an IRI below its base, as `kg.iris` writes it: what may stand in an IRI is not encoded."""
    raw = request.scope["raw_path"].decode("ascii", "replace").removeprefix("/id/")
    try:
        return "/".join(encode(unquote(part, errors="strict")) for part in raw.split("/"))
    except UnicodeDecodeError:
        raise Refused(400, "the address is not percent-encoded UTF-8") from None


async def _unless_gone(request: Request, work: Coroutine[Any, Any, Reply]) -> Response:
    """The reply of `work`, which ends where the client goes away."""
    working, leaving = asyncio.create_task(work), asyncio.create_task(_departure(request))
    try:
        await asyncio.wait({working, leaving}, return_when=asyncio.FIRST_COMPLETED)
        return _response(working.result(), _VARIES) if working.done() else Response(status_code=GONE)
    finally:
        for task in (working, leaving):
            task.cancel()


async def _departure(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)
    return _response(error.reply)


async def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    lines = {
        404: f"nothing is at {request.url.path}; there are {', '.join(ADDRESSES)}",
        405: f"{request.method} is not for {request.url.path}; see the header Allow",
    }
    return _response(refuse(error.status_code, lines.get(error.status_code, error.detail)), error.headers)


async def _late(request: Request, error: Exception) -> Response:
    return _response(refuse(504, "the page took too long to draw; kg view writes it without a time limit"))


async def _failed(request: Request, error: Exception) -> Response:
    return _response(refuse(500, "the server failed; its output says where"))
