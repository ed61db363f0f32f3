#!/bin/sh
# Looks at a server's TLS certificate as a partner's system does: from outside, and without fetching what is missing.
# Usage: check-certificate.sh HOST [PORT]
set -eu

host=${1:?usage: check-certificate.sh HOST [PORT]}
port=${2:-443}

answer=$(openssl s_client -connect "$host:$port" -servername "$host" </dev/null 2>&1 || true)
certificate=$(printf '%s\n' "$answer" | openssl x509 2>/dev/null) || {
  echo "No certificate from $host:$port. Is the name right, and the port open?" >&2
  exit 2
}

printf '%s\n' "$certificate" | openssl x509 -noout -subject -issuer -enddate
if printf '%s\n' "$answer" | grep -q 'Verify return code: 0'; then
  echo 'chain: complete'
else
  printf '%s\n' "$answer" | sed -n 's/.*Verify return code: /chain: NOT complete: /p' | head -1
fi

if printf '%s\n' "$certificate" | openssl x509 -noout -checkend $((14 * 24 * 3600)) >/dev/null; then
  echo 'more than 14 days left'
else
  echo 'LESS than 14 days left'
  exit 1
fi
