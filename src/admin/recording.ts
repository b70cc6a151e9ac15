import { Readable } from 'node:stream';
import type { Reply } from '../contract/contract.ts';
import { recordWorld } from '../recording/record-world.ts';
import type { RecordingAbout, RecordingSource } from '../recording/recording.ts';
import { inChunks, toText } from '../recording/write-recording.ts';
import { readConduct } from './conduct.ts';
import type { AdminContext } from './operation.ts';

/** What a recording says about itself, as query parameters. */
export type RecordingQuery = Pick<RecordingAbout, 'kind' | 'name' | 'file' | 'verdict' | 'error'>;

/** Records what happened in a world. @param about - what the world was used for; by default only its label is known. */
export function record(context: AdminContext, about: RecordingAbout = {}): RecordingSource {
  const { world, rootOf } = context;
  const { label } = world.journal;
  return recordWorld(world, {
    about: { kind: 'world', ...(label !== undefined && { name: label }), ...about },
    root: rootOf('default'),
    conduct: readConduct(context, {}),
    ports: context.host.ports(),
  });
}

/** Sends a recording as JSON, a line for each request. */
export const sendRecording = (source: RecordingSource): Reply => ({
  status: 200,
  headers: { 'Content-Type': 'application/json' },
  body: Readable.from(inChunks(toText(source)), { objectMode: false }),
});
