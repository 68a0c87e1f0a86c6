#!/usr/bin/env bash
# Runs the experiment of the POM in this folder in a CI job, and keeps its results.
#
#   CACHE   a folder that is kept between jobs: stages that are up to date are skipped, trainings resume, and results of
#           other commits are taken from a cache
#   REPORT  the folder for the report, models, scores and the results of the rules, whether the build succeeds or fails.
#           The report has pictures of the test cases unless <reportImages> is none
#
# Arguments are passed to Maven. Results depend on the number of threads and on the natives, so a CI job should set both,
# as by -Dmskd.threads=4 -Dmskd.backend=org.nd4j:nd4j-native:1.0.0-M2.1:linux-x86_64-onednn-avx2.
set -euo pipefail
: "${CACHE:=$HOME/.cache/mskd}" "${REPORT:=report}"

keep() {
  mkdir -p "$CACHE" "$REPORT"
  # Copied first, then moved into place: a job that is killed here leaves a complete old or new cache.
  rm -rf "$CACHE/new"
  cp -a target/mskd "$CACHE/new"
  rm -rf "$CACHE/mskd"
  mv "$CACHE/new" "$CACHE/mskd"
  if [ -f target/mskd/lock.json ]; then
    cp -a target/mskd/lock.json "$REPORT/lock.json"
  fi
  for part in report evaluation check methods teachers logs; do
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
mvn -B mskd:run -Dmskd.cacheDirectory="$CACHE/results" "$@"
