// What is registered and asked for: read once, shared by all virtual users, different in each iteration.
import exec from "k6/execution";
import { SharedArray } from "k6/data";

const words = new SharedArray<string>("words", () => JSON.parse(open("../data/words.json")));
const [dataAsset] = new SharedArray<object>("data asset", () => [JSON.parse(open("../data/data-asset.json"))]);
const [competence] = new SharedArray<object>("competence", () => [JSON.parse(open("../data/competence.json"))]);
const offers = new SharedArray<string>("offer", () => [open("../data/offer.json")]);

/** A number that no other iteration of this run has. */
export function turn(): number {
  return exec.scenario.iterationInTest;
}

/** Something people look for; the same turn gives the same word, so that runs can be compared. */
export function word(): string {
  return words[turn() % words.length] ?? "Lunge";
}

/** A data asset nobody registered before. */
export function newDataAsset(): object {
  return { ...dataAsset, identifier: `k6-${exec.scenario.startTime}-${exec.vu.idInTest}-${turn()}` };
}

/** A competence about the word of the turn. */
export function newCompetence(): object {
  return { ...competence, title: { values: { de: `Erkennung: ${word()} (Lasttest ${turn()})`, en: `Detection: ${word()} (load test ${turn()})` } } };
}

/** Terms: research only, anonymise, inform. */
export function researchOnly(): string {
  return offers[0] ?? "";
}
