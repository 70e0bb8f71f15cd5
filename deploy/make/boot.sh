# Source this file.

# boot_uv INTERPRETER installs the pinned uv into .boot with pip, and checks its hash.
boot_uv() {
    wanted=$(sed -n 's/^uv==\([0-9.]*\).*/uv \1/p' deploy/make/boot.lock)
    case "$(.boot/bin/uv --version 2>/dev/null)" in "$wanted" | "$wanted "*) return ;; esac
    rm -rf .boot
    "$1" -m venv .boot
    .boot/bin/python -m pip install --quiet --disable-pip-version-check --only-binary :all: --require-hashes \
        -r deploy/make/boot.lock
}

# Let uv use the same index as pip on this machine, and the certificates that the system trusts.
use_pip_index() {
    index=${PIP_INDEX_URL:-$(.boot/bin/python -m pip config get global.index-url 2>/dev/null || true)}
    if [ -n "$index" ]; then export UV_DEFAULT_INDEX="${UV_DEFAULT_INDEX:-$index}"; fi
    if [ -e /etc/ssl/certs/ca-certificates.crt ]; then export UV_SYSTEM_CERTS=1; fi
}
