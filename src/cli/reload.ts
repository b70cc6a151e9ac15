import { InputError, isShippedFixtures, type ReloadParts, type Sideglance } from '../index.ts';
import { logMessage } from './request-log.ts';
import type { ServeFlags } from './serve-flags.ts';
import type { Terminal } from './terminal.ts';
import { watchFiles } from './watch-files.ts';

/**
 * Loads fixtures and scenarios again when their files change, and prints what has changed, or what is wrong with the files.
 * @returns a function that ends this.
 */
export function reloadOnChange(sideglance: Sideglance, flags: ServeFlags, terminal: Terminal): () => void {
  const { fixtures = [], scenarios = [] } = flags;
  const reload = (parts: ReloadParts) => (): void => {
    try {
      const reloaded = sideglance.reload(parts);
      report(reloaded.fixtures ? ['fixtures'] : reloaded.scenarios, flags, terminal);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      const kept = parts.fixtures === true ? 'fixtures' : 'scenarios';
      terminal.stderr.write(`sideglance: the ${kept} stay as they were: ${error.message}\n`);
    }
  };
  const files = fixtures.filter((path) => !isShippedFixtures(path));
  const watches = [
    // A state file takes precedence over fixtures.
    ...(flags.state === undefined ? [watchFiles(files, reload({ fixtures: true }))] : []),
    watchFiles(scenarios, reload({ scenarios: true })),
  ];
  return () => {
    for (const end of watches) end();
  };
}

function report(names: readonly string[], flags: ServeFlags, { stdout }: Terminal): void {
  if (names.length === 0) return;
  if (flags.log === 'json') logMessage(stdout, `loaded ${names.join(', ')} again`, { reloaded: names });
  else stdout.write(`loaded ${names.join(', ')} again\n`);
}
