#!/bin/sh
# Check format, lint, types, import rules and unit tests. Runs every step even if one fails, then names those that failed.
# Unit tests are those that need no server; test.sh runs all tests. With CI=true they are left to test.sh, which runs next.
# The type check takes as long as all other steps, so it runs in parallel with them.
set -u
cd "$(dirname "$0")/../.."
failed=
unit_tests=$(ls -d shared/tests/books shared/tests/contracts shared/tests/chassis/test_http.py \
    shared/tests/chassis/test_logging.py shared/tests/chassis/test_settings.py tests/architecture services/*/tests/domain \
    2>/dev/null)
types=$(mktemp)
trap 'rm -f "$types"' EXIT

step() {
    name=$1
    shift
    echo "── $name"
    "$@" || failed="$failed $name"
}

deploy/make/types.sh >"$types" 2>&1 &
types_process=$!
step format .venv/bin/ruff format --check --quiet .
step ruff .venv/bin/ruff check --quiet .
step imports .venv/bin/lint-imports
step dashboard make --no-print-directory dashboard-check
[ -n "${CI:-}" ] || step unit .venv/bin/python -m pytest --quiet $unit_tests
echo "── types"
wait "$types_process" || failed="$failed types"
cat "$types"

if [ -n "$failed" ]; then
    echo "make check failed in:$failed" >&2
    exit 1
fi
