import type { Command } from 'commander';
import { nearestName } from '../index.ts';

/** Words of other tools, with the names that commands have here. The first name that a group has is meant. */
const SYNONYMS: Readonly<Record<string, readonly string[]>> = {
  add: ['arm', 'create', 'place', 'put'],
  delete: ['drop', 'disarm', 'clear'],
  destroy: ['drop', 'delete'],
  fork: ['create'],
  get: ['show'],
  log: ['requests'],
  logs: ['requests'],
  ls: ['list'],
  new: ['create'],
  remove: ['delete', 'drop', 'disarm', 'clear'],
  rm: ['delete', 'drop', 'disarm', 'clear'],
  run: ['serve', 'enable'],
  start: ['serve', 'enable'],
  stop: ['disable', 'freeze'],
  update: ['patch', 'set', 'put'],
  watch: ['requests'],
};

const synonymOf = (word: string, names: readonly string[]): string | undefined =>
  Object.hasOwn(SYNONYMS, word) ? SYNONYMS[word]?.find((name) => names.includes(name)) : undefined;

/** Returns the message about a misspelt command, which Commander treats as an extra argument of the default command. */
export function unknownCommand(program: Command, [first, second]: readonly string[]): string | undefined {
  const named = program.commands.find((command) => command.name() === first && command.commands.length > 0);
  // What follows a command with arguments is no misspelt command.
  const group = named?.registeredArguments.length === 0 ? named : undefined;
  const names = (group ?? program).commands.map((command) => command.name());
  const word = group === undefined ? first : second;
  if (word === undefined || word.startsWith('-') || names.includes(word)) return undefined;
  const nearest = names.find((name) => name.startsWith(word)) ?? synonymOf(word, names) ?? nearestName(word, names);
  const hint = nearest === undefined ? '' : ` Did you mean ${nearest}?`;
  return `error: unknown command '${[group?.name(), word].join(' ').trim()}'.${hint} Commands: ${names.join(', ')}.\n`;
}
