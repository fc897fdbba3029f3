// Judges an OpenID provider with openid-client, a certified relying party: node judge.mjs <issuer>; the secret of
// the client "integrator" is in INTEGRATOR_CLIENT_SECRET. Prints one line per promise kept; stops at the first broken one.
import assert from 'node:assert/strict';
import * as oidc from 'openid-client';

const issuer = new URL(process.argv[2]);
const insecure = { execute: [oidc.allowInsecureRequests] };
const redirectUri = 'http://localhost:4711/back';
const kept = promise => console.log(`kept: ${promise}`);

const portal = await oidc.discovery(issuer, 'portal', undefined, oidc.None(), insecure);
oidc.allowInsecureRequests(portal);
assert.equal(portal.serverMetadata().issuer, issuer.href);
assert.ok(portal.serverMetadata().supportsPKCE());
kept('discovery');

const verifier = oidc.randomPKCECodeVerifier();
const state = oidc.randomState();
const nonce = oidc.randomNonce();
const authorization = oidc.buildAuthorizationUrl(portal, {
  redirect_uri: redirectUri,
  scope: 'openid profile',
  code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
  code_challenge_method: 'S256',
  state,
  nonce,
});
const callback = await signInThroughTheForm(authorization, 'holder', 'development-only');
const tokens = await oidc.authorizationCodeGrant(portal, callback, {
  pkceCodeVerifier: verifier,
  expectedState: state,
  expectedNonce: nonce,
  idTokenExpected: true,
});
const subject = tokens.claims().sub;
assert.equal(tokens.claims().preferred_username, 'holder');
kept('authorization code with PKCE through the sign-in form; the ID token verifies');

const person = await oidc.fetchUserInfo(portal, tokens.access_token, subject);
assert.equal(person.org, 'klinikum-beispiel');
kept('userinfo');

const refreshed = await oidc.refreshTokenGrant(portal, tokens.refresh_token);
assert.notEqual(refreshed.refresh_token, tokens.refresh_token);
assert.equal(refreshed.claims().sub, subject);
kept('refresh with rotation');

const integrator = await oidc.discovery(issuer, 'integrator', undefined, oidc.ClientSecretBasic(process.env.INTEGRATOR_CLIENT_SECRET), insecure);
const service = await oidc.clientCredentialsGrant(integrator, {});
assert.equal(service.token_type, 'bearer');
const introspected = await oidc.tokenIntrospection(integrator, service.access_token);
assert.equal(introspected.active, true);
assert.equal(introspected.org, 'partner-beispiel');
kept('client credentials and introspection');

const stranger = await oidc.discovery(issuer, 'integrator', undefined, oidc.ClientSecretPost('wrong'), insecure);
await assert.rejects(oidc.clientCredentialsGrant(stranger, {}), error => error.error === 'invalid_client');
kept('a wrong secret is refused as the standard says');

const endSession = oidc.buildEndSessionUrl(portal, { id_token_hint: refreshed.id_token, post_logout_redirect_uri: 'http://localhost:4711/bye', state });
const goodbye = await fetch(endSession, { redirect: 'manual' });
assert.equal(goodbye.headers.get('location'), `http://localhost:4711/bye?state=${state}`);
await assert.rejects(oidc.refreshTokenGrant(portal, refreshed.refresh_token), error => error.error === 'invalid_grant');
kept('logout ends the session and returns to the client');

async function signInThroughTheForm(url, username, password) {
  const page = await fetch(url);
  const html = await page.text();
  const cookies = page.headers.getSetCookie().map(cookie => cookie.split(';')[0]).join('; ');
  const form = new URLSearchParams({ username, password });
  for (const [, name, value] of html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)) form.set(name, value);
  const action = new URL(html.match(/<form[^>]* action="([^"]+)"/)[1], url);
  const answer = await fetch(action, { method: 'POST', body: form, headers: { cookie: cookies }, redirect: 'manual' });
  assert.equal(answer.status, 302, `the form was refused: ${answer.status}`);
  return new URL(answer.headers.get('location'));
}
