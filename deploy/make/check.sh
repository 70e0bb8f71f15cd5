#!/bin/sh
# Format, lint, types, import rules, unit tests. Runs all of them, also after one has failed, and ends with the failures' names.
set -u
cd "$(dirname "$0")/../.."
failed=

step() {
    name=$1
    shift
    echo "── $name"
    "$@" || failed="$failed $name"
}

step format .venv/bin/ruff format --check --quiet .
step ruff .venv/bin/ruff check --quiet .
step types .venv/bin/python deploy/make/types.py
step imports .venv/bin/lint-imports --cache-dir .import_linter_cache
step unit .venv/bin/python -m pytest -q -p no:cacheprovider $(.venv/bin/python deploy/make/unit_tests.py)

if [ -n "$failed" ]; then
    echo "make check failed in:$failed" >&2
    exit 1
fi
