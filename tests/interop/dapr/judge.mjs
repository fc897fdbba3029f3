// Judges a Dapr sidecar with Dapr's own SDK as publisher and as subscriber:
// node judge.mjs <app port> <dapr port of the subscriber> <dapr port of the publisher>; the token is in DAPR_API_TOKEN.
// Prints one line per promise kept; stops at the first broken one.
import assert from 'node:assert/strict';
import express from 'express';
import { HTTP } from 'cloudevents';
import dapr from '@dapr/dapr';

const { CommunicationProtocolEnum, DaprClient, DaprPubSubStatusEnum, DaprServer, HttpMethod, LogLevel } = dapr;
const [appPort, subscriberPort, publisherPort] = process.argv.slice(2);
const sidecar = port => ({
  daprHost: '127.0.0.1',
  daprPort: port,
  daprApiToken: process.env.DAPR_API_TOKEN,
  communicationProtocol: CommunicationProtocolEnum.HTTP,
  logger: { level: LogLevel.Error },
});
const kept = promise => console.log(`kept: ${promise}`);
const came = {};
const note = name => async data => {
  (came[name] ??= []).push(data);
};
const until = async (condition, what) => {
  const deadline = Date.now() + 30_000;
  while (!condition()) {
    assert.ok(Date.now() < deadline, `in vain until ${what}: ${JSON.stringify(came)}`);
    await new Promise(resolve => setTimeout(resolve, 20));
  }
};

// A route of our own, because the SDK does not show the whole envelope.
const app = express();
const raw = express.json({ type: () => true });
app.post('/envelope', raw, (request, response) => {
  (came.envelope ??= []).push(HTTP.toEvent({ headers: request.headers, body: request.body }));
  response.json({});
});

const server = new DaprServer({ serverHost: '127.0.0.1', serverPort: appPort, serverHttp: app, clientOptions: sidecar(subscriberPort), logger: { level: LogLevel.Error } });
await server.pubsub.subscribe('pubsub', 'plain', note('plain'));
await server.pubsub.subscribeBulk('pubsub', 'many', note('many'), { maxMessagesCount: 20 });
await server.pubsub.subscribeWithOptions('pubsub', 'routed', {
  route: {
    default: 'other',
    rules: [{ match: 'event.type == "order.placed"', path: 'placed' }],
  },
});
server.pubsub.subscribeToRoute('pubsub', 'routed', 'placed', note('placed'));
server.pubsub.subscribeToRoute('pubsub', 'routed', 'other', note('other'));
await server.pubsub.subscribeWithOptions('pubsub', 'refused', {
  deadLetterTopic: 'refused-dead',
  callback: async () => DaprPubSubStatusEnum.DROP,
});
await server.pubsub.subscribe('pubsub', 'refused-dead', note('dead'));
let refusals = 2;
await server.pubsub.subscribe('pubsub', 'retried', async data => {
  await note('retried')(data);
  return refusals-- > 0 ? DaprPubSubStatusEnum.RETRY : DaprPubSubStatusEnum.SUCCESS;
});
await server.invoker.listen('greet', async ({ body }) => ({ hello: JSON.parse(body).name }), { method: HttpMethod.POST });
await server.start();
kept('the server of the SDK starts against the sidecar');

const client = new DaprClient(sidecar(publisherPort));
const ok = answer => assert.equal(answer.error, undefined);

ok(await client.pubsub.publish('pubsub', 'plain', { town: 'Gelsenkirchen', citizens: 260126 }));
ok(await client.pubsub.publish('pubsub', 'plain', 'Gruß aus dem Ruhrgebiet'));
await until(() => came.plain?.length === 2, 'two plain messages came');
assert.deepEqual(came.plain, [{ town: 'Gelsenkirchen', citizens: 260126 }, 'Gruß aus dem Ruhrgebiet']);
kept('publish and subscribe');

const bulk = Array.from({ length: 50 }, (_, n) => ({ n }));
assert.deepEqual((await client.pubsub.publishBulk('pubsub', 'many', bulk)).failedMessages, []);
await until(() => came.many?.length === bulk.length, 'the bulk came');
assert.deepEqual(came.many, bulk);
kept('bulk publish and bulk subscribe, in order');

ok(await client.pubsub.publish('pubsub', 'routed', { a: 1 }, { metadata: { 'cloudevent.type': 'order.placed' } }));
ok(await client.pubsub.publish('pubsub', 'routed', { b: 2 }));
await until(() => came.placed && came.other, 'both routes were taken');
assert.deepEqual([came.placed, came.other], [[{ a: 1 }], [{ b: 2 }]]);
kept('routing by rule and default');

ok(await client.pubsub.publish('pubsub', 'refused', { bad: true }));
await until(() => came.dead, 'the dead letter came');
assert.deepEqual(came.dead, [{ bad: true }]);
kept('a dropped message goes to the dead-letter topic');

ok(await client.pubsub.publish('pubsub', 'retried', { again: true }));
await until(() => came.retried?.length === 3, 'it came three times');
kept('a message answered with RETRY comes again');

ok(await client.pubsub.publish('pubsub', 'envelope', { x: 1 }));
ok(await client.pubsub.publish('pubsub', 'envelope', 'text'));
const own = { specversion: '1.0', id: '42', source: '/judge', type: 'own', subject: 's', data: { y: 2 } };
ok(await client.pubsub.publish('pubsub', 'envelope', own, { contentType: 'application/cloudevents+json' }));
await until(() => came.envelope?.length === 3, 'three envelopes came');
assert.ok(came.envelope.every(event => event.validate()));
assert.deepEqual(came.envelope.map(event => event.source), ['publisher', 'publisher', '/judge']);
assert.deepEqual([came.envelope[2].id, came.envelope[2].subject, came.envelope[2].data], ['42', 's', { y: 2 }]);
kept('the CloudEvents SDK parses what is delivered');

assert.ok((await client.pubsub.publish('nowhere', 'plain', {})).error);
kept('an unknown component is an error');

assert.deepEqual(await client.invoker.invoke('subscriber', 'greet', HttpMethod.POST, { name: 'Ruhr' }), { hello: 'Ruhr' });
kept('service invocation');

assert.ok(await client.health.isHealthy());
const metadata = await server.client.metadata.get();
assert.equal(metadata.id, 'subscriber');
assert.ok(await server.client.metadata.set('judge', 'yes'));
assert.equal((await server.client.metadata.get()).extended.judge, 'yes');
kept('health and metadata');

await client.stop();
await server.stop();
process.exit(0);
