import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ConformCase } from './case.ts';
import type { CaseOrigin } from './case-origin.ts';

/** Name of the file with the data to upload. */
export const DATA_FILE = 'data';

/** The files of a run. */
export interface CaseFiles {
  /** Data to upload. */
  readonly file: Buffer | undefined;
  /** Content of `SIDEGLANCE_OUTPUT`; `undefined` if the client wrote none. */
  output(): Buffer | undefined;
}

/** What a client program gets in addition to its world: environment variables, and the files that they name. */
export interface CaseInputFiles extends CaseFiles {
  readonly env: Readonly<Record<string, string>>;
}

/** Writes the files of a case into a folder, and returns the environment variables of its client. */
export function prepareInputs(one: ConformCase, origin: CaseOrigin, folder: string): CaseInputFiles {
  const { inputs } = one;
  const paths = { file: join(folder, DATA_FILE), output: join(folder, 'output') };
  const file = inputs.file === undefined ? undefined : bytesOf(one.id, inputs.file);
  if (file !== undefined) writeFileSync(paths.file, file);
  const values: Readonly<Record<string, string | undefined>> = {
    SIDEGLANCE_CASE: one.id,
    SIDEGLANCE_API: one.api,
    SIDEGLANCE_TASK: one.task,
    SIDEGLANCE_TIMEOUT: String(inputs.timeout),
    SIDEGLANCE_OUTPUT: paths.output,
    SIDEGLANCE_IMAGE_ID: origin.targetId,
    SIDEGLANCE_IMAGE_NAME: inputs.name,
    SIDEGLANCE_FILE: file && paths.file,
    SIDEGLANCE_MEMBER: origin.memberId,
    SIDEGLANCE_SERVER_ID: origin.serverId,
    SIDEGLANCE_PROPERTY: inputs.property,
    SIDEGLANCE_TAG: inputs.tag,
    SIDEGLANCE_SOURCE_URL: inputs.source,
    SIDEGLANCE_TARGET: inputs.target,
  };
  return {
    env: Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Record<
      string,
      string
    >,
    file,
    output: () => (existsSync(paths.output) ? readFileSync(paths.output) : undefined),
  };
}

/** Returns bytes that differ from case to case and are the same in each run. */
function bytesOf(seed: string, count: number): Buffer {
  const blocks: Buffer[] = [];
  for (let at = 0; at < count; at += 64) blocks.push(createHash('sha512').update(`${seed} ${at}`).digest());
  return Buffer.concat(blocks).subarray(0, count);
}
