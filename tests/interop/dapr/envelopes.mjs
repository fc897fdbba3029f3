// Judges envelopes with the CloudEvents SDK: node envelopes.mjs <file with one structured JSON envelope per line>.
// Prints one line per event type with how many were valid; stops at the first that is not.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { HTTP } from 'cloudevents';

const valid = {};
for (const body of readFileSync(process.argv[2], 'utf8').split('\n').filter(Boolean)) {
  const event = HTTP.toEvent({ headers: { 'content-type': 'application/cloudevents+json; charset=utf-8' }, body });
  assert.ok(event.validate(), body);
  assert.equal(event.specversion, '1.0');
  assert.equal(typeof event.data, 'object', body);
  assert.ok(event.subject && event.time && event.traceparent, body);
  valid[event.type] = (valid[event.type] ?? 0) + 1;
}
for (const [type, count] of Object.entries(valid)) console.log(`valid: ${type} ${count}`);
