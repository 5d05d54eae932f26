#!/bin/sh
# Runs the Action's tests with the system's node; a machine without node skips them and says so.
cd "$(dirname "$0")" || exit 1
if ! command -v node >/dev/null 2>&1; then
  echo "node is not installed: the tests of the GitHub Action are skipped"
  exit 0
fi
exec node --test --test-reporter=dot test/*.test.js
