"""The graph as one HTML file that needs nothing else: no server, no network.

graph, ontology ──read_model──▶ ViewModel ──page_data──▶ JSON ──render_page──▶ str
"""

from kg.view.data import page_data
from kg.view.model import ViewModel
from kg.view.page import render_page
from kg.view.reading import read_model

__all__ = ["ViewModel", "page_data", "read_model", "render_page"]
