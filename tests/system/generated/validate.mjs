// Judges the descriptions served at the given addresses with a validator of OpenAPI 3.1 that is not ours.
import { Validator } from "@seriousme/openapi-schema-validator";

for (const address of process.argv.slice(2)) {
  const description = await (await fetch(new URL("/openapi.json", address))).json();
  const validator = new Validator();
  const { valid, errors } = await validator.validate(description);
  if (!valid || validator.version !== "3.1") throw new Error(`${description.info?.title} (${validator.version}): ${JSON.stringify(errors)}`);
  const operations = Object.values(description.paths).flatMap((path) => Object.keys(path)).length;
  if (operations === 0) throw new Error(`${description.info.title} describes nothing`);
  console.log(`valid: ${description.info.title}, ${operations} operations`);
}
