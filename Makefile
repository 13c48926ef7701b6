# `make graph` and `make test` need only Python (3.11 or newer), make and the pip registry.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
PIP = $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

.PHONY: graph test check docs benchmark floors lock clean

graph: $(VENV)/.graph  ## build the graph of the seed articles into build/
	$(BIN)/kg build seeds --output build

test: $(VENV)/.test check  ## lint, types, layers, then all tests
	tools/programs.sh
	$(BIN)/python -m pytest --numprocesses auto

check: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

docs: $(VENV)/.test  ## write what of the documents is generated, and the output of the commands shown in others
	$(BIN)/python -m kg.cli.reference > docs/cli.md
	$(BIN)/python tools/ontology_reference.py
	$(BIN)/python tests/answers.py --update
	$(BIN)/python tools/questions.py > docs/queries.md
	$(BIN)/python tools/transcripts.py README.md docs/rules.md docs/tools.md

pictures: $(VENV)/.test  ## take docs/images/*.png; needs chromium, chromedriver and a Chinese font
	$(BIN)/python tools/make_pictures.py

benchmark: $(VENV)/.test  ## where the time goes, beside what a user would pick instead
	$(BIN)/python benchmarks/build_seeds.py
	$(BIN)/python benchmarks/page.py
	$(BIN)/python benchmarks/linking.py
	$(BIN)/python benchmarks/serve.py

floors: $(VENV)/.test  ## raise the floors of the gold figures to what is measured now
	$(BIN)/python tests/floors.py --update

lock: $(VENV)/.test  ## write the versions in use to constraints.txt
	$(BIN)/python -m pip freeze --exclude-editable --exclude citykg > constraints.txt

clean:
	rm -rf build $(VENV)

$(VENV)/.graph: pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) --editable .
	touch $@

$(VENV)/.test: pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) --editable ".[dev,notebook]"
	touch $@ $(VENV)/.graph
