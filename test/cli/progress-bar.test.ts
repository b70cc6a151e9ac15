import { Writable } from 'node:stream';
import { expect, test } from '@jest/globals';
import { activityLine, progressBar, terminalBar } from '../../src/cli/progress-bar.ts';
import { serveOnTerminal, startCli } from '../support/cli.ts';
import { filesOf } from '../support/files.ts';

/** A stream that collects its text, and may say that it is a terminal. */
function screenOf(terminal: { readonly isTTY?: boolean; readonly columns?: number } = {}) {
  let text = '';
  const stream = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      text += chunk.toString();
      done();
    },
  });
  return { stream: Object.assign(stream, terminal), text: () => text };
}

test('a terminal gets a bar that is redrawn in its line, and removed in the end', () => {
  const screen = screenOf({ isTTY: true, columns: 40 });
  const bar = progressBar(screen.stream);
  bar.update({ done: 0, total: 4, text: 'points' });
  bar.update({ done: 4, total: 4, text: 'points: 4 handled' });
  bar.end();
  const [first, drawn, full, removed] = screen.text().split('\r\u001b[K');
  expect([first, removed]).toEqual(['', '']);
  expect(drawn).toBe('[........................] 0/4 points ');
  expect(full).toBe('[########################] 4/4 points: 4 handled '.slice(0, 39));
});

test('a terminal is not redrawn for every step', () => {
  const screen = screenOf({ isTTY: true });
  const bar = progressBar(screen.stream);
  for (let done = 0; done < 1000; done += 1) bar.update({ done, total: 100_000, text: 'points' });
  expect(screen.text().split('\r').length).toBeLessThan(1000);
});

test('other streams get a line for each tenth', () => {
  const screen = screenOf();
  const bar = progressBar(screen.stream);
  for (let done = 0; done <= 100; done += 1) bar.update({ done, total: 100, text: 'points' });
  bar.end();
  expect(screen.text().split('\n')).toHaveLength(12);
  expect(screen.text()).toMatch(/^0 of 100 points\n10 of 100 points\n/);
  expect(screen.text()).toMatch(/\n100 of 100 points\n$/);
});

test('a bar for terminals, and the line that says what is being done, are silent elsewhere', () => {
  const screen = screenOf();
  const [bar, line] = [terminalBar(screen.stream), activityLine(screen.stream)];
  bar.update({ done: 1, total: 1, text: 'images' });
  line.show('reading a.json');
  for (const shown of [bar, line]) shown.end();
  expect(screen.text()).toBe('');
});

test('generate and digest show their progress on a terminal, and remove it', async () => {
  const images = await startCli(['generate', '--count', '30', '--output', filesOf({})('images.json')], true).finished;
  expect(images.stderr).toContain('30/30 images');
  const digest = await startCli(['digest', '--size', '3MiB'], true).finished;
  expect(digest.stderr).toContain('3/3 MiB');
  for (const { stderr } of [images, digest]) expect(stderr.endsWith('\r\u001b[K')).toBe(true);
});

test('serve says what it is loading on a terminal, and nothing about worlds that are created later', async () => {
  const path = filesOf({ 'cloud.yaml': 'images: [{ name: one }]\n' });
  const server = await serveOnTerminal(['--fixtures', path('cloud.yaml')]);
  const steps = server.errors().split('\r\u001b[K');
  expect(steps).toEqual([
    '',
    `reading ${path('cloud.yaml')}`.slice(0, 79),
    expect.any(String),
    'building 1 images',
    '',
  ]);
  await fetch(`${server.url}/__admin/worlds`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ fixtures: { images: [] } }),
  });
  expect(server.errors().split('\r\u001b[K')).toEqual(steps);
});
