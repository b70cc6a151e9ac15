import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { ANONYMOUS } from '../../src/domain/caller.ts';
import { createStoredEmulator } from '../../src/library/state-file.ts';
import { NOON } from '../support/emulator.ts';

const CALLER = { ...ANONYMOUS, projectId: 'a project', userId: 'a user' };

test('the parts of a running task survive in the state file, which names their parent "whole"', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'task-document-'));
  const file = join(directory, 'state.json');
  const open = () => createStoredEmulator({ clock: { frozenAt: NOON, offset: 0 } }, { file, fsync: 'never' });
  try {
    const first = await open();
    const { default: world } = first.emulator.worlds;
    world.setProgress({ import: { pace: { by: 'polls', polls: 1 } } });
    const task = world.tasks.start(CALLER, {
      kind: 'import',
      api: 'ims',
      type: 'sample',
      parts: [{ type: 'sample part' }],
    });
    const [partId = ''] = task.parts ?? [];
    await first.close();
    expect(readFileSync(file, 'utf8')).toContain(`"whole":"${task.id}"`);
    expect(readFileSync(file, 'utf8')).not.toContain('partOf');

    const second = await open();
    const { tasks } = second.emulator.worlds.default;
    expect(tasks.peek(partId)).toMatchObject({ partOf: task.id, status: 'pending' });
    // A poll of the part is a poll of its parent, which ends both.
    expect(tasks.show(CALLER, 'ims', partId).status).toBe('processing');
    expect(tasks.show(CALLER, 'ims', partId).status).toBe('success');
    expect(tasks.peek(task.id)?.status).toBe('success');
    await second.close();
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});
