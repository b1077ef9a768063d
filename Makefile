# The daily words of the house. `make run` and `make test` need nothing but python3 (3.11 or later).
.DEFAULT_GOAL := help
.PHONY: help run dev test coverage lint format messages pictures shell lock bench

PYTHON ?= python3
PORT ?= 8000
PY := .venv/bin/python
UV := $(PY) -m uv
COMPILE = $(UV) pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"
export SORB_ENV ?= development
export SITE_URL ?= http://127.0.0.1:$(PORT)

help:  ## The words and what they do
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | expand -t 12

run: .venv/run  ## Set everything up and serve the site as in production: make run PORT=8000
	@$(PY) manage.py serve --port "$(PORT)"

dev: .venv/run  ## The same data by the development server, which reloads the code
	@SORB_DEBUG=True $(PY) manage.py prepare --port "$(PORT)"
	@SORB_DEBUG=True $(PY) manage.py runserver "$(PORT)"

test: .venv/dev  ## Set everything up and pass every test
	@$(PY) .ci/chromium.py
	@SORB_VAR="$${SORB_VAR:-var/test}" $(PY) -m pytest -n "$${PYTEST_WORKERS:-auto}" --dist=worksteal $(ARGS)

coverage:  ## The same, and which lines and branches the tests pass through (takes twice as long)
	@$(MAKE) --no-print-directory test ARGS="--cov $(ARGS)"

lint: .venv/dev  ## Everything that can be checked without running the site
	@$(PY) .ci/lint.py

format: .venv/dev  ## Put Python and templates into their form
	@$(PY) -m ruff check --fix-only --quiet . && $(PY) -m ruff format --quiet .
	@git ls-files -z "templates/*.html" | xargs -0 .venv/bin/djade --target-version 5.2

messages: .venv/dev  ## Collect the words to translate, and compile the translated ones (needs gettext)
	@$(PY) manage.py makemessages --locale bg --no-location --no-wrap --ignore var --ignore .venv
	@$(PY) manage.py compilemessages --locale bg

pictures: .venv/dev  ## Take the pictures of the handbook anew, when words of the interface have changed
	@$(PY) .ci/chromium.py
	@HANDBOOK_PICTURES=write SORB_VAR="$${SORB_VAR:-var/test}" $(PY) -m pytest tests/browser/test_handbook.py -q $(ARGS)

shell: .venv/run  ## Python with the site's models
	@$(PY) manage.py shell

bench: .venv/run  ## Measurements, as ratios within one run
	@$(PY) manage.py collectstatic --noinput --verbosity 0
	@$(PY) -m benchmarks.media
	@$(PY) -m benchmarks.desk
	@$(PY) -m benchmarks.calendar

lock: .venv/uv  ## Choose the versions of all packages anew
	@$(COMPILE) --upgrade requirements/uv.in -o requirements/uv.txt
	@$(COMPILE) --upgrade pyproject.toml -o requirements/site.txt
	@$(COMPILE) -c requirements/site.txt --extra embedded pyproject.toml -o requirements/run.txt
	@$(COMPILE) -c requirements/site.txt --all-extras pyproject.toml -o requirements/dev.txt

.venv/uv: requirements/uv.txt
	@echo "Setting up Python packages ..."
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Sorb needs Python 3.11 or later")'
	@$(PYTHON) -m venv .venv || { echo "Python's venv is missing. On Debian: apt-get install python3-venv"; exit 1; }
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@touch $@

.venv/run: .venv/uv requirements/run.txt
	@$(UV) pip install --quiet --require-hashes -r requirements/run.txt
	@touch $@

.venv/dev: .venv/run requirements/dev.txt
	@$(UV) pip install --quiet --require-hashes -r requirements/dev.txt
	@touch $@
