# Everything a developer needs, one line each. `make` alone lists it.
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
FRONT := src/lumbung/portal/design/static/design

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: .venv/portal.stamp $(FRONT)/built.stamp ## start portal and worker with the demo regency
	@$(BIN)/lumbung serve --demo

test: .venv/dev.stamp $(FRONT)/built.stamp ## install what tests need, then run the whole suite
	@sh .ci/system-packages
	@$(BIN)/python -m tests

check: .venv/dev.stamp $(FRONT)/built.stamp ## lint, types, import contracts, generated pages; changes nothing
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/mypy
	@$(BIN)/python -m pytest tests/house

fix: .venv/dev.stamp ## format, and write the generated pages anew
	@$(BIN)/ruff check --fix-only .
	@$(BIN)/ruff format .
	@$(BIN)/python -m tests.house.generate

score: .venv/dev.stamp ## recall by layout and damage, false alarms by family
	@$(BIN)/python -m tests.corpus

bench: .venv/dev.stamp ## speed and memory beside the libraries we stand on, as ratios
	@$(BIN)/python -m bench

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Lumbung needs Python 3.11 or newer"; exit 1; }
	@$(PYTHON) -m venv .venv || { echo "python3-venv is missing: apt-get install python3-venv"; exit 1; }

.venv/portal.stamp: requirements/portal.txt pyproject.toml | .venv/bin/python
	@echo "Memasang pustaka (sekali saja, satu-dua menit) ..."
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements/portal.txt
	@$(BIN)/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/dev.stamp: requirements/dev.txt .venv/portal.stamp
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

ENGLISH := src/lumbung/locale/en/LC_MESSAGES/django.po

$(FRONT)/built.stamp: package.json package-lock.json $(wildcard front/*) $(ENGLISH) | .venv/portal.stamp
	@sh front/build
	@touch $@

.PHONY: help run test check fix score bench
