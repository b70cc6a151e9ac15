/** Requests over HTTP: one attempt, and attempts that are repeated as the rules of conduct ask for. */
import { setTimeout as sleep } from 'node:timers/promises';

/** How often a request is tried. */
const ATTEMPTS = 5;
/** Share of the time of a task that one attempt may take. */
const ATTEMPT_SHARE = 0.25;
/** Milliseconds of the first back-off; each further one is twice as long. */
const BACK_OFF = 80;
/** Statuses that pass. */
const TRANSIENT = new Set([0, 408, 429, 500, 502, 503, 504]);
/** Statuses that a client with the mistake `retries-everything` repeats in vain. */
const PERMANENT = new Set([400, 403, 404, 405, 409, 410, 413, 415, 422]);

/** The task cannot be carried out; the client reports a failure. */
export class TaskError extends Error {}

/** A response, or what arrived of it. */
export class Answer {
  /** @param {number} status 0 if none arrived. */
  constructor(status, headers, body, isWhole) {
    this.status = status;
    this.headers = headers;
    this.body = body;
    this.isWhole = isWhole;
  }

  get isGood() {
    return this.isWhole && this.status >= 200 && this.status < 300;
  }

  header(name) {
    return this.headers.get(name) ?? undefined;
  }

  /** The JSON body; `undefined` if it is no JSON object. */
  json() {
    try {
      const value = JSON.parse(this.body.toString());
      return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
    } catch {
      return undefined;
    }
  }
}

const NOTHING = new Answer(0, new Headers(), Buffer.alloc(0), false);

/** Sends requests for one task. */
export class Http {
  /**
   * @param {ReadonlySet<string>} mistakes what this client does wrong.
   * @param {number} seconds that the task may take.
   */
  constructor(mistakes, seconds) {
    this.mistakes = mistakes;
    this.attemptTime = seconds * 1000 * ATTEMPT_SHARE;
    this.deadline = Date.now() + seconds * 1000 - 1500;
  }

  /** Milliseconds that are left. */
  get left() {
    return this.deadline - Date.now();
  }

  /** Sends a request once. Never throws for what the service does. */
  async once(method, url, { headers = {}, body } = {}) {
    const time = this.mistakes.has('no-timeout') ? 600_000 : Math.max(1, Math.min(this.attemptTime, this.left));
    const chunks = [];
    let response;
    try {
      response = await fetch(url, {
        method,
        headers: { 'User-Agent': 'sideglance-reference/1.0', Accept: 'application/json', ...headers },
        redirect: 'manual',
        signal: AbortSignal.timeout(time),
        ...(body !== undefined && { body }),
      });
      for await (const chunk of response.body ?? []) chunks.push(chunk);
      return new Answer(response.status, response.headers, Buffer.concat(chunks), true);
    } catch {
      if (response === undefined) return NOTHING;
      const isTaken = this.mistakes.has('accepts-any-body');
      return new Answer(response.status, response.headers, Buffer.concat(chunks), isTaken);
    }
  }

  /** Whether a request that got this answer may succeed later. */
  isTransient(answer) {
    if (!answer.isWhole || TRANSIENT.has(answer.status)) return true;
    return answer.status === 413 && answer.header('retry-after') !== undefined;
  }

  /**
   * Repeats a request until it succeeds, is rejected for good, or has been tried often enough.
   * @param send sends it once, with the number of earlier attempts.
   * @param isDone whether what arrived is what was asked for.
   */
  async retried(send, isDone = (answer) => answer.isGood) {
    const { mistakes } = this;
    const limit = mistakes.has('no-retry') ? 1 : mistakes.has('never-gives-up') ? 40 : ATTEMPTS;
    let answer = NOTHING;
    for (let attempt = 0; attempt < limit; attempt += 1) {
      answer = await send(attempt);
      if (isDone(answer)) return answer;
      const repeats = mistakes.has('retries-everything') && PERMANENT.has(answer.status);
      if (answer.status === 200 && mistakes.has('accepts-any-body')) return answer;
      if (!answer.isGood && !this.isTransient(answer) && !repeats) return answer;
      if (attempt + 1 < limit) await this.pause(answer, attempt);
    }
    return answer;
  }

  /** Waits as long as the service asks for, and never less than a growing time with jitter. Gives up if it is too long. */
  async pause(answer, attempt) {
    const { mistakes } = this;
    if (mistakes.has('ignores-retry-after') || mistakes.has('never-gives-up')) return;
    const asked = retryAfter(answer, mistakes);
    const backOff = BACK_OFF * 2 ** attempt * (0.75 + Math.random() / 2);
    const time = Math.max(asked, backOff);
    if (time > this.left)
      throw new TaskError(`the service asks to wait ${Math.ceil(time / 1000)} s (${answer.status})`);
    await sleep(time);
  }
}

/** Milliseconds that a response asks to wait; 0 if it does not say. */
function retryAfter(answer, mistakes) {
  const text = answer.isWhole ? (answer.header('retry-after') ?? '') : '';
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  if (mistakes.has('ignores-dates')) return 0;
  const until = Date.parse(text);
  if (!/GMT$/.test(text) || Number.isNaN(until)) return 0;
  const now = Date.parse(answer.header('date') ?? '');
  return Math.max(0, until - (Number.isNaN(now) ? Date.now() : now));
}
