/** What was looked at: one line each, and at the end what is missing. */
export class Findings {
  #missing = [];
  #seen = 0;

  /** @param {string} rule what has to be so, @param {boolean} holds whether it is, @param {string} found what was found instead, or what to do */
  check(rule, holds, found = "") {
    this.#seen++;
    console.log(`${holds ? "ok     " : "MISSING"} ${rule}${holds || !found ? "" : `: ${found}`}`);
    if (!holds) this.#missing.push(rule);
    return holds;
  }

  skip(rule, reason) {
    console.log(`left out ${rule}: ${reason}`);
  }

  /** The last line; whether nothing is missing. */
  close(name) {
    console.log(this.#missing.length ? `${name}: ${this.#missing.length} of ${this.#seen} missing.` : `${name}: all ${this.#seen} hold.`);
    return this.#missing.length === 0;
  }
}
