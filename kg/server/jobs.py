"""What a process of the keeper can be asked to do, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kg.server.answering import Question, Reply, answer_query
from kg.server.dataset import Dataset
from kg.server.description import describe_service
from kg.server.questions import draw_questions, write_question
from kg.server.resources import describe_resource


def draw_page(dataset: Dataset, question: Question) -> Reply:
    """The page of the graph."""
    from kg.articles import article_texts  # here, for these load much that no query needs
    from kg.view import page_data, read_model, render_page

    texts = article_texts(dataset.articles) if dataset.articles else {}
    data = page_data(read_model(dataset.store, dataset.ontology), texts=texts)
    return Reply(200, "text/html; charset=utf-8", render_page(data, title=dataset.title, query="/query").encode())


JOBS: Mapping[str, Callable[[Dataset, Question], Reply]] = {
    "query": answer_query,
    "resource": describe_resource,
    "service": describe_service,
    "page": draw_page,
    "questions": draw_questions,
    "question": write_question,
}
