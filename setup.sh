# Read by run.sh and test.sh with `here` set: `prepare run` or `prepare test` installs what is missing, once.
# A prepared checkout is known by a checksum, so that a later start asks neither uv nor the network.
# shellcheck shell=sh disable=SC2154

uv_version=0.13.9

# Debian's libraries the windows need, by the file the loader looks for (package names change between releases).
window_libraries='libglib-2.0.so.0 libglib2.0-0
libEGL.so.1 libegl1
libGL.so.1 libgl1
libxkbcommon.so.0 libxkbcommon0
libdbus-1.so.3 libdbus-1-3
libfontconfig.so.1 libfontconfig1
libgssapi_krb5.so.2 libgssapi-krb5-2
libxcb-cursor.so.0 libxcb-cursor0
libxkbcommon-x11.so.0 libxkbcommon-x11-0
libxcb-icccm.so.4 libxcb-icccm4
libxcb-keysyms.so.1 libxcb-keysyms1
libxcb-shape.so.0 libxcb-shape0'

# What the tests need besides: a database server, a screen without a monitor, real keys, pages as pictures, a word
# processor, a print system with a printer that writes files, a bus as desktops have one.
test_commands='Xvfb xvfb
openbox openbox
xdotool xdotool
xrandr x11-xserver-utils
pdftoppm poppler-utils
lp cups-client
dbus-daemon dbus
soffice libreoffice-writer-nogui
shellcheck shellcheck'

# One sentence in English or Chinese, by the locale of the shell; standard output belongs to the program.
say() {
    case ${LC_ALL:-${LC_MESSAGES:-${LANG:-}}} in
        zh*) printf '%s\n' "$2" >&2 ;;
        *) printf '%s\n' "$1" >&2 ;;
    esac
}

stop() {
    say "$1" "$2"
    exit 1
}

# Changes whenever the set-up has to run again: other dependencies, other translations, a moved checkout.
fingerprint() {
    { printf '%s\n' "$here" && cat "$here/uv.lock" "$here/pyproject.toml" "$here/setup.sh" \
        "$here"/resources/translations/*/LC_MESSAGES/*.po 2>/dev/null; } | cksum
}

prepared() {
    [ -x "$here/.venv/bin/python" ] && [ -r "$here/.venv/.prepared-$1" ] &&
        read -r seen <"$here/.venv/.prepared-$1" && [ "$seen" = "$key" ]
}

missing_packages() {
    python3 -c 'import ensurepip, venv' 2>/dev/null || printf '%s\n' python3 python3-venv
    [ -e /etc/ssl/certs/ca-certificates.crt ] || printf '%s\n' ca-certificates
    known=$(PATH=$PATH:/sbin:/usr/sbin ldconfig -p 2>/dev/null) || known=
    printf '%s\n' "$window_libraries" | while read -r library package; do
        case $known in *"$library ("*) ;; *) printf '%s\n' "$package" ;; esac
    done
    if [ "$1" = test ]; then
        printf '%s\n' "$test_commands" | while read -r command package; do
            command -v "$command" >/dev/null || printf '%s\n' "$package"
        done
        [ -x /usr/sbin/cupsd ] || printf '%s\n' cups
        [ -e /usr/share/ppd/cups-pdf ] || printf '%s\n' printer-driver-cups-pdf
        ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || printf '%s\n' postgresql
    fi
}

install_packages() {
    packages=$(missing_packages "$1" | tr '\n' ' ')
    packages=${packages% }
    [ -n "$packages" ] || return 0
    line="apt-get install -y --no-install-recommends $packages"
    if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
        stop "This computer lacks some parts; please ask an administrator to run: $line" \
            "本机缺少一些组件，请管理员运行：$line"
    fi
    say "Installing parts of the system: $packages" "正在安装系统组件：$packages"
    {
        export DEBIAN_FRONTEND=noninteractive
        dpkg --configure -a && apt-get update -q && eval "$line -q"
    } </dev/null >&2 || stop "The parts of the system could not be installed (see above); start again when that is mended." \
        "系统组件没有装上（原因见上），解决后请重新启动。"
}

# uv lives in an environment of its own, so that this computer's Python is left as it is.
install_uv() {
    uv=$here/.uv/bin/uv
    [ -e "$here/.uv/ready-$uv_version" ] && [ -x "$uv" ] && return 0
    { python3 -m venv --clear "$here/.uv" &&
        "$here/.uv/bin/python" -m pip install -q --no-input --disable-pip-version-check "uv==$uv_version" &&
        : >"$here/.uv/ready-$uv_version"; } </dev/null >&2 ||
        stop "The first start needs the network and did not reach it; nothing is lost, start again when it is there." \
            "首次启动需要联网，没有连上。已完成的部分不会丢，联网后请重新启动。"
}

install_dependencies() {
    # An environment that a broken-off set-up left half written cannot be told from a whole one: make it anew.
    if [ -s "$here/.setup-lock" ] || ! "$here/.venv/bin/python" -c '' 2>/dev/null; then
        rm -rf "$here/.venv"
    fi
    echo unfinished >"$here/.setup-lock"
    if [ -z "${UV_CACHE_DIR:-}" ] && [ ! -w "${HOME:-/nonexistent}" ]; then
        export UV_CACHE_DIR="$here/.uv/cache"
    fi
    if [ "$1" = run ]; then set -- --no-dev --inexact; else set --; fi
    env -u VIRTUAL_ENV UV_PROJECT_ENVIRONMENT="$here/.venv" \
        "$uv" sync --project "$here" --frozen --compile-bytecode --system-certs "$@" </dev/null >&2 ||
        stop "The libraries could not be fetched (see above); nothing is lost, start again when the network is there." \
            "程序库没有取全（原因见上）。已完成的部分不会丢，联网后请重新启动。"
}

compile_program() {
    { "$here/.venv/bin/python" "$here/resources/translations/build.py" &&
        "$here/.venv/bin/python" -m compileall -q "$here/deliberation_app"; } </dev/null >&2 ||
        stop "The translations could not be prepared (see above)." "译文没有准备好（原因见上）。"
}

prepare() {
    key=$(fingerprint)
    if prepared "$1"; then return 0; fi
    if [ ! -w "$here" ]; then
        stop "This folder cannot be written to: $here. Copy it to a folder of your own and start there." \
            "此文件夹不能写入：$here。请把它复制到自己的文件夹里再启动。"
    fi
    install_packages "$1"
    # Two first starts at the same time wait for each other.
    exec 9>>"$here/.setup-lock"
    if command -v flock >/dev/null; then flock 9; fi
    if ! prepared "$1"; then
        say "Preparing the program; this happens once and takes a few minutes." "正在准备程序，只需这一次，要几分钟。"
        install_uv
        install_dependencies "$1"
        compile_program
        if [ "$1" = test ]; then printf '%s\n' "$key" >"$here/.venv/.prepared-test"; fi
        printf '%s\n' "$key" >"$here/.venv/.prepared-run"
        : >"$here/.setup-lock"
    fi
    exec 9>&-
}
