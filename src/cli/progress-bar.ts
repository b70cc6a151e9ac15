import type { Writable } from 'node:stream';

/** Where a long command has got to. */
export interface Progress {
  readonly done: number;
  readonly total: number;
  /** More about it, such as counts. */
  readonly text: string;
}

/** Shows progress on a stream. */
export interface ProgressBar {
  update(progress: Progress): void;
  /** Removes the bar. */
  end(): void;
}

const WIDTH = 24;

/** Erases the line, and moves to its beginning. */
const ERASE = '\r\u001b[K';

/** Milliseconds between two updates. */
const INTERVAL = 100;

/** Share of the work, in percent, between two lines on a stream that is no terminal. */
const STEP = 10;

/** Creates a bar that is redrawn in place on a terminal, and a line for each tenth of the work elsewhere. */
export const progressBar = (stream: Writable & { readonly isTTY?: boolean; readonly columns?: number }): ProgressBar =>
  stream.isTTY === true ? redrawnBar(stream) : lineByLine(stream);

/** Creates a bar that is drawn on a terminal only. */
export const terminalBar = (stream: Writable & { readonly isTTY?: boolean; readonly columns?: number }): ProgressBar =>
  stream.isTTY === true ? redrawnBar(stream) : { update: () => undefined, end: () => undefined };

/** A line on a terminal that says what is being done. */
export interface ActivityLine {
  show(text: string): void;
  /** Removes the line for good. */
  end(): void;
}

/** Creates a line that says what is being done, on a terminal only. */
export function activityLine(stream: Writable & { readonly isTTY?: boolean; readonly columns?: number }): ActivityLine {
  if (stream.isTTY !== true) return { show: () => undefined, end: () => undefined };
  let hasEnded = false;
  return {
    show: (text) => {
      if (!hasEnded) stream.write(`${ERASE}${text.slice(0, (stream.columns ?? 80) - 1)}`);
    },
    end: () => {
      hasEnded = true;
      stream.write(ERASE);
    },
  };
}

function redrawnBar(stream: Writable & { readonly columns?: number }): ProgressBar {
  const started = performance.now();
  let last = Number.NEGATIVE_INFINITY;
  return {
    update: (progress) => {
      const now = performance.now();
      if (now - last < INTERVAL && progress.done < progress.total) return;
      last = now;
      const line = `${drawn(progress)} ${remaining(progress, now - started)}`;
      stream.write(`${ERASE}${line.slice(0, (stream.columns ?? 80) - 1)}`);
    },
    end: () => void stream.write(ERASE),
  };
}

function lineByLine(stream: Writable): ProgressBar {
  let next = 0;
  return {
    update: ({ done, total, text }) => {
      const percent = total === 0 ? 100 : Math.floor((100 * done) / total);
      if (percent < next) return;
      next = percent - (percent % STEP) + STEP;
      stream.write(`${done} of ${total} ${text}\n`);
    },
    end: () => undefined,
  };
}

function drawn({ done, total, text }: Progress): string {
  const filled = total === 0 ? WIDTH : Math.round((WIDTH * done) / total);
  return `[${'#'.repeat(filled)}${'.'.repeat(WIDTH - filled)}] ${done}/${total} ${text}`;
}

function remaining({ done, total }: Progress, elapsed: number): string {
  if (done === 0 || done === total) return '';
  const seconds = Math.round(((elapsed / done) * (total - done)) / 1000);
  return seconds < 60 ? `${seconds} s left` : `${Math.ceil(seconds / 60)} min left`;
}
