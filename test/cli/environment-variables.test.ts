import { expect, test } from '@jest/globals';
import type { Command } from 'commander';
import { buildProgram } from '../../src/cli/run.ts';

/** A flag of a command, with its variable. */
interface Variable {
  readonly variable: string;
  readonly command: string;
  readonly description: string;
}

const variablesOf = (command: Command, path: string): readonly Variable[] => [
  ...command.options.flatMap(({ envVar, description }) =>
    envVar === undefined ? [] : [{ variable: envVar, command: path, description }],
  ),
  ...command.commands.flatMap((child) => variablesOf(child, `${path} ${child.name()}`.trim())),
];

const { stdout, stderr } = process;
const variables = async (): Promise<readonly Variable[]> =>
  variablesOf(await buildProgram(['--help'], { stdout, stderr, stopped: () => Promise.resolve() }), '');

/** Flags with the same value whose descriptions say what each command does with it. */
const SAME_VALUE = new Set(['SIDEGLANCE_ADMIN_TOKEN', 'SIDEGLANCE_READY_FILE']);

test('a variable means the same in every command that reads it', async () => {
  const meanings = new Map<string, Set<string>>();
  for (const { variable, description } of await variables()) {
    meanings.set(variable, (meanings.get(variable) ?? new Set()).add(description));
  }
  expect(meanings.size).toBeGreaterThan(20);
  const several = [...meanings].filter(([name, texts]) => texts.size > 1 && !SAME_VALUE.has(name));
  expect(several.map(([name, texts]) => `${name} means: ${[...texts].join(' / ')}`)).toEqual([]);
});

test('only flags of serve and those for a running server have variables', async () => {
  const all = await variables();
  const ofServe = new Set(all.filter(({ command }) => command === 'serve').map(({ variable }) => variable));
  const others = all.filter(({ variable }) => !ofServe.has(variable)).map(({ variable }) => variable);
  expect(new Set(others)).toEqual(new Set(['SIDEGLANCE_URL', 'SIDEGLANCE_WORLD']));
});
