# Sourced by tests/run and benches/run: a private PostgreSQL server that goes when the script ends. Durability is left as
# PostgreSQL comes (fsync, synchronous_commit, full_page_writes), because tests and figures are about it.
# Needs tools.sh. Sets POSTGRES_URL, a superuser's address.

postgres_folder=

# PostgreSQL refuses to run as root; then it runs as its own user, or as nobody.
as_postgres() {
    if [ "$(id -u)" != 0 ]; then
        "$@"
    elif id -u postgres >/dev/null 2>&1; then
        (cd / && runuser -u postgres -- "$@")
    else
        (cd / && setpriv --reuid=nobody --regid="$(id -g nobody)" --clear-groups -- "$@")
    fi
}

# start_postgres FOLDER: FOLDER must not exist yet, and its parents must be open to everybody.
start_postgres() {
    local programs port password attempt
    programs=$(postgres_programs) || fail "no PostgreSQL server is installed"
    postgres_folder=$1
    mkdir -p "$postgres_folder"
    [ "$(id -u)" != 0 ] || chown "$(id -u postgres 2>/dev/null || id -u nobody)" "$postgres_folder"
    password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
    (umask 077 && echo "$password" >"$postgres_folder/password")
    [ "$(id -u)" != 0 ] || chown --reference="$postgres_folder" "$postgres_folder/password"
    as_postgres "$programs/initdb" --pgdata="$postgres_folder/data" --username=postgres --encoding=UTF8 \
        --locale=C.UTF-8 --auth=scram-sha-256 --pwfile="$postgres_folder/password" >"$postgres_folder.log" 2>&1 ||
        { cat "$postgres_folder.log" >&2 && fail "initdb could not make a PostgreSQL cluster"; }
    for attempt in 1 2 3 4 5; do
        port=$(free_port)
        if as_postgres "$programs/pg_ctl" --pgdata="$postgres_folder/data" --log="$postgres_folder/server.log" --wait --silent \
            --options="-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=300" \
            start >>"$postgres_folder.log" 2>&1; then
            POSTGRES_URL="postgres://postgres:$password@127.0.0.1:$port/postgres"
            export POSTGRES_URL
            return
        fi
    done
    as_postgres cat "$postgres_folder/server.log" >&2 || true
    fail "PostgreSQL did not start after $attempt tries"
}

stop_postgres() {
    [ -n "$postgres_folder" ] || return 0
    as_postgres "$(postgres_programs)/pg_ctl" --pgdata="$postgres_folder/data" --mode=immediate --silent stop \
        >/dev/null 2>&1 || true
    rm -rf "$postgres_folder" "$postgres_folder.log"
    postgres_folder=
}
