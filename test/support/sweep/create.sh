# Logs in and creates an image, with as little as possible.
set -eu
curl() { command curl --silent --show-error --fail --max-time 30 "$@"; }
domain='{ "id": "default" }'
auth='{ "auth": { "identity": { "methods": ["password"], "password": { "user": { "name": "demo", "domain": '$domain', "password": "secret" } } } } }'
token=$(curl -i "$OS_AUTH_URL/auth/tokens" -H 'Content-Type: application/json' -d "$auth" | tr -d '\r' | sed -n 's/^X-Subject-Token: //Ip')
curl "${OS_AUTH_URL%/identity/v3}/image/v2/images" -H "X-Auth-Token: $token" -H 'Content-Type: application/json' -d '{ "name": "mine" }'
