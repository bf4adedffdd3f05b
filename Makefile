# make read   sets everything up and reads an example report
# make test   sets everything up and passes the tests
# make check  format, lint, types and tests
# make bench  scores every layer on gold: make bench GOLD=… (see bench/README.md)

PYTHON ?= python3
BIN := .venv/bin
REPORT ?= examples/visita.txt

.PHONY: read test check format bench

$(BIN)/fonti: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

read: $(BIN)/fonti
	$(BIN)/fonti read $(REPORT)

test: $(BIN)/fonti
	$(BIN)/python -m pytest

check: $(BIN)/fonti
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest

format: $(BIN)/fonti
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(BIN)/fonti
	$(BIN)/python bench/gate.py $(GOLD)
