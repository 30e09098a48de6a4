# What can be asked of this repository. Each target works on a fresh machine with Python 3.11 or later.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
.PHONY: help demo test faults check quick bench clean
.DEFAULT_GOAL := help
.NOTPARALLEL:

help:  ## this list
	@awk -F ':.*##' '/^[a-z]+:.*##/ { printf "make %-7s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

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

demo: $(VENV)/run.mark  ## a running demo: panel, worker, memory, LivePerson's emulator and a CRM desk; PORT=8000 to choose one
	@exec $(BIN)/lpcontext demo $(if $(PORT),--port $(PORT))

test: $(VENV)/dev.mark  ## the test suite (browser tests where Chromium is found); ARGS=tests/panel for some of it
	$(BIN)/python -m pytest $(or $(ARGS),--ignore=tests/faults)

# They wait more than they work: more of them at once than there are cores.
faults: $(VENV)/dev.mark  ## the tests that break a part of a running panel and wait for it to be well again
	$(BIN)/python -m pytest --numprocesses 6 tests/faults

quick: $(VENV)/dev.mark  ## what `make check` looks at without running: format, lint, templates, import contracts, types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/djlint --check --lint --quiet templates
	$(BIN)/lint-imports --no-logo
	$(BIN)/bandit --quiet --recursive lpcontext
	$(BIN)/python -m tests.support.deployment_check mypy

# The first step that fails ends all. The tests come last: pytest's count of them is the one CI reads.
check: $(VENV)/dev.mark  ## what decides: `make quick`, deployment checks, missing migrations, then the tests
	@begun=$$(date +%s) \
	  && $(MAKE) --no-print-directory quick deployable faults test \
	  && took=$$(( $$(date +%s) - begun )) \
	  && echo "make check: format, lint, templates, imports, security lint, types, deployment, migrations and tests are good" \
	    "($$(( took / 60 )) min $$(( took % 60 )) s)"

# No target for people: a part of `make check`.
deployable:
	$(BIN)/python -m tests.support.deployment_check manage.py check --deploy --fail-level WARNING
	$(BIN)/python -m tests.support.deployment_check manage.py makemigrations --check --dry-run

bench: $(VENV)/dev.mark  ## benchmarks, each a ratio measured side by side; ARGS="--only steady" for some of them
	$(BIN)/python -m tests.bench $(ARGS)

clean:  ## remove the virtual environment, local state and caches
	rm -rf $(VENV) var .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
