"""A graph on this machine's own address: the page, a SPARQL endpoint, a page to query it, and every IRI.

    request ──guard──▶ app ──exchange──▶ Question ──lanes──▶ keeper's child ──▶ Reply

Nothing here writes to the graph. `kg.server.running.serve` starts it; it is imported from there, for the
processes that answer questions need none of the server.
"""
