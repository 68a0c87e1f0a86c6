#!/usr/bin/env bash
# What a CI server runs: the experiments, in batch mode, with a log in a file. Finished results are
# taken from a cache that outlives the workspace. The reports and the checks are its artifacts:
# */target/mskd*/report and */target/mskd*/check.
set -euo pipefail
cd "$(dirname "$0")"
trap 'grep -E "student .*: (done|up to date|finished)|BUILD|^\[ERROR\]" build.log || true' EXIT
mvn -B -l build.log verify "-Dmskd.cacheDirectory=${CACHE:-$HOME/.cache/mskd}" "$@"
