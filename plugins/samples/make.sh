#!/bin/sh
# Makes the samples anew from the Debian 12 packages that README.md names. Needs apt, python3-numpy and python3-pil.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
for package in golang-1.19-src python3-skimage asterisk-core-sounds-en-wav mrpt-common; do
  apt-get download -qq "$package"
  dpkg-deb -x "$package"_*.deb "$work"
done
/usr/bin/python3 "$here/make.py" "$work/usr" "$here"
