import { expect, test } from '@jest/globals';
import type { Caller } from '../../../src/domain/caller.ts';
import { ANONYMOUS } from '../../../src/domain/caller.ts';
import { Clock } from '../../../src/domain/clock.ts';
import { Ids } from '../../../src/domain/ids.ts';
import type { ProgressRules } from '../../../src/domain/progress.ts';
import type { Effect } from '../../../src/domain/tasks/task.ts';
import { restoreTasks } from '../../../src/domain/tasks/task-trees.ts';
import { Tasks } from '../../../src/domain/tasks/tasks.ts';

const demo: Caller = { ...ANONYMOUS, projectId: 'demo', userId: 'u' };
const other: Caller = { ...ANONYMOUS, projectId: 'other', userId: 'v' };
const SUCCESS: Effect = { kind: 'change', imageId: 'i', changes: { status: 'active' } };
const FAILURE: Effect = { kind: 'change', imageId: 'i', changes: { status: 'queued' } };
const TASK = {
  kind: 'import',
  api: 'image-v2',
  type: 'api_image_import',
  imageId: 'i',
  onSuccess: [SUCCESS],
  onFailure: [FAILURE],
} as const;

function createTasks(progress: ProgressRules) {
  const clock = new Clock({ frozenAt: 1000, offset: 0 });
  const applied: Effect[] = [];
  const dependencies = {
    clock,
    ids: new Ids('seed'),
    progress: () => progress,
    apply: (effect: Effect) => applied.push(effect),
  };
  return { clock, applied, dependencies, tasks: new Tasks(undefined, dependencies) };
}

test('ends a task immediately without progress rules, but returns it as pending', () => {
  const { tasks, applied } = createTasks({});
  const task = tasks.start(demo, TASK);
  expect(task.status).toBe('pending');
  expect(tasks.show(demo, 'image-v2', task.id)).toMatchObject({ status: 'success', updatedAt: 1000 });
  expect(applied).toEqual([SUCCESS]);
  expect(tasks.ofImage('i').map(({ id, status }) => [id, status])).toEqual([[task.id, 'success']]);
});

test('counts reads of a task and of its image as polls', () => {
  const { tasks, applied } = createTasks({ import: { pace: { by: 'polls', polls: 2 } } });
  const { id } = tasks.start(demo, TASK);
  expect(tasks.show(demo, 'image-v2', id).status).toBe('processing');
  tasks.pollImage('i');
  expect(tasks.peek(id)?.status).toBe('processing');
  expect(applied).toEqual([]);
  expect(tasks.show(demo, 'image-v2', id).status).toBe('success');
  expect(applied).toEqual([SUCCESS]);
});

test('ends tasks by the clock in the order of their times', () => {
  const { tasks, clock, applied } = createTasks({ '*': { pace: { by: 'clock', seconds: 5 } } });
  const first = tasks.start(demo, TASK);
  clock.advance(1000);
  const second = tasks.start(demo, { ...TASK, imageId: 'j', onSuccess: [] });
  clock.advance(3999);
  tasks.endDueTasks();
  expect(tasks.peek(first.id)?.status).toBe('processing');
  clock.advance(1);
  tasks.endDueTasks();
  expect([tasks.peek(first.id)?.status, tasks.peek(second.id)?.status]).toEqual(['success', 'processing']);
  clock.advance(60_000);
  tasks.endDueTasks();
  expect(tasks.peek(second.id)?.status).toBe('success');
  expect(applied).toEqual([SUCCESS]);
});

test('a task with a manual pace waits until it is advanced or finished, and can be finished as a failure', () => {
  const { tasks, applied } = createTasks({ import: { pace: { by: 'hand' } } });
  const { id } = tasks.start(demo, TASK);
  for (let read = 0; read < 5; read += 1) tasks.show(demo, 'image-v2', id);
  const started = tasks.peek(id);
  expect(started?.status).toBe('pending');
  if (started === undefined) return;
  const advanced = tasks.advance(started);
  expect(advanced.status).toBe('processing');
  expect(tasks.finish(advanced, { code: '523', message: 'no' })).toMatchObject({
    status: 'failure',
    code: '523',
    message: 'no',
  });
  expect(applied).toEqual([FAILURE]);
});

test('fails all tasks of a kind', () => {
  const { tasks, applied } = createTasks({
    import: { pace: { by: 'once' }, failure: { code: null, message: 'broken' } },
  });
  const { id } = tasks.start(demo, TASK);
  expect(tasks.peek(id)).toMatchObject({ status: 'failure', message: 'broken' });
  expect(applied).toEqual([FAILURE]);
});

test('hides a task from other projects and other APIs', () => {
  const { tasks } = createTasks({});
  const { id } = tasks.start(demo, TASK);
  expect(() => tasks.show(other, 'image-v2', id)).toThrow('task-not-found');
  expect(() => tasks.show(demo, 'ims', id)).toThrow('task-not-found');
  expect(tasks.show({ ...other, isAdmin: true }, 'image-v2', id).id).toBe(id);
});

test('lists tasks newest first, by owner, type and status', () => {
  const { tasks, clock } = createTasks({ export: { pace: { by: 'hand' } } });
  const a = tasks.start(demo, TASK);
  clock.advance(1);
  const b = tasks.start(other, TASK);
  clock.advance(1);
  const c = tasks.start(demo, { ...TASK, kind: 'export', type: 'export' });
  const ids = (query: Parameters<Tasks['list']>[0]) => [...tasks.list(query)].map(({ id }) => id);
  expect(ids({ owner: null })).toEqual([c.id, b.id, a.id]);
  expect(ids({ owner: 'demo' })).toEqual([c.id, a.id]);
  expect(ids({ owner: 'demo', type: 'export' })).toEqual([c.id]);
  expect(ids({ owner: null, status: 'success' })).toEqual([b.id, a.id]);
  expect(ids({ owner: null, api: 'ims' })).toEqual([]);
});

test('continues tasks independently in a fork and in a restored state', () => {
  const { tasks, dependencies } = createTasks({ import: { pace: { by: 'polls', polls: 0 } } });
  const { id } = tasks.start(demo, TASK);
  const state = tasks.snapshot();
  const restored = restoreTasks([...state.tasks.values()]);
  expect(tasks.show(demo, 'image-v2', id).status).toBe('success');
  for (const from of [state, restored]) {
    const fork = new Tasks(from, dependencies);
    expect(fork.peek(id)?.status).toBe('pending');
    fork.pollImage('i');
    expect(fork.peek(id)?.status).toBe('success');
  }
});
