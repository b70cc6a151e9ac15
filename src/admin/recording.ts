import { Readable } from 'node:stream';
import { inSlices, type Work } from '../base/slices.ts';
import { judgeConduct } from '../conduct/analyze.ts';
import type { Reply } from '../contract/contract.ts';
import { recordWorld } from '../recording/record-world.ts';
import type { RecordingAbout, RecordingSource } from '../recording/recording.ts';
import { inChunks, toText } from '../recording/write-recording.ts';
import { conductSubject } from './conduct.ts';
import type { AdminContext } from './operation.ts';

/** What a recording says about itself, as query parameters. */
export type RecordingQuery = Pick<RecordingAbout, 'kind' | 'name' | 'file' | 'verdict' | 'error'>;

/** Returns the work of recording a world. @param about - what the world was used for; by default only its label is known. */
export function record(context: AdminContext, about: RecordingAbout = {}): Work<RecordingSource> {
  const { world, rootOf } = context;
  const { label } = world.journal;
  return recordWorld(world, {
    about: { kind: 'world', ...(label !== undefined && { name: label }), ...about },
    root: rootOf('default'),
    judge: (journal) => judgeConduct({ ...conductSubject(context), journal }, {}),
    ports: context.host.ports(),
  });
}

/** Sends a recording as JSON, a line for each request. */
export function sendRecording(source: RecordingSource): Reply {
  const body = Readable.from(inSlices(inChunks(toText(source))), { objectMode: false });
  body.once('close', () => source.close?.());
  return { status: 200, headers: { 'Content-Type': 'application/json' }, body };
}
