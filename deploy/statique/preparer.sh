#!/bin/sh
# Prepares the built site for a static host, while the form service runs elsewhere.
# Usage: sh deploy/statique/preparer.sh SITE OUT https://service.example
# OUT gets the pages without what is the service's, _redirects (former addresses, and the doors of the service)
# and _headers: the two files that most static hosts read. The service needs ML_SITE_ORIGIN and ML_SITE_DIR.
set -eu
[ $# -eq 3 ] || { echo "usage: preparer.sh SITE OUT https://service.example" >&2; exit 1; }
site=$1 out=$2 service=${3%/}
case $service in https://*) ;; *) echo "the service must be https:// : $service" >&2; exit 1 ;; esac
[ -f "$site/.service/redirects.json" ] || { echo "$site is not a built site" >&2; exit 1; }
[ ! -e "$out" ] || { echo "$out exists already" >&2; exit 1; }
cp -R "$site" "$out"
rm -rf "$out/.service"
# {"/ancien/": "/nouveau/"}: a former address is a path without spaces, so lines are enough.
{
    tr ',{}' '\n\n\n' <"$site/.service/redirects.json" |
        sed -n 's/^ *"\([^"]*\)": *"\([^"]*\)" *$/\1 \2 308/p'
    for door in saisine contact cdc; do
        echo "/$door $service/$door 307"
        echo "/$door/* $service/$door/:splat 307"
    done
} >"$out/_redirects"
csp="default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self' $service; form-action 'self' $service; base-uri 'none'; frame-ancestors 'none'"
search=$(echo "$csp" | sed "s/script-src 'self'/script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'/")
# Hosts join what several lines say of one address: a policy is said once for each, so the search has its own.
{
    echo "/*"
    echo "  Strict-Transport-Security: max-age=63072000; includeSubDomains"
    echo "  X-Content-Type-Options: nosniff"
    echo "  Referrer-Policy: no-referrer"
    echo "  Cross-Origin-Opener-Policy: same-origin"
    echo "  Cross-Origin-Resource-Policy: same-origin"
    echo "  Permissions-Policy: camera=(), geolocation=(), microphone=()"
    for address in / /404.html $(cd "$out" && find . -mindepth 1 -maxdepth 1 -type d ! -name recherche | sed 's,^\.,,; s,$,/*,' | sort); do
        echo "$address"
        echo "  Content-Security-Policy: $csp"
    done
    echo "/recherche/*"
    echo "  Content-Security-Policy: $search"
    echo "/assets/*"
    echo "  Cache-Control: public, max-age=31536000, immutable"
} >"$out/_headers"
