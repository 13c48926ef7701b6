"""A graph → a store that speaks SPARQL 1.1, graph by graph, each replaced as a whole.

    kg.export.graphs ──digest of each──▶ compared with the store ──▶ what differs is sent, what is gone removed

The last request for a graph carries its digest, as a triple of the graph itself. So a push that broke off
goes on where it stopped, one that is repeated sends nothing, and a graph that was sent by half is sent anew.
Graphs of the store that no push has made are left alone. No node is blank, so nothing is added twice.

After https://www.w3.org/TR/sparql11-http-rdf-update/ and https://www.w3.org/TR/sparql11-update/.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx
from pyoxigraph import Literal, NamedNode, Triple

from kg.errors import InputError
from kg.export import Content
from kg.export.content import batches, dataset_iri
from kg.export.graphs import by_graph
from kg.iris import DCTERMS

log = logging.getLogger(__name__)

# What stores answer at an address that takes no graphs.
_NOT_THERE = (httpx.codes.NOT_FOUND, httpx.codes.METHOD_NOT_ALLOWED, httpx.codes.UNSUPPORTED_MEDIA_TYPE)

BATCH = 10_000
"""Triples in one request."""
TIMEOUT = httpx.Timeout(300, connect=10)
"""Seconds; a store may take long to index a batch."""

PART_OF, IDENTIFIER = NamedNode(DCTERMS + "isPartOf"), NamedNode(DCTERMS + "identifier")


@dataclass(frozen=True, slots=True)
class Store:
    """Where a store takes what, behind its address, and which protocol suits it."""

    title: str
    query: str
    update: str
    graphs: str
    protocol: str = "graph-store"


STORES = {
    "oxigraph": Store("http://localhost:7878", "/query", "/update", "/store"),
    "fuseki": Store("http://localhost:3030/NAME", "/query", "/update", "/data"),
    "graphdb": Store("http://localhost:7200/repositories/NAME", "", "/statements", "/rdf-graphs/service"),
    "virtuoso": Store("http://localhost:8890", "/sparql", "/sparql-auth", "/sparql-graph-crud-auth"),
    "sparql": Store("one address for queries and updates", "", "", "", "update"),
}
PROTOCOLS = {
    "graph-store": "SPARQL 1.1 Graph Store HTTP Protocol",
    "update": "SPARQL 1.1 Update",
}


@dataclass(frozen=True, slots=True)
class Credentials:
    """Who pushes: a user with a password, or a token; all may be empty."""

    user: str = ""
    password: str = ""
    token: str = ""


@dataclass(frozen=True, slots=True)
class Pushed:
    """What a push did: graphs that were sent, that the store had already, that were removed; triples sent."""

    sent: int
    same: int
    removed: int
    triples: int


def push(
    content: Content,
    url: str,
    *,
    store: str,
    protocol: str | None = None,
    credentials: Credentials | None = None,
    keep: bool = False,
    batch: int = BATCH,
) -> Pushed:
    """Make the graphs of `content` those of the store of the kind `store` at `url`.

    Graphs that an earlier push of the same base IRI made and `content` has no more are removed, unless `keep`.
    Raises InputError where the store cannot be reached or refuses; what was sent by then stays.
    """
    _check(url)
    place = STORES[store]
    with httpx.Client(auth=_Auth(credentials or Credentials()), timeout=TIMEOUT, follow_redirects=True) as client:
        server = _SERVERS[protocol or place.protocol](client, url.rstrip("/"), place)
        dataset = NamedNode(dataset_iri(content.base))
        known = server.digests(dataset)
        sent = same = triples = 0
        gone = set(known)
        for graph, said in by_graph(content):
            gone.discard(graph)
            digest = _digest(said)
            if known.get(graph) == [digest]:
                same += 1
                continue
            server.replace(graph, said, _mark(graph, dataset, digest), batch)
            sent, triples = sent + 1, triples + len(said)
            log.debug("%s: %d triples sent", graph, len(said))
        removed = [] if keep else sorted(gone)
        for graph in removed:
            server.remove(graph)
    return Pushed(sent, same, len(removed), triples)


def _check(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise InputError(f"{url}: no address of a store; it begins with http:// or https://")
    if parts.username or parts.password:
        safe = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
        raise InputError(f"{safe}: user and password do not belong into the address; see kg push --help")


def _digest(triples: Sequence[Triple]) -> str:
    """The SHA-256 of sorted triples."""
    return hashlib.sha256("".join(f"{triple} .\n" for triple in triples).encode()).hexdigest()


def _mark(graph: str, dataset: NamedNode, digest: str) -> list[Triple]:
    """What says that `graph` is there as a whole."""
    node = NamedNode(f"{graph}#graph")
    return [Triple(node, PART_OF, dataset), Triple(node, IDENTIFIER, Literal(digest))]


class _Server:
    """A store: asks for digests; how it is written to is for the protocols."""

    def __init__(self, client: httpx.Client, url: str, place: Store) -> None:
        self._client = client
        self._url = url
        self._place = place

    def digests(self, dataset: NamedNode) -> dict[str, list[str]]:
        """The graphs that a push has made, with their digests: one, where the graph is whole."""
        query = f"SELECT ?g ?digest {{ GRAPH ?g {{ ?s {PART_OF} {dataset} ; {IDENTIFIER} ?digest }} }}"
        answer = self._send(
            "POST",
            self._url + self._place.query,
            data={"query": query},
            headers={"Accept": "application/sparql-results+json"},
        )
        found: dict[str, list[str]] = {}
        try:
            for row in answer.json()["results"]["bindings"]:
                found.setdefault(row["g"]["value"], []).append(row["digest"]["value"])
        except (ValueError, KeyError, TypeError):
            raise InputError(f"{answer.url}: answers a query with no SPARQL result; is this the store?") from None
        return found

    def replace(self, graph: str, triples: Sequence[Triple], mark: Sequence[Triple], size: int) -> None:
        """Put `triples` into `graph` in place of what it holds, and `mark` last."""
        parts = list(batches(triples, size)) or [[]]
        parts[-1].extend(mark)
        for place, part in enumerate(parts):
            self.write(graph, "".join(f"{triple} .\n" for triple in part), first=place == 0)

    def write(self, graph: str, text: str, *, first: bool) -> None:
        """Add N-Triples to `graph`; the `first` ones in place of all it holds."""
        raise NotImplementedError

    def remove(self, graph: str) -> None:
        """Drop `graph`."""
        raise NotImplementedError

    def _send(self, method: str, url: str, **options: object) -> httpx.Response:
        """The answer to a request. Raises InputError in one line where there is none, or it is a refusal."""
        try:
            answer = self._client.request(method, url, **options)  # type: ignore[arg-type] # httpx names each option
        except httpx.TimeoutException:
            raise InputError(f"{url}: no answer in time; push again to go on") from None
        except httpx.HTTPError as error:
            raise InputError(f"{url}: cannot be reached: {' '.join(str(error).split())}") from None
        if answer.is_success or (method == "DELETE" and answer.status_code == httpx.codes.NOT_FOUND):
            return answer
        reason = f"{answer.status_code} {answer.reason_phrase}".strip()
        if answer.status_code in (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN):
            raise InputError(f"{url}: {reason}: set KG_PUSH_USER and KG_PUSH_PASSWORD, or KG_PUSH_TOKEN")
        if answer.status_code in _NOT_THERE:
            raise InputError(f"{url}: {reason}: no such service there; see --store and --protocol")
        detail = " ".join(answer.text.split())[:200]
        raise InputError(f"{url}: {method} refused: {reason}{': ' if detail else ''}{detail}")


class _GraphStore(_Server):
    """Writes by the Graph Store HTTP Protocol."""

    def write(self, graph: str, text: str, *, first: bool) -> None:
        self._graph("PUT" if first else "POST", graph, content=text.encode(), headers={"Content-Type": "text/turtle"})

    def remove(self, graph: str) -> None:
        self._graph("DELETE", graph)

    def _graph(self, method: str, graph: str, **options: object) -> None:
        self._send(method, self._url + self._place.graphs, params={"graph": graph}, **options)


class _Update(_Server):
    """Writes by SPARQL Update."""

    def write(self, graph: str, text: str, *, first: bool) -> None:
        drop = f"DROP SILENT GRAPH <{graph}> ;\n" if first else ""
        self._update(f"{drop}INSERT DATA {{ GRAPH <{graph}> {{\n{text}}} }}")

    def remove(self, graph: str) -> None:
        self._update(f"DROP SILENT GRAPH <{graph}>")

    def _update(self, text: str) -> None:
        headers = {"Content-Type": "application/sparql-update"}
        self._send("POST", self._url + self._place.update, content=text.encode(), headers=headers)


_SERVERS: Mapping[str, type[_Server]] = {"graph-store": _GraphStore, "update": _Update}


class _Auth(httpx.Auth):
    """Answers a challenge in the scheme it asks for, Basic or Digest; a token goes with every request."""

    requires_response_body = True

    def __init__(self, credentials: Credentials) -> None:
        self._credentials = credentials
        self._scheme: httpx.Auth | None = None

    def auth_flow(self, request: httpx.Request) -> Iterator[httpx.Request]:  # type: ignore[override] # a generator
        """The requests that are sent for one."""
        given = self._credentials
        if given.token:
            request.headers["Authorization"] = f"Bearer {given.token}"
        if self._scheme is not None:
            yield from self._scheme.auth_flow(request)
            return
        answer = yield request
        if answer is not None and answer.status_code == httpx.codes.UNAUTHORIZED and given.user and not given.token:
            digest = "digest" in answer.headers.get("WWW-Authenticate", "").lower()
            self._scheme = (httpx.DigestAuth if digest else httpx.BasicAuth)(given.user, given.password)
            yield from self._scheme.auth_flow(request)
