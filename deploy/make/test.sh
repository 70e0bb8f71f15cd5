#!/bin/sh
# Run every test, or those under the given paths. As root, install the programs that they need with apt.
# Otherwise the tests that need a missing program are not run; pytest names them at the end, with the command to install it.
# Usage: test.sh [path…]
set -eu
cd "$(dirname "$0")/../.."
programs="qbittorrent-nox transmission-daemon chromium prometheus nginx caddy"

missing=
for program in $programs; do command -v "$program" >/dev/null || missing="$missing $program"; done

install_programs() {
    DEBIAN_FRONTEND=noninteractive apt-get install --yes --quiet --quiet --no-install-recommends $missing >/dev/null
}

if [ -n "$missing" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "installing$missing"
    # If the package list is missing or out of date, update it and try again. pytest names the tests that cannot run.
    install_programs 2>/dev/null || { apt-get update --quiet --quiet && install_programs; } ||
        echo "apt-get could not install$missing" >&2
fi

# The tests in a browser need the built dashboard. They fail without it, and say why.
make --no-print-directory dashboard-if-possible

# Python and pytest compile a module once and keep the result. Without it, each process would compile all modules again.
unset PYTHONDONTWRITEBYTECODE

# Four processes, each with its own servers, keep two cores busy: the end-to-end tests often wait.
# conftest.py decides which tests run in one process, and which start first.
# A server that is given in the environment is shared, so the tests must run one after another.
workers=4
if [ -n "${GAPLESS_TEST_DATABASE_URL:-}${GAPLESS_TEST_NATS_URL:-}" ]; then workers=0; fi
exec .venv/bin/python -m pytest --numprocesses "$workers" --dist loadscope --no-loadscope-reorder "$@"
