#!/bin/sh
# Print the path of a Python 3.11 or newer that can create virtual environments, or print an error that says what to do.
# Usage: find-python.sh [interpreter]
set -eu

runs_311() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

found=
for name in ${1:-python3.13 python3.12 python3.11 python3 python}; do
    if runs_311 "$name"; then found=$name; break; fi
done
if [ -z "$found" ]; then
    if [ -n "${1:-}" ]; then
        echo "PYTHON=$1 is not Python 3.11 or newer (or does not run). Example: make install PYTHON=/usr/bin/python3.12" >&2
    else
        echo "Python 3.11 or newer is required but was not found. Install it, or set its path: make install PYTHON=/path/to/python3" >&2
    fi
    exit 1
fi
if ! "$found" -c 'import ensurepip, venv' >/dev/null 2>&1; then
    version=$("$found" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    echo "$found cannot create virtual environments. On Debian or Ubuntu, run: apt-get install python$version-venv" >&2
    exit 1
fi
"$found" -c 'import sys; print(sys.executable)'
