#!/bin/sh
# Install into this checkout: the pinned uv into .boot, the pinned dependencies and our packages (editable) into .venv.
# Usage: install.sh [interpreter]
set -eu
cd "$(dirname "$0")/../.."
here=$(pwd -P)
python=$(deploy/make/find-python.sh "${1:-}")

. deploy/make/boot.sh
boot_uv "$python"

# uv uses the same index as pip on this machine, and the certificates that the system trusts.
index=${PIP_INDEX_URL:-$(.boot/bin/python -m pip config get global.index-url 2>/dev/null || true)}
if [ -n "$index" ]; then export UV_DEFAULT_INDEX="${UV_DEFAULT_INDEX:-$index}"; fi
if [ -e /etc/ssl/certs/ca-certificates.crt ]; then export UV_SYSTEM_CERTS=1; fi

# A virtual environment contains absolute paths. If the folder was moved, create it again.
if ! .venv/bin/python -c "import sys, pathlib; sys.exit(pathlib.Path(sys.prefix).resolve() != pathlib.Path('$here/.venv'))" 2>/dev/null
then
    .boot/bin/uv venv --quiet --clear --python "$python" .venv
fi
export VIRTUAL_ENV="$here/.venv"
.boot/bin/uv pip install --quiet --require-hashes -r requirements.lock
set --
for project in */pyproject.toml services/*/pyproject.toml deploy/*/pyproject.toml tests/*/pyproject.toml; do
    set -- "$@" -e "${project%/pyproject.toml}"
done
.boot/bin/uv pip install --quiet --no-deps "$@"
