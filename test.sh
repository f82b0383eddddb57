#!/bin/sh
# Runs every test (sh test.sh), some of them (sh test.sh tests/domain -k quorum) or the benchmarks (sh test.sh bench);
# does all the set-up the first time. Paths in arguments are those of this folder.
set -eu
here=$(dirname -- "$(readlink -f -- "$0")")
# shellcheck source=setup.sh
. "$here/setup.sh"
prepare test
cd "$here"
python=$here/.venv/bin/python
# Each act waits until the disk has it; tests that write into memory wait for nothing. Benchmarks measure the disk.
memory=/dev/shm
if [ "${1:-}" != bench ] && [ -w "$memory" ] && [ "$(df -Pk "$memory" | awk 'NR == 2 {print $4}')" -gt 4000000 ]; then
    scratch=$(mktemp -d -p "$memory")
    export TMPDIR="$scratch"
else
    scratch=$(mktemp -d)
fi
screen=''
window_manager=''
server=''

clean_up() {
    status=$?
    trap - EXIT
    if [ -n "$window_manager" ]; then kill "$window_manager" 2>/dev/null || :; fi
    if [ -n "$screen" ]; then kill "$screen" 2>/dev/null || :; fi
    if [ -n "$server" ]; then as_server "$server/pg_ctl" -D "$scratch/pg/data" -m immediate -s stop || :; fi
    rm -rf "$scratch"
    exit "$status"
}
trap clean_up EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

# PostgreSQL refuses to run as root: then an account without rights runs it.
as_server() {
    if [ "$(id -u)" = 0 ]; then
        runuser -u "$server_user" -- "$@"
    else
        "$@"
    fi
}

start_postgresql() {
    if id postgres >/dev/null 2>&1; then server_user=postgres; else server_user=nobody; fi
    binaries=
    for folder in /usr/lib/postgresql/*/bin; do binaries=$folder; done
    mkdir "$scratch/pg"
    if [ "$(id -u)" = 0 ]; then
        chmod 711 "$scratch"
        chown "$server_user" "$scratch/pg"
    fi
    port=$("$python" -c 'import socket; s = socket.create_server(("127.0.0.1", 0)); print(s.getsockname()[1])')
    server=$binaries
    # The data live as long as the tests: durability would only cost time.
    {
        as_server "$binaries/initdb" -D "$scratch/pg/data" -U deliberation -A trust -E UTF8 --locale=C.UTF-8 --no-sync &&
            as_server "$binaries/pg_ctl" -D "$scratch/pg/data" -l "$scratch/pg/log" -w -t 60 start \
                -o "-h 127.0.0.1 -p $port -k $scratch/pg -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=500"
    } </dev/null >"$scratch/postgresql-start" 2>&1 || {
        cat "$scratch/postgresql-start" "$scratch/pg/log" >&2 || :
        stop "PostgreSQL did not start (see above), so its tests could not run." "PostgreSQL 没有启动（原因见上），测试无法进行。"
    }
    export DELIBERATION_TEST_POSTGRESQL="postgresql+psycopg://deliberation@127.0.0.1:$port/postgres"
}

# A screen without a monitor, with a small window manager, for the tests that press real keys in a real window.
start_screen() {
    Xvfb -displayfd 3 -screen 0 "$1x24" -nolisten tcp 3>"$scratch/display" >"$scratch/screen.log" 2>&1 &
    screen=$!
    tries=0
    until [ -s "$scratch/display" ]; do
        tries=$((tries + 1))
        if [ "$tries" -gt 100 ]; then
            cat "$scratch/screen.log" >&2
            stop "The screen for the tests did not start (see above)." "测试用的屏幕没有启动（原因见上）。"
        fi
        sleep 0.1
    done
    DISPLAY=:$(cat "$scratch/display")
    export DISPLAY
    unset WAYLAND_DISPLAY
    openbox --sm-disable >"$scratch/window-manager.log" 2>&1 &
    window_manager=$!
}

export QT_QPA_PLATFORM="${QT_QPA_PLATFORM:-offscreen}"
if [ "${1:-}" = bench ]; then
    shift
    start_screen 3286x1080 # the chair's window and the room's, side by side
    "$python" -m tests.benchmarks "$@"
else
    start_screen 1366x768
    start_postgresql
    if [ "$#" = 0 ]; then
        "$python" -m ruff check .
        "$python" -m mypy
        # As many at once as there are processors, the tests of one file together; those that press keys against the
        # clock of a real window come after them, alone.
        "$python" -m pytest -n auto --maxprocesses 4 --dist loadfile --ignore=tests/live
        set -- tests/live
    fi
    "$python" -m pytest "$@"
fi
