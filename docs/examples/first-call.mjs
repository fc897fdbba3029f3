// ECOSYSTEM, IDENTITY and INTEGRATOR_SECRET are set as docs/integrators.md says.
const { ECOSYSTEM, IDENTITY, INTEGRATOR_SECRET } = process.env;

async function post(address, body, headers = {}) {
  const answer = await fetch(address, { method: "POST", body, headers });
  const content = await answer.json();
  if (!answer.ok) throw new Error(`${content.reason ?? content.error}: ${content.detail ?? content.error_description}`);
  return content;
}

const { access_token } = await post(
  `${IDENTITY}/realms/ecosystem/protocol/openid-connect/token`,
  new URLSearchParams({ grant_type: "client_credentials", client_id: "integrator", client_secret: INTEGRATOR_SECRET }),
);

const competence = await post(
  `${ECOSYSTEM}/catalog/v1/competences`,
  JSON.stringify({
    title: { values: { en: "Segmentation of images (example)" } },
    description: { values: { en: "An example that marks findings in images." } },
    methods: ["segmentation"],
    evidence: [{ kind: "KIND_BENCHMARK", statement: "An example.", url: "https://competence.example/" }],
  }),
  { "Content-Type": "application/json", Authorization: `Bearer ${access_token}` },
);
console.log(JSON.stringify(competence));
