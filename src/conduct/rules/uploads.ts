import type { ConductClient } from '../client.ts';
import type { ConductRequest } from '../request.ts';
import { type Breach, type ConductRule, judgeEach } from '../rule.ts';
import { SOURCES } from '../sources.ts';

const uploads = ({ requests }: ConductClient): readonly ConductRequest[] => requests.filter(({ isUpload }) => isUpload);

/** Pairs of an upload that failed and the next one to the same address. */
const repeated = (client: ConductClient): readonly (readonly [ConductRequest, ConductRequest])[] =>
  client.retries.filter(([failed]) => failed.isUpload);

const bytes = (request: ConductRequest): string => `${request.recorded.requestBody.size} bytes`;

const announced = (request: ConductRequest): number | undefined => {
  const length = request.header('content-length');
  return length === undefined ? undefined : Number(length);
};

/** The size that an upload was meant to have; `undefined` if only a part of a chunked one may have arrived. */
const intended = (request: ConductRequest): number | undefined =>
  announced(request) ?? (request.hasSucceeded ? request.recorded.requestBody.size : undefined);

const isChunked = (request: ConductRequest): boolean => /chunked/i.test(request.header('transfer-encoding') ?? '');

/** Whether the service rejected a request because its body is chunked. */
const isChunkedRejected = (request: ConductRequest): boolean =>
  isChunked(request) && (request.status === 411 || (request.status === 400 && request.isUpload));

const between = (failed: ConductRequest, next: ConductRequest, message: string): Breach => ({
  message,
  entries: [failed.id, next.id],
});

/** Rules on how a client sends the data of images. */
export const uploadRules: readonly ConductRule[] = [
  {
    id: 'retry-body-cut-short',
    title: 'Rewind the data before you send it again',
    severity: 'error',
    sources: [SOURCES.incomplete, SOURCES.imageApi],
    check: (client) =>
      judgeEach(repeated(client), ([failed, next]) => {
        const [before, after] = [announced(failed) ?? failed.recorded.requestBody.size, intended(next)];
        if (after === undefined || before === 0) return undefined;
        if (after >= before) return null;
        return between(failed, next, `sent ${after} bytes to ${next.path} after ${before} bytes had failed`);
      }),
  },
  {
    id: 'retry-body-changed',
    title: 'Send the same data again',
    severity: 'error',
    sources: [SOURCES.idempotent, SOURCES.imageApi],
    check: (client) =>
      judgeEach(repeated(client), ([failed, next]) => {
        const sizes = [failed, next].map(({ recorded }) => recorded.requestBody.size);
        if (sizes[0] === 0 || sizes[0] !== sizes[1] || !failed.hasKnownBody || !next.hasKnownBody) return undefined;
        if (failed.bodyKey === next.bodyKey) return null;
        return between(failed, next, `sent other data of the same size (${bytes(next)}) to ${next.path}`);
      }),
  },
  {
    id: 'chunked-where-refused',
    title: 'Send Content-Length when the service rejects a chunked body with 411 or 400',
    severity: 'warning',
    sources: [SOURCES.lengthRequired],
    check: (client) =>
      judgeEach(client.requests, (request) => {
        if (!isChunkedRejected(request)) return undefined;
        const again = client.after(
          request,
          (other) => other.name === request.name && isChunkedRejected(other) && other.recorded.started >= request.ended,
        );
        return again === undefined ? null : between(request, again, `sent ${request.name} in chunks again`);
      }),
  },
  {
    id: 'uploaded-again-though-active',
    title: 'Look at the status of the image before you upload its data again',
    severity: 'warning',
    sources: [SOURCES.imageApi],
    check: (client) =>
      judgeEach(uploads(client), (upload) => {
        if (upload.method !== 'PUT') return undefined;
        const done = client.before(
          upload,
          (other) =>
            other.isUpload &&
            other.path === upload.path &&
            other.hasSucceeded &&
            other.ended <= upload.recorded.started,
        );
        if (done === undefined) return null;
        if (upload.status !== 409) return undefined;
        return between(done, upload, `uploaded to ${upload.path} again after it had succeeded`);
      }),
  },
  {
    id: 'upload-cut-short',
    title: 'Send as many bytes as Content-Length announces',
    severity: 'error',
    sources: [SOURCES.incomplete],
    check: (client) =>
      judgeEach(uploads(client), (upload) => {
        const length = announced(upload);
        const { fired, outcome, requestBody, status } = upload.recorded;
        // A rule that ends the connection, or a response before the whole body, makes the client stop.
        const hasLeft = outcome === 'client gone' && status === 0;
        if (length === undefined || fired !== undefined || !hasLeft) return upload.hasSucceeded ? null : undefined;
        if (requestBody.size >= length) return null;
        const message = `left ${upload.path} after ${requestBody.size} of ${length} bytes`;
        return { message, entries: [upload.id] };
      }),
  },
  {
    id: 'expect-continue-abandoned',
    title: 'Send the body after a while when 100 Continue does not come',
    severity: 'warning',
    sources: [SOURCES.expect],
    check: (client) =>
      judgeEach(client.requests, (request) => {
        if (!/100-continue/i.test(request.header('expect') ?? '')) return undefined;
        const { outcome, requestBody, status } = request.recorded;
        if (outcome !== 'client gone' || status !== 0 || requestBody.size > 0) return null;
        return { message: `left ${request.name} before it sent its body`, entries: [request.id] };
      }),
  },
];
