// JSON in and out; refusals are problem+json (RFC 9457) with a reason that programs can tell apart.
const titles = { 400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 413: "Content Too Large", 500: "Internal Server Error", 503: "Service Unavailable" };
const largestBody = 1024 * 1024;

export class Problem extends Error {
  constructor(status, reason, detail, more = {}) {
    super(detail);
    this.status = status;
    this.body = { type: "about:blank", title: titles[status], status, detail, reason, ...more };
  }
}

export function answerJson(answer, body) {
  answer.setHeader("Content-Type", "application/json").end(JSON.stringify(body));
}

export function answerProblem(answer, failure) {
  const problem = failure instanceof Problem ? failure : new Problem(500, "INTERNAL", "Something went wrong here; it is in the log.");
  if (problem !== failure) console.error(JSON.stringify({ message: failure.message, stack: failure.stack }));
  if (problem.status === 401) answer.setHeader("WWW-Authenticate", "Bearer");
  answer.writeHead(problem.status, { "Content-Type": "application/problem+json" }).end(JSON.stringify(problem.body));
}

/** The JSON object in the body; with names given, others are refused so that a slip of the pen is not lost silently. */
export async function readJson(request, names) {
  const chunks = [];
  let length = 0;
  for await (const chunk of request) {
    if ((length += chunk.length) > largestBody) throw new Problem(413, "BODY_TOO_LARGE", `The body is larger than ${largestBody} bytes.`);
    chunks.push(chunk);
  }
  let body;
  try {
    body = JSON.parse(Buffer.concat(chunks));
  } catch {
    throw new Problem(400, "MALFORMED_JSON", "The body is no JSON.");
  }
  if (typeof body !== "object" || body === null) throw new Problem(400, "MALFORMED_JSON", "The body is no JSON object.");
  const unknown = names ? Object.keys(body).filter((name) => !names.includes(name)) : [];
  if (unknown.length) throw new Problem(400, "UNKNOWN_FIELD", "The body has members that are not known.", { violations: unknown.map((field) => ({ field, problem: "Not known." })) });
  return body;
}
