#!/bin/sh
# Tests a script that deletes images with the openstack command: what does it do when the image service is overloaded?
set -eu
node_modules/.bin/sideglance serve --quiet --port 0 --ready-file server.url &
server=$!
trap 'kill $server; wait $server || true' EXIT
npx --no-install sideglance wait --ready-file server.url
url=$(cat server.url)

# A world of its own for this test, and the settings with which clients log in there.
curl -sf --json '{ "name": "t1" }' "$url/__admin/worlds" >world.json
npx --no-install sideglance env --url "$url" --world t1 >settings.sh
. ./settings.sh

openstack image create --id 5e1f0000-0000-4000-8000-000000000001 mine >image.txt
curl -sf --json '{ "calls": 1 }' "$url/w/t1/__admin/scenarios/image-v2.deleteImage.403/enable" >scenario.json
if openstack image delete mine 2>error.txt; then
  echo "the command reported success although the image service refused" >&2
  exit 1
fi
grep -q 403 error.txt
openstack image delete mine

# The server has seen two deletes, of which one was refused.
curl -sf --json '{ "requests": { "operation": "image-v2.deleteImage" }, "exactly": 2 }' "$url/w/t1/__admin/verify" | grep -q '"result":"yes"'
echo "ok: the command reports a refused delete"
