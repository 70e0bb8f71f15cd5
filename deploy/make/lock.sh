#!/bin/sh
# Pin every dependency with hashes. A pin that is still allowed is kept; UPGRADE=1 pins the newest versions instead.
# uv's own lock file contains registry addresses, so it is not used.
set -eu
cd "$(dirname "$0")/../.."
uv=.boot/bin/uv
projects=$(grep -l '^\[project\]' pyproject.toml shared/pyproject.toml services/*/pyproject.toml cli/pyproject.toml \
    sandbox/pyproject.toml deploy/*/pyproject.toml tests/harness/pyproject.toml bench/pyproject.toml)
ours=$(sed -n 's/^name = "\(gapless[a-z-]*\)"$/--no-emit-package \1/p' $projects)
upgrade=${UPGRADE:+--upgrade}

$uv pip compile --quiet --universal --generate-hashes --no-header $upgrade $ours --group dev \
    --output-file requirements.lock $projects
version=$($uv --version | cut -d ' ' -f 2)
echo "uv==$version" | $uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate \
    --output-file deploy/make/boot.lock -
# Node, which only the dashboard needs, is no part of what `make install` installs.
$uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate $upgrade \
    --group pyproject.toml:dashboard --output-file deploy/make/node.lock
if grep -n '://' requirements.lock deploy/make/boot.lock deploy/make/node.lock; then
    echo "the lock contains an address (see above): remove the requirement that names it" >&2
    exit 1
fi
