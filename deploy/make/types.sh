#!/bin/sh
# mypy --strict: all packages at once, then each folder of tests by itself, for their modules have the same names.
set -u
cd "$(dirname "$0")/../.."
status=0

.venv/bin/mypy shared/src services/*/src sandbox/src deploy/embedded/src || status=1
for tests in shared/tests services/*/tests sandbox/tests deploy/embedded/tests tests/*/; do
    if [ -n "$(find "$tests" -name '*.py' 2>/dev/null | head -n 1)" ]; then
        printf '%s: ' "$tests"
        .venv/bin/mypy "$tests" || status=1
    fi
done
exit $status
