# Everything a person does with this checkout. `make` alone lists it.
# What is installed goes into this folder (.boot, .venv) and nowhere else.

PYTHON ?=
VENV := .venv/bin
PROJECTS := pyproject.toml $(wildcard */pyproject.toml services/*/pyproject.toml deploy/*/pyproject.toml tests/*/pyproject.toml)
STAMP := .venv/.installed

export UV_PYTHON_DOWNLOADS := never
# Only these pass from make's command line or the environment into the programs.
export WORLD ONCE TASK CASES COMPARE

.DEFAULT_GOAL := help
.PHONY: help install demo up sandbox test e2e compose-check check fuzz format bench bench-books messages lock

# An environment that was moved or copied with its folder holds the old paths: the stamp says where it was made.
ifneq ($(shell cat $(STAMP) 2>/dev/null),$(CURDIR))
.PHONY: $(STAMP)
endif

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1|/p' Makefile | awk -F'|' '{ printf "make %-12s %s\n", $$1, $$2 }'

install: $(STAMP) ## everything the other commands need, into .boot and .venv (PYTHON=… picks the interpreter)

$(STAMP): requirements.lock deploy/make/boot.lock $(PROJECTS)
	@deploy/make/install.sh "$(PYTHON)"
	@printf '%s\n' '$(CURDIR)' > $@

demo: $(STAMP) ## one whole cycle on one machine (WORLD=path/to/world.json, ONCE=1 to end with the cycle)
	@$(VENV)/gapless demo

up: $(STAMP) ## Gapless on one machine without containers, set up from .env
	@$(VENV)/gapless up

sandbox: $(STAMP) ## only the stand-ins of the outside systems (WORLD=path/to/world.json)
	@$(VENV)/python -m sandbox

test: $(STAMP) ## every test; brings what it needs from the system's packages where it may
	@deploy/make/test.sh

e2e: $(STAMP) ## the end-to-end tests alone
	@deploy/make/test.sh tests/e2e

check: $(STAMP) ## format, ruff, mypy, import rules, unit tests
	@deploy/make/check.sh

fuzz: $(STAMP) ## any request to any path against a whole installation (CASES=20000 at least, SEED=1)
	@ANY_REQUEST_CASES="$(or $(CASES),20000)" $(VENV)/python -m pytest -p no:randomly --maxfail=1000 \
		--hypothesis-seed="$(or $(SEED),0)" tests/e2e/test_any_request.py

format: $(STAMP) ## put every file into the house's format
	@$(VENV)/ruff check --quiet --fix-only .
	@$(VENV)/ruff format .

compose-check: $(STAMP) ## the compose installation with one part after another killed (needs Docker; PARTS="nats gateway" for some)
	@$(VENV)/python -m tests.compose $(PARTS)

bench: $(STAMP) ## speed and memory, beside what the parts can do; writes bench.json (COMPARE=old.json)
	@$(VENV)/python -m bench

bench-books: $(STAMP) ## predictions for one task of the book knowledge (TASK=T1 CASES=cases.jsonl)
	@$(VENV)/gapless bench "$(TASK)" "$(CASES)"

messages: $(STAMP) ## write docs/messages.md anew from the contracts and subscriptions
	@$(VENV)/python -m generation

lock: $(STAMP) ## pin every dependency anew, with hashes and without addresses
	@deploy/make/lock.sh
