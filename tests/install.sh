#!/bin/sh
# Installs what the tests need and what is missing, on Debian and its kin, when run by root.
# Elsewhere it installs nothing: it says what to install and leaves with status 1.
# No service is ever started: the tests run their own private copies, on free ports.
set -eu

missing_commands=""
missing_packages=""

# need COMMAND PACKAGE: notes both when no such command is found.
need() {
    if ! PATH="$PATH:/usr/sbin:/sbin" command -v "$1" >/dev/null 2>&1; then
        missing_commands="$missing_commands $1"
        missing_packages="$missing_packages $2"
    fi
}

need chromium chromium
need chromedriver chromium-driver
need postfix postfix
need openssl openssl
need java default-jre-headless
need npm npm
need node nodejs
need python3 python3
need curl curl
need nginx nginx-light
need caddy caddy
need systemd-analyze systemd
need clamd clamav-daemon

# nginx serves brotli through a module, PostgreSQL keeps its server out of PATH: both are looked for by their file.
if ! ls /usr/lib/nginx/modules/ngx_http_brotli_static_module.so >/dev/null 2>&1; then
    missing_commands="$missing_commands ngx_http_brotli_static_module"
    missing_packages="$missing_packages libnginx-mod-http-brotli-static"
fi
if ! ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; then
    missing_commands="$missing_commands initdb"
    missing_packages="$missing_packages postgresql"
fi

if [ -z "$missing_packages" ]; then
    exit 0
fi

if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    echo "The tests need these commands, which are missing:$missing_commands" >&2
    echo "On Debian or Ubuntu: sudo apt-get install --no-install-recommends$missing_packages" >&2
    echo "Elsewhere: install Chromium with its driver, Postfix, OpenSSL, Python 3, nginx with its brotli module, Caddy," >&2
    echo "PostgreSQL, systemd, ClamAV (clamd, without signatures), a Java runtime (11 or later) and Node.js (20 or later) with npm, then run this again." >&2
    exit 1
fi

# A machine that installs tests must not find a mail server running afterwards.
guard=/usr/sbin/policy-rc.d
made_guard=no
if [ ! -e "$guard" ]; then
    printf '#!/bin/sh\nexit 101\n' >"$guard"
    chmod 755 "$guard"
    made_guard=yes
fi
trap '[ "$made_guard" = no ] || rm -f "$guard"' EXIT

export DEBIAN_FRONTEND=noninteractive
if command -v debconf-set-selections >/dev/null 2>&1; then
    echo "postfix postfix/main_mailer_type select No configuration" | debconf-set-selections
fi
apt-get update -q
# shellcheck disable=SC2086 # one word a package
apt-get install -q -y --no-install-recommends $missing_packages

# Debian enables new services for the next boot; nobody asked this machine to carry mail or to serve a site.
for service in postfix nginx caddy postgresql clamav-daemon; do
    case " $missing_packages " in
    *" $service"*) command -v systemctl >/dev/null 2>&1 && systemctl disable --quiet "$service" 2>/dev/null || true ;;
    esac
done
# clamd comes with a socket that wakes it, and with a program that fetches signatures.
case " $missing_packages " in
*" clamav-daemon "*)
    for unit in clamav-daemon.socket clamav-freshclam; do
        command -v systemctl >/dev/null 2>&1 && systemctl disable --quiet "$unit" 2>/dev/null || true
    done
    ;;
esac
