#!/bin/sh
# Every test, or those under the given paths. Brings the programs they need where that is allowed: as root, with apt.
# Elsewhere the tests that need them are left out, and pytest's last section says which, and how to bring them.
# Usage: test.sh [path…]
set -eu
cd "$(dirname "$0")/../.."
programs="qbittorrent-nox"

missing=
for program in $programs; do command -v "$program" >/dev/null || missing="$missing $program"; done

install_programs() {
    DEBIAN_FRONTEND=noninteractive apt-get install --yes --quiet --quiet --no-install-recommends $missing >/dev/null
}

if [ -n "$missing" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "installing$missing"
    # A list of packages that is missing or old is fetched anew. What still fails is told by pytest, test by test.
    install_programs 2>/dev/null || { apt-get update --quiet --quiet && install_programs; } ||
        echo "apt-get could not install$missing" >&2
fi

# Three processes, each with its own servers, for two cores: whole installations often wait for something.
# conftest.py says what stays together, and what begins first.
# A server named in the environment is one for all, so the tests take turns at it.
workers=3
if [ -n "${GAPLESS_TEST_DATABASE_URL:-}${GAPLESS_TEST_NATS_URL:-}" ]; then workers=0; fi
exec .venv/bin/python -m pytest --numprocesses "$workers" --dist loadgroup --no-loadscope-reorder "$@"
