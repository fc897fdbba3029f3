# ECOSYSTEM, IDENTITY and INTEGRATOR_SECRET are set as docs/integrators.md says.
import json
import os
import urllib.parse
import urllib.request


def post(address, body, headers):
    with urllib.request.urlopen(urllib.request.Request(address, body, headers)) as answer:
        return json.load(answer)


token = post(
    os.environ["IDENTITY"] + "/realms/ecosystem/protocol/openid-connect/token",
    urllib.parse.urlencode(
        {"grant_type": "client_credentials", "client_id": "integrator", "client_secret": os.environ["INTEGRATOR_SECRET"]}
    ).encode(),
    {"Content-Type": "application/x-www-form-urlencoded"},
)["access_token"]

competence = post(
    os.environ["ECOSYSTEM"] + "/catalog/v1/competences",
    json.dumps(
        {
            "title": {"values": {"en": "Segmentation of images (example)"}},
            "description": {"values": {"en": "An example that marks findings in images."}},
            "methods": ["segmentation"],
            "evidence": [{"kind": "KIND_BENCHMARK", "statement": "An example.", "url": "https://competence.example/"}],
        }
    ).encode(),
    {"Content-Type": "application/json", "Authorization": "Bearer " + token},
)
print(json.dumps(competence))
