#!/usr/bin/env bash
# Writes target/bom.json (CycloneDX) and docs/licences.md of what a release carries; fails on a licence that is not allowed.
# With --check it changes nothing in docs and fails if the list would change. Needs node and a built console (npm ci).
set -euo pipefail
cd "$(dirname "$0")/.."

./mvnw -q -B -ntp -DskipTests -pl '!test-kit,!openapi-kit,!helm-tests,!e2e-tests,!benchmarks' package cyclonedx:makeAggregateBom
node release/licences.mjs "$@"
