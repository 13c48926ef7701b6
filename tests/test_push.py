"""A graph in the stores of other makers: what arrives, what is sent again, what the named questions answer there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import httpx
import pytest
from click.testing import CliRunner
from exports import TRIPLES, content, graph
from pyoxigraph import Literal, NamedNode, Triple
from servers import MISSING, SERVERS, Server

from kg.cli import main
from kg.errors import InputError
from kg.export import Content, export_files
from kg.export.graphs import by_graph
from kg.iris import BASE, KG
from kg.knowledge import default_folder
from kg.push import PROTOCOLS, Credentials, Pushed, push
from kg.query import NamedQuery, load_queries, run_query

QUESTIONS = {name: query for name, query in load_queries(default_folder()).items() if query.form == "select"}
GRAPHS = {name: len(triples) for name, triples in by_graph(content("nq"))}
SMALL = 20
"""Triples in one request, so that a graph of the tests takes several."""


@pytest.fixture(scope="module", params=list(SERVERS))
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    if request.param in MISSING:
        pytest.skip(MISSING[request.param])
    with SERVERS[request.param](tmp_path_factory.mktemp(request.param)) as running:  # type: ignore[attr-defined] # a context
        yield running


def send(server: Server, given: Content, **options: object) -> Pushed:
    credentials = server.credentials
    return push(given, server.url, store=server.store, credentials=credentials, batch=SMALL, **options)  # type: ignore[arg-type] # options


def held(server: Server) -> dict[str, int]:
    """How many triples each graph of the base holds, its mark left out."""
    rows = server.ask(
        f'SELECT ?g (COUNT(*) AS ?n) {{ GRAPH ?g {{ ?s ?p ?o }} FILTER (STRSTARTS(STR(?g), "{BASE}")'
        ' && !STRENDS(STR(?s), "#graph")) } GROUP BY ?g'
    )
    return {row["g"]: int(row["n"]) for row in rows}


@pytest.fixture(params=list(PROTOCOLS))
def full(server: Server, request: pytest.FixtureRequest) -> Server:
    """A store into which the whole graph was pushed by each protocol."""
    send(server, content("nq", triples=[]))  # whatever it had before
    assert sum(held(server).values()) < 50
    assert send(server, content("nq"), protocol=request.param) == Pushed(4, 0, 0, sum(GRAPHS.values()))
    return server


def test_what_arrives_is_what_was_sent_and_once(full: Server) -> None:
    assert held(full) == GRAPHS
    assert send(full, content("nq")) == Pushed(0, 4, 0, 0)
    assert held(full) == GRAPHS


def test_what_is_gone_is_removed(full: Server) -> None:
    gone, changed = f"{BASE}article/002", f"{BASE}article/001"
    kept = [triple for name, found in by_graph(content("nq", described=False)) if name != gone for triple in found]
    smaller = content("nq", triples=[*kept, Triple(NamedNode(changed), NamedNode(KG + "unit"), Literal("more"))])
    done = send(full, smaller, keep=True)
    assert (done.sent, done.same, done.removed) == (2, 1, 0)  # the description of the whole has changed with it
    assert gone in held(full)
    assert send(full, smaller) == Pushed(0, 3, 1, 0)
    assert held(full) == {name: len(found) for name, found in by_graph(smaller)}


def test_graphs_of_others_stay(full: Server) -> None:
    stranger = "http://other.example/graph"
    params, text = {"graph": stranger}, b"<http://other.example/s> <http://other.example/p> 1 ."
    auth = httpx.DigestAuth(full.credentials.user, full.credentials.password) if full.credentials.user else None
    path = {"oxigraph": "/store", "virtuoso": "/sparql-graph-crud-auth"}[full.store]
    put = httpx.put(full.url + path, params=params, content=text, headers={"Content-Type": "text/turtle"}, auth=auth)
    assert put.is_success
    send(full, content("nq", triples=[]))
    assert len(full.ask(f"SELECT * {{ GRAPH <{stranger}> {{ ?s ?p ?o }} }}")) == 1


@pytest.mark.parametrize("query", QUESTIONS.values(), ids=QUESTIONS.keys())
def test_named_questions_have_the_same_answers(server: Server, query: NamedQuery) -> None:
    send(server, content("nq"))
    here = graph()
    prefixes = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in here.prefixes.items())
    answer = run_query(here, query.text)
    found = [tuple(plain(row.get(name, "")) for name in answer.columns) for row in server.ask(prefixes + query.text)]
    meant = [tuple("" if term is None else plain(str(term.value)) for term in row) for row in answer.rows]  # type: ignore[union-attr] # no triple terms
    assert sorted(found) == sorted(meant)


def plain(text: str) -> str:
    """A number whatever zeros a store writes."""
    return str(Decimal(text).normalize()) if re.fullmatch(r"-?\d+(\.\d+)?", text) else text


# A push that breaks off


@contextmanager
def failing_after(server: Server, writes: int) -> Iterator[tuple[str, list[str]]]:
    """An address that hands requests on to `server`, and fails after so many writes; and what was written."""
    seen: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def handle_any(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            if "/query" not in self.path:
                seen.append(self.path)
                if len(seen) > writes:
                    self.send_error(503, "going down")
                    return
            headers = {name: self.headers[name] for name in ("Content-Type", "Accept") if self.headers[name]}
            answer = httpx.request(self.command, server.url + self.path, content=body, headers=headers)
            self.send_response(answer.status_code)
            self.send_header("Content-Length", str(len(answer.content)))
            self.end_headers()
            self.wfile.write(answer.content)

        do_GET = do_POST = do_PUT = do_DELETE = handle_any

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    proxy = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=proxy.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{proxy.server_port}", seen
    finally:
        proxy.shutdown()
        thread.join()
        proxy.server_close()


@pytest.mark.parametrize("protocol", list(PROTOCOLS))
def test_a_push_that_broke_off_goes_on(server: Server, protocol: str) -> None:
    if server.store != "oxigraph":
        pytest.skip("the proxy of this test cannot sign in")
    send(server, content("nq", triples=[]))
    first, second = list(GRAPHS.values())[:2]
    whole = -(-first // SMALL)
    assert second > SMALL
    with failing_after(server, whole + 1) as (url, seen):  # the second graph is there by half
        with pytest.raises(InputError, match="503 going down"):
            push(content("nq"), url, store=server.store, protocol=protocol, batch=SMALL)
        assert len(seen) == whole + 2
    assert send(server, content("nq"), protocol=protocol) == Pushed(3, 1, 0, sum(GRAPHS.values()) - first)
    assert held(server) == GRAPHS


# What a user gets wrong


def test_an_address_where_nobody_listens() -> None:
    with pytest.raises(InputError, match=r"http://127.0.0.1:9/query: cannot be reached: "):
        push(content("nq"), "http://127.0.0.1:9", store="oxigraph")


@pytest.mark.parametrize("url", ["localhost:7878", "ftp://localhost/", "http://", "graph.ttl"])
def test_no_address(url: str) -> None:
    with pytest.raises(InputError, match="no address of a store"):
        push(content("nq"), url, store="oxigraph")


def test_a_password_is_not_repeated() -> None:
    with pytest.raises(InputError, match="do not belong into the address") as error:
        push(content("nq"), "http://me:secret@localhost:7878", store="oxigraph")
    assert "secret" not in str(error.value)


def test_wrong_password_and_wrong_kind_of_store(server: Server) -> None:
    more = [*TRIPLES, Triple(NamedNode(BASE + "x"), NamedNode(KG + "unit"), Literal("x"))]
    if server.store == "virtuoso":
        with pytest.raises(InputError, match="401 Unauthorized: set KG_PUSH_USER"):
            push(content("nq", triples=more), server.url, store="virtuoso", credentials=Credentials("dba", "wrong"))
    with pytest.raises(InputError, match="no such service there; see --store"):
        push(content("nq", triples=more), server.url + "/nowhere", store="fuseki", credentials=server.credentials)


def test_on_the_command_line(server: Server, tmp_path: Path) -> None:
    export_files(content("ttl", described=False), tmp_path / "graph.ttl", format="ttl")
    send(server, content("nq", triples=[]))
    environment = {"KG_PUSH_USER": server.credentials.user, "KG_PUSH_PASSWORD": server.credentials.password}
    command = ["push", server.url, "-g", str(tmp_path), "--store", server.store]
    told = [CliRunner(env=environment).invoke(main, command) for _ in range(2)]
    total = sum(GRAPHS.values())
    assert [each.stdout for each in told] == [
        f"graphs: sent 4 ({total} triples), unchanged 0, removed 0\n",
        "graphs: sent 0 (0 triples), unchanged 4, removed 0\n",
    ]
