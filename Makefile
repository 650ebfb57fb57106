# Each target sets up all that it needs. On Debian as root, missing system packages are installed with apt.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: setup site serve test check messages lock bench lighthouse safeguards clean

setup: $(VENV)/.site ## Only what is needed to build and check

site: $(VENV)/.site ## Build the site into site/
	$(BIN)/apupolku build

serve: $(VENV)/.site ## Serve on http://127.0.0.1:8000 and rebuild on change
	$(BIN)/apupolku serve

test: $(VENV)/.test node_modules/.ready ## Every test, a browser included
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest

check: $(VENV)/.site ## What is wrong with the service files
	$(BIN)/apupolku check services

messages: $(VENV)/.test ## Bring locales/ up to date with the code and the templates
	$(BIN)/python locales/update.py

lock: $(VENV)/.test ## Pin the dependencies anew
	$(BIN)/uv pip compile pyproject.toml --generate-hashes --no-header --no-annotate --no-emit-index-url --universal --python-version 3.11 --upgrade --quiet --extra build -o requirements.txt
	$(BIN)/uv pip compile pyproject.toml --generate-hashes --no-header --no-annotate --no-emit-index-url --universal --python-version 3.11 --upgrade --quiet --extra build --extra dev --extra translate -c requirements.txt -o requirements-dev.txt

bench: $(VENV)/.test node_modules/.ready ## Measure; each script in bench/ says what it measures
	$(BIN)/python bench/build_time.py
	$(BIN)/python bench/page_bytes.py
	$(BIN)/python bench/check_time.py

lighthouse: $(VENV)/.test bench/lighthouse/node_modules/.ready ## Lighthouse's scores of every kind of page; best on a machine that does nothing else
	$(BIN)/python bench/lighthouse/run.py

safeguards: $(VENV)/.test node_modules/.ready ## Take away what keeps a reader safe, piece by piece: a test must notice each
	$(BIN)/python bench/safeguards.py

clean:
	rm -rf site $(VENV) node_modules bench/lighthouse/node_modules

$(VENV)/bin/pip:
	$(PYTHON) -m venv $(VENV) || (sh .ci/packages python3-venv && $(PYTHON) -m venv --clear $(VENV))

$(VENV)/.site: requirements.txt pyproject.toml | $(VENV)/bin/pip
	$(BIN)/pip install --quiet --require-hashes -r requirements.txt
	$(BIN)/pip install --quiet --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/.test: requirements-dev.txt $(VENV)/.site
	$(BIN)/pip install --quiet --require-hashes -r requirements-dev.txt
	sh .ci/packages browser
	touch $@

node_modules/.ready: package-lock.json
	sh .ci/packages node
	npm ci --no-audit --no-fund
	touch $@

bench/lighthouse/node_modules/.ready: bench/lighthouse/package-lock.json
	sh .ci/packages node
	npm ci --prefix bench/lighthouse --no-audit --no-fund
	touch $@
