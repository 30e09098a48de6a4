# The doors of this repository. Each works on a fresh machine with Python 3.11 or later.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
.PHONY: demo test check bench clean
.DEFAULT_GOAL := help

help:
	@echo "make demo    a running demo: panel, worker, memory, LivePerson's stand-in and a CRM desk"
	@echo "make test    the test suite (browser tests where Chromium is found)"
	@echo "make check   format, lint, types, contracts, templates, deployment checks, then the tests"
	@echo "make bench   benchmarks, each a ratio measured side by side"

# A marker per lock file: installing again only when the lock or the project's metadata changed.
$(VENV)/run.mark: requirements/lock.txt pyproject.toml
	@echo "Making a virtual environment and installing the locked dependencies (about a minute the first time) …"
	@$(PYTHON) -c 'import sys; sys.exit("lpcontext needs Python 3.11 or later; set PYTHON=…" if sys.version_info < (3, 11) else 0)'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/lock.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/dev.mark: $(VENV)/run.mark requirements/dev.txt
	@echo "Installing the locked test and lint tools …"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

demo: $(VENV)/run.mark
	@exec $(BIN)/lpcontext demo $(if $(PORT),--port $(PORT))

test: $(VENV)/dev.mark
	$(BIN)/python -m pytest $(ARGS)

check: $(VENV)/dev.mark
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/djlint --check --lint --quiet templates
	$(BIN)/python -m tests.support.deployment_check mypy
	$(BIN)/python -m tests.support.deployment_check manage.py check --deploy --fail-level WARNING
	$(BIN)/python -m tests.support.deployment_check manage.py makemigrations --check --dry-run
	$(BIN)/lint-imports
	$(BIN)/bandit --quiet --recursive lpcontext
	$(MAKE) --no-print-directory test

bench: $(VENV)/dev.mark
	$(BIN)/python -m tests.bench $(ARGS)

clean:
	rm -rf $(VENV) var .mypy_cache .ruff_cache .pytest_cache .hypothesis
