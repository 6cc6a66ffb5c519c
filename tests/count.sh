# shellcheck shell=bash disable=SC2154
# Sourced by tests/run: cargo test on one database or the other, and what ran where. Needs a folder $temporary.
#
# tests/support/database.rs is the only way for a test to get a database, and adds a line to $TEST_OPENED when it makes one:
# `sqlite it::feed::…`. Which tests use a database is read from there and not from names or lists that somebody keeps: the
# tests with a line in the run on SQLite run again on PostgreSQL, and count for it only with a line that says so. Left out are
# those of modules named sqlite_only, which try what PostgreSQL does not have: a file that can be copied, locked, put back; and
# those named screen, which try what a browser does with pages and would find nothing new on another database.

# What begins now, and after how long, which tells what to shorten.
step() { echo "== $((SECONDS / 60)) min $((SECONDS % 60)) s: $*" >&2; }

# What must not be overlooked; `conclude` prints it last.
failures=()

# run_tests DATABASE [TEST…]: these tests, or all. Sets passed; leaves $temporary/DATABASE.opened.
run_tests() {
    local database=$1 log=$temporary/$1.log opened=$temporary/$1.opened status=0 failed
    shift
    : >"$opened"
    # more threads than cores, since tests mostly wait; never a single one, with which tests have no thread of their own, whose
    # name is the test's
    TEST_DATABASE=$database TEST_OPENED=$opened RUST_TEST_THREADS=$(($(nproc) + 1)) \
        cargo test --features parquet --no-fail-fast -- --show-output ${1:+--exact} "$@" 2>&1 | tee "$log" >&2 || status=$?
    while IFS= read -r failed; do
        failures+=("on $database: $failed")
    done < <(sed -n 's/^test \(.*\) \.\.\. FAILED$/\1/p' "$log")
    passed=$(results "$log" 4)
    [ "$status" = 0 ] || failures+=("on $database: cargo test ended with $status, $(results "$log" 6) tests failed")
    [ "$passed" -gt 0 ] || failures+=("on $database: no test ran")
    [ "$(results "$log" 8)" = 0 ] || failures+=("on $database: $(results "$log" 8) tests were left out as ignored")
}

# The sum of one word of `test result: ok. 7 passed; 0 failed; 0 ignored; …`.
results() { awk -v word="$2" '/^test result:/ { sum += $word } END { print sum + 0 }' "$1"; }

# tests_of DATABASE RUN: the tests that were given this database in this run, as program::test.
tests_of() { sed -n "s/^$1 //p" "$temporary/$2.opened" | sort -u; }

# The whole suite once on SQLite, then the tests that use a database on PostgreSQL.
run_both() {
    local everything astray
    step "everything on SQLite"
    run_tests sqlite
    everything=$passed
    tests_of sqlite sqlite >"$temporary/sqlite.tests"
    sqlite=$(wc -l <"$temporary/sqlite.tests")
    if [ "$sqlite" = 0 ]; then
        failures+=("on sqlite: no test opened a database")
        return
    fi
    grep -v -e '::sqlite_only::' -e '^e2e::screen::' "$temporary/sqlite.tests" >"$temporary/both.tests" || true
    sqlite_only=$((sqlite - $(wc -l <"$temporary/both.tests")))
    step "what has a database on PostgreSQL"
    # shellcheck disable=SC2046 # names of tests have no spaces
    run_tests postgres $(sed 's/^[^:]*:://' "$temporary/both.tests")
    tests_of postgres postgres >"$temporary/postgres.tests"
    postgres=$(wc -l <"$temporary/postgres.tests")
    while IFS= read -r astray; do
        failures+=("not on both databases: $astray")
    done < <(comm -3 "$temporary/both.tests" "$temporary/postgres.tests" | tr -d '\t')
    pure=$((everything - sqlite))
    [ ${#failures[@]} -gt 0 ] || [ "$passed" = "$postgres" ] ||
        failures+=("on postgres: $passed tests passed, $postgres were given a database")
}

# The last words: what failed, or how many tests ran where.
conclude() {
    if [ ${#failures[@]} -gt 0 ]; then
        printf '%s\n' "FAILED:" "${failures[@]/#/  }" >&2
        return 1
    fi
    echo "$pure tests need no database; on SQLite $sqlite ($sqlite_only only there), on PostgreSQL $postgres"
    echo "$((pure + sqlite + postgres)) passed, 0 failed"
}
