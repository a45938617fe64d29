#!/bin/sh
# Makes the archive that a platform with Procfiles runs: the program, the built site, the Procfile.
# Usage: sh deploy/scalingo/paquet.sh ARCHIVE.tar.gz [PROGRAM [SITE]]
# Without PROGRAM and SITE both are built here: do that on the distribution of the platform, or its C library differs.
set -eu
archive=${1:?"usage: paquet.sh ARCHIVE.tar.gz [PROGRAM [SITE]]"}
top=$(cd "$(dirname "$0")/../.." && pwd)
program=${2:-$top/target/release/form-api}
site=${3:-$top/dist}
if [ $# -lt 2 ]; then
    (cd "$top" && cargo build --locked --release -p form-api -p generator && target/release/generator build)
fi
[ -f "$site/.service/form.json" ] || { echo "$site is not a built site" >&2; exit 1; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/mediation"
cp "$program" "$folder/mediation/form-api"
cp -R "$site" "$folder/mediation/dist"
cp "$top/deploy/scalingo/Procfile" "$folder/mediation/Procfile"
tar -czf "$archive" -C "$folder" mediation
