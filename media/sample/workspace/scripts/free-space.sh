#!/bin/sh
# Frees space that nobody misses: old journal entries and the package cache. Shows what it would do, and does it only
# when told --really.
# Usage: free-space.sh MOUNT [--really]
set -eu

mount=${1:?usage: free-space.sh MOUNT [--really]}
really=${2:-}

show() {
  df -h --output=target,size,used,avail,pcent "$mount"
}

run() {
  if [ "$really" = --really ]; then
    "$@"
  else
    echo "would run: $*"
  fi
}

show
run sudo journalctl --vacuum-time=7d
run sudo apt-get clean
[ "$really" = --really ] && show || echo 'Nothing was changed. Add --really to do it.'
