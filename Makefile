# Every target sets up .venv by itself. On Windows use the lines in the README instead.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: help build test check look bench mutants golden clean

help: ## Show what there is
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

$(READY): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $(READY)

build: $(READY) ## Set up, and build every deck and briefing into build/
	$(BIN)/toolkit build

test: build ## The same, then run the tests
	$(BIN)/python -m pytest -n auto

check: test ## The one truth: lint, types, tests and content
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/toolkit check

look: build ## Contact sheets of every page, in build/look (needs LibreOffice and poppler)
	$(BIN)/python tools/look.py

bench: $(READY) ## Speed, growth and memory beside pandoc; fails where a limit is not kept
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[bench]'
	$(BIN)/python tools/bench.py

mutants: $(READY) ## Do the tests notice one wrong line? A seeded sample; about an hour
	$(BIN)/python tools/mutants.py

golden: $(READY) ## Rewrite the golden texts; look at the difference before you commit
	$(BIN)/python -m pytest -n auto --update-golden

clean: ## Remove what was made
	rm -rf build $(VENV)
