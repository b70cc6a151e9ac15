import { RECORDING_KINDS } from '../../recording/recording.ts';
import { collect } from '../../recording/write-recording.ts';
import { operation } from '../operation.ts';
import { type RecordingQuery, record, sendRecording } from '../recording.ts';
import { listOf, responseBody, text } from '../schema-helpers.ts';

/** The operation that records a world. */
export const recordingOperations = {
  /** Returns a recording of the world: its requests, and all that `sideglance replay` needs. */
  recording: operation({
    id: 'getRecording',
    method: 'get',
    path: '/recording',
    summary: 'Returns a recording of the world, for sideglance replay and show',
    success: 200,
    statuses: [200, 400],
    query: {
      kind: { enum: RECORDING_KINDS, description: 'What is recorded; `world` when omitted.' },
      name: text('Name of the test, case or point; the label of the world when omitted.'),
      file: text('File of the test or case.'),
      verdict: text('How it ended, such as fail.'),
      error: text('Message of the failure.'),
    },
    response: responseBody({
      format: text('sideglance-recording'),
      version: { type: 'integer', description: 'Version of the format; schemas/recording.schema.json describes it.' },
      requests: listOf({ type: 'object' }),
    }),
    call: (query: RecordingQuery = {}) => ({ query }),
    run: ({ query }, context) => record(context, query),
    reply: sendRecording,
    result: collect,
  }),
};
