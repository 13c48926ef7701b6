"""A question to a dataset and its reply. This runs in a process of its own, which may be ended at any time.

What is asked for is one of JOBS. A reply has a status of HTTP, a media type and a body; that of a refusal is
one line which says what was wrong and what would do.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field

from pyoxigraph import NamedNode, QueryBoolean, QuerySolutions, serialize

from kg.query.running import explain_syntax
from kg.server.dataset import Dataset
from kg.server.media import GRAPHS, RESULTS, choose
from kg.server.outline import FORMS, outline

PLAIN = "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Question:
    """A job with what it needs.

    `accept` is the field of the request, `result` the most bytes of the reply; `values` are those of the
    parameters of a named question.
    """

    job: str
    text: str = ""
    accept: str | None = None
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    values: tuple[tuple[str, str], ...] = ()
    address: str = ""
    result: int = 0


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes back: a status of HTTP, a media type, and the body."""

    status: int
    media: str
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


class TooLarge(Exception):
    """A result beyond the limit."""


class Bounded(io.BytesIO):
    """Bytes up to a limit. Raises TooLarge beyond it."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self.limit = limit

    def write(self, data: object) -> int:
        written = super().write(data)  # type: ignore[arg-type] # whatever bytes-like thing the store hands over
        if self.tell() > self.limit:
            raise TooLarge
        return written


def refuse(status: int, line: str) -> Reply:
    """A refusal, told in one line."""
    return Reply(status, PLAIN, f"{' '.join(line.split())}\n".encode())


def no_format(offers: Mapping[str, object]) -> Reply:
    """The refusal of a request that accepts nothing that is on offer."""
    return refuse(406, f"nothing that Accept asks for is on offer; there are {', '.join(offers)}")


def answer_query(dataset: Dataset, question: Question) -> Reply:
    """The answer to a SPARQL query, in the format that the question likes best."""
    said = outline(question.text)
    if said.is_update:
        return refuse(
            400, f"{said.form} is an update; this endpoint only reads, and takes SELECT, ASK, CONSTRUCT, DESCRIBE"
        )
    if said.calls_service:
        return refuse(403, "SERVICE is not allowed here; ask the other endpoint itself")
    offers: Mapping[str, object] = RESULTS if said.form in ("SELECT", "ASK") else GRAPHS
    media = choose(question.accept if said.form in FORMS else None, offers)
    if media is None:
        return no_format(offers)
    out = Bounded(question.result)
    try:
        _write(dataset, question, media, out, whole=not said.names_dataset)
    except SyntaxError as error:
        return refuse(400, explain_syntax(question.text, error).splitlines()[0])
    except (ValueError, RuntimeError, OSError) as error:
        return refuse(400, f"the query cannot be run: {error}")
    except TooLarge:
        return refuse(403, f"the result is larger than {question.result} bytes; ask for less, for instance with LIMIT")
    return Reply(200, media, out.getvalue())


def _write(dataset: Dataset, question: Question, media: str, out: Bounded, *, whole: bool) -> None:
    """Run the query and write its result as `media`. The protocol's dataset has priority (section 2.1.4)."""
    given = bool(question.default_graphs or question.named_graphs)
    result = dataset.store.query(
        question.text,
        base_iri=dataset.base,
        prefixes=dataset.prefixes,
        use_default_graph_as_union=whole and not given,
        default_graph=[NamedNode(each) for each in question.default_graphs] if given else None,
        named_graphs=[NamedNode(each) for each in question.named_graphs] if given else None,
    )
    if isinstance(result, QueryBoolean | QuerySolutions):
        result.serialize(out, RESULTS[media])
    else:
        serialize(result, out, GRAPHS[media], prefixes=dataset.prefixes)
