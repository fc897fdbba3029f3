// Reads expressions of Prometheus, one a line, with Prometheus' own grammar; prints the metrics each one names.
import { readFileSync } from "node:fs";
import { parser } from "@prometheus-io/lezer-promql";

let faults = 0;
for (const line of readFileSync(process.argv[2], "utf8").split("\n").filter(Boolean)) {
  const expression = line.replaceAll("$__rate_interval", "5m");
  const metrics = [];
  parser.parse(expression).iterate({
    enter(node) {
      if (node.type.isError) {
        faults++;
        console.log(`fault at ${node.from}: ${expression}`);
      }
      if (node.name === "Identifier" && node.node.parent?.name === "VectorSelector") metrics.push(expression.slice(node.from, node.to));
    },
  });
  console.log(`metrics: ${metrics.join(" ")}`);
}
process.exit(faults === 0 ? 0 : 1);
