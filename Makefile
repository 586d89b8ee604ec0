# Everything runs in .venv, made from python3.11 or newer and requirements-dev.txt.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
MINUTES ?= 10

# Without byte code every start costs three times as much, and measures nothing that a user would see.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help demo test check oracle bench faults fuzz docs format lock clean
help:  ## what there is
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## */\t/' | expand -t 12

demo: $(VENV)/ready  ## a practice of about 25 clients, and what c4l says of it
	@$(BIN)/c4l demo

test: check  ## everything that a change must pass
	$(BIN)/pytest -q -n auto

check: $(VENV)/ready  ## format, lint, types, import rules, stale generated files
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python -m c4l.store.generate --check
	$(BIN)/python docs/generate.py --check

oracle: $(VENV)/ready  ## thousands of made-up books, and a second reading of the rules that must agree on each
	ORACLE_BOOKS=$${ORACLE_BOOKS:-3000} $(BIN)/pytest -q -s tests/oracle

bench: $(VENV)/ready  ## ratios against `python -c pass`; writes docs/performance.md
	$(BIN)/python -m bench

fuzz: $(VENV)/ready  ## hostile text against every reader: make fuzz MINUTES=10
	$(BIN)/python -m fuzz --keep --minutes $(MINUTES)

faults: $(VENV)/ready  ## kill, cut the power, fill the disk, flip bits; writes docs/reliability.md
	$(BIN)/python -m faults

docs: $(VENV)/ready  ## write the generated files anew
	$(BIN)/python -m c4l.store.generate
	$(BIN)/python docs/generate.py

format: $(VENV)/ready  ## lay the code out and mend what can be mended
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: $(VENV)/ready  ## pin anew, without naming where packages come from
	$(BIN)/uv pip compile --quiet pyproject.toml --group dev --universal --generate-hashes --no-emit-index-url --no-header --no-annotate --upgrade --output-file requirements-dev.txt

clean:  ## remove what the targets made
	rm -rf $(VENV) .bench .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/ready: requirements-dev.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "c4l needs Python 3.11 or newer: make PYTHON=python3.12")'
	rm -rf $(VENV)
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements-dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --no-index --editable .
	touch $@
