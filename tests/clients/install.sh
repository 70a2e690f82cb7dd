#!/bin/sh
# Install the programs that the tests of other clients run, as far as they are missing. Debian's
# packages need root; otherwise the command is printed. The tests of absent clients are skipped.
set -eu
cd "$(dirname "$0")"

packages=""
# need PACKAGE FILE...: add a Debian package unless one of the files exists.
need() {
    package=$1
    shift
    for file in "$@"; do
        [ -e "$file" ] && return
    done
    packages="$packages $package"
}
# need_program PACKAGE PROGRAM: add a Debian package unless the program is in PATH.
need_program() {
    command -v "$2" >/dev/null || packages="$packages $1"
}
need_program nodejs node
need_program npm npm
need_program default-jdk-headless javac
need_program sqlite3 sqlite3
need_program r-base-core Rscript
need_program libreoffice-calc-nogui soffice
for name in jsonlite readr; do
    need "r-cran-$name" "/usr/lib/R/site-library/$name" "/usr/lib/R/library/$name" \
        "/usr/local/lib/R/site-library/$name"
done
need libcommons-csv-java /usr/share/java/commons-csv.jar
need libgoogle-gson-java /usr/share/java/gson.jar

if [ -n "$packages" ]; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "Installing$packages ..." >&2
        # shellcheck disable=SC2086
        apt-get update -qq &&
            apt-get install -qq -y --no-install-recommends $packages >/dev/null
    else
        echo "Some clients were not found: their tests are skipped. On Debian, run:" \
            "sudo apt-get install --no-install-recommends$packages" >&2
    fi
fi

if command -v npm >/dev/null; then
    state=$(cksum <package-lock.json)
    if [ "$(cat node_modules/.installed 2>/dev/null)" != "$state" ]; then
        npm ci --silent --no-audit --no-fund --ignore-scripts
        echo "$state" >node_modules/.installed
    fi
fi
