// Judges graphs by SHACL shapes: judge.mjs <graphs> <report> <shapes.ttl>...
// <graphs> holds one JSON text a line, the N-Triples of a graph; <report> gets one line for each: the violations as [{path, constraint, focus, value}].
import { readFileSync, writeFileSync } from 'node:fs'
import { Parser, Store } from 'n3'
import SHACLValidator from 'rdf-validate-shacl'

const [graphs, report, ...shapeFiles] = process.argv.slice(2)
const shapes = new Store()
for (const file of shapeFiles) {
  // What is imported stands beside; nothing is fetched.
  shapes.addQuads(new Parser({ format: 'text/turtle' }).parse(readFileSync(file, 'utf8')).filter(q => q.predicate.value !== 'http://www.w3.org/2002/07/owl#imports'))
}

const validator = new SHACLValidator(shapes)
const local = term => (term?.value ?? '').replace(/^.*[#/]/, '')
const lines = []
for (const line of readFileSync(graphs, 'utf8').split('\n').filter(l => l.length > 0)) {
  const data = new Store(new Parser({ format: 'application/n-triples' }).parse(JSON.parse(line)))
  const { results } = await validator.validate(data)
  lines.push(JSON.stringify(results
    .filter(r => local(r.severity) === 'Violation')
    .map(r => ({ path: local(r.path), constraint: local(r.sourceConstraintComponent).replace(/ConstraintComponent$/, ''), focus: r.focusNode?.value ?? '', value: r.value?.value ?? '' }))))
}

writeFileSync(report, lines.join('\n'))
console.log(`${lines.length} graphs judged`)
