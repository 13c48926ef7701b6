"""Everything that is loaded from an ontology folder, checked once and handed to all parts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kg.errors import DataError
from kg.lexicon.article import ArticleLexicon, load_article_lexicon
from kg.lexicon.deixis import Deixis, load_deixis
from kg.lexicon.divisions import Divisions, load_divisions
from kg.lexicon.figures import FigureLexicon, load_figures
from kg.lexicon.grammar import Grammar, load_grammar
from kg.lexicon.linking import Linking, load_linking
from kg.lexicon.namefiles import load_names
from kg.lexicon.names import NameLexicon
from kg.lexicon.recognizer import Settings, load_recognizer
from kg.ontology import Ontology, load_ontology
from kg.rules import Rules, load_rules


@dataclass(frozen=True)
class Knowledge:
    """The ontology, the rules and the lexicon of one folder."""

    folder: Path
    ontology: Ontology
    names: tuple[NameLexicon, ...]
    grammar: Grammar
    deixis: Deixis
    divisions: Divisions
    figures: FigureLexicon
    article: ArticleLexicon
    linking: Linking
    rules: tuple[Rules, ...]
    recognizer: Settings


def default_folder() -> Path:
    """The ontology folder that came with this package: inside the wheel, or beside the source."""
    inside = Path(__file__).parent / "_ontology"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "ontology"


def load_knowledge(folder: Path | None = None) -> Knowledge:
    """Everything in `folder`. Raises DataError naming the file, the place in it and the way out."""
    folder = folder or default_folder()
    if not folder.is_dir():
        raise DataError(f"{folder}: no such ontology folder; copy the one that comes with kg and change it")
    ontology = load_ontology(folder)
    lexicon = folder / "lexicon"
    return Knowledge(
        folder=folder,
        ontology=ontology,
        names=load_names(lexicon / "names", ontology),
        grammar=load_grammar(lexicon / "grammar.toml"),
        deixis=load_deixis(lexicon / "deixis.toml", ontology),
        divisions=load_divisions(lexicon),
        figures=load_figures(lexicon),
        article=load_article_lexicon(folder),
        linking=load_linking(lexicon / "linking.toml", ontology),
        rules=load_rules(folder / "rules", ontology),
        recognizer=load_recognizer(folder / "annotated", ontology),
    )
