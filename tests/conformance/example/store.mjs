// Keeps everything in one file that is replaced as a whole: an event's effect and the mark that it was applied are saved together or not at all.
import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";

export class Store {
  #file;
  #kept;
  #saving = Promise.resolve();

  static async open(folder) {
    await mkdir(folder, { recursive: true });
    const store = new Store();
    store.#file = join(folder, "notes.json");
    store.#kept = JSON.parse(await readFile(store.#file, "utf8").catch(() => '{"dataAssets":{},"notes":[],"applied":{}}'));
    return store;
  }

  dataAssets = () => Object.values(this.#kept.dataAssets);

  notes = () => this.#kept.notes;

  addNote(note) {
    return this.#change((kept) => {
      const added = { id: randomUUID(), ...note };
      kept.notes.push(added);
      return added;
    });
  }

  /** Runs an effect if this event has not had it yet. */
  once(event, effect) {
    return this.#change((kept) => {
      if (kept.applied[event]) return;
      this.#kept = kept;
      effect();
      kept.applied[event] = true;
    });
  }

  /** Only inside {@link once}. An older version that comes late changes nothing. */
  keepDataAsset(asset) {
    const known = this.#kept.dataAssets[asset.id];
    if (!known || known.version < asset.version) this.#kept.dataAssets[asset.id] = { ...asset, timesTold: (known?.timesTold ?? 0) + 1 };
    else known.timesTold++;
  }

  // One change after the other, on a copy that takes the place of what was kept when it is on disk.
  #change(make) {
    const change = this.#saving.then(async () => {
      const before = this.#kept;
      const kept = structuredClone(before);
      try {
        const outcome = make(kept);
        await writeFile(`${this.#file}.new`, JSON.stringify(kept));
        await rename(`${this.#file}.new`, this.#file);
        this.#kept = kept;
        return outcome;
      } catch (failure) {
        this.#kept = before;
        throw failure;
      }
    });
    this.#saving = change.catch(() => {});
    return change;
  }
}
