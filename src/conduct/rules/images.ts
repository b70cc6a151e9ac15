import { isObject } from '../../base/json.ts';
import type { ConductClient } from '../client.ts';
import { Groups } from '../groups.ts';
import type { ConductRequest } from '../request.ts';
import { type ConductContext, type ConductRule, judgeEach } from '../rule.ts';
import { SOURCES } from '../sources.ts';

/** Whether a request removes the protection of an image. */
function unprotects({ method, json }: ConductRequest): boolean {
  if (method === 'PATCH' && Array.isArray(json)) {
    return json.some((step) => isObject(step) && step['path'] === '/protected' && step['value'] !== true);
  }
  return (method === 'PUT' || method === 'PATCH') && isObject(json) && json['protected'] === false;
}

const isImageDelete = ({ method, recorded }: ConductRequest): boolean =>
  method === 'DELETE' && /\.deleteImage$/.test(recorded.operation ?? '');

const entriesOf = (...requests: readonly (ConductRequest | undefined)[]): readonly number[] =>
  requests.flatMap((request) => (request === undefined ? [] : [request.id]));

/** Whether a download reached the client with other data than that of the image. */
function isCorrupted(request: ConductRequest, context: ConductContext): boolean {
  const { isDownload, recorded, status } = request;
  return isDownload && status === 200 && recorded.fired?.kind === 'corrupt' && !hasWrongHeader(request, context);
}

/**
 * Whether the header is wrong and the data is not: it announces more than the image has, or another digest. A client that checks the
 * digests of the record has no reason to complain.
 */
function hasWrongHeader(request: ConductRequest, context: ConductContext): boolean {
  const { image } = request;
  const known = image === undefined ? undefined : context.findImage(image);
  if (known === undefined) return false;
  const digest = request.responseHeader('content-md5');
  return (
    (digest !== undefined && digest !== known.checksum) ||
    Number(request.responseHeader('content-length')) > (known.sizeBytes ?? Infinity)
  );
}

/** Bytes by which the recorded size of a cut download may be too small. */
const HEAD = 1024;

/** Whether a rule ended a download early. It may also end the connection after the last byte. */
function isCut(request: ConductRequest): boolean {
  const { isDownload, recorded, status } = request;
  const { outcome, fired, responseBody } = recorded;
  const kind = fired?.kind;
  const announced = Number(request.responseHeader('content-length') ?? Infinity);
  if (responseBody.size + HEAD >= announced) return false;
  return isDownload && outcome === 'faulty' && status < 300 && (kind === 'cut' || kind === 'stall');
}

/** Whether a client deals with a damaged download: it downloads again, has done so before, or reports a failure. */
function isNoticed(client: ConductClient, download: ConductRequest, { clientSucceeded }: ConductContext): boolean {
  const isSame = (other: ConductRequest): boolean => other.isDownload && other.path === download.path;
  if (client.after(download, isSame) !== undefined || clientSucceeded === false) return true;
  return clientSucceeded !== true && client.before(download, isSame) !== undefined;
}

/** Rules on what a client does with images and their data. */
export const imageRules: readonly ConductRule[] = [
  {
    id: 'download-corruption-unnoticed',
    title: 'Check downloaded data against its checksum, and download it again if it is wrong',
    severity: 'error',
    sources: [SOURCES.imageApi],
    check: (client, context) =>
      judgeEach(client.requests, (request) => {
        if (!isCorrupted(request, context)) return undefined;
        if (isNoticed(client, request, context) || !context.isComplete) return null;
        return { message: `did not notice that ${request.path} was corrupted`, entries: [request.id] };
      }),
  },
  {
    id: 'download-cut-unnoticed',
    title: 'Download the rest, or again, when a download ends early',
    severity: 'error',
    sources: [SOURCES.incomplete],
    check: (client, context) =>
      judgeEach(client.requests, (request) => {
        if (!isCut(request)) return undefined;
        if (isNoticed(client, request, context) || !context.isComplete) return null;
        return { message: `did not download ${request.path} again after it had ended early`, entries: [request.id] };
      }),
  },
  {
    id: 'download-restarted',
    title: 'Ask for the rest of a download with Range',
    severity: 'info',
    sources: [SOURCES.range],
    check: (client) =>
      judgeEach(client.requests, (request) => {
        if (!isCut(request) || request.recorded.responseBody.size === 0) return undefined;
        const again = client.after(request, (other) => other.isDownload && other.path === request.path);
        if (again === undefined) return undefined;
        if (again.header('range') !== undefined) return null;
        return { message: `downloaded ${request.path} from the start again`, entries: entriesOf(request, again) };
      }),
  },
  {
    id: 'range-ignored',
    title: 'Treat 200 in response to a Range as the whole data',
    severity: 'warning',
    sources: [SOURCES.range],
    check: (client) =>
      judgeEach(client.requests, (request) => {
        const range = request.header('range');
        if (range === undefined || request.status !== 200 || !request.hasSucceeded) return undefined;
        const isSame = (other: ConductRequest): boolean =>
          other.path === request.path &&
          other.header('range') !== undefined &&
          other.status === 200 &&
          other.recorded.started >= request.ended;
        const again = client.after(request, isSame);
        if (again === undefined) return null;
        const message = `asked for a range of ${request.path} again although the service sends all of it`;
        return { message, entries: entriesOf(request, again) };
      }),
  },
  {
    id: 'image-left-behind',
    title: 'Delete what you have created when you cannot finish it',
    severity: 'warning',
    sources: [SOURCES.imageApi],
    check: (client, context) => {
      const uploads = new Groups<string | undefined, ConductRequest>();
      for (const request of client.requests) if (request.isUpload) uploads.add(request.image, request);
      return judgeEach(client.requests, (created) => {
        const { image } = created;
        if (created.status !== 201 || created.method !== 'POST' || image === undefined) return undefined;
        const about = uploads.get(image) ?? [];
        const last = about.at(-1);
        // An upload that took effect although its response was lost leaves a good image.
        const isDone = ({ hasSucceeded, tookEffectUnseen }: ConductRequest): boolean =>
          hasSucceeded || tookEffectUnseen;
        if (last === undefined || last.hasSucceeded) return undefined;
        const isDelete = (other: ConductRequest): boolean => other.method === 'DELETE' && other.image === image;
        if (about.some(isDone) || client.after(last, isDelete) !== undefined || context.findImage(image) === undefined)
          return null;
        return { message: `left image ${image} behind after its upload had failed`, entries: entriesOf(created, last) };
      });
    },
  },
  {
    id: 'protection-forced',
    title: 'Leave a protected image alone',
    severity: 'error',
    sources: [SOURCES.imageApi],
    check: (client) =>
      judgeEach(client.requests, (refused) => {
        if (!isImageDelete(refused) || refused.status !== 403) return undefined;
        const change = client.after(refused, (other) => other.image === refused.image && unprotects(other));
        const again = change && client.after(change, (other) => isImageDelete(other) && other.image === refused.image);
        if (again === undefined) return null;
        const message = `removed the protection of image ${refused.image} to delete it`;
        return { message, entries: entriesOf(refused, change, again) };
      }),
  },
];
