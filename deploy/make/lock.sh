#!/bin/sh
# Pin every dependency with hashes. A pin that is still allowed is kept; UPGRADE=1 pins the newest versions instead.
# uv's own lock file contains registry addresses, so it is not used.
set -eu
cd "$(dirname "$0")/../.."
uv=.boot/bin/uv
projects=$(grep -l '^\[project\]' pyproject.toml shared/pyproject.toml services/*/pyproject.toml cli/pyproject.toml clients/python/pyproject.toml \
    sandbox/pyproject.toml deploy/*/pyproject.toml tests/harness/pyproject.toml bench/pyproject.toml)
ours=$(sed -n 's/^name = "\(gapless[a-z-]*\)"$/--no-emit-package \1/p' $projects)
upgrade=${UPGRADE:+--upgrade}

$uv pip compile --quiet --universal --generate-hashes --no-header $upgrade $ours --group dev \
    --output-file requirements.lock $projects
version=$($uv --version | cut -d ' ' -f 2)
echo "uv==$version" | $uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate \
    --output-file deploy/make/boot.lock -
# Node and the tools of the chart and of the documentation are no part of what `make install` installs.
for group in dashboard chart docs; do
    case $group in dashboard) lock=node ;; *) lock=$group ;; esac
    $uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate $upgrade --constraint requirements.lock \
        --group pyproject.toml:$group --output-file deploy/make/$lock.lock
done
if grep -n '://' requirements.lock deploy/make/*.lock; then
    echo "the lock contains an address (see above): remove the requirement that names it" >&2
    exit 1
fi
deploy/make/arm64.sh
