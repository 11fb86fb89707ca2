#!/usr/bin/env bash
# The public HTTP cache test suite against a gate built in Release. Options go to run.mjs: --quick, --id TEST, --json FILE.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
root="$(cd "$here/../../.." && pwd)"
[ -d "$here/node_modules/http-cache-tests" ] || (cd "$here" && npm ci --ignore-scripts --no-progress >/dev/null)
exec node --no-warnings "$here/run.mjs" "$root/src/Headgate.Cli/bin/Release/net10.0/headgate" "$@"
