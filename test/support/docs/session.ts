import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, dirname, join } from 'node:path';
import { filesOf } from '../files.ts';
import type { CodeBlock } from './markdown.ts';
import { HAS_CLIENTS, writePackage, writePrograms } from './programs.ts';
import { stepsOf } from './steps.ts';

/** Ports that pages use. Each session replaces them by free ones. */
const PORTS = ['9292', '9293', '8774', '5000', '8000', '9696'];

/** Commands of clients in other languages, which are only run with DOCS_CLIENTS=1. */
const CLIENTS = /(?:^|[\s|;&(/])(?:glance|python3?|pytest|pip3?|go|ruby)\s/m;

const isShell = ({ language }: CodeBlock): boolean => language === 'sh' || language === 'console';

const withoutComments = (script: string): string => script.replaceAll(/(?:^| )# .*$/gm, '');

/** Whether a block is run without the clients of other languages. */
export const runsAlone = (block: CodeBlock): boolean =>
  isShell(block) &&
  !CLIENTS.test(withoutComments(block.text)) &&
  !(block.language === 'console' && block.text.includes('openstack'));

const isRun = (block: CodeBlock): boolean => isShell(block) && (HAS_CLIENTS || runsAlone(block));

/** What a block printed, and the responses that its requests received. */
export interface Finished {
  readonly block: CodeBlock;
  /** Output of each step. Blocks of the language `sh` have one step. */
  readonly outputs: readonly string[];
  /** One line for each response to `curl`: status, method and address. */
  readonly responses: readonly string[];
}

/** What a session of a page printed. */
export interface Session {
  readonly folder: string;
  readonly finished: readonly Finished[];
  /** Set if a command failed: where, and the end of its output. */
  readonly failure: string | undefined;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

/** The name of the file that a block is, from the comment in its first line: `# my-scenarios/a.yaml`, `// a.test.mjs`. */
export const fileNameOf = ({ text }: CodeBlock): string | undefined => /^(?:#|\/\/) ([\w./-]+\.\w+)\n/.exec(text)?.[1];

/** Creates a folder for a session, with the programs that its blocks use. */
function createFolder(blocks: readonly CodeBlock[]): string {
  const folder = filesOf({})();
  mkdirSync(join(folder, '.session'));
  for (const [index, { text }] of blocks.entries()) writeFileSync(join(folder, `.session/block-${index}`), text);
  writePrograms(join(folder, '.session/bin'));
  if (blocks.some(({ text }) => /'sideglance|sideglance\/clients/.test(text))) writePackage(folder);
  return folder;
}

/** The command that saves a block as a file, as the reader does at this place of the page. */
function saveFile(block: CodeBlock, index: number): readonly string[] {
  const name = fileNameOf(block);
  if (name === undefined) return [];
  return [`mkdir -p "${dirname(name)}"; cp "$SESSION/block-${index}" "${name}"`];
}

/** A server in the background is a matter of the program `sideglance`, which returns when the server is ready. */
const inForeground = (script: string): string =>
  script.replaceAll(/^((?:\{ )?(?:npx )?sideglance serve\b[^&#\n]*?) *&.*$/gm, '$1');

const mark = (text: string): string => `printf '\\n@@%s@@\\n' '${text}'; echo '@@${text}@@' >> "$SESSION/curl.log"`;

/** The commands of a block: a program to run, or a file to save. */
function commandsOf(block: CodeBlock, index: number): readonly string[] {
  if (!isShell(block)) return saveFile(block, index);
  if (!isRun(block)) return [];
  // The output of a command in a console tells whether it failed, which it may do.
  const commands =
    block.language === 'sh' ? [block.text] : stepsOf(block.text).map(({ command }) => `{ ${command}\n} || true`);
  return [mark(`block ${index}`), ...commands.flatMap((command) => [mark('step'), command])];
}

function scriptOf(blocks: readonly CodeBlock[], hasServer: boolean): string {
  const parts = blocks.map(commandsOf);
  const start = hasServer ? [] : ['sideglance serve > /dev/null'];
  return inForeground(['set -eo pipefail', ...start, ...parts.flat(), mark('end')].join('\n'));
}

/** Replaces the ports of a page by free ones, or back. */
function withPorts(text: string, ports: ReadonlyMap<string, string>): string {
  return text.replaceAll(/(?<=[:=]|http\.server |\(port )\d{4,5}\b/g, (port) => ports.get(port) ?? port);
}

async function execute(script: string, folder: string, port: string): Promise<{ code: number | null; output: string }> {
  const { NODE_OPTIONS: _options, NODE_TEST_CONTEXT: _context, ...env } = process.env;
  const child = spawn('bash', ['--norc', '-c', script], {
    cwd: folder,
    detached: true,
    env: {
      ...env,
      SESSION: join(folder, '.session'),
      PATH: [join(folder, '.session/bin'), HAS_CLIENTS ? '/usr/bin' : '', env['PATH']].filter(Boolean).join(delimiter),
      SIDEGLANCE_PORT: port,
      SIDEGLANCE_URL: `http://127.0.0.1:${port}`,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [code] = (await once(child, 'exit')) as [number | null];
  if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  return { code, output };
}

/** What the blocks of a session printed: from the output, or from the log of `curl`, by the index of the block. */
const byBlock = (text: string): ReadonlyMap<number, string> =>
  new Map(
    text
      .split(/\n?@@block (?=\d+@@\n)/)
      .slice(1)
      .map((part) => [Number.parseInt(part, 10), part.replace(/^\d+@@\n/, '')]),
  );

/** The responses in a log of `curl`. */
const responsesIn = (log = ''): readonly string[] =>
  [...log.matchAll(/^@@(\d{3} .*)$/gm)].map(([, line]) => line as string);

async function choosePorts(): Promise<ReadonlyMap<string, string>> {
  const ports = new Map<string, string>();
  for (const port of PORTS) ports.set(port, String(await freePort()));
  return ports;
}

/** Runs the shell blocks of a page one after the other in one shell, as a reader would paste them. */
export async function runSession(blocks: readonly CodeBlock[]): Promise<Session> {
  const folder = createFolder(blocks);
  const ports = await choosePorts();
  const hasServer = blocks.some((block) => isRun(block) && /^(?:\$ )?(?:npx )?sideglance serve\b/m.test(block.text));
  const script = withPorts(scriptOf(blocks, hasServer), ports);
  const { code, output } = await execute(script, folder, ports.get('9292') as string);
  const back = new Map([...ports].map(([from, to]) => [to, from]));
  const log = join(folder, '.session/curl.log');
  const responses = byBlock(existsSync(log) ? readFileSync(log, 'utf8') : '');
  const outputs = byBlock(withPorts(output.replaceAll('\r', ''), back).replace(/\n@@end@@\n[\s\S]*$/, ''));
  const finished = [...outputs].map(([index, text]) => ({
    block: blocks[index] as CodeBlock,
    outputs: text.split(/\n?@@step@@\n/).slice(1),
    responses: responsesIn(responses.get(index)),
  }));
  const failure =
    code === 0 ? undefined : `line ${finished.at(-1)?.block.line}: exit code ${code}\n${output.slice(-2000)}`;
  return { folder, finished, failure };
}
