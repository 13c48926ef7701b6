"""What a user writes for a parameter → the terms that are meant. Nothing of it becomes part of a query as text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import PurePath

from pyoxigraph import Literal, NamedNode

from kg.errors import QueryError
from kg.iris import DCTERMS, RDF, RDFS, SKOS, XSD
from kg.parts import comparable
from kg.query.named import KINDS, NamedQuery, Parameter, fill
from kg.store import LoadedGraph

_NAMES = (RDFS + "label", DCTERMS + "title", DCTERMS + "source"), (SKOS + "altLabel",)
"""Properties with the names of things: what is asked for is looked for in the first ones, then in the others."""

_SHOWN = 3


def bind(query: NamedQuery, graph: LoadedGraph, values: Mapping[str, str]) -> str:
    """The SPARQL of `query` with `values` for its parameters; those not given are left open.

    A thing is meant by any of its names in `graph`, by its IRI, or by a prefixed name such as ``area:430482``;
    an article by its title or its file. A name that several things have means all of them.

    Raises QueryError where there is no such parameter, nothing of the name, or no value for what is required.
    """
    for each in query.parameters:
        if each.required and each.name not in values:
            raise QueryError(f"{query.name}: needs {each.option}: {each.title}, {each.title_en}")
    terms = {name: _terms(query.parameter(name), value, graph) for name, value in values.items()}
    return fill(query.template, terms)


def _terms(parameter: Parameter, value: str, graph: LoadedGraph) -> str:
    """`value` as SPARQL writes terms, escaped by the library that reads them."""
    if parameter.class_iri is not None:
        return " ".join(map(str, _things(parameter, value, graph)))
    if not re.fullmatch(KINDS[parameter.kind] or ".*", value, re.DOTALL):
        raise QueryError(f"{parameter.name}: {value!r} is no {parameter.kind}")
    datatype = "decimal" if parameter.kind == "number" else "string"
    return str(Literal(value, datatype=NamedNode(XSD + datatype)))


def _things(parameter: Parameter, name: str, graph: LoadedGraph) -> list[NamedNode]:
    """The things of the parameter's class called `name`, sorted; at least one."""
    kind = NamedNode(parameter.class_iri or "")
    known = {each.subject for each in graph.store.quads_for_pattern(None, NamedNode(RDF + "type"), kind, None)}
    things = [each for each in known if isinstance(each, NamedNode)]
    iris = _iris(name, graph.prefixes)
    wanted = comparable(name)
    found = [thing for thing in things if thing.value in iris]
    for properties in _NAMES:
        found = found or [thing for thing in things if wanted in map(comparable, _called(thing, properties, graph))]
    if not found:
        names = sorted({each for thing in things for group in _NAMES for each in _called(thing, group, graph)})
        raise QueryError(f"{parameter.name}: no {parameter.kind} is called {name}{_near(name, names)}")
    return sorted(found, key=lambda thing: thing.value)


def _iris(name: str, prefixes: Mapping[str, str]) -> set[str]:
    prefix, _, local = name.partition(":")
    return {name.strip("<>"), prefixes.get(prefix, prefix + ":") + local}


def _called(thing: NamedNode, properties: tuple[str, ...], graph: LoadedGraph) -> Iterator[str]:
    for name in properties:
        for quad in graph.store.quads_for_pattern(thing, NamedNode(name), None, None):
            if isinstance(quad.object, Literal):
                yield from _SPELLINGS.get(name, _as_it_is)(quad.object.value)


def _as_it_is(name: str) -> tuple[str, ...]:
    return (name,)


def _file(name: str) -> tuple[str, ...]:
    return name, PurePath(name).name, PurePath(name).stem


_SPELLINGS: dict[str, Callable[[str], tuple[str, ...]]] = {DCTERMS + "source": _file}


def _near(name: str, names: list[str]) -> str:
    """Names that are close, and that hold the one asked for."""
    wanted = comparable(name)
    close = get_close_matches(name, names, n=_SHOWN, cutoff=0.5)
    close += sorted(
        (each for each in names if wanted and wanted in comparable(each)), key=lambda each: (len(each), each)
    )
    return f"; did you mean {' or '.join(dict.fromkeys(close[:_SHOWN]))}?" if close else ""
