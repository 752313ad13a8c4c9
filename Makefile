# Every job of the project is a target; each runs a module of scripts/ or a well-known tool.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
HUB ?=
TOKEN ?=
PLATFORM ?=
export HUB TOKEN PLATFORM

.PHONY: help install generate check-generated lint contract mutants test client clients smoke breaking bench bench-hub bench-client soak fuzz serve clean

help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  \033[1m%-16s\033[0m %s\n", $$1, $$2 }'

install: $(STAMP) ## Create .venv with all dependencies

$(STAMP): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

generate: $(STAMP) ## Bundle the description and generate the Python and Node clients
	$(BIN)/python -m scripts.generate

check-generated: generate clients ## Fail if generated/ is out of date
	git diff --exit-code --stat -- generated
	@test -z "$$(git status --porcelain -- generated)" || { git status --short -- generated; exit 1; }

lint: $(STAMP) ## Validate the description; check the code's style, imports and types
	$(BIN)/python -m scripts.lint
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-logo
	$(BIN)/mypy
	$(BIN)/pyright --pythonpath $(BIN)/python

contract: $(STAMP) ## Check a running Hub against the description (HUB=URL or PLATFORM=URL|embedded, TOKEN=...; default: the embedded Hub)
	@$(BIN)/python -m scripts.contract

mutants: $(STAMP) ## Check that the contract tests find deliberate faults of the embedded Hub
	@$(BIN)/python -m scripts.mutants

test: export SEED ?= 1
test: $(STAMP) lint check-generated contract ## Check everything, reproducibly: lint, generated code, the contract and all tests
	$(BIN)/pytest --numprocesses auto --hypothesis-profile ci

client: $(STAMP) ## Generate a client in another language: make client LANG=typescript
	@$(BIN)/python -m scripts.generate.languages "$(if $(filter command line,$(origin LANG)),$(LANG))"

clients: $(STAMP) ## Generate the committed clients in other languages, where their tools are installed
	@$(BIN)/python -m scripts.generate.languages

smoke: $(STAMP) ## Run the clients in other languages against a Hub, and record the results for generated/README.md
	@$(BIN)/python -m scripts.smoke
	$(BIN)/python -m scripts.generate

breaking: $(STAMP) ## List changes since a commit that break callers of the API: make breaking BASE=main
	@$(BIN)/python -m scripts.breaking "$(BASE)"

bench: bench-hub bench-client ## Run all benchmarks

bench-hub: $(STAMP) ## Measure the embedded Hub against STH 0.18.7 from npm
	$(BIN)/python -m scripts.bench.hub

bench-client: $(STAMP) ## Measure the Python client against generated ones, the published one and bare httpx
	$(BIN)/python -m scripts.bench.client

soak: $(STAMP) ## Load, kill and restart a Hub for half an hour: make soak DURATION=1800 SEED=1 CROWD=500
	@$(BIN)/python -m scripts.soak $(if $(DURATION),--duration $(DURATION)) $(if $(SEED),--seed $(SEED)) $(if $(CROWD),--crowd $(CROWD))

fuzz: THOROUGHNESS ?= 17
fuzz: $(STAMP) ## Send the Hub 20,000 damaged archives and 50,000 malformed HTTP conversations
	THOROUGHNESS=$(THOROUGHNESS) $(BIN)/pytest tests/hub/test_archive.py tests/hub/test_fuzz.py tests/hub/test_wire.py

serve: $(STAMP) ## Run the embedded Hub on port 8000
	$(BIN)/scramjet-hub

clean: ## Remove everything that make created
	rm -rf $(VENV) build dist reports .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .schemathesis
