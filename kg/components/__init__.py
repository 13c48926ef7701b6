"""The spaCy components, one a file, in the order of kg.pipeline."""
