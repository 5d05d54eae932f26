#!/usr/bin/env bash
# Builds what is committed twice, in two folders of different names, and compares every jar byte for byte. Prints the SHA-256
# sums; fails if one differs. Minutes. Options for Maven in MAVEN_ARGS.
set -euo pipefail
cd "$(dirname "$0")/.."

place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
for build in one two-with-another-name; do
    mkdir "$place/$build"
    git archive HEAD | tar -x -C "$place/$build"
    (cd "$place/$build" && ./mvnw -q -B -ntp -Dmaven.test.skip=true -pl '!helm-tests,!e2e-tests,!benchmarks' package >"$place/$build.log" 2>&1) ||
        { tail -20 "$place/$build.log"; exit 1; }
    (cd "$place/$build" && find . -path '*/target/*.jar' -not -path '*/node_modules/*' -print0 | sort -z | xargs -0 sha256sum) >"$place/$build.sums"
done

cat "$place/one.sums"
if diff "$place/one.sums" "$place/two-with-another-name.sums"; then
    echo "$(wc -l <"$place/one.sums") archives, all the same in both builds"
else
    exit 1
fi
