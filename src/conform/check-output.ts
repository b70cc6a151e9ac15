import { createHash } from 'node:crypto';
import { compileGlob } from '../base/glob.ts';
import type { OutputCheck } from './case.ts';
import { createdIn } from './check-images.ts';
import type { FinishedRun } from './finished-run.ts';
import type { Reason } from './result.ts';

const output = (message: string): Reason => ({ check: 'output', message });

/** Checks what a client wrote to `SIDEGLANCE_OUTPUT`. */
export function checkOutput(check: OutputCheck | undefined, run: FinishedRun): readonly Reason[] {
  if (check === undefined) return [];
  if ('images' in check) return checkIds(check.images, run);
  if ('data' in check) return check.data === 'whole' ? checkWhole(run) : checkNone(run);
  if ('id' in check) return checkCreated(run);
  if ('contains' in check) return checkMember(run);
  const { length } = linesOf(run);
  return length === check.lines ? [] : [output(`the output has ${length} lines, expected ${check.lines}`)];
}

const linesOf = (run: FinishedRun): readonly string[] =>
  (run.output ?? Buffer.alloc(0))
    .toString()
    .split(/\s+/)
    .filter((line) => line !== '');

function checkIds(glob: string, run: FinishedRun): readonly Reason[] {
  const fits = compileGlob(glob);
  const expected = run.origin.images.filter(({ name }) => name !== null && fits(name));
  const lines = linesOf(run);
  const missing = expected.filter(({ id }) => !lines.includes(id));
  const repeated = expected.filter(({ id }) => lines.indexOf(id) !== lines.lastIndexOf(id));
  return [
    ...(missing.length === 0
      ? []
      : [output(`the output lacks ${missing.length} of ${expected.length} images, such as ${missing[0]?.name}`)]),
    ...(repeated.length === 0
      ? []
      : [output(`the output has ${repeated.length} images more than once, such as ${repeated[0]?.name}`)]),
  ];
}

function checkWhole(run: FinishedRun): readonly Reason[] {
  const target = run.origin.images.find(({ id }) => id === run.origin.targetId);
  if (run.output === undefined) return [output('there is no output')];
  const found = createHash('md5').update(run.output).digest('hex');
  if (found === target?.checksum) return [];
  return [output(`the output has ${run.output.length} bytes that are not the ${target?.size} bytes of the image`)];
}

function checkNone(run: FinishedRun): readonly Reason[] {
  const size = run.output?.length ?? 0;
  return size === 0 ? [] : [output(`the client left ${size} bytes as the data of the image`)];
}

function checkCreated(run: FinishedRun): readonly Reason[] {
  const created = createdIn(run);
  const lines = linesOf(run);
  if (created.some(({ id }) => lines.includes(id))) return [];
  return [output(`the output has no id of an image that was created, but ${JSON.stringify(lines.slice(0, 3))}`)];
}

function checkMember(run: FinishedRun): readonly Reason[] {
  const { memberId = '' } = run.origin;
  return linesOf(run).includes(memberId) ? [] : [output(`the output lacks the member ${memberId}`)];
}
