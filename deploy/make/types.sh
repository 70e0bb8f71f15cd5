#!/bin/sh
# mypy --strict: all packages together, then each test folder alone, because test modules of different folders share names.
set -u
cd "$(dirname "$0")/../.."
status=0

.venv/bin/mypy shared/src services/*/src cli/src clients/python/src sandbox/src deploy/*/src tests/harness/src bench/src || status=1
for tests in shared/tests services/*/tests cli/tests clients/python/tests sandbox/tests deploy/*/tests bench/tests tests/architecture tests/dashboard tests/first_steps tests/compose \
    tests/contract tests/decisions tests/e2e tests/harness/tests tests/observability tests/upgrades; do
    if [ -n "$(find "$tests" -name '*.py' 2>/dev/null | head -n 1)" ]; then
        printf '%s: ' "$tests"
        .venv/bin/mypy "$tests" || status=1
    fi
done
exit $status
