"""The classes and relations of the ontology as one SVG drawing: who has a relation, the relation, what it leads to."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape

from kg.ontology import Class, Ontology, Property

WIDTH, LEFT, MIDDLE, RIGHT = 980, 20, 400, 730
BOX, RELATION = 230, 180
LINE, GAP = 18, 14
_STYLE = "text{font:13px 'Noto Sans CJK SC','Microsoft YaHei',sans-serif}.small{font-size:11px}"


def draw(ontology: Ontology) -> str:
    """The drawing; equal ontologies give equal text."""
    relations = ontology.relations
    sources = _used(ontology, [name for each in relations for name in each.domain])
    targets = _used(ontology, [name for each in relations for name in each.range])
    left, height_left = _stack(ontology, sources)
    right, height_right = _stack(ontology, targets)
    height = max(height_left, height_right)
    step = (height - GAP) / len(relations)
    middle = {each.name: GAP + (index + 0.5) * step for index, each in enumerate(relations)}
    lines = [
        _edge(*ends, ontology.find_class(name))
        for each in relations
        for name, ends in (
            *((name, (LEFT + BOX, left[name], MIDDLE, middle[each.name])) for name in each.domain),
            *((name, (MIDDLE + RELATION, middle[each.name], RIGHT, right[name])) for name in each.range),
        )
    ]
    body = [
        *lines,
        *(part for name in sources for part in _class(ontology, name, LEFT, left[name])),
        *(part for each in relations for part in _relation(each, middle[each.name])),
        *(part for name in targets for part in _class(ontology, name, RIGHT, right[name])),
    ]
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:g}" role="img">'
    return "\n".join([head, f"<style>{_STYLE}</style>", *body, "</svg>"]) + "\n"


def _used(ontology: Ontology, names: list[str]) -> list[str]:
    return [name for name in ontology.classes if name in names]


def _below(ontology: Ontology, name: str) -> list[Class]:
    return [each for each in ontology.classes.values() if each.parents == (name,)]


def _rows(ontology: Ontology, name: str) -> list[str]:
    """The subclasses of a class, a few in a row; the top of all shows none."""
    kind = ontology.find_class(name)
    labels = [each.label.zh for each in _below(ontology, name)] if kind.parents else []
    return ["、".join(labels[at : at + 4]) for at in range(0, len(labels), 4)]


def _height(ontology: Ontology, name: str) -> int:
    return LINE * (1 + len(_rows(ontology, name))) + 8


def _stack(ontology: Ontology, names: list[str]) -> tuple[dict[str, float], float]:
    """The middle of each box of a column from above, and the height of the column."""
    places: dict[str, float] = {}
    top = float(GAP)
    for name in names:
        height = _height(ontology, name)
        places[name] = top + height / 2
        top += height + GAP
    return places, top


def _class(ontology: Ontology, name: str, x: int, y: float) -> Iterator[str]:
    kind, height = ontology.find_class(name), _height(ontology, name)
    top = y - height / 2
    yield (
        f'<rect x="{x}" y="{top:g}" width="{BOX}" height="{height}" rx="4" fill="#fff" '
        f'stroke="{kind.colour or "#777777"}" stroke-width="2"/>'
    )
    yield f'<text x="{x + 10}" y="{top + LINE:g}">{escape(kind.label.zh)} {escape(kind.label.en)}</text>'
    for number, row in enumerate(_rows(ontology, name), start=2):
        yield f'<text class="small" x="{x + 10}" y="{top + LINE * number:g}" fill="#555">{escape(row)}</text>'


def _relation(relation: Property, y: float) -> Iterator[str]:
    yield f'<rect x="{MIDDLE}" y="{y - 13:g}" width="{RELATION}" height="26" rx="13" fill="#eee"/>'
    label = f"{relation.label.zh} {relation.name}"
    yield f'<text x="{MIDDLE + RELATION / 2:g}" y="{y + 5:g}" text-anchor="middle">{escape(label)}</text>'


def _edge(x1: float, y1: float, x2: float, y2: float, kind: Class) -> str:
    middle = (x1 + x2) / 2
    path = f"M{x1:g} {y1:g}C{middle:g} {y1:g} {middle:g} {y2:g} {x2:g} {y2:g}"
    return f'<path d="{path}" fill="none" stroke="{kind.colour or "#777777"}" stroke-opacity="0.6"/>'
