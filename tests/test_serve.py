"""`kg serve` over real HTTP: what is read, what is refused, what it survives, and how it ends."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from rdflib import Graph, URIRef
from serving import BASE, ENDLESS, GRAPH, PATIENCE, ROOT, Served, descendants, serving

from kg.query import load_queries
from kg.server.media import GRAPHS, RESULTS, choose
from kg.server.outline import outline

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kg serve needs a system that can fork")

AREA = "area/990001"
ALL = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with serving() as running:
        yield running


def refused(answer: httpx.Response, status: int, *parts: str) -> None:
    """One line of plain text that says why."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.text.count("\n") == 1
    assert answer.text.endswith("\n")
    for part in parts:
        assert part in answer.text


def eventually(condition: Callable[[], bool]) -> None:
    """Wait until `condition` holds."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


# What is served


def test_page_is_that_of_the_graph(served: Served) -> None:
    page = served.get("")
    assert page.status_code == 200
    assert "华星新材料有限公司" in page.text
    assert page.headers["content-security-policy"] == "frame-ancestors 'none'"


def test_query_page_offers_every_named_question_and_loads_only_from_here(served: Served) -> None:
    page = served.get("query")
    for query in load_queries(ROOT / "ontology").values():
        assert query.title in page.text
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "http" not in policy
    for asset in ("query.js", "server.css", "yasgui/yasgui.min.js", "yasgui/yasgui.min.css"):
        assert served.get(f"assets/{asset}").status_code == 200
    refused(served.get("assets/query.html.jinja"), 404)
    refused(served.get("assets/../app.py"), 404)


def test_every_named_question_runs(served: Served) -> None:
    for query in load_queries(ROOT / "ontology").values():
        values = {each.name: "东山县" for each in query.parameters if each.required}
        written = served.get(f"query/{query.name}?{httpx.QueryParams(values)}")
        assert written.headers["content-type"] == "application/sparql-query"
        assert served.ask(written.text, accept="*/*").status_code == 200, query.name


def test_values_of_a_named_question_are_names_of_things(served: Served) -> None:
    assert served.rows(served.get("query/names?thing=东山").text) == [{"thing": "东山县", "also": "东山"}]
    refused(served.get("query/names?thing=无此事物"), 400, "无此事物")
    refused(served.get("query/names?thin=x"), 400, "did you mean thing?")
    refused(served.get("query/thing"), 400, "needs --thing")
    refused(served.get("query/none"), 404, "no question is called none")


def test_a_browser_that_follows_a_link_to_a_query_gets_the_query_page(served: Served) -> None:
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    answer = served.get(f"sparql?query={quote(ALL)}", accept=browser)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/query#query={quote(ALL)}")
    assert served.get("sparql", accept=browser).headers["location"] == "/query"


@pytest.mark.parametrize("path", ["nothing", "id/area/none", "id/", "id/area/430482/more"])
def test_what_is_not_there_is_told(served: Served, path: str) -> None:
    refused(served.get(path), 404)


# Every IRI


def graph_of(answer: httpx.Response) -> Graph:
    return Graph().parse(data=answer.text, format=answer.headers["content-type"])


def test_an_iri_gives_turtle_with_what_is_said_of_it_and_what_points_to_it(served: Served) -> None:
    answer = served.get(f"id/{AREA}", accept="text/turtle")
    assert answer.headers["content-type"] == "text/turtle"
    assert answer.headers["vary"] == "Accept"
    graph = graph_of(answer)
    thing = URIRef(BASE + AREA)
    assert {str(each) for each in graph.objects(thing)} >= {"东山县", "东山"}
    assert URIRef(BASE + "project/铜箔") in set(graph.subjects(None, thing))


def test_an_iri_gives_a_page_to_a_browser(served: Served) -> None:
    page = served.get(f"id/{AREA}", accept="text/html,*/*;q=0.8")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "<h1>东山县</h1>" in page.text
    assert 'href="/#node=area%2F990001"' in page.text
    assert f'href="/id/{quote("project/铜箔")}"' in page.text
    assert "位于" in page.text


def test_a_hostile_name_stays_text(served: Served) -> None:
    page = served.get("id/" + quote("person/坏"), accept="text/html")
    assert "<script>" not in page.text
    assert "&lt;/script&gt;&lt;script&gt;window.hacked=1" in page.text


def test_every_iri_of_the_graph_is_found_under_its_own_path(served: Served) -> None:
    rows = served.rows(f"SELECT DISTINCT ?s {{ ?s ?p ?o FILTER(STRSTARTS(STR(?s), '{BASE}')) }}")
    assert len(rows) > 10
    for row in rows:
        iri = row["s"].partition("#")[0]
        answer = served.get("id/" + quote(iri.removeprefix(BASE), safe="/%"), accept="application/n-triples")
        assert answer.status_code == 200, iri
        assert f"<{row['s']}>" in answer.text  # a span is told of in the document of its article


def test_an_iri_is_found_however_its_path_is_encoded(served: Served) -> None:
    encoded = "".join(f"%{byte:02x}" for byte in "铜箔".encode())
    assert served.get(f"id/%70roject/{encoded}", accept="text/turtle").status_code == 200
    refused(served.get("id/%ff", accept="text/turtle"), 400, "UTF-8")


def test_format_in_the_address_goes_before_accept(served: Served) -> None:
    answer = served.get(f"id/{AREA}?format=application/n-triples", accept="text/html")
    assert answer.headers["content-type"] == "application/n-triples"
    refused(served.get(f"id/{AREA}?format=image/png"), 406, "text/turtle")


# What is refused


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <{url}> { ?s ?p ?o } }",
        "select * { service silent <{url}> { ?s ?p ?o } }",
        "ASK { OPTIONAL { { SELECT * { ?s ?p ?o . SeRvIcE <{url}> { ?s ?p ?x } } } } }",
        "SELECT * { ?s ?p ?o FILTER EXISTS{SERVICE<{url}>{?s?p?x}} }",
        "CONSTRUCT { ?s ?p ?o } { BIND('\\'' AS ?q) SERVICE <{url}> { ?s ?p ?o } }",
        "SELECT * {\n# a comment' \nSERVICE#\n<{url}> {} BIND('' AS ?q) }",
        "SELECT * { VALUES ?url { <{url}> } SERVICE ?url { ?s ?p ?o } }",
        "SELECT * { BIND('''a'' ''' AS ?q) BIND(<http://x/#> AS ?y) SERVICE <{url}> {} }",
    ],
)
def test_a_query_that_calls_a_service_is_refused_and_calls_nobody(served: Served, query: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        other.setblocking(False)
        url = f"http://127.0.0.1:{other.getsockname()[1]}/"
        refused(served.ask(query.replace("{url}", url)), 403, "SERVICE")
        with pytest.raises(BlockingIOError):
            other.accept()


@pytest.mark.parametrize(
    "query",
    [
        "PREFIX service: <urn:x> SELECT ?service { ?service service:service 'SERVICE <x> { }' }",
        'SELECT * { <urn:SERVICE> ?p """SERVICE " \'"""@service } # SERVICE <x> { }',
        "SELECT ($service AS ?SERVICE) { BIND(_:service AS ?x) }",
        "SELECT * { ?s <http://x/#FROM> ?o . FILTER(?s < ?o) }",
    ],
)
def test_a_word_that_only_looks_like_a_keyword_is_none(query: str) -> None:
    said = outline(query)
    assert (said.form, said.calls_service, said.names_dataset) == ("SELECT", False, False)


def test_the_process_of_a_query_opens_no_connection_and_no_file() -> None:
    """The second wall, should a way around the first be found."""
    code = """
import socket
from kg.server.keeper import confine
confine(2**28)
for opened in (socket.socket, lambda: open(__import__("os").devnull)):
    try:
        opened()
    except OSError:
        print("kept")
try:
    bytearray(2**29)
except MemoryError:
    print("bounded")
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True)
    expected = ["kept", "kept", "bounded"] if sys.platform == "linux" else ["kept", "kept"]
    assert done.stdout.split()[: len(expected)] == expected


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example:8000", "192.168.1.7", ""])
def test_a_name_of_others_is_not_answered(served: Served, host: str) -> None:
    refused(httpx.get(served.address, headers={"Host": host}), 403, "is not served here")


def test_names_of_this_machine_are_answered(served: Served) -> None:
    port = served.address.rstrip("/").rpartition(":")[2]
    for host in ("localhost", f"localhost:{port}", f"LOCALHOST:{port}", f"[::1]:{port}"):
        assert served.get("query", host=host).status_code == 200


def test_pages_of_others_may_neither_post_nor_read(served: Served) -> None:
    foreign = httpx.post(served.sparql, data={"query": ALL}, headers={"Origin": "https://evil.example"})
    refused(foreign, 403, "--cors https://evil.example")
    own = httpx.post(served.sparql, data={"query": ALL}, headers={"Origin": served.address.rstrip("/")})
    assert own.status_code == 200
    read = httpx.get(served.sparql, params={"query": ALL}, headers={"Origin": "https://evil.example"})
    assert "access-control-allow-origin" not in read.headers


def test_an_allowed_origin_may_ask() -> None:
    origin = "https://city.example"
    with serving(GRAPH, "--cors", origin) as running:
        asked = httpx.post(running.sparql, data={"query": ALL}, headers={"Origin": origin}, timeout=PATIENCE)
        assert (asked.status_code, asked.headers["access-control-allow-origin"]) == (200, origin)
        before = {"Origin": origin, "Access-Control-Request-Method": "POST"}
        assert httpx.options(running.sparql, headers=before).headers["access-control-allow-origin"] == origin
        other = httpx.post(running.sparql, data={"query": ALL}, headers={"Origin": "https://evil.example"})
        refused(other, 403)


def test_every_response_has_the_headers_that_keep_browsers_in_check(served: Served) -> None:
    for path in ("", "query", "sparql", f"id/{AREA}", "nothing"):
        headers = served.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "server" not in headers


# Limits


def test_a_query_over_the_time_limit_is_ended() -> None:
    with serving(GRAPH, "--time-limit", "0.5") as running:
        keeper = running.processes()
        assert len(keeper) == 1
        refused(running.ask(ENDLESS), 504, "longer than 0.5 seconds")
        eventually(lambda: running.processes() == keeper)
        assert int(running.rows(ALL)[0]["n"]) > 0


def test_a_query_that_nobody_waits_for_any_more_is_ended(served: Served) -> None:
    keeper = served.processes()
    with pytest.raises(httpx.ReadTimeout):
        httpx.post(served.sparql, data={"query": ENDLESS}, timeout=1)
    eventually(lambda: served.processes() <= keeper)


def test_a_result_that_is_too_large_is_refused() -> None:
    large = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } LIMIT 100000"
    with serving(GRAPH, "--result-limit", "1") as running:
        refused(running.ask(large), 403, "larger than 1048576 bytes", "LIMIT")
        construct = "CONSTRUCT { ?a ?d ?g } { ?a ?b ?c . ?x ?d ?f . ?g ?h ?i }"
        assert running.ask(construct, accept="text/turtle").status_code in (200, 403)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the memory of a process")
def test_a_query_that_needs_too_much_memory_ends_alone() -> None:
    greedy = ENDLESS.replace("SELECT (COUNT(*) AS ?n)", "SELECT *") + " ORDER BY ?a0 ?a5 ?a11"
    with serving(GRAPH, "--memory-limit", "64") as running:
        refused(running.ask(greedy), 500, "needed more than 67108864 bytes of memory")
        assert int(running.rows(ALL)[0]["n"]) > 0


def test_a_query_nested_beyond_measure_ends_alone(served: Served) -> None:
    refused(served.ask("SELECT * " + "{" * 100_000 + "}" * 100_000), 500, "nested too deeply")
    assert int(served.rows(ALL)[0]["n"]) > 0


def test_a_request_that_is_too_long_is_refused(served: Served) -> None:
    long = "SELECT * {} #" + "x" * 2**20
    refused(served.ask(long), 413, "longer than 1048576 bytes")
    refused(httpx.post(served.sparql, data={"query": long}), 413)


def test_fifty_clients_at_once(served: Served) -> None:
    """Light queries are all answered while heavy ones keep the slow lane busy."""

    async def ask_all() -> list[int]:
        async with httpx.AsyncClient(timeout=PATIENCE, limits=httpx.Limits(max_connections=50)) as client:

            async def ask(query: str) -> int:
                return (await client.post(served.sparql, data={"query": query})).status_code

            heavy = [asyncio.create_task(ask(ENDLESS)) for _ in range(5)]
            light = [ask(f"SELECT * {{ ?s ?p ?o }} LIMIT {n % 7 + 1}") for n in range(45) for _ in range(4)]
            statuses = await asyncio.gather(*light)
            for each in heavy:
                each.cancel()
            return statuses

    statuses = asyncio.run(ask_all())
    assert set(statuses) <= {200, 503}
    assert statuses.count(200) >= 45


# A graph that is built anew, start and end


def test_a_graph_that_is_written_anew_is_taken_up_and_one_that_does_not_parse_is_not(tmp_path: Path) -> None:
    file = tmp_path / "graph.ttl"
    shutil.copy(GRAPH, file)
    with serving(tmp_path) as running:
        label = f'<{BASE}{AREA}> <http://www.w3.org/2000/01/rdf-schema#label> "西山县"@zh .'
        query = f"SELECT ?n {{ <{BASE}{AREA}> rdfs:label ?n }}"
        assert running.rows(query) == [{"n": "东山县"}]
        file.write_text(GRAPH.read_text(encoding="utf-8").replace('"东山县"@zh', '"西山县"@zh'), encoding="utf-8")
        assert running.rows(query) == [{"n": "西山县"}]
        assert "西山县" in running.get("").text
        file.write_text("not Turtle", encoding="utf-8")
        assert running.rows(query) == [{"n": "西山县"}]
        file.write_text(label, encoding="utf-8")
        assert running.rows(query) == [{"n": "西山县"}]
        assert len(running.rows("SELECT * { ?s ?p ?o }")) == 1
        eventually(lambda: len(running.keepers()) == 1)  # the keepers of what was before have ended


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_at_once_with_all_that_it_has_started(number: signal.Signals) -> None:
    with serving() as running:
        thread = threading.Thread(target=_swallow, args=(running,))
        thread.start()
        eventually(lambda: len(running.processes()) >= 2)
        started = running.processes()
        running.process.send_signal(number)
        output = running.process.communicate(timeout=PATIENCE)
        thread.join()
        assert (running.process.returncode, *output) == (0, "", "")
        eventually(lambda: not _alive(started))


def test_nothing_stays_behind_when_it_is_killed() -> None:
    with serving() as running:
        thread = threading.Thread(target=_swallow, args=(running,))
        thread.start()
        eventually(lambda: len(running.processes()) >= 2)
        started = running.processes()
        running.process.kill()
        thread.join()
        eventually(lambda: not _alive(started))


def _swallow(running: Served) -> None:
    """Ask what is never answered."""
    with suppress(httpx.HTTPError):
        running.ask(ENDLESS)


def _alive(processes: set[int]) -> set[int]:
    return {each for each in processes if each in descendants(1) or each in descendants(os.getpid())}


def test_what_cannot_be_served_is_told(tmp_path: Path) -> None:
    def told(*options: str) -> tuple[int, str]:
        command = [sys.executable, "-m", "kg.cli", "serve", *options]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE, check=False)
        assert done.stdout == ""
        return done.returncode, done.stderr

    code, line = told("--graph", str(tmp_path), "--port", "0")
    assert code == 3
    assert line.startswith(f"kg: {tmp_path}: it has no graph.ttl")
    (tmp_path / "graph.ttl").write_text("not Turtle", encoding="utf-8")
    code, line = told("--graph", str(tmp_path), "--port", "0")
    assert (code, line.count("\n")) == (3, 1)
    assert "line 1" in line
    assert told("--graph", "-")[0] == 2
    with socket.create_server(("127.0.0.1", 0)) as taken:
        code, line = told("--graph", str(GRAPH), "--port", str(taken.getsockname()[1]))
        assert code == 3
        assert "choose another --port" in line


# Media types


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("*/*", "application/sparql-results+json"),
        ("text/csv", "text/csv"),
        ("text/*", "text/csv"),
        ("text/*;q=0.5, text/csv;q=0.1", "text/tab-separated-values"),
        (
            "application/sparql-results+xml;q=0.9, application/sparql-results+json;q=0.8",
            "application/sparql-results+xml",
        ),
        ("TEXT/CSV ; Q=1.0", "text/csv"),
        ("text/csv;q=0", None),
        ("image/png, text/turtle", None),
        ("nonsense, text/csv;q=0.2", "text/csv"),
    ],
)
def test_quality_and_specificity_decide(accept: str, chosen: str | None) -> None:
    assert choose(accept, RESULTS) == chosen
    assert choose(None, GRAPHS) == "text/turtle"
