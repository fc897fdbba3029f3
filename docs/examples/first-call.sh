#!/usr/bin/env bash
# ECOSYSTEM, IDENTITY and INTEGRATOR_SECRET are set as docs/integrators.md says.
set -euo pipefail

token=$(curl -sS --fail-with-body "$IDENTITY/realms/ecosystem/protocol/openid-connect/token" \
  -d grant_type=client_credentials -d client_id=integrator --data-urlencode "client_secret=$INTEGRATOR_SECRET" |
  sed 's/.*"access_token":"\([^"]*\)".*/\1/')

curl -sS --fail-with-body "$ECOSYSTEM/catalog/v1/competences" \
  -H "Authorization: Bearer $token" -H 'Content-Type: application/json' -d '{
    "title": { "values": { "en": "Segmentation of images (example)" } },
    "description": { "values": { "en": "An example that marks findings in images." } },
    "methods": ["segmentation"],
    "evidence": [{ "kind": "KIND_BENCHMARK", "statement": "An example.", "url": "https://competence.example/" }]
  }'
