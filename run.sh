#!/bin/sh
# Opens the program (sh run.sh) or runs one of its commands (sh run.sh demo); does all the set-up the first time.
set -eu
here=$(dirname -- "$(readlink -f -- "$0")")
# shellcheck source=setup.sh
. "$here/setup.sh"
prepare run
exec "$here/.venv/bin/python" "$here/main.py" "$@"
