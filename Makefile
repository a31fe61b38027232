# The commands of this repository. Each sets up what it needs by itself.
SHELL := /bin/bash
PY := .venv/bin/python
.DEFAULT_GOAL := help
.PHONY: help run test test-deep check format messages setup hooks bench-pages bench-search bench-dashboard bench-registry bench-chat bench-desk chaos screens coverage clean

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 22

run: ## the portal with the demo city, on http://127.0.0.1:8000 (PORT, HOST, DATA_DIR)
	@scripts/bootstrap.sh run
	@exec $(PY) -m portal.project.serve

test: ## checks, all tests, journeys in a browser; REQUIRE_ALL=1 forbids skipping
	@scripts/test.sh

test-deep: ## the long tests in full (fuzzing, corpora, failures)
	@scripts/test.sh deep

check: setup ## linters, types, import directions, templates, settings, catalogues
	@scripts/check.sh

format: setup ## put the code in its form
	@.venv/bin/ruff check --fix --quiet . ; .venv/bin/ruff format .

messages: setup ## gather the strings of the code, and what Wagtail lacks, for translators
	@command -v xgettext >/dev/null || $(PY) -c 'from tests.services.install import install, may_install; may_install() and install(["gettext"])'
	@$(PY) -m portal.project.messages
	@$(PY) -m portal.project.borrowed

setup: ## the developer's environment (.venv)
	@scripts/bootstrap.sh dev

hooks: setup ## check every commit before it is made
	@.venv/bin/pre-commit install

bench-pages: setup ## CPU of each page against an empty Django view, on PostgreSQL; memory of the embedded run
	@$(PY) -m tests.services --only=postgresql sh -c '$(PY) -m tests.bench.pages; pages=$$?; $(PY) -m tests.bench.embedded && exit $$pages'

bench-dashboard: setup ## the managers' pages over half a million and five million events, on PostgreSQL
	@$(PY) -m tests.services --only=postgresql $(PY) -m tests.bench.dashboard

bench-registry: setup ## the registry built in over 1, 3 and 10 million services given, on PostgreSQL (RECORDS)
	@$(PY) -m tests.services --only=postgresql $(PY) -m tests.bench.registry $(if $(RECORDS),--records=$(RECORDS))

bench-search: setup ## quality and speed of search; DATA=folder[,folder…] of judged questions
	@$(PY) -m tests.services $(PY) -m tests.bench.search $(DATA)

bench-chat: setup ## messages a second, latency, CPU a message, memory a socket (BENCH_SECONDS, BENCH_SETUPS)
	@$(PY) -m tests.bench.chat

bench-desk: setup ## a desk with 100 conversations among 50 colleagues: message to screen, longest task (BENCH_SECONDS)
	@$(PY) -m tests.bench.desk

chaos: setup ## kill everything while people talk; nothing acknowledged may be lost (goes on where it stopped)
	@$(PY) -m tests.chaos

screens: setup ## pictures of every page type, 360 and 1280 px, four languages
	@$(PY) -m tests.bench.screens

coverage: setup ## which lines no test reaches (build/coverage)
	@.venv/bin/pytest -q -m "not journey" -n auto --cov --cov-report=html --cov-report=term:skip-covered

clean: ## remove what was built; var/ (your data) stays
	@rm -rf build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
