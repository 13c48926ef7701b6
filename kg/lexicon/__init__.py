"""The lexicon: how things are named in the genre. Data in `ontology/lexicon/`, checked on loading."""
