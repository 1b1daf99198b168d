# Yiju: every task by one word. `make help` lists them.
# Needs Python 3.11 or later with venv, a shell and GNU make; nothing else is assumed.

PYTHON ?= python3
VENV ?= .venv
INDEX ?= .yiju/index
GOLD ?= eval/gold/dev.jsonl
PORT ?=
HOST ?=
DATA ?=
MODELS ?=
SIZES ?=

BIN := $(VENV)/bin
YIJU := $(BIN)/yiju
BENCH := OMP_NUM_THREADS=1 TOKENIZERS_PARALLELISM=false $(BIN)/python -m eval.bench
PIP := PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_CONSTRAINT=constraints.txt \
	PIP_BUILD_CONSTRAINT=constraints.txt $(BIN)/python -m pip --quiet
PINS := pyproject.toml constraints.txt
CODE := $(shell find index -type f -not -name '*.pyc' -not -name '*.md')
SEEDS := $(wildcard seeds/*)
QUESTION := 浙江的药品安全专家库由谁牵头？

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help serve test check format index eval eval-unseen bench bench-retrieval web check-web pictures gallery \
	test-browser test-models test-corpus constraints clean

help: ## List the tasks
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' Makefile

serve: $(INDEX)/CURRENT ## Set up, index the seeds, start the service (PORT=, HOST=)
	@echo "Ask from another terminal:  $(YIJU) ask '$(QUESTION)' --index $(INDEX)" >&2
	@exec $(YIJU) serve --index $(INDEX) $(if $(PORT),--port $(PORT)) $(if $(HOST),--host $(HOST))

test: $(VENV)/.dev ## Set up, run the tests
	$(BIN)/python -m pytest

check: $(VENV)/.dev ## Lint, format, types, arrows between packages, spelling
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/codespell

format: $(VENV)/.dev ## Sort imports and lay out the code
	$(BIN)/ruff check --select I --fix
	$(BIN)/ruff format

index: $(INDEX)/CURRENT ## Index the seeds into .yiju/index

eval: $(INDEX)/CURRENT ## Measure the answers to the gold questions (GOLD=)
	$(YIJU) eval run --gold $(GOLD) --index $(INDEX)

eval-unseen: $(VENV)/.run ## Measure the answers over documents that no rule was written for
	$(YIJU) index eval/gold/unseen --out $(INDEX)-unseen
	$(YIJU) eval run --gold eval/gold/unseen.jsonl --index $(INDEX)-unseen

bench: $(INDEX)/CURRENT ## Measure how long an answer takes
	$(BIN)/python -m eval.bench.latency --index $(INDEX) --gold $(GOLD)

bench-retrieval: $(VENV)/.dev $(INDEX)/CURRENT ## Measure the search over laws, about an hour (DATA=, MODELS=, SIZES=)
	@test -d "$(DATA)" || { echo "name the training kit: make bench-retrieval DATA=DIR" >&2; exit 2; }
	$(BENCH).law_questions --data $(DATA) $(if $(MODELS),--models $(MODELS))
	$(BENCH).depth --data $(DATA) $(if $(MODELS),--models $(MODELS))
	$(BENCH).seeds --data $(DATA)
	$(BENCH).encode --data $(DATA)
	$(BENCH).cold_start --index $(INDEX)
	$(BENCH).scale --data $(DATA) $(if $(SIZES),--sizes $(SIZES))

web: api/web/node_modules/.package-lock.json ## Build the widget and bundle the libraries of the pages anew (needs Node)
	cd api/web && npm run --silent build

check-web: api/web/node_modules/.package-lock.json ## Check the types of the scripts, and what is built against its sources
	cd api/web && npm run --silent check

pictures: $(VENV)/.browser $(INDEX)/CURRENT ## Take the pictures of the user guides anew (needs Chromium on the path)
	$(BIN)/python -m tests.browser.pictures docs/pictures --index $(INDEX)

gallery: $(VENV)/.browser $(INDEX)/CURRENT ## Take a picture of every page in every state, into .yiju/gallery
	$(BIN)/python -m tests.browser.gallery .yiju/gallery --index $(INDEX)

test-browser: $(VENV)/.browser ## Test pages in a browser too (needs Chromium on the path)
	$(BIN)/python -m pytest tests/browser -m browser

test-models: $(VENV)/.models ## Test models and their training too (installs torch)
	$(BIN)/python -m pytest -m models

test-corpus: $(VENV)/.dev ## Test on a folder of documents (YIJU_CORPUS=)
	@test -d "$(YIJU_CORPUS)" || { echo "name a folder of documents: make test-corpus YIJU_CORPUS=DIR" >&2; exit 2; }
	YIJU_CORPUS="$(YIJU_CORPUS)" $(BIN)/python -m pytest -m corpus

constraints: ## Resolve the dependencies anew and pin them in constraints.txt
	@rm -rf $(VENV)-pins
	$(PYTHON) -m venv $(VENV)-pins
	$(VENV)-pins/bin/python -m pip --quiet install '.[bench,browser,dev,llm,models,training]' 'hatchling>=1.27'
	sed -n '/^#/p' constraints.txt > $(VENV)-pins/constraints.txt
	$(VENV)-pins/bin/python -m pip freeze --exclude yiju | sed 's/+cpu$$//' >> $(VENV)-pins/constraints.txt
	mv $(VENV)-pins/constraints.txt constraints.txt
	rm -rf $(VENV)-pins

clean: ## Remove the environment, the index and all caches
	rm -rf $(VENV) .yiju build dist api/web/node_modules .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A failed build leaves the index in service as it was, so it is tried again next time.
$(INDEX)/CURRENT: $(VENV)/.run $(SEEDS) $(CODE)
	$(YIJU) index seeds --out $(INDEX)

# The packages are used where they lie, so that a change of code asks for no new set-up.
$(VENV)/.run: $(PINS) | $(BIN)/python
	@echo "installing Yiju into $(VENV) ..." >&2
	$(PIP) install --editable .
	@touch $@

$(VENV)/.dev: $(PINS) | $(BIN)/python
	@echo "installing Yiju and its tools into $(VENV) ..." >&2
	$(PIP) install --editable '.[bench,dev,llm]'
	@touch $@ $(VENV)/.run

$(VENV)/.browser: $(PINS) | $(BIN)/python
	@echo "installing Yiju, its tools and a driver of browsers into $(VENV) ..." >&2
	$(PIP) install --editable '.[bench,browser,dev,llm]'
	@touch $@ $(VENV)/.dev $(VENV)/.run

$(VENV)/.models: $(PINS) | $(BIN)/python
	@echo "installing Yiju, its tools and torch into $(VENV) ..." >&2
	$(PIP) install --editable '.[bench,dev,llm,models,training]'
	@touch $@ $(VENV)/.dev $(VENV)/.run

api/web/node_modules/.package-lock.json: api/web/package-lock.json
	cd api/web && npm ci --silent --no-audit --no-fund
	@touch $@

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or later is needed; name one: make PYTHON=python3.12" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
