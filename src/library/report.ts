import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { gzipSync } from 'node:zlib';
import { consolePage } from '../admin/console-page.ts';
import { escapeHtml } from '../base/html.ts';
import { openRecording } from '../recording/read-recording.ts';

/** Returns the console as an HTML page, which opens recordings without a server. @throws Error if it is not built. */
export function consoleHtml(): string {
  const page = consolePage();
  if (page === undefined) throw new Error('The console is not built: run npm run build.');
  return page.html;
}

/**
 * Returns the console with a recording inside as one HTML page, which sends no requests.
 * @throws InputError for a file that is no recording, was cut off, changed or damaged, or is of a newer version.
 */
export function reportHtml(file: string): string {
  const recording = openRecording(file);
  try {
    // Each request is checked when it is read.
    for (const _request of recording.requests());
  } finally {
    recording.close();
  }
  const data = gzipSync(readFileSync(file)).toString('base64');
  const element = `<script type="text/plain" id="recording" data-file="${escapeHtml(basename(file))}">${data}</script>`;
  return consoleHtml()
    .replace("connect-src 'self'", "connect-src 'none'")
    .replace('<div id="app">', () => `${element}\n<div id="app">`);
}
