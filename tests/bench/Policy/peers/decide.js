// node decide.js <cedar|casbin> <policies> <milliseconds>: prints the decisions per second on one core. Each policy lets one
// organisation use one asset for one purpose until 2030, as those of PolicyArea.cs do; the request is permitted by the one in the middle.
import { createRequire } from 'node:module';

const [peer, policies, milliseconds] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
const middle = Math.floor(policies / 2);
const purpose = 'https://w3id.org/dpv/legal/eu/ehds#TrainTestAndEvaluateHealthAlgorithms';
const [now, end] = [1780000000, 1893456000];

const peers = {
  cedar() {
    const cedar = createRequire(import.meta.url)('@cedar-policy/cedar-wasm/nodejs');
    const text = [];
    for (let i = 0; i < policies; i++)
      text.push(`permit(principal == Org::"urn:org:${i}", action == Action::"use", resource == Asset::"urn:asset:${i}") when { context.purpose == "${purpose}" && context.time < ${end} };`);
    const parsed = cedar.preparsePolicySet('terms', { staticPolicies: text.join('\n') });
    if (parsed.type !== 'success')
      throw new Error(JSON.stringify(parsed));
    return (org, asset) => {
      const answer = cedar.statefulIsAuthorized({
        principal: { type: 'Org', id: org }, action: { type: 'Action', id: 'use' }, resource: { type: 'Asset', id: asset },
        context: { purpose, time: now }, preparsedPolicySetId: 'terms', entities: [],
      });
      return answer.type === 'success' && answer.response.decision === 'allow';
    };
  },
  async casbin() {
    const { newEnforcer, newModelFromString } = await import('casbin');
    const model = newModelFromString(`
[request_definition]
r = sub, obj, act, purpose, time
[policy_definition]
p = sub, obj, act, purpose, end
[policy_effect]
e = some(where (p.eft == allow))
[matchers]
m = r.sub == p.sub && r.obj == p.obj && r.act == p.act && r.purpose == p.purpose && r.time < p.end
`);
    const enforcer = await newEnforcer(model);
    const rules = [];
    for (let i = 0; i < policies; i++)
      rules.push([`urn:org:${i}`, `urn:asset:${i}`, 'use', purpose, String(end)]);
    await enforcer.addPolicies(rules);
    return (org, asset) => enforcer.enforceSync(org, asset, 'use', purpose, now);
  },
};

const decide = await peers[peer]();
if (!decide(`urn:org:${middle}`, `urn:asset:${middle}`) || decide('urn:org:nobody', `urn:asset:${middle}`))
  throw new Error(`${peer} does not decide as it should`);

const rate = (time) => {
  const start = performance.now();
  let count = 0;
  do {
    decide(`urn:org:${middle}`, `urn:asset:${middle}`);
    count++;
  } while (performance.now() - start < time);
  return (count * 1000) / (performance.now() - start);
};
rate(milliseconds / 2); // for the compiler that learns while the program runs
console.log(`rate ${rate(milliseconds).toFixed(1)}`);
