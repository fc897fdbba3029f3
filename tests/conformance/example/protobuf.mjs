// As much of the protobuf encoding as asking a gRPC service takes: varints and length-delimited fields (protobuf.dev, "Encoding").
export function field(number, value) {
  const content = typeof value === "number" ? varint(value) : Buffer.concat([varint(Buffer.byteLength(value)), Buffer.from(value)]);
  return Buffer.concat([varint((number << 3) | (typeof value === "number" ? 0 : 2)), content]);
}

/** The fields of a message: [number, value] with numbers for varints and buffers for everything else. */
export function fields(message) {
  const found = [];
  for (let at = 0; at < message.length; ) {
    let tag, value, length;
    [tag, at] = readVarint(message, at);
    if ((tag & 7) === 0) [value, at] = readVarint(message, at);
    else {
      if ((tag & 7) === 2) [length, at] = readVarint(message, at);
      else length = { 1: 8, 5: 4 }[tag & 7];
      if (length === undefined || at + length > message.length) throw new Error("this is no protobuf message");
      value = message.subarray(at, (at += length));
    }
    found.push([tag >>> 3, value]);
  }
  return found;
}

/** All values of one field, the buffers of submessages and strings among them. */
export const all = (message, number) => fields(message).filter(([found]) => found === number).map(([, value]) => value);

function varint(value) {
  const bytes = [];
  for (; value > 127; value = Math.floor(value / 128)) bytes.push((value % 128) | 128);
  return Buffer.from([...bytes, value]);
}

function readVarint(message, at) {
  let value = 0;
  for (let factor = 1; ; factor *= 128) {
    if (at >= message.length || factor > 2 ** 63) throw new Error("this is no protobuf message");
    const byte = message[at++];
    value += (byte & 127) * factor;
    if (byte < 128) return [value, at];
  }
}
