"""Does the ontology hold together, and does a graph keep its contract?

A graph is checked with SHACL (`kg.shapes`), a portion at a time (`kg.portions`), and for what SHACL cannot
say (`kg.contract`). What is found is put in the words of the graph: the thing's name, the article and the sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

import pyoxigraph as ox
import rdflib
from rdflib.namespace import RDF, SH, XSD
from rdflib.term import Node

from kg.annotated import MODEL, RECORD, read_annotated, record
from kg.axioms import axiom_problems
from kg.contract import breaches
from kg.declarations import foreign_problems, ontology_problems, undeclared
from kg.errors import DataError, InputError
from kg.iris import KG
from kg.knowledge import load_knowledge
from kg.ontology import FILE, Ontology, load_ontology
from kg.portions import SIZE, portions
from kg.query import load_queries
from kg.shapes import FILE as SHAPES_FILE
from kg.shapes import load_shapes, rdflib_graph, shape_problems
from kg.store import LoadedGraph, graph_of
from kg.terms import Problem, Value, read_terms, short
from kg.wording import Wording

ALIGNMENTS_FILE = "alignments.ttl"
SEVERITIES = {SH.Violation: "error", SH.Warning: "warning", SH.Info: "info"}
ORDER = {name: index for index, name in enumerate(SEVERITIES.values())}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is wrong.

    `severity` is ``error``, ``warning`` or ``info``; `place` is the IRI of the node, or file and
    line; `message` names the thing, the article and the sentence as far as they are known.
    """

    severity: str
    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.severity}: {self.place}: {self.message}"


def lint_ontology(folder: Path) -> tuple[Finding, ...]:
    """What is wrong with the files in `folder`: terms, alignments, shapes, rules, lexicon, queries, annotated text.

    Raises DataError only where a file is missing.
    """
    found: list[Finding] = []
    try:
        file = read_terms(folder / FILE)
    except DataError as error:
        return (_unreadable(folder / FILE, error),)
    problems = list(ontology_problems(file))
    found.extend(_finding("error", problem) for problem in problems)
    found.extend(_finding("warning", problem) for problem in foreign_problems(file))
    found.extend(_finding("error", problem) for problem in axiom_problems(file, known={}))
    if not problems:
        ontology = load_ontology(folder)
        found.extend(_lint_alignments(folder / ALIGNMENTS_FILE, ontology))
        found.extend(_lint_shapes(folder / SHAPES_FILE, ontology))
        found.extend(_lint_language(folder))
    return _sorted(found)


def _check_annotated(folder: Path, classes: frozenset[str]) -> None:
    """Raises DataError for a slip in annotated text, and for text that changed since the model was made of it."""
    paragraphs = list(read_annotated(folder, classes=classes))
    made = (folder / RECORD).read_text("utf-8") if folder.is_dir() else ""
    if made and made != record(paragraphs, (folder / MODEL).read_bytes()):
        raise DataError(f"{folder}: the text has changed since names were learned from it; run kg train")


def _lint_language(folder: Path) -> Iterator[Finding]:
    """The first slip in rules, lexicon, queries and annotated text: what a build would be refused for."""
    try:
        knowledge = load_knowledge(folder)
        load_queries(folder)
        _check_annotated(folder / "annotated", frozenset(knowledge.ontology.classes))
    except DataError as error:
        place, _, message = str(error).partition(": ")
        yield Finding("error", place, message)


def _lint_alignments(path: Path, ontology: Ontology) -> Iterator[Finding]:
    if not path.exists():  # they are optional
        return
    try:
        file = read_terms(path)
    except DataError as error:
        yield _unreadable(path, error)
        return
    known = [KG + name for name in (*ontology.classes, *ontology.properties)]
    for problem in undeclared(file, known=known):
        yield _finding("error", problem)
    for problem in foreign_problems(file):
        yield _finding("warning", problem)
    kinds = {KG + each.name: each.kind for each in ontology.properties.values()}
    for problem in axiom_problems(file, known=kinds | {KG + name: "class" for name in ontology.classes}):
        yield _finding("error", problem)


def _lint_shapes(path: Path, ontology: Ontology) -> Iterator[Finding]:
    try:
        file = read_terms(path)
    except DataError as error:
        yield _unreadable(path, error)
        return
    problems = list(shape_problems(file, ontology))
    if problems:
        yield from (_finding("error", problem) for problem in problems)
        return
    rules = resources.files("pyshacl").joinpath("assets", "shacl-shacl.ttl").read_bytes()
    report = _run_shacl(rdflib_graph(file.triples), _parse(rules))
    for result in report.subjects(RDF.type, SH.ValidationResult):
        term, value, text = (report.value(result, each) for each in (SH.resultPath, SH.value, SH.resultMessage))
        said = f"{short(str(term))} {value if isinstance(value, rdflib.Literal) else ''}".rstrip()
        yield Finding("error", str(file.path), f"{said}: not valid SHACL: {' '.join(str(text).split())}")


def _parse(turtle: bytes) -> rdflib.Graph:
    quads = ox.parse(turtle, format=ox.RdfFormat.TURTLE)
    return rdflib_graph((quad.subject, quad.predicate.value, quad.object) for quad in quads)


def _unreadable(path: Path, error: DataError) -> Finding:
    return Finding("error", str(path), str(error).removeprefix(str(path)).lstrip(": "))


def _finding(severity: str, problem: Problem) -> Finding:
    place = f"{problem.path}:{problem.line}" if problem.line else str(problem.path)
    return Finding(severity, place, problem.text)


def _sorted(found: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(set(found), key=lambda each: (ORDER[each.severity], each.place, each.message)))


def validate_graph(path: Path, folder: Path, *, language: str = "en") -> tuple[Finding, ...]:
    """All that breaks the contract in the graph file `path` by the ontology in `folder`, errors first.

    `path` is of any format pyoxigraph reads, by its extension. `language` is ``en`` or ``zh``. Raises
    InputError where the graph cannot be read, DataError where the ontology or its shapes do not hold together.
    """
    return check_graph(_read_graph(path), folder, language=language)


def check_graph(graph: LoadedGraph, folder: Path, *, language: str = "en", size: int = SIZE) -> tuple[Finding, ...]:
    """The same for a graph in memory. `size` is the number of triples that are given to SHACL at a time.

    Shapes see what is said of a node, what leads to it, and the literals and classes of what it leads to.
    """
    ontology = load_ontology(folder)
    shapes = load_shapes(folder, ontology)
    terms = rdflib_graph(read_terms(folder / FILE).triples)
    words = Wording(graph, ontology, language)
    found = [
        Finding("error", breach.node.value, words.sentence(breach.node, breach.message(language)))
        for breach in breaches(graph, ontology)
    ]
    for portion in portions(graph, size=size):
        report = _run_shacl(rdflib_graph(portion.triples), shapes, ontology=terms)
        for result in report.subjects(RDF.type, SH.ValidationResult):
            if _oxigraph(report.value(result, SH.focusNode, any=False)) in portion.nodes:
                found.append(_violation(report, result, shapes, words))
    return _sorted(found)


def _read_graph(path: Path) -> LoadedGraph:
    kind = ox.RdfFormat.from_extension(path.suffix.removeprefix("."))
    if kind is None:
        raise InputError(f"{path}: unknown graph format {path.suffix!r}; give a .ttl, .nt, .trig or .rdf file")
    try:
        with path.open("rb") as file:
            return graph_of((quad.triple for quad in ox.parse(file, format=kind)), source=str(path))
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}") from None
    except SyntaxError as error:
        raise InputError(f"{path}:{error.lineno}: not valid {kind.name}: {error.msg}") from None


def _run_shacl(graph: rdflib.Graph, shapes: rdflib.Graph, *, ontology: rdflib.Graph | None = None) -> rdflib.Graph:
    """The report on `graph`, to which `ontology` is added for its subclasses."""
    import pyshacl  # takes most of a second, which other commands need not wait for

    try:
        _, report, _ = pyshacl.validate(graph, shacl_graph=shapes, ont_graph=ontology, inference="none", inplace=True)
    except pyshacl.errors.ReportableRuntimeError as error:
        raise DataError(f"{SHAPES_FILE}: SHACL cannot be run: {' '.join(str(error).split())}") from None
    if not isinstance(report, rdflib.Graph):
        raise DataError(f"{SHAPES_FILE}: SHACL cannot be run: {report}")
    return report


def _violation(report: rdflib.Graph, result: Node, shapes: rdflib.Graph, words: Wording) -> Finding:
    """One result of SHACL (section 3.6) in plain words."""
    node = _oxigraph(report.value(result, SH.focusNode, any=False))
    severity = report.value(result, SH.resultSeverity, any=False)
    if node is None or not isinstance(severity, rdflib.URIRef):
        raise DataError(f"{SHAPES_FILE}: a result without focus node or severity: {result}")
    texts = [text for text in report.objects(result, SH.resultMessage) if isinstance(text, rdflib.Literal)]
    text = min(texts, key=lambda each: (each.language != words.language, str(each)))
    path, value = (report.value(result, each) for each in (SH.resultPath, SH.value))
    if path is None:  # the shape of the node itself: that of the relation it has
        path = shapes.value(report.value(result, SH.sourceShape), SH.targetSubjectsOf)
    sentence = words.sentence(node, str(text), path=_oxigraph(path), value=_oxigraph(value))
    return Finding(SEVERITIES.get(severity, "error"), node.value, sentence)


def _oxigraph(node: Node | None) -> Value | None:
    """A term of rdflib as one of pyoxigraph."""
    if isinstance(node, rdflib.Literal):
        if node.language is not None:
            return ox.Literal(str(node), language=node.language)
        return ox.Literal(str(node), datatype=ox.NamedNode(str(node.datatype or XSD.string)))
    if isinstance(node, rdflib.BNode):
        return ox.BlankNode(str(node))
    return None if node is None else ox.NamedNode(str(node))
