# Every target sets up .venv by itself. On Windows use the lines in the README instead.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
READY := $(VENV)/.ready
QUICK := not office and not slow

.PHONY: help build test check look bench mutants stress golden lock latest clean

help: ## Show what there is
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

$(READY): requirements.lock pyproject.toml
	@echo "Setting up $(VENV): about a minute, once."
	$(PYTHON) -m venv --clear $(VENV)
	$(PIP) install --no-deps --no-compile --require-hashes -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation -e .
	@touch $(READY)

build: $(READY) ## Set up, and build every deck and briefing into build/
	$(BIN)/toolkit build

test: build ## The same, then run the quick tests
	$(BIN)/python -m pytest -n auto --dist loadscope -m "$(QUICK)"

check: build ## The one truth: lint, types, every test and the content
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -n auto --dist loadscope
	$(BIN)/toolkit check

look: build ## Contact sheets of every page, in build/look (needs LibreOffice and poppler)
	$(BIN)/python tools/look.py

bench: $(READY) ## Speed, growth and memory beside pandoc; fails where a limit is not kept
	$(BIN)/python tools/bench.py

mutants: $(READY) ## Do the tests notice one wrong line? A seeded sample; about an hour
	$(BIN)/python tools/mutants.py

stress: $(READY) ## 2,000 edits by hand, found and pulled; 200 files saved by LibreOffice first. About an hour
	$(BIN)/python tools/hand_edits.py 2000 1 200

golden: $(READY) ## Rewrite the golden texts; look at the difference before you commit
	$(BIN)/python -m pytest -n auto --dist loadscope --update-golden

lock: $(READY) ## Remake requirements.lock with the newest that pyproject.toml allows
	$(PIP) install --upgrade uv
	$(BIN)/uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --upgrade --custom-compile-command 'make lock' --quiet --output-file requirements.lock

latest: ## Run the quick tests with the newest of everything, beyond the bounds in pyproject.toml too
	$(PYTHON) -m venv --clear $(VENV)-latest
	$(VENV)-latest/bin/python -m pip install $$(sed -nE 's/^ +"([A-Za-z0-9-]+)[<>=].*/\1/p' pyproject.toml)
	$(VENV)-latest/bin/python -m pip install --no-deps --no-build-isolation -e .
	$(VENV)-latest/bin/python -m pytest -n auto --dist loadscope -m "$(QUICK)"

clean: ## Remove what was made; files that somebody has edited stay in build/
	$(PYTHON) tools/clean.py
	rm -rf $(VENV) $(VENV)-latest
