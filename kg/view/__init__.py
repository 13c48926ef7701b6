"""The graph as one HTML file that needs nothing else: no server, no network.

graph, ontology ──read_model──▶ ViewModel ──render_page──▶ str
"""

from kg.view.model import ViewModel, read_model
from kg.view.page import render_page

__all__ = ["ViewModel", "read_model", "render_page"]
