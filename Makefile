# All commands for working with this checkout. `make` alone lists them.
# Everything is installed into this folder (.boot, .venv).

PYTHON ?=
VENV := .venv/bin
PROJECTS := pyproject.toml $(wildcard */pyproject.toml clients/*/pyproject.toml services/*/pyproject.toml deploy/*/pyproject.toml tests/*/pyproject.toml)
STAMP := .venv/.installed
NODE := .venv/.node
CHART_TOOLS := .venv/.chart
DOCS_TOOLS := .venv/.docs
NODE_PACKAGES := dashboard/node_modules/.installed
API_TYPES := dashboard/src/api/schema.d.ts
DASHBOARD := services/gateway/src/gateway/dashboard/built/index.html
# Not expanded before a target needs it.
DASHBOARD_SOURCES = $(shell find dashboard -type d -name node_modules -prune -o -type f -print)

export UV_PYTHON_DOWNLOADS := never
# Only these variables of make are passed on to the programs.
export WORLD ONCE TASK CASES COMPARE
NPM := PATH="$(CURDIR)/.venv/bin:$$PATH" npm --prefix dashboard

.DEFAULT_GOAL := help
.PHONY: help install demo up sandbox test e2e compose-check check fuzz exactly-once cluster-check format bench bench-books \
	messages docs release lock \
	dashboard dashboard-dev dashboard-check dashboard-if-possible screenshots

# A virtual environment contains absolute paths and does not survive a move. The stamp holds the folder it was made in.
ifneq ($(shell cat $(STAMP) 2>/dev/null),$(CURDIR))
.PHONY: $(STAMP)
endif

help: ## list the commands
	@sed -n 's/^\([a-z-]*\):.*## /\1|/p' Makefile | awk -F'|' '{ printf "make %-15s %s\n", $$1, $$2 }'

install: $(STAMP) ## install what the other commands need into .boot and .venv (PYTHON=… selects the interpreter)

$(STAMP): requirements.lock deploy/make/boot.lock $(PROJECTS)
	@deploy/make/install.sh "$(PYTHON)"
	@printf '%s\n' '$(CURDIR)' > $@

demo: $(STAMP) $(if $(ONCE),,dashboard-if-possible) ## run one cycle against the sandbox (WORLD=path/to/world.json; ONCE=1 stops after the cycle)
	@$(VENV)/gapless demo

up: $(STAMP) dashboard-if-possible ## run Gapless on this machine without containers, configured by .env
	@$(VENV)/gapless up

dashboard: $(DASHBOARD) ## build the dashboard that the gateway serves to browsers

dashboard-dev: $(API_TYPES) ## serve the dashboard with live reload (GAPLESS_URL=http://… of a running gateway)
	@$(NPM) run dev

dashboard-check: $(API_TYPES) ## check types and style of the dashboard, and run its unit tests
	@$(NPM) run --silent check

screenshots: $(DASHBOARD) ## write docs/screenshots, as the browser tests see the pages
	@SCREENSHOTS=docs/screenshots $(VENV)/python -m pytest -n0 -q -k every_page_is_accessible tests/dashboard/test_dashboard.py

dashboard-if-possible: $(STAMP)
	@$(MAKE) --no-print-directory dashboard || \
		echo "The dashboard could not be built (see above), so the gateway serves only the REST API." >&2

$(NODE): deploy/make/node.lock | $(STAMP)
	@deploy/make/install-lock.sh $<
	@touch $@

$(CHART_TOOLS): deploy/make/chart.lock | $(STAMP)
	@deploy/make/install-lock.sh $<
	@touch $@

$(DOCS_TOOLS): deploy/make/docs.lock | $(STAMP)
	@deploy/make/install-lock.sh $<
	@touch $@

$(NODE_PACKAGES): dashboard/package-lock.json $(NODE)
	@echo "installing what builds the dashboard"
	@$(NPM) ci --no-progress --loglevel error
	@touch $@

$(API_TYPES): tests/contract/openapi.json $(NODE_PACKAGES)
	@$(NPM) run --silent types >/dev/null

# Vite empties the folder first and writes index.html last.
$(DASHBOARD): $(API_TYPES) $(DASHBOARD_SOURCES)
	@echo "building the dashboard"
	@$(NPM) run --silent build
	@touch $@

sandbox: $(STAMP) ## run only the stand-ins of the outside systems (WORLD=path/to/world.json)
	@$(VENV)/python -m sandbox serve --world "$(or $(WORLD),sandbox/worlds/small.json)"

test: $(STAMP) $(CHART_TOOLS) $(DOCS_TOOLS) ## run every test; as root, install the system packages that the tests need
	@deploy/make/test.sh

e2e: $(STAMP) ## run only the end-to-end tests
	@deploy/make/test.sh tests/e2e

check: $(STAMP) ## check format, lint, types, import rules and unit tests
	@deploy/make/check.sh

fuzz: $(STAMP) ## send generated requests to every path of a complete installation (CASES=20000, SEED=1)
	@ANY_REQUEST_CASES="$(or $(CASES),20000)" $(VENV)/python -m pytest -p no:randomly --maxfail=1000 \
		--hypothesis-seed="$(or $(SEED),0)" tests/e2e/test_any_request.py

exactly-once: $(STAMP) ## kill what downloads many wanted books, and count torrents and imports (BOOKS=200, SEED=1)
	@EXACTLY_ONCE_BOOKS="$(or $(BOOKS),200)" EXACTLY_ONCE_SEED="$(SEED)" $(VENV)/python -m pytest -n0 \
		tests/e2e/test_exactly_once.py

cluster-check: $(STAMP) ## kill and restart parts of a cluster during many cycles (ROUNDS=30, SEED=1)
	@CLUSTER_ROUNDS="$(or $(ROUNDS),30)" CLUSTER_SEED="$(SEED)" $(VENV)/python -m pytest -n0 -s -v -p no:randomly \
		tests/e2e/test_cluster.py

format: $(STAMP) ## format every file
	@$(VENV)/ruff check --quiet --fix-only .
	@$(VENV)/ruff format .

compose-check: $(STAMP) ## run the compose files and kill one container after another (needs Docker; PARTS="nats small" selects)
	@$(VENV)/python -m tests.compose $(PARTS)

bench: $(STAMP) ## measure speed and memory; write bench.json (COMPARE=old.json)
	@$(VENV)/python -m bench

bench-books: $(STAMP) ## print predictions for one benchmark task (TASK=T1 CASES=cases.jsonl)
	@$(VENV)/gapless bench "$(TASK)" "$(CASES)"

messages: $(STAMP) ## write the generated files: docs/messages.md, .env.example and the contract snapshots
	@$(VENV)/python -m generation

docs: $(DOCS_TOOLS) ## build the documentation as a site into var/site, and check every link
	@NO_MKDOCS_2_WARNING=1 $(VENV)/mkdocs build --strict --quiet
	@echo "var/site/index.html"

release: $(STAMP) messages ## store the contracts and a dump of this version, which later versions are tested against
	@$(VENV)/python -m harness.release

lock: $(STAMP) ## pin new dependencies and keep the present pins (UPGRADE=1 pins the newest versions)
	@UPGRADE="$(UPGRADE)" deploy/make/lock.sh
