// Writes docs/terminal.svg, the picture of README.md, from the output of a real session: node scripts/terminal-picture.mjs
// Needs a build (npm run build) and the command `openstack` (Debian: python3-openstackclient).
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const CLI = `${ROOT}dist/bin/sideglance.js`;

/** The commands of the session, as a reader types them. */
const COMMANDS = [
  'npx sideglance scenarios enable lost-create-reset',
  'eval "$(npx sideglance env)"',
  'openstack image create web -f value -c id',
  'openstack image list --name web',
  'npx sideglance conduct',
];

const COLORS = { command: '#e6edf3', output: '#9da7b3', natural: '#7ee787', injected: '#ffa657', error: '#ff7b72' };
/** Pixels. `letter` is the width of a letter of the widest of the fonts. */
const SIZE = { letter: 7.6, line: 18, margin: 16, font: 12.5 };

/** Starts the server and returns it with its log. */
async function serve() {
  const child = spawn(process.execPath, [CLI, 'serve', '--log', 'text'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const server = { child, log: '' };
  child.stdout.on('data', (chunk) => {
    server.log += chunk;
  });
  while (!server.log.includes('(port ')) await once(child.stdout, 'data');
  return server;
}

/** Runs a command after `eval`, with a terminal as its input, and returns its output. */
async function run(command) {
  const script = `npx() { shift; node "${CLI}" "$@"; }; eval "$(npx sideglance env)"; ${command}`;
  const child = spawn('script', ['-qec', `bash -c '${script.replaceAll("'", `'\\''`)}'`, '/dev/null']);
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  await once(child, 'close');
  return output.replaceAll('\r', '').trimEnd();
}

/** Lines of the log about the Image API. */
const requestsIn = (log) => log.split('\n').filter((line) => /image-v2\.(create|list)Image/.test(line));

async function session() {
  const server = await serve();
  const lines = ['$ npx sideglance serve --log &', server.log.split('\n')[0]];
  for (const command of COMMANDS) {
    const before = server.log.length;
    const output = await run(command);
    const requests = command.startsWith('openstack') ? requestsIn(server.log.slice(before)) : [];
    lines.push(`$ ${command}`, ...requests, ...output.split('\n').filter(Boolean));
  }
  server.child.kill();
  return lines;
}

function colorOf(line) {
  if (line.startsWith('$ ')) return COLORS.command;
  if (/^error /.test(line)) return COLORS.error;
  if (/ cut by | injected by /.test(line)) return COLORS.injected;
  return / natural/.test(line) ? COLORS.natural : COLORS.output;
}

const escapeXml = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function svg(lines) {
  const { letter, line, margin, font } = SIZE;
  const width = Math.ceil(Math.max(...lines.map((text) => text.length)) * letter) + 2 * margin;
  const height = lines.length * line + 2 * margin;
  const rows = lines.map(
    (text, index) =>
      `<text x="${margin}" y="${margin + (index + 0.75) * line}" fill="${colorOf(text)}" xml:space="preserve">${escapeXml(text)}</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">
<title>A session in a terminal: a lost response makes openstack create an image twice</title>
<rect width="${width}" height="${height}" rx="8" fill="#0d1117"/>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="${font}">
${rows.join('\n')}
</g>
</svg>
`;
}

writeFileSync(`${ROOT}docs/terminal.svg`, svg(await session()));
