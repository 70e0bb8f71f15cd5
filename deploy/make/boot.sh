# Source this file. boot_uv INTERPRETER installs the pinned uv into .boot with pip, and checks its hash.
boot_uv() {
    wanted=$(sed -n 's/^uv==\([0-9.]*\).*/uv \1/p' deploy/make/boot.lock)
    case "$(.boot/bin/uv --version 2>/dev/null)" in "$wanted" | "$wanted "*) return ;; esac
    rm -rf .boot
    "$1" -m venv .boot
    .boot/bin/python -m pip install --quiet --disable-pip-version-check --only-binary :all: --require-hashes \
        -r deploy/make/boot.lock
}
