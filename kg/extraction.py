"""Articles → what is in each: from what the build before knew, or read now, in one process or several."""

from __future__ import annotations

import logging
import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from multiprocessing import connection
from pathlib import Path
from typing import TypeVar

from kg.articles import article_ids, read_article
from kg.cache import Cache
from kg.errors import CitykgError, InputError
from kg.knowledge import Knowledge, load_knowledge
from kg.report import Failure
from kg.types import Article, Extraction

log = logging.getLogger(__name__)

Result = TypeVar("Result")
Outcome = Extraction | Failure
Progress = Callable[[int, int], None]
"""Called with the number of articles done and their total."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How articles are read: the ontology folder, the tagger and another model for it, the least confidence."""

    ontology: Path
    tag: bool = True
    model: Path | None = None
    min_confidence: float = 0.0
    workers: int = 1


_Job = tuple[Path, Article]


def extract_all(
    files: Sequence[Path],
    knowledge: Knowledge,
    *,
    reading: Reading,
    cache: Cache | None = None,
    progress: Progress | None = None,
) -> tuple[list[Extraction], list[Failure]]:
    """The extractions of `files` in order of article, and what could not be read.

    What `cache` knows is not read again; what is read goes there as soon as it is.
    """
    ids = article_ids(files)
    order = sorted(files, key=lambda file: ids[file])
    outcomes: dict[Path, Outcome] = {}
    fresh: dict[Path, Article] = {}
    for file in order:
        read = partial(read_article, file, lexicon=knowledge.article, article_id=ids[file])
        article = _guarded(file, read)
        known = cache.load(article) if cache is not None and isinstance(article, Article) else None
        if isinstance(article, Failure):
            outcomes[file] = article
        elif known is not None:
            outcomes[file] = known
        else:
            fresh[file] = article
    if progress is not None and outcomes:
        progress(len(outcomes), len(order))
    for (file, article), outcome in zip(fresh.items(), _extracted(fresh, knowledge, reading), strict=True):
        outcomes[file] = outcome
        if cache is not None and isinstance(outcome, Extraction):
            cache.store(article, outcome)
        if progress is not None:
            progress(len(outcomes), len(order))
    found = [outcomes[file] for file in order]
    return [x for x in found if isinstance(x, Extraction)], [x for x in found if isinstance(x, Failure)]


def _guarded(file: Path, work: Callable[[], Result]) -> Result | Failure:
    """What `work` does for one article, or why it cannot; the rest go on."""
    try:
        return work()
    except CitykgError as error:
        return Failure(str(file), str(error))
    except Exception as error:
        log.debug("%s", file, exc_info=True)
        return Failure(str(file), f"{file}: cannot be read: {type(error).__name__}: {error}")


def _extracted(articles: Mapping[Path, Article], knowledge: Knowledge, reading: Reading) -> Iterator[Outcome]:
    """The outcome of each article, in order."""
    if not articles:
        return
    workers = min(reading.workers, len(articles))
    if workers < 2:
        yield from map(_Reader(knowledge, reading).read, articles.items())
        return
    # A forked worker would share the threads of the statistical tagger; a fresh one does not.
    context = multiprocessing.get_context("spawn")
    try:
        with ProcessPoolExecutor(workers, mp_context=context, initializer=_start_worker, initargs=(reading,)) as pool:
            yield from pool.map(_work, articles.items())
    except BrokenProcessPool:
        raise InputError("a worker process was killed, perhaps for want of memory; use fewer --workers") from None


class _Reader:
    """Extracts; keeps what is costly to load."""

    def __init__(self, knowledge: Knowledge, reading: Reading) -> None:
        from kg.pipeline import Extractor  # spaCy takes a second, which a build that knows all need not wait for

        self._min_confidence = reading.min_confidence
        self._extractor = Extractor(knowledge, tag=reading.tag, model=reading.model)

    def read(self, job: _Job) -> Outcome:
        """What is in one article, or why that cannot be said."""
        file, article = job
        return _guarded(file, lambda: self._extractor.extract(article, min_confidence=self._min_confidence))


_worker: list[_Reader] = []
"""The reader of a worker process."""


def _start_worker(reading: Reading) -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _worker.append(_Reader(load_knowledge(reading.ontology), reading))


def _end_with_parent() -> None:
    """End this process when the build is killed, which could not tell its workers."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


def _work(job: _Job) -> Outcome:
    return _worker[0].read(job)
