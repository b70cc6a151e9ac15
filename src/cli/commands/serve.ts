import type { Command } from 'commander';
import { type Sideglance, startSideglance, type UnusedFaultInWorld } from '../../index.ts';
import { addressLines, generatedToken, nextSteps } from '../banner.ts';
import { CommandError } from '../client.ts';
import { colorsFor } from '../colors.ts';
import { compactMemory } from '../compact-memory.ts';
import { activityLine } from '../progress-bar.ts';
import { removeReadyFile, writeReadyFile } from '../ready-file.ts';
import { reloadOnChange } from '../reload.ts';
import { adminLog, type LogFormat, logMessage, requestLog } from '../request-log.ts';
import { addServeFlags, optionsOf, type ServeFlags } from '../serve-flags.ts';
import type { Terminal } from '../terminal.ts';

/** Exit code with `--strict` when an armed fault never fired. */
const UNUSED_FAULT = 3;

/** Adds `serve`, the default command. */
export function addServe(program: Command, terminal: Terminal): void {
  const command = program
    .command('serve', { isDefault: true })
    .description('serve all APIs until stopped (the default command)');
  addServeFlags(command).action((flags: ServeFlags) => serve(flags, terminal));
}

/** Serves until the stop signal. Fails with `--strict` when an armed fault never fired. */
async function serve(flags: ServeFlags, terminal: Terminal): Promise<void> {
  const format = logFormatOf(flags, terminal);
  const loading = activityLine(terminal.stderr);
  const sideglance = await startSideglance({
    ...optionsOf(flags),
    onLoading: ({ step, what }) => loading.show(`${step} ${what}`),
    ...(format !== undefined && logsOf(format, flags, terminal)),
  }).finally(() => loading.end());
  compactMemory();
  const { readyFile } = flags;
  if (readyFile !== undefined) await markReady(sideglance, readyFile);
  // Also when an unexpected error ends the process.
  const removeOnExit = (): void => void (readyFile !== undefined && removeReadyFile(readyFile));
  process.once('exit', removeOnExit);
  announce(sideglance, flags, terminal);
  const endReloading = flags.watch === true ? reloadOnChange(sideglance, flags, terminal) : () => undefined;
  await terminal.stopped();
  endReloading();
  removeOnExit();
  process.off('exit', removeOnExit);
  const unused = sideglance.unusedFaults();
  reportUnused(unused, terminal);
  await sideglance.close();
  if (unused.length > 0 && flags.strict) throw new CommandError('', UNUSED_FAULT);
}

/** Writes the file of a server that is ready; without it, the server is of no use to those who wait for the file. */
async function markReady(sideglance: Sideglance, file: string): Promise<void> {
  try {
    writeReadyFile(file, sideglance.url);
  } catch (error) {
    await sideglance.close();
    throw error;
  }
}

/** The format of the request log; `undefined` for no log. Without `--log`, a terminal gets a line for each request. */
function logFormatOf({ log, quiet, verbose }: ServeFlags, { stdout }: Terminal): LogFormat | undefined {
  if (log !== undefined) return log === 'off' ? undefined : log;
  if (quiet === true) return undefined;
  const isTerminal = 'isTTY' in stdout && stdout.isTTY === true;
  return isTerminal || verbose === true ? 'text' : undefined;
}

/** The functions that print requests; those to the admin API only with `--verbose`. */
function logsOf(format: LogFormat, { verbose: isVerbose = false }: ServeFlags, { stdout: output }: Terminal) {
  return {
    onRequest: requestLog({ format, isVerbose, output }),
    ...(isVerbose && { onAdminRequest: adminLog({ format, output }) }),
  };
}

/** Prints where the server listens, and what a user does next. */
function announce(sideglance: Sideglance, flags: ServeFlags, { stdout, stderr }: Terminal): void {
  if (flags.log === 'json') {
    const { url, port, adminPort, own, caFile, version } = sideglance;
    logMessage(stdout, `Sideglance ${version} listens on ${url}`, { url, port, adminPort, own, caFile });
    // A log may be stored; the token goes elsewhere.
    const token = generatedToken(sideglance, flags);
    if (token !== undefined) stderr.write(`sideglance: admin token: ${token}\n`);
    return;
  }
  const steps = flags.quiet === true ? [] : nextSteps(sideglance, flags, colorsFor(stdout));
  stdout.write(`${[...addressLines(sideglance, flags), ...steps].join('\n')}\n`);
}

/** Prints the armed faults that never fired. */
function reportUnused(unused: readonly UnusedFaultInWorld[], { stderr }: Terminal): void {
  for (const { world, scenario, rule, operations } of unused) {
    const [first, ...others] = operations;
    const place = scenario.startsWith('fault-') ? `fault ${scenario}` : `scenario ${scenario}, /rules/${rule}`;
    const where = world === null ? '' : ` in world ${world}`;
    const more = others.length === 0 ? '' : ` and ${others.length} more`;
    stderr.write(`sideglance: never fired: ${place}${where}, for ${first}${more}\n`);
  }
}
