# Everything a person types. Prerequisites: Python 3.11 or later, git and make.

.PHONY: help setup setup-browser demo test lint bench screenshots fresh clean
.DEFAULT_GOAL := help

# The first Python on the machine that is new enough; PYTHON=… chooses another.
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
  $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { command -v $$python; break; }; done)
need-python = test -n "$(PYTHON)" || { echo "Desaga needs Python 3.11 or later: sudo apt-get install python3 python3-venv"; exit 1; }
BIN := .venv/bin
WORKERS ?= 2
# What `make bench` measures; the names of files in bench/.
BENCH ?= $(basename $(notdir $(wildcard bench/[a-z]*.py)))
# The rooms of every slice that answer for their types.
TYPED := $(wildcard $(foreach room,states queries rules operations,src/desaga/*/$(room).py src/desaga/*/$(room)/*.py)) \
  $(wildcard src/desaga/documents/*.py src/desaga/charts/*.py src/desaga/disclosure/*.py src/desaga/plans/reading/*.py src/desaga/plans/proposing/*.py src/desaga/evidence/files/*.py src/desaga/placements/assigning/*.py src/desaga/frameworks/shipped/*.py $(addprefix src/desaga/frameworks/,$(addsuffix .py,mapping moving reading wordings))) \
  $(wildcard src/desaga/federation/saml/*.py) $(addprefix src/desaga/governance/,money.py wording.py) \
  $(wildcard src/desaga/workforce/reading/*.py) src/desaga/workforce/sealing.py \
  $(addprefix src/desaga/reviews/,comparing.py freezing.py packs.py papers.py) \
  $(wildcard src/desaga/reports/filling/*.py src/desaga/reports/shipped/*.py $(addprefix src/desaga/reports/,$(addsuffix .py,counting drafting figures kinds))) \
  $(wildcard src/desaga/workforce/releasing/*.py) $(addprefix src/desaga/workforce/feed/,$(addsuffix .py,schema asking conditions filtering legal rows answering reading)) \
  $(wildcard src/desaga/workforce/figuring/*.py src/desaga/workforce/readiness/*.py src/desaga/workforce/defining/*.py $(addprefix src/desaga/workforce/,$(addsuffix .py,population populating compared defined defined_whom jobs indicators readying))) \
  $(filter-out tools/screenshots.py,$(wildcard tools/*.py tools/house_lint/*.py))

help: ## what there is to type
	@sed -n 's/^\([a-z]*\):.*## /  make \1@/p' $(MAKEFILE_LIST) | awk -F@ '{ printf "%-20s %s\n", $$1, $$2 }'

setup: ## make .venv, the assets, and what Debian's packages give; quick the second time
	@$(need-python)
	@"$(PYTHON)" tools/setup.py

setup-browser:
	@$(need-python)
	@"$(PYTHON)" tools/setup.py --browser

demo: setup ## serve Desaga with two invented organisations on 127.0.0.1:8000 (PORT=… for another)
	@exec $(BIN)/desaga demo

test: setup-browser lint ## lint, then every test and journey; nothing may be skipped
	$(BIN)/pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder -p tools.no_skips

lint: setup ## style, types, layers, templates, words
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/python -m tools.lint
	$(BIN)/lint-imports --no-cache
	$(BIN)/djlint src --lint --quiet
	$(BIN)/bandit -c pyproject.toml -r src -q 2>/dev/null
	@echo "$(BIN)/mypy of $(words $(TYPED)) files"; $(BIN)/mypy $(TYPED)

bench: setup ## what is fast, measured, each beside its limit; BENCH="panels saving" for some alone
	@failed=; for name in $(BENCH); do echo "bench/$$name.py"; $(BIN)/python bench/$$name.py || failed="$$failed $$name"; done; \
	test -z "$$failed" || { echo "Not within their limits:$$failed"; exit 1; }

screenshots: setup-browser ## pictures of the demo's pages, wide and narrow, into build/screenshots
	$(BIN)/python -m tools.screenshots

fresh: ## clone HEAD elsewhere, run the README's commands there, sign in, look, stop
	@$(need-python)
	@"$(PYTHON)" tools/fresh.py

clean: ## remove what was made; keeps the demo's data in var/
	rm -rf .venv node_modules build dist src/desaga/ui/static/ui/build .pytest_cache .mypy_cache .ruff_cache .hypothesis
