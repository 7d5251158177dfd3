# make demo   try it: install into .venv, build a graph of examples/, ask it a question
# make test   run the tests          make lint   check style and types
# make docs   make docs/ontology.md from the vocabulary
# make locale make the catalogue of what click says from kg/locale/click.tsv
# make compiled  install into .venv-compiled with what reads a text compiled (needs a C compiler; takes minutes)
# make clean  remove all that make made
#
# Needs make and Python 3.11 or newer; another Python: make PYTHON=/path/to/python3.12 demo

is_recent := -c 'import sys; sys.exit(sys.version_info < (3, 11))'
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$p $(is_recent) 2>/dev/null && command -v $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
# An editable install leaves the sources without bytecode: the first commands would start slower than an installed kg.
BYTECODE := $(BIN)/python -m compileall -q kg loaders ontology queries
KG := $(BIN)/kg
GRAPH := kg-demo

.PHONY: help demo test lint docs locale compiled clean
.DELETE_ON_ERROR:

help:
	@sed -n 's/^# \{0,1\}//p;/^$$/q' Makefile

$(BIN)/python:
	@test -n "$(PYTHON)" && $(PYTHON) $(is_recent) 2>/dev/null || { echo >&2 \
	  "No Python 3.11 or newer found. Install one, or name it: make PYTHON=/path/to/python3.12 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo >&2 \
	  "$(PYTHON) has no venv module. Install it (Debian, Ubuntu: apt install python3-venv) and run make again."; exit 1; }
	@echo "Creating $(VENV) with $$($(PYTHON) --version) …"
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }

$(VENV)/.demo: pyproject.toml | $(BIN)/python
	@echo "Installing vn-legal-kg …"
	@$(INSTALL) --editable '.[office,pdf,shacl]'
	@$(BYTECODE)
	@touch $@

$(VENV)/.dev: pyproject.toml | $(BIN)/python
	@echo "Installing vn-legal-kg with the developers' tools …"
	@$(INSTALL) --editable '.[dev]'
	@$(BYTECODE)
	@touch $@ $(VENV)/.demo

demo: $(VENV)/.demo
	@rm -rf $(GRAPH)
	$(KG) build examples/reports --graph $(GRAPH)
	@echo
	KG_LANG=vi $(KG) ask "tỉnh nào thực hiện Nghị định 60/2024" --graph $(GRAPH)
	@echo
	KG_LANG=en $(KG) ask "which provinces implement Decree 60/2024" --graph $(GRAPH)

test: $(VENV)/.dev
	$(BIN)/python -m pytest

# mypy does not follow the map of folders to packages (pyproject.toml, package-dir), so it gets the
# packages laid out as they are installed.
TYPES := build/types
lint: $(VENV)/.dev build/.translated
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	@rm -rf $(TYPES) && mkdir -p $(TYPES)/kg && ln -s $(CURDIR)/kg/* $(TYPES)/kg/
	@ln -s $(CURDIR)/loaders $(CURDIR)/ontology $(CURDIR)/queries $(TYPES)/kg/
	cd $(TYPES) && $(CURDIR)/$(BIN)/mypy --config-file $(CURDIR)/pyproject.toml --cache-dir $(CURDIR)/.mypy_cache

# What is compiled must be Python that mypyc can make C of (setup.py); making the C takes a third of a minute.
build/.translated: setup.py $(shell find kg ontology -name '*.py') | $(VENV)/.dev
	@mkdir -p build
	@$(BIN)/python -c 'import setup; setup.translated()' >build/translation.log 2>&1 || \
	  { grep -v ': warning: ' build/translation.log >&2; exit 1; }
	@touch $@

docs: $(VENV)/.dev
	$(BIN)/python docs/make_ontology.py

locale: $(BIN)/python
	$(BIN)/python kg/locale/make.py

COMPILED := .venv-compiled
compiled: | $(BIN)/python
	$(BIN)/python -m venv --clear $(COMPILED)
	@echo "Compiling vn-legal-kg …"
	@KG_COMPILE=1 $(COMPILED)/bin/python -m pip install --quiet --disable-pip-version-check '.[dev]'

clean:
	rm -rf $(VENV) $(COMPILED) $(GRAPH) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -prune -exec rm -rf {} +
