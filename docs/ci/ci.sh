#!/usr/bin/env bash
# Runs the experiment of the POM in this folder in a CI job and keeps its report.
#
#   CACHE   a folder that outlives the job: what is up to date is taken from there, and a training goes on
#   REPORT  where models, scores and verdicts are put, whether the build is green or red
#
# Further arguments go to Maven, such as -Dmskd.threads=4: results depend on it, so a CI job should say it.
set -euo pipefail
: "${CACHE:=$HOME/.cache/mskd}" "${REPORT:=report}"

keep() {
  mkdir -p "$CACHE" "$REPORT"
  # Beside the old ones, then in their place: a job that is ended here leaves one or the other whole.
  rm -rf "$CACHE/new"
  cp -a target/mskd "$CACHE/new"
  rm -rf "$CACHE/mskd"
  mv "$CACHE/new" "$CACHE/mskd"
  for part in evaluation check methods teachers logs; do
    if [ -d "target/mskd/$part" ]; then
      rm -rf "${REPORT:?}/$part"
      cp -a "target/mskd/$part" "$REPORT/$part"
    fi
  done
}

if [ -d "$CACHE/mskd" ] && [ ! -d target/mskd ]; then
  mkdir -p target
  cp -a "$CACHE/mskd" target/mskd
fi
trap keep EXIT
mvn -B mskd:run "$@"
