"""Many articles → a folder with the graph, a page to look at it, and a report.

The outcome depends on the articles and the ontology folder alone: not on their order, the
number of workers, the machine or the clock. Files appear whole or not at all.
"""

from __future__ import annotations

import logging
import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path

from kg.articles import article_ids, find_articles, read_article
from kg.errors import CitykgError, InputError
from kg.graph import build_graph
from kg.iris import BASE
from kg.knowledge import Knowledge, load_knowledge
from kg.output import writable, write_files
from kg.report import Failure, Report, make_report
from kg.scheme import Scheme
from kg.store import GRAPH_FILE, graph_of
from kg.turtle import write_turtle
from kg.types import Extraction
from kg.view import render_page
from kg.view.model import read_model

PAGE_FILE = "graph.html"
REPORT_FILE = "report.json"

log = logging.getLogger(__name__)

Progress = Callable[[int, int], None]
"""Called with the number of articles done and their total."""


@dataclass(frozen=True, slots=True)
class Options:
    """How a build reads. `tag` switches the statistical tagger, `model` is a folder with another model for it.

    Facts whose confidence is below `min_confidence` are left out.
    """

    ontology: Path
    base: str = BASE
    workers: int = 1
    tag: bool = True
    model: Path | None = None
    page: bool = True
    min_confidence: float = 0.0


def build(paths: Sequence[Path], output: Path, *, options: Options, progress: Progress | None = None) -> Report:
    """Build the graph of the articles at `paths` (files or folders) into the folder `output`.

    An article that cannot be read is a failure of the report, and the rest are built.
    Raises InputError where a path is missing, a folder is empty, no article could be read, or
    `output` cannot be written; DataError where the ontology folder does not hold together.
    Nothing is written then.
    """
    knowledge = load_knowledge(options.ontology)
    files = find_articles(paths)
    with writable(output):
        extractions, failures = extract_all(files, knowledge, options=options, progress=progress)
        if not extractions:
            first = failures[0]
            raise InputError(f"no article could be read; {len(failures)} failed, the first: {first.message}")
        contents, report = _contents(extractions, failures, knowledge, options)
        write_files(output, contents)
    return report


def _contents(
    extractions: Sequence[Extraction], failures: Sequence[Failure], knowledge: Knowledge, options: Options
) -> tuple[dict[str, str], Report]:
    """The text of every file of a build by name."""
    scheme = Scheme(knowledge.ontology)
    triples = build_graph(extractions, scheme=scheme, divisions=knowledge.divisions, base=options.base)
    report = make_report(extractions, failures, triples, scheme=scheme)
    contents = {GRAPH_FILE: write_turtle(triples, prefixes=scheme.prefixes(base=options.base))}
    if options.page:
        model = read_model(graph_of(triples).store, options.ontology)
        contents[PAGE_FILE] = render_page(model, title=_title(extractions))
    contents[REPORT_FILE] = report.text()
    return contents, report


def _title(extractions: Sequence[Extraction]) -> str:
    """The title of the page: that of the article where there is but one."""
    first = extractions[0].article
    return (first.metadata.title or first.file) if len(extractions) == 1 else f"{len(extractions)} 篇文章的知识图谱"


def extract_all(
    files: Sequence[Path], knowledge: Knowledge, *, options: Options, progress: Progress | None = None
) -> tuple[list[Extraction], list[Failure]]:
    """The extractions of `files` in order of article, and what could not be read."""
    found: list[Extraction] = []
    failures: list[Failure] = []
    named = sorted((identity, file) for file, identity in article_ids(files).items())
    for number, outcome in enumerate(_extracted(named, knowledge, options), start=1):
        if progress is not None:
            progress(number, len(named))
        if isinstance(outcome, Failure):
            failures.append(outcome)
        else:
            found.append(outcome)
    return found, failures


_Job = tuple[str, Path]
"""An article's id and its file."""


def _extracted(jobs: Sequence[_Job], knowledge: Knowledge, options: Options) -> Iterator[Extraction | Failure]:
    """The outcome of each job, in order."""
    workers = min(options.workers, len(jobs))
    if workers < 2:
        reader = _Reader(knowledge, options)
        yield from map(reader.read, jobs)
        return
    # A forked worker would share the threads of the statistical tagger; a fresh one does not.
    context = multiprocessing.get_context("spawn")
    try:
        with ProcessPoolExecutor(workers, mp_context=context, initializer=_start_worker, initargs=(options,)) as pool:
            yield from pool.map(_work, jobs)
    except BrokenProcessPool:
        raise InputError("a worker process was killed, perhaps for want of memory; use fewer --workers") from None


class _Reader:
    """Reads and extracts; keeps what is costly to load."""

    def __init__(self, knowledge: Knowledge, options: Options) -> None:
        from kg.pipeline import Extractor  # spaCy takes a second, which other commands need not wait for

        self._lexicon = knowledge.article
        self._min_confidence = options.min_confidence
        self._extractor = Extractor(knowledge, tag=options.tag, model=options.model)

    def read(self, job: _Job) -> Extraction | Failure:
        """What is in one article, or why that cannot be said."""
        identity, file = job
        try:
            article = read_article(file, lexicon=self._lexicon, article_id=identity)
            return self._extractor.extract(article, min_confidence=self._min_confidence)
        except CitykgError as error:
            return Failure(str(file), str(error))
        except Exception as error:
            log.debug("%s", file, exc_info=True)
            return Failure(str(file), f"{file}: cannot be read: {type(error).__name__}: {error}")


_worker: list[_Reader] = []
"""The reader of a worker process."""


def _start_worker(options: Options) -> None:
    _worker.append(_Reader(load_knowledge(options.ontology), options))


def _work(job: _Job) -> Extraction | Failure:
    return _worker[0].read(job)
