#!/bin/sh
# Install into this checkout: the pinned uv into .boot, the pinned dependencies and our packages (editable) into .venv.
# Usage: install.sh [interpreter]
set -eu
cd "$(dirname "$0")/../.."
here=$(pwd -P)
python=$(deploy/make/find-python.sh "${1:-}")

. deploy/make/boot.sh
boot_uv "$python"

use_pip_index

# A virtual environment contains absolute paths. If the folder was moved, create it again.
if ! .venv/bin/python -c "import sys, pathlib; sys.exit(pathlib.Path(sys.prefix).resolve() != pathlib.Path('$here/.venv'))" 2>/dev/null
then
    .boot/bin/uv venv --quiet --clear --python "$python" .venv
fi
export VIRTUAL_ENV="$here/.venv"
.boot/bin/uv pip install --quiet --require-hashes -r requirements.lock
set --
for project in */pyproject.toml clients/*/pyproject.toml services/*/pyproject.toml deploy/*/pyproject.toml tests/*/pyproject.toml; do
    set -- "$@" -e "${project%/pyproject.toml}"
done
.boot/bin/uv pip install --quiet --no-deps "$@"
