// Who calls. Programs sign in by client credentials; which client plays which role is told by <ROLE>_CLIENT and <ROLE>_SECRET. For
// runs shorter than the life of a token, <ROLE>_TOKEN is enough.
import http from "k6/http";
import { identity } from "./settings.ts";

export type Role = "holder" | "developer" | "analyst" | "reviewer";

type Token = { value: string; until: number };
const tokens = new Map<Role, Token>();

/** Whether somebody can play this role. The client "integrator" of every realm can be holder and developer, with INTEGRATOR_SECRET. */
export function has(role: Role): boolean {
  return given(role) !== undefined || clientOf(role) !== undefined;
}

/** An access token, renewed half a minute before it ends. */
export function tokenOf(role: Role): string {
  const token = given(role);
  if (token) return token;

  const known = tokens.get(role);
  if (known && known.until > Date.now()) return known.value;

  const client = clientOf(role);
  if (!client) throw new Error(`Nobody plays ${role}: set ${role.toUpperCase()}_CLIENT and ${role.toUpperCase()}_SECRET.`);
  const answer = http.post(
    `${identity}/realms/ecosystem/protocol/openid-connect/token`,
    { grant_type: "client_credentials", client_id: client.id, client_secret: client.secret },
    { tags: { step: "sign-in", name: "token" } },
  );
  if (answer.status !== 200) throw new Error(`${client.id} cannot sign in (${answer.status}): ${answer.body}`);
  const { access_token, expires_in } = answer.json() as { access_token: string; expires_in: number };
  tokens.set(role, { value: access_token, until: Date.now() + (expires_in - 30) * 1000 });
  return access_token;
}

function given(role: Role): string | undefined {
  return __ENV[`${role.toUpperCase()}_TOKEN`];
}

function clientOf(role: Role): { id: string; secret: string } | undefined {
  const id = __ENV[`${role.toUpperCase()}_CLIENT`];
  const secret = __ENV[`${role.toUpperCase()}_SECRET`];
  if (id && secret) return { id, secret };
  const own = __ENV.INTEGRATOR_SECRET;
  return own && (role === "holder" || role === "developer") ? { id: "integrator", secret: own } : undefined;
}
