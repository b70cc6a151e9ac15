#!/bin/sh
# Starts a server, runs the tests against it, and stops it. GOPATH is where Debian installs gophercloud.
set -eu
node_modules/.bin/sideglance serve --quiet --port 0 --ready-file server.url &
server=$!
trap 'kill $server; wait $server || true' EXIT
npx --no-install sideglance wait --ready-file server.url
SIDEGLANCE_URL=$(cat server.url)
export SIDEGLANCE_URL
mkdir -p gopath/src
ln -sfn "$PWD/node_modules/sideglance/clients/go" gopath/src/sideglance
GO111MODULE=off GOPATH="$PWD/gopath:/usr/share/gocode" go test -count=1 .
