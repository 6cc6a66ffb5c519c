# Sourced by tests/run and benches/run: sentences on failure, and tools that are installed where they are missing.

fail() {
    echo "$(basename "$0"): $*" >&2
    exit 1
}

# Runs a command as root, where that is possible without asking anybody.
as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

may_install() {
    command -v apt-get >/dev/null && { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }
}

# install_debian PACKAGE…: quiet; the lists of packages may be old or absent, so they are fetched before a second try.
install_debian() {
    may_install || fail "these Debian packages are missing and this user may not install them: $*. Ask for: apt-get install $*"
    local log
    log=$(mktemp)
    local install=(env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@")
    if ! as_root "${install[@]}" >"$log" 2>&1; then
        as_root apt-get update -q >>"$log" 2>&1 || true
        if ! as_root "${install[@]}" >>"$log" 2>&1; then
            tail -n 20 "$log" >&2
            rm -f "$log"
            fail "apt-get could not install: $*. Its last words stand above"
        fi
    fi
    rm -f "$log"
}

missing_packages=()

# wants PACKAGE COMMAND…: remembers the package when the command that shows its presence fails.
wants() {
    local package=$1
    shift
    "$@" >/dev/null 2>&1 || missing_packages+=("$package")
}

install_missing() {
    [ ${#missing_packages[@]} = 0 ] && return
    echo "installing ${missing_packages[*]}" >&2
    install_debian "${missing_packages[@]}"
    missing_packages=()
}

has() { command -v "$1"; }

# The folder of the newest PostgreSQL server's programs.
postgres_programs() {
    local folder
    folder=$(find /usr/lib/postgresql -mindepth 2 -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -n 1)
    if [ -n "$folder" ] && [ -x "$folder/initdb" ]; then
        echo "$folder"
    elif has initdb >/dev/null; then
        dirname "$(command -v initdb)"
    else
        return 1
    fi
}

require_rust() {
    has cargo >/dev/null || fail "cargo is missing. Install Rust from https://rustup.rs"
    has cc >/dev/null || fail "a C compiler is missing. Install it with: apt-get install gcc libc6-dev"
    local component
    for component in "$@"; do
        cargo "$component" --version >/dev/null 2>&1 && continue
        has rustup >/dev/null || fail "cargo $component is missing, and so is rustup, which would install it"
        rustup component add "${component/fmt/rustfmt}" >/dev/null 2>&1 || fail "rustup could not add cargo $component"
    done
}

# A port of this machine on which nobody listens.
free_port() {
    local port
    while :; do
        port=$((20000 + RANDOM % 12000))
        (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break
    done
    echo "$port"
}
