import { randomUUID } from "node:crypto";

/** Events as a Dapr sidecar brings them: subscribed, guarded, applied once however often they come. */
export async function events(service, findings, issuer) {
  const { audience, event, write } = service.partner;
  if (!event) return findings.skip("events", "conformance.json names none");

  const { status, json } = await service.ask("GET", "/dapr/subscribe");
  const subscription = Array.isArray(json) ? json.find(({ topic }) => topic === event.topic) : undefined;
  if (!findings.check("GET /dapr/subscribe names the topic", status === 200 && !!subscription, `${status}`)) return;
  findings.check("it subscribes to the component pubsub", (subscription.pubsubname ?? subscription.pubsubName) === "pubsub");
  findings.check("what cannot be applied has somewhere to go (deadLetterTopic)", !!subscription.deadLetterTopic);
  const route = subscription.route ?? subscription.routes?.rules?.find(({ match }) => match.includes(event.type))?.path ?? subscription.routes?.default;
  if (!findings.check("the subscription has a route for the event", !!route)) return;

  const told = envelope(event);
  const read = async () => (await service.ask("GET", event.effect, { token: issuer.token(audience, { roles: write.roles }) })).text;
  const before = await read();
  for (const [who, token] of [["somebody without the sidecar's token", ""], ["somebody with another token", "guessed"]]) {
    const answer = await service.deliver(route, told, token);
    findings.check(`an event from ${who} is refused`, [401, 403].includes(answer.status), `${answer.status}`);
  }
  findings.check("what was refused had no effect", (await read()) === before);

  findings.check("an event is applied and acknowledged", isSuccess(await service.deliver(route, told)));
  const after = await read();
  findings.check("its effect can be read", after !== before, `GET ${event.effect} gives the same as before`);
  findings.check("the same event again is acknowledged", isSuccess(await service.deliver(route, told)));
  findings.check("the same event again has no further effect", (await read()) === after);
  const twins = await Promise.all([1, 2].map(() => service.deliver(route, told)));
  findings.check("delivered twice at the same time it is acknowledged", twins.every(isSuccess));

  findings.check("an event of an unknown type is acknowledged", isSuccess(await service.deliver(route, { ...envelope(event), type: `${event.type}Unheard` })), "it would be brought again without end");
  const broken = await service.deliver(route, { ...envelope(event), data: "not what was agreed" });
  findings.check("an event that cannot be applied is RETRY or DROP, never 404", said(broken, "RETRY", "DROP") || broken.status >= 500, `${broken.status} ${broken.text.slice(0, 80)}`);
  findings.check("what is no CloudEvent is not acknowledged as applied", !isSuccess(await service.deliver(route, { hello: "world" })));
  findings.check("none of these had an effect", (await read()) === after);

  await service.terminate();
  await service.start();
  findings.check("after a restart it knows what it knew", (await read()) === after);
  findings.check("after a restart the same event has no further effect", isSuccess(await service.deliver(route, told)) && (await read()) === after);
}

const envelope = ({ topic, type, data }) => ({
  specversion: "1.0", id: randomUUID(), source: "/ecosystem/ruhr/catalog", type, subject: randomUUID(), time: new Date().toISOString(),
  datacontenttype: "application/json", topic, pubsubname: "pubsub", traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", data,
});

// To Dapr an empty answer means success too.
const isSuccess = (answer) => answer.status >= 200 && answer.status < 300 && (answer.text === "" || answer.json?.status === "SUCCESS");
const said = (answer, ...statuses) => answer.status >= 200 && answer.status < 300 && statuses.includes(answer.json?.status);
