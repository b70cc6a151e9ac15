import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename } from 'node:path';
import type { Command } from 'commander';
import { consoleHtml, openRecording } from '../../index.ts';
import { CommandError } from '../client.ts';
import { ownFlag, parsePort } from '../options.ts';
import type { Terminal } from '../terminal.ts';

interface OpenFlags {
  readonly browser: boolean;
  readonly port: number;
}

/** Adds `open`. */
export function addOpen(program: Command, terminal: Terminal): void {
  program
    .command('open <file>')
    .description('show a recording in the browser, until stopped; takes the address of a recording, too')
    .addOption(ownFlag('--no-browser', 'only print the address'))
    .addOption(ownFlag('--port <number>', 'port of the page; 0 picks a free port').default(0).argParser(parsePort))
    .action((file: string, flags: OpenFlags) => open(file, flags, terminal));
}

/** A recording as the page gets it. */
interface Opened {
  readonly name: string;
  readonly data: Buffer;
}

async function open(file: string, { browser, port }: OpenFlags, { stdout, stopped }: Terminal): Promise<void> {
  const opened = /^https?:\/\//.test(file) ? await download(file) : readFile(file);
  const server = createServer((request, response) => respond(request, response, opened));
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/?file=${encodeURIComponent(opened.name)}`;
  stdout.write(`${address}\n`);
  if (browser) openBrowser(address);
  await stopped();
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}

/** Reads a recording; the page checks its requests. @throws InputError for a file that is none. */
function readFile(file: string): Opened {
  openRecording(file).close();
  return { name: basename(file), data: readFileSync(file) };
}

async function download(address: string): Promise<Opened> {
  const response = await fetch(address).catch(({ message }: Error) => {
    throw new CommandError(`cannot read ${address}: ${message}`);
  });
  if (!response.ok) throw new CommandError(`cannot read ${address}: it returned ${response.status}`);
  const name = basename(new URL(address).pathname);
  return { name: name === '' ? 'recording.json' : name, data: Buffer.from(await response.arrayBuffer()) };
}

/** Names under which the page may be reached: another name in the Host header is that of a foreign site. */
const OWN_HOST = /^(127\.0\.0\.1|localhost)(:\d+)?$/;

function respond({ url = '/', headers }: IncomingMessage, response: ServerResponse, { name, data }: Opened): void {
  if (!OWN_HOST.test(headers.host ?? '')) {
    response.writeHead(403).end();
    return;
  }
  const common = { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff', 'Referrer-Policy': 'no-referrer' };
  const { pathname } = new URL(url, 'http://127.0.0.1');
  if (pathname === '/') {
    response.writeHead(200, { ...common, 'Content-Type': 'text/html; charset=utf-8' }).end(consoleHtml());
  } else if (pathname === `/${encodeURIComponent(name)}`) {
    response.writeHead(200, { ...common, 'Content-Type': 'application/json' }).end(data);
  } else response.writeHead(404, common).end();
}

const COMMANDS: Readonly<Record<string, readonly [string, ...string[]]>> = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', '""'],
};

/** Opens an address in the browser of the user. Without one, the printed address has to do. */
function openBrowser(address: string): void {
  const [command, ...args] = COMMANDS[process.platform] ?? ['xdg-open'];
  const child = spawn(command, [...args, address], { stdio: 'ignore', detached: true });
  child.once('error', () => undefined);
  child.unref();
}
