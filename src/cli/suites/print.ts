import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { cloudOf } from '../../index.ts';
import { CommandError, rootOf } from '../client.ts';
import { exportsInFolder, exportsOf, FOLDER, writesOf } from './shell.ts';
import type { SuiteRequest, SuiteSettings } from './suite.ts';
import { type SuiteName, settingsOf } from './table.ts';

/** The user of a suite when the flags name none. */
export const SUITE_USER = 'admin';

/** Flags of `env`. */
export interface EnvFlags extends Pick<SuiteRequest, 'credentials' | 'httpImage'> {
  readonly url: string;
  readonly world: string;
  readonly byLogin?: boolean;
  readonly tlsCa?: string;
  readonly user?: string;
  readonly fixtures?: readonly string[];
  readonly seed?: string;
  readonly format: 'shell' | 'clouds' | 'json';
  readonly suite?: SuiteName;
  readonly output?: string;
}

/**
 * Returns the settings of a suite as text, and writes its files if the flags name a folder.
 * @throws CommandError with exit code 2 for flags that do not fit the suite and for missing users.
 */
export function printSuite(flags: EnvFlags, name: SuiteName): string {
  if (flags.byLogin === true) throw new CommandError('--by-login cannot be combined with --suite', 2);
  const settings = settingsOf(name, requestOf(flags));
  if (flags.output !== undefined) writeFiles(resolve(flags.output), settings);
  if (flags.format === 'json') return `${JSON.stringify(settings, null, 2)}\n`;
  if (flags.format === 'shell') return shellOf(settings, flags.output !== undefined);
  const clouds = settings.files['clouds.yaml'];
  if (clouds === undefined) throw new CommandError(`the suite ${name} reads no clouds.yaml; use --format shell`, 2);
  return clouds;
}

const requestOf = (flags: EnvFlags): SuiteRequest => ({
  root: rootOf(flags),
  cloud: cloudOf(flags.fixtures ?? ['suites'], flags.seed),
  user: flags.user ?? SUITE_USER,
  folder: flags.output === undefined ? folderIn(flags.format) : resolve(flags.output),
  credentials: flags.credentials,
  httpImage: flags.httpImage,
});

/** The folder of files that are printed: made by the printed commands, or the one in which the reader puts them. */
const folderIn = (format: EnvFlags['format']): string => (format === 'shell' ? `$${FOLDER}` : '.');

function writeFiles(folder: string, { files }: SuiteSettings): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
}

function shellOf({ variables, files }: SuiteSettings, isWritten: boolean): string {
  const lines = isWritten ? exportsOf(variables) : [...writesOf(files), ...exportsInFolder(variables)];
  return `${lines.join('\n')}\n`;
}
