/** The data of images: up, and down. */
import { createHash } from 'node:crypto';
import { TaskError } from './http.mjs';
import { waitFor } from './polling.mjs';
import { StatusError } from './sessions.mjs';

const digest = (algorithm, bytes) => createHash(algorithm).update(bytes).digest('hex');

/** Whether an image has this data. A service that shows no digest is believed if the size is right. */
function holds(image, bytes) {
  if (image.status !== 'active' || (typeof image.size === 'number' && image.size !== bytes.length)) return false;
  return image.checksum == null || image.checksum === digest('md5', bytes);
}

/**
 * Uploads data until the image has it.
 * @param api of the image.
 */
export async function upload(session, api, id, bytes) {
  const { http } = session;
  const { mistakes } = http;
  for (let attempt = 0; ; attempt += 1) {
    const rest = attempt > 0 && mistakes.has('no-rewind') ? bytes.subarray(Math.floor(bytes.length / 2)) : bytes;
    const answer = await session.once('PUT', api.dataUrl(await session.root(), id), {
      headers: { 'Content-Type': 'application/octet-stream' },
      body: rest,
    });
    if (answer.isGood && mistakes.has('trusts-accepted')) return;
    if (answer.isGood || answer.status === 409) return confirm(session, api, id, bytes);
    const isOver = attempt >= 4 || mistakes.has('no-retry');
    if (!http.isTransient(answer) && !(mistakes.has('retries-everything') && answer.status !== 401))
      throw new StatusError(answer);
    if (isOver) throw new StatusError(answer);
    await http.pause(answer, attempt);
    if (mistakes.has('uploads-again')) continue;
    const image = await settled(session, api, id);
    if (holds(image, bytes)) return;
    if (image.status !== 'queued') throw new TaskError(`the image is ${image.status}, without the data`);
  }
}

/** Reads an image until it is no longer being saved. */
const settled = (session, api, id) =>
  waitFor(
    session.http,
    () => api.show(id),
    ({ status }) => (status === 'saving' ? undefined : true),
  );

async function confirm(session, api, id, bytes) {
  const image = await settled(session, api, id);
  if (holds(image, bytes) || session.http.mistakes.has('ignores-checksum')) return;
  throw new TaskError(`the image is ${image.status}, and not with the data that was sent`);
}

/** Mistakes of clients that do not compare what they get. */
const UNCHECKED = ['ignores-checksum', 'ignores-length', 'appends-blindly'];

/** Downloads the data of an image, checks it, and returns it. */
export async function download(session, api, id) {
  const { http } = session;
  const { mistakes } = http;
  let parts = Buffer.alloc(0);
  for (let attempt = 0; ; attempt += 1) {
    const headers = { Accept: '*/*', ...(parts.length > 0 && { Range: `bytes=${parts.length}-` }) };
    const answer = await session.once('GET', api.dataUrl(await session.root(), id), { headers });
    if (mistakes.has('keeps-error-body') && answer.isWhole) return answer.body;
    parts = joined(parts, answer, mistakes);
    if (answer.status === 204) throw new TaskError('the image has no data');
    if (answer.isGood || (mistakes.has('ignores-length') && answer.status === 200)) {
      if (UNCHECKED.some((mistake) => mistakes.has(mistake))) return parts;
      if (await isRight(api, id, { answer, parts })) return parts;
      parts = Buffer.alloc(0);
    } else if (!http.isTransient(answer) && answer.status !== 416) throw new StatusError(answer);
    if (attempt >= 4 || mistakes.has('no-retry')) throw new StatusError(answer);
    await http.pause(answer, attempt);
  }
}

/** What there is of the data after an answer: the rest is appended if the service heeded Range. */
function joined(parts, answer, mistakes) {
  const isBad = answer.status !== 200 && answer.status !== 206;
  if (isBad) return answer.status === 416 ? Buffer.alloc(0) : parts;
  const isRest = answer.status === 206 || mistakes.has('appends-blindly');
  return isRest ? Buffer.concat([parts, answer.body]) : answer.body;
}

async function isRight(api, id, { answer, parts }) {
  const image = await api.show(id);
  const header = answer.header('content-md5');
  const { os_hash_algo: algorithm, os_hash_value: value } = image;
  const expected = [
    ['md5', header],
    ['md5', image.checksum],
    [algorithm, value],
  ].filter(([, text]) => typeof text === 'string');
  return expected.every(([name, text]) => digest(name, parts) === text);
}
