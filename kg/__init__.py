"""kg: knowledge graphs from Chinese writing on regional development.

file ──read──▶ Article ──clean──▶ CleanText ──nlp──▶ Doc ──▶ Extraction ──link──▶ Graph ──▶ Turtle / SPARQL / HTML
               (raw, id)    (text + offset map)   (spaCy, with mentions,   (claims with    (same thing,
                                                   claims, observations)    raw offsets)    same IRI)
"""

__version__ = "0.1.0"
