#!/bin/sh
# Starts a server, runs the tests against it, and stops it.
set -eu
node_modules/.bin/sideglance serve --quiet --port 0 --ready-file server.url &
server=$!
trap 'kill $server; wait $server || true' EXIT
npx --no-install sideglance wait --ready-file server.url
SIDEGLANCE_URL=$(cat server.url)
export SIDEGLANCE_URL
ruby images_test.rb
