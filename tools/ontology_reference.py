"""docs/ontology.html and docs/images/ontology.svg, written from the ontology (part of `make docs`).

python tools/ontology_reference.py
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
from class_diagram import draw
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from kg.iris import DCTERMS, KG, OWL, RDFS
from kg.ontology import FILE, Class, Ontology, Property, Text, load_ontology
from kg.terms import TermFile, read_terms, short
from kg.validate import ALIGNMENTS_FILE

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "ontology"
PAGE, PICTURE = ROOT / "docs" / "ontology.html", ROOT / "docs" / "images" / "ontology.svg"
ONTOLOGY = KG.rstrip("#")
ALIGNED = {
    RDFS + "subClassOf": "对应上级类 Subclass of",
    RDFS + "subPropertyOf": "对应上级属性 Subproperty of",
    RDFS + "seeAlso": "参见 See also",
}


@dataclass(frozen=True, slots=True)
class Link:
    """A term that another is tied to; without `href` it is but named."""

    text: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of what is said of a term."""

    title: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """A class or property as the page shows it."""

    name: str
    label: Text
    definition: Text
    rows: tuple[Row, ...]
    colour: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """Terms under a heading."""

    id: str
    title: str
    terms: tuple[Term, ...]


def page() -> str:
    """The whole page."""
    ontology, file, aligned = load_ontology(FOLDER), read_terms(FOLDER / FILE), read_terms(FOLDER / ALIGNMENTS_FILE)
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    return environment.get_template("ontology.html.jinja").render(
        title=_text(file, "title"),
        description=_text(file, "description"),
        namespace=KG,
        version=_one(file, OWL + "versionInfo"),
        licence=_one(file, DCTERMS + "license"),
        diagram=Markup(draw(ontology)),
        sections=list(_sections(ontology, aligned)),
    )


def _sections(ontology: Ontology, aligned: TermFile) -> Iterator[Section]:
    entities, relations = ontology.entities, ontology.relations
    classes, properties = ontology.classes.values(), ontology.properties.values()
    of_class = [_class(each, ontology, aligned) for each in classes if each in entities or not each.parents]
    yield Section("classes", "类 Classes", tuple(of_class))
    yield Section("relations", "关系 Relations", tuple(_property(each, ontology, aligned) for each in relations))
    others = tuple(_property(each, ontology, aligned) for each in properties if each not in relations)
    yield Section("properties", "其他属性 Other properties", others)


def _class(kind: Class, ontology: Ontology, aligned: TermFile) -> Term:
    below = [each.name for each in ontology.classes.values() if kind.name in each.parents]
    has = [each.name for each in ontology.properties.values() if kind.name in each.domain]
    ends = [each.name for each in ontology.properties.values() if kind.name in each.range]
    rows = (
        _row("上级类 Superclass", kind.parents, ontology),
        _row("下级类 Subclasses", below, ontology),
        _row("具有 Has", has, ontology),
        _row("用于 Is value of", ends, ontology),
        *_alignments(kind.name, aligned),
    )
    return Term(kind.name, kind.label, kind.definition, tuple(row for row in rows if row.links), kind.colour)


def _property(each: Property, ontology: Ontology, aligned: TermFile) -> Term:
    symmetric = (Link("对称 symmetric"),) if each.symmetric else ()
    rows = (
        _row("主体 Domain", each.domain, ontology),
        _row("客体 Range", each.range, ontology),
        Row("特征 Traits", symmetric),
        *_alignments(each.name, aligned),
    )
    return Term(each.name, each.label, each.definition, tuple(row for row in rows if row.links))


def _row(title: str, names: Sequence[str], ontology: Ontology) -> Row:
    return Row(title, tuple(_link(name, ontology) for name in names))


def _link(name: str, ontology: Ontology) -> Link:
    found = ontology.classes.get(name) or ontology.properties.get(name)
    return Link(f"{found.label.zh} {found.label.en}", f"#{name}") if found else Link(f"xsd:{name}")


def _alignments(name: str, aligned: TermFile) -> Iterator[Row]:
    for predicate, title in ALIGNED.items():
        values = [each.value for each in aligned.values(KG + name, predicate) if isinstance(each, ox.NamedNode)]
        yield Row(title, tuple(Link(short(iri).strip("<>"), iri) for iri in values))


def _text(file: TermFile, name: str) -> Text:
    found = {
        each.language: each.value for each in file.values(ONTOLOGY, DCTERMS + name) if isinstance(each, ox.Literal)
    }
    return Text(found["zh"], found["en"])


def _one(file: TermFile, predicate: str) -> str:
    (value,) = file.values(ONTOLOGY, predicate)
    return str(getattr(value, "value", value))


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
    PICTURE.write_text(draw(load_ontology(FOLDER)), encoding="utf-8", newline="\n")
