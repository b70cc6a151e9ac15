import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

/** A state file after a kill, and other files that may take its place. */
export interface Spoilt {
  /** Path of the state file. */
  readonly file: string;
  /** Path of the state file of another run, also after a kill. */
  readonly other: string;
  /** Path of an earlier copy of the state file, also after a kill. */
  readonly earlier: string;
}

/** One kind of damage to a state file, its log, its data or its lock. */
export interface Spoiling {
  readonly name: string;
  /** What the next start does: refuses the file, opens it without any loss, or opens it and names the line that it ignores. */
  readonly outcome: 'refused' | 'whole' | 'named';
  apply(spoilt: Spoilt): void;
}

type Change = (content: Buffer) => Buffer;

const logOf = (file: string): string => `${file}.log`;
const dataOf = (file: string): string => `${file}.data`;
const linesOf = (content: Buffer): string[] => content.toString('latin1').split('\n');
const ofLines = (lines: readonly string[]): Buffer => Buffer.from(lines.join('\n'), 'latin1');

function change(path: string, by: Change): void {
  writeFileSync(path, by(readFileSync(path)));
}

/** Returns content with one byte flipped. @param at - share of the content before the byte, 0 to 1. */
const flip = (content: Buffer, at: number): Buffer => {
  const flipped = Buffer.from(content);
  const index = Math.min(flipped.length - 1, Math.floor(flipped.length * at));
  flipped[index] = (flipped[index] ?? 0) ^ 1;
  return flipped;
};

/** The records of a log without its filler. */
const recordsOf = (content: Buffer): Buffer => content.subarray(0, content.lastIndexOf(10) + 1);
const fillerOf = (content: Buffer): Buffer => content.subarray(content.lastIndexOf(10) + 1);

const inRecords =
  (by: Change): Change =>
  (content) =>
    Buffer.concat([by(recordsOf(content)), fillerOf(content)]);

const inLines =
  (by: (lines: string[]) => string[]): Change =>
  (content) =>
    ofLines(by(linesOf(content)));

const swapLines = inLines(([first = '', second = '', third = '', ...rest]) => [first, third, second, ...rest]);
const repeatLine = inLines(([first = '', second = '', ...rest]) => [first, second, second, ...rest]);
const removeLine = inLines(([first = '', _second, ...rest]) => [first, ...rest]);
const rename = (content: Buffer): Buffer =>
  Buffer.from(content.toString('latin1').replace('"queued"', '"active"'), 'latin1');
const cutAtLine =
  (lines: number): Change =>
  (content) =>
    ofLines([...linesOf(content).slice(0, lines), '']);
const cutInLine: Change = (content) => {
  const records = recordsOf(content);
  return records.subarray(0, records.length - 20);
};

/** Changes the log. */
const log = (name: string, by: Change, outcome: Spoiling['outcome'] = 'refused'): Spoiling => ({
  name: `log: ${name}`,
  outcome,
  apply: ({ file }) => change(logOf(file), by),
});

/** Changes the state file. */
const state = (name: string, by: Change, outcome: Spoiling['outcome'] = 'refused'): Spoiling => ({
  name: `file: ${name}`,
  outcome,
  apply: ({ file }) => change(file, by),
});

const other = (name: string, outcome: Spoiling['outcome'], apply: Spoiling['apply']): Spoiling => ({
  name,
  outcome,
  apply,
});

/** Changes the first data file. */
const data = (name: string, by: (path: string, others: readonly string[]) => void): Spoiling => ({
  name: `data: ${name}`,
  outcome: 'refused',
  apply: ({ file }) => {
    const [first = '', ...others] = readdirSync(dataOf(file)).map((each) => join(dataOf(file), each));
    by(first, others);
  },
});

const DEAD_OWNER = { pid: 999_999_999, started: '1', processes: 'of another boot', machine: 'of another boot' };

/** All kinds of damage. Every state that they are applied to has a log with several records, and several data files. */
export const SPOILINGS: readonly Spoiling[] = [
  other('log: removed', 'refused', ({ file }) => rmSync(logOf(file))),
  other('log: a directory in its place', 'refused', ({ file }) => {
    rmSync(logOf(file));
    mkdirSync(logOf(file));
  }),
  other('log: that of another run', 'refused', ({ file, other: from }) => copyFileSync(logOf(from), logOf(file))),
  other('log: an earlier one', 'refused', ({ file, earlier }) => copyFileSync(logOf(earlier), logOf(file))),
  log('empty', () => Buffer.alloc(0)),
  log('only its filler', fillerOf),
  log('only its first line', cutAtLine(1)),
  log('cut behind the second line', cutAtLine(2)),
  log('cut behind the last line', recordsOf),
  log('cut in the last line', cutInLine),
  log('cut in the filler', (content) => content.subarray(0, content.length - 1000), 'whole'),
  log('a longer filler', (content) => Buffer.concat([content, Buffer.alloc(5000, ' ')]), 'whole'),
  log(
    'a flipped bit in the first line',
    inRecords((records) => flip(records, 0.001)),
  ),
  log(
    'a flipped bit in a record',
    inRecords((records) => flip(records, 0.5)),
  ),
  log(
    'a flipped bit in the last record',
    inRecords((records) => flip(records, 0.999)),
  ),
  log(
    'a flipped bit in the last line end',
    inRecords((records) => flip(records, 1)),
  ),
  log('a flipped bit in the filler', (content) => flip(content, 1), 'named'),
  log('a changed value', inRecords(rename)),
  log('two lines that changed places', inRecords(swapLines)),
  log('a line twice', inRecords(repeatLine)),
  log('a line less', inRecords(removeLine)),
  log(
    'a line more',
    inRecords((records) => Buffer.concat([records, Buffer.from('["image",1,{}]\n')])),
  ),
  log(
    'zeros in the middle',
    inRecords((records) =>
      Buffer.from(records).fill(0, Math.floor(records.length / 3), Math.floor(records.length / 2)),
    ),
  ),
  log(
    'half a line in the filler',
    (content) => {
      const half = Buffer.from('["12345678",99,0,"image",1,{"id":');
      return Buffer.concat([recordsOf(content), half, fillerOf(content).subarray(half.length)]);
    },
    'named',
  ),
  log('half a line behind the filler', (content) => Buffer.concat([content, Buffer.from('["12345678",99')]), 'named'),
  log('other line ends', (content) => Buffer.from(content.toString('latin1').replaceAll('\n', '\r\n'), 'latin1')),
  other('old log: that of another run', 'refused', ({ file, other: from }) =>
    copyFileSync(logOf(from), `${file}.log.old`),
  ),
  other('file: removed', 'refused', ({ file }) => rmSync(file)),
  other('file: removed with its log', 'refused', ({ file }) => {
    rmSync(file);
    rmSync(logOf(file));
  }),
  other('file: that of another run', 'refused', ({ file, other: from }) => copyFileSync(from, file)),
  other('file: an earlier one', 'refused', ({ file, earlier }) => copyFileSync(earlier, file)),
  other('file: half written beside it', 'whole', ({ file }) => writeFileSync(`${file}.new`, '["12345678",0')),
  state('empty', () => Buffer.alloc(0)),
  state('cut behind the second line', cutAtLine(2)),
  state('cut before the end record', (content) => ofLines([...linesOf(content).slice(0, -2), ''])),
  state('cut in a line', (content) => content.subarray(0, content.length * 0.7)),
  state('without its last byte', (content) => content.subarray(0, content.length - 1)),
  state('a flipped bit in the first line', (content) => flip(content, 0.001)),
  state('a flipped bit in the middle', (content) => flip(content, 0.5)),
  state('a flipped bit at the end', (content) => flip(content, 1)),
  state('a flipped bit in a line end', (content) => flip(content, content.indexOf(10) / content.length)),
  state('a changed value', rename),
  state('two lines that changed places', swapLines),
  state('a line twice', repeatLine),
  state('a line less', removeLine),
  state('a line more', (content) => Buffer.concat([content, Buffer.from('["12345678",99,0,"drop","default"]\n')])),
  state('the mark of a clean stop', (content) =>
    Buffer.from(content.toString('latin1').replace('"end",0', '"end",1'), 'latin1'),
  ),
  state('JSON of another program', () => Buffer.from('{"posts": []}')),
  state('random bytes', (content) => Buffer.from(content.map((_, at) => (at * 7919) % 251))),
  state('other line ends', (content) => Buffer.from(content.toString('latin1').replaceAll('\n', '\r\n'), 'latin1')),
  data('a file less', (path) => rmSync(path)),
  data('a file cut off', (path) => truncateSync(path, 100)),
  data('an empty file', (path) => truncateSync(path, 0)),
  data('a longer file', (path) => change(path, (content) => Buffer.concat([content, Buffer.from('x')]))),
  data('a flipped bit', (path) => change(path, (content) => flip(content, 0.5))),
  data('a flipped bit at the end', (path) => change(path, (content) => flip(content, 1))),
  data('two files that changed places', (path, [second = '']) => {
    renameSync(path, `${path}.tmp`);
    renameSync(second, path);
    renameSync(`${path}.tmp`, second);
  }),
  other('data: the directory removed', 'refused', ({ file }) => rmSync(dataOf(file), { recursive: true })),
  other('data: that of another run', 'refused', ({ file, other: from }) => {
    rmSync(dataOf(file), { recursive: true });
    cpSync(dataOf(from), dataOf(file), { recursive: true });
  }),
  other('data: a file more', 'whole', ({ file }) => writeFileSync(join(dataOf(file), 'notes.txt'), 'of the user')),
  other('lock: that of a process that ended', 'whole', ({ file }) => {
    mkdirSync(`${file}.lock`, { recursive: true });
    const path = join(`${file}.lock`, '00000000-0000-4000-8000-000000000000');
    const [own = ''] = existsSync(`${file}.lock`) ? readdirSync(`${file}.lock`) : [];
    const owner = own === '' ? DEAD_OWNER : JSON.parse(readFileSync(join(`${file}.lock`, own), 'utf8'));
    writeFileSync(path, JSON.stringify({ ...owner, pid: 999_999_999 }));
  }),
  other('lock: a file of an earlier release', 'whole', ({ file }) => {
    rmSync(`${file}.lock`, { recursive: true, force: true });
    writeFileSync(`${file}.lock`, '999999999 17\n');
  }),
];
