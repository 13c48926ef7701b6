"""`python -m kg.cli` does what `kg` does."""

from kg.cli import main

main(prog_name="kg")
