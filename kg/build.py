"""Many articles → a folder with the graph, a page to look at it, and a report.

The outcome depends on the articles and the ontology folder alone: not on their order, the
number of workers, the machine, the clock, or what is known from the build before. All files
appear at once or not at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pyoxigraph import Triple

from kg.articles import find_articles
from kg.cache import Cache, fingerprint
from kg.corrections.model import FILE as CORRECTIONS_FILE
from kg.corrections.model import Placed, load_corrections
from kg.corrections.outcome import Place
from kg.corrections.record import record
from kg.corrections.replay import replay
from kg.errors import InputError, ValidationError
from kg.extraction import Progress, Reading, extract_all
from kg.graph import build_graph
from kg.identity import make_identity
from kg.iris import BASE
from kg.knowledge import Knowledge, load_knowledge
from kg.lexicon.divisions import Divisions
from kg.linking import link
from kg.publication import CACHE, HOME, home_of, publish, reserved
from kg.report import Failure, Report, make_report
from kg.scheme import Scheme
from kg.store import GRAPH_FILE, graph_of
from kg.turtle import write_turtle
from kg.types import Extraction
from kg.validate import check_graph
from kg.view import page_data, read_model, render_page

PAGE_FILE = "graph.html"
REPORT_FILE = "report.json"


@dataclass(frozen=True, slots=True)
class Options:
    """How a build reads. `tag` switches the statistical tagger, `model` is a folder with another model for it.

    Facts whose confidence is below `min_confidence` are left out. What was read is kept in the folder
    `cache`, else in the output folder, for the next build; with `keep` false nothing is kept or looked up.
    `corrections` is the file of what people decided, in place of those that lie beside the articles.
    With `strict`, a graph that breaks its contract is not written.
    """

    ontology: Path
    base: str = BASE
    workers: int = 1
    tag: bool = True
    model: Path | None = None
    page: bool = True
    min_confidence: float = 0.0
    cache: Path | None = None
    keep: bool = True
    corrections: Path | None = None
    strict: bool = False


def build(
    paths: Sequence[Path],
    output: Path,
    *,
    options: Options,
    progress: Progress | None = None,
    knowledge: Knowledge | None = None,
) -> Report:
    """Build the graph of the articles at `paths` (files or folders) into the folder `output`.

    An article that cannot be read is a failure of the report, and the rest are built. Waits while another
    build writes to `output`. `knowledge` is what `options.ontology` holds, where it has been loaded before.
    Raises InputError where a path is missing, a folder is empty, no article could be read, or
    `output` cannot be written; DataError where the ontology folder does not hold together; ValidationError
    where the graph breaks its contract and `options.strict`. Nothing is written then.
    """
    mark = _fingerprint(options)
    knowledge = knowledge or load_knowledge(options.ontology)
    files = _articles(paths, output)
    corrections = load_corrections(_correction_files(paths, files, options), knowledge.ontology)
    with reserved(output):
        cache = Cache(options.cache or home_of(output) / CACHE, fingerprint=mark) if options.keep else None
        reading = Reading(options.ontology, options.tag, options.model, options.min_confidence, options.workers)
        extractions, failures = extract_all(files, knowledge, reading=reading, cache=cache, progress=progress)
        if not extractions:
            first = failures[0]
            raise InputError(f"no article could be read; {len(failures)} failed, the first: {first.message}")
        contents, report = _contents(extractions, failures, corrections, knowledge, options)
        publish(output, contents)
        if cache is not None and options.cache is None:  # a folder of the user's may serve other builds
            cache.prune()
    return report


def _fingerprint(options: Options) -> str:
    return fingerprint(options.ontology, options=(options.tag, options.min_confidence), model=options.model)


def _articles(paths: Sequence[Path], output: Path) -> tuple[Path, ...]:
    """The article files at `paths`. The page of a build, of this or of another, is none, though it lies among them."""
    page = output.resolve() / PAGE_FILE
    real = {file: file.resolve() for file in find_articles(paths)}
    files = tuple(file for file, place in real.items() if place != page and not _is_page(place))
    if not files:
        raise InputError(f"{paths[0]}: no articles here but what kg build wrote; check the path")
    return files


def _is_page(file: Path) -> bool:
    return HOME in file.parts or (file.name == PAGE_FILE and home_of(file.parent).is_dir())


def _correction_files(paths: Sequence[Path], files: Sequence[Path], options: Options) -> list[Path]:
    """The files with corrections: the one that is given, else those in the folders given and beside the articles."""
    if options.corrections is not None:
        return [options.corrections]
    folders = {path for path in paths if path.is_dir()} | {file.parent for file in files}
    found = {path.resolve(): path for folder in sorted(folders) if (path := folder / CORRECTIONS_FILE).is_file()}
    return sorted(found.values())


def _contents(
    extractions: Sequence[Extraction],
    failures: Sequence[Failure],
    corrections: Sequence[Placed],
    knowledge: Knowledge,
    options: Options,
) -> tuple[dict[str, str], Report]:
    """The text of every file of a build by name."""
    ontology, scheme = knowledge.ontology, Scheme(knowledge.ontology)
    identity = make_identity(knowledge)
    linked = link(extractions, family=scheme.segment, identity=identity)
    division = partial(_division, knowledge.divisions)
    corrected = replay(corrections, extractions, linked, ontology=ontology, segment=scheme.segment, division=division)
    triples = build_graph(
        corrected.extractions,
        scheme=scheme,
        divisions=knowledge.divisions,
        base=options.base,
        identity=identity,
        linked=corrected.linked,
    )
    triples = list(dict.fromkeys([*triples, *record(corrected, base=options.base)]))
    if options.strict:
        _validate(triples, options.ontology)
    report = make_report(corrected.extractions, failures, triples, scheme=scheme, outcomes=corrected.outcomes)
    contents = {GRAPH_FILE: write_turtle(triples, prefixes=scheme.prefixes(base=options.base))}
    if options.page:
        model = read_model(graph_of(triples).store, options.ontology)
        texts = {each.article.sha256: each.article.text for each in extractions}
        contents[PAGE_FILE] = render_page(page_data(model, texts=texts), title=_title(extractions))
    contents[REPORT_FILE] = report.text()
    return contents, report


def _validate(triples: Sequence[Triple], ontology: Path) -> None:
    """Raise ValidationError with all errors, one a line, where there are any."""
    found = [each for each in check_graph(graph_of(triples), ontology) if each.severity == "error"]
    if found:
        number = f"{len(found)} {'error' if len(found) == 1 else 'errors'}"
        head = f"the graph breaks its contract: {number}; nothing was written"
        raise ValidationError("\n".join([head, *map(str, found)]))


def _division(divisions: Divisions, name: str) -> Place | None:
    """The class, name and code of the one division that `name`, or the code at the end of an IRI, is of."""
    code = name.strip("<>").replace(":", "/").rpartition("/")[2]
    found = divisions.get(code) if code.isdecimal() else None
    named = {each.code: each for each in divisions.named(name)}
    found = found or (next(iter(named.values())) if len(named) == 1 else None)
    return (divisions.level(found).class_, found.name, found.code) if found else None


def _title(extractions: Sequence[Extraction]) -> str:
    """The title of the page: that of the article where there is but one."""
    first = extractions[0].article
    return (first.metadata.title or first.file) if len(extractions) == 1 else f"{len(extractions)} 篇文章的知识图谱"
