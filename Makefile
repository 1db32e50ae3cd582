# Every command of the house; `make` alone lists them.
#
# PYTHON chooses the interpreter of a new .venv:   make run PYTHON=python3.13

PYTHON ?= python3
UV = 0.13.9
BIN = .venv/bin
LOCK = $(BIN)/uv pip compile pyproject.toml --universal --generate-hashes \
	--no-header --no-annotate --quiet

.DEFAULT_GOAL := help
.PHONY: run demo test check bench lock pictures words help

run: .venv/runs  ## start the server, ready to use: http://127.0.0.1:8000
	@$(BIN)/passeport serve

# Its own database and its own port, whatever the real installation beside it says.
DEMO = env -u COURSE_DATABASE COURSE_INSTANCE="$${COURSE_INSTANCE:-instance}/demo" \
	COURSE_PORT="$${COURSE_PORT:-8001}" $(BIN)/passeport

demo: .venv/runs  ## the same with a believable network to try: http://127.0.0.1:8001
	@$(DEMO) demo
	@$(DEMO) serve

test: .venv/tests  ## does the house stand? SQLite, PostgreSQL, browsers
	@$(BIN)/python -m tests.run

check: .venv/tests  ## is the house in order? format, lint, types, floors, words, content
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/pyright --pythonpath $(BIN)/python
	$(BIN)/lint-imports --no-cache
	$(BIN)/codespell course bench docs README.md CONTRIBUTING.md CHANGELOG.md lessons/*.en.md lessons/*/*.en.md quizzes/*.en.md
	$(BIN)/djlint course/templates --lint --quiet
	$(BIN)/python -m tests.words --check
	$(BIN)/passeport content check

bench: .venv/tests  ## what it costs: pages and cohorts, in processor time
	@$(BIN)/python -m bench.run

pictures: .venv/tests  ## photograph every page into pictures/: phone and desk, light and dark, fr and en
	@$(BIN)/python -m tests.journeys.pictures pictures

words: .venv/tests  ## gather the sentences to translate into messages.po
	@$(BIN)/python -m tests.words

lock: .venv/runs  ## choose the exact versions again, with hashes
	$(LOCK) --extra postgresql --group build --output-file requirements.lock
	$(LOCK) --extra postgresql --extra einvoice --group dev --output-file requirements-dev.lock

help:  ## this list
	@sed -n 's/^\([a-z]*\):.*  ## \(.*\)/  make \1#\2/p' Makefile | \
		while IFS='#' read -r name what; do printf '%-16s %s\n' "$$name" "$$what"; done

# What follows installs, once for each lock file. --require-hashes: what was locked, nothing else.

.venv/runs: requirements.lock pyproject.toml | .venv/made
	@$(call install,requirements.lock)
	@rm -f .venv/tests && touch $@

.venv/tests: requirements-dev.lock pyproject.toml | .venv/made
	@$(call install,requirements-dev.lock)
	@touch .venv/runs $@

.venv/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed: make run PYTHON=python3.11")'
	@$(PYTHON) -m venv .venv
	@touch $@

# uv installs five times faster than pip; where it cannot be had, pip does the same.
define install
echo "Installing $(1) into .venv…" && \
{ $(BIN)/uv --version >/dev/null 2>&1 || $(BIN)/pip install --quiet uv==$(UV) 2>/dev/null; } && \
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r $(1) && \
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e . || \
{ $(BIN)/pip install --quiet --require-hashes -r $(1) && \
	$(BIN)/pip install --quiet --no-deps --no-build-isolation -e .; }
endef
