import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RecordingAbout } from '../recording/recording.ts';

/** The files and variables that a recorded client had, in a folder of the replay. */
export class ReplayFiles {
  readonly #about: RecordingAbout;
  #folder: string | undefined;

  constructor(about: RecordingAbout) {
    this.#about = about;
  }

  /** The folder in place of the recorded one, with its files. It is created when it is first needed. */
  get folder(): string {
    if (this.#folder !== undefined) return this.#folder;
    const folder = mkdtempSync(join(tmpdir(), 'sideglance-replay-'));
    for (const [name, base64] of Object.entries(this.#about.files ?? {})) {
      writeFileSync(join(folder, name), Buffer.from(base64, 'base64'));
    }
    this.#folder = folder;
    return folder;
  }

  /** The recorded variables, with paths in this folder. */
  variables(): NodeJS.ProcessEnv {
    const { environment = {}, folder: recorded } = this.#about;
    if (recorded === undefined) return environment;
    return Object.fromEntries(
      Object.entries(environment).map(([name, value]) => [name, value.replaceAll(recorded, this.folder)]),
    );
  }

  /** Removes the folder. */
  remove(): void {
    if (this.#folder !== undefined) rmSync(this.#folder, { recursive: true, force: true });
    this.#folder = undefined;
  }
}
