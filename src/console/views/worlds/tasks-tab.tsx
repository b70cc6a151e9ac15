import { useSignal } from '@preact/signals';
import type { ListTasksResponse } from '../../api/types.ts';
import { useLiveResource } from '../../state/resource.ts';
import { Action, CurlButton } from '../../ui/action.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Scroll } from '../../ui/scroll.tsx';

type Task = ListTasksResponse['tasks'][number];

/** Imports, exports, snapshots and other tasks of a world; those that are on their way can be moved by hand. */
export function TasksTab({ world }: { readonly world: string }) {
  const isRunningOnly = useSignal(false);
  const { value, error } = useLiveResource('listTasks', {}, world);
  const all = value.value?.tasks ?? [];
  const tasks = isRunningOnly.value ? all.filter(isOnItsWay) : all;
  return (
    <>
      <div class="toolbar">
        <label class="check">
          <input
            type="checkbox"
            checked={isRunningOnly.value}
            onChange={(event) => (isRunningOnly.value = event.currentTarget.checked)}
          />
          On their way only
        </label>
        <span class="quiet">
          {all.filter(isOnItsWay).length} of {all.length} on their way
        </span>
        <CurlButton id="listTasks" input={{}} world={world} />
      </div>
      {error.value !== undefined && <div class="callout callout-error">{error.value}</div>}
      {value.value !== undefined && tasks.length === 0 ? (
        <Empty>
          No tasks. Imports, exports and snapshots appear here; to see them on their way, set the progress of the world
          to <code>{'{ "*": { "by": "hand" } }'}</code>.{' '}
          <Action
            id="changeConfiguration"
            input={{ body: { progress: { '*': { by: 'hand' } } } }}
            world={world}
            done="New tasks wait until you advance them."
          >
            Let new tasks wait
          </Action>
        </Empty>
      ) : (
        <TaskTable tasks={tasks} world={world} />
      )}
    </>
  );
}

const isOnItsWay = ({ status }: Task): boolean => status === 'pending' || status === 'processing';

function TaskTable({ tasks, world }: { readonly tasks: readonly Task[]; readonly world: string }) {
  return (
    <Scroll label="Tasks">
      <table class="table data-table">
        <thead>
          <tr>
            <th scope="col">Task</th>
            <th scope="col">API</th>
            <th scope="col">Status</th>
            <th scope="col">Progress</th>
            <th scope="col">Pace</th>
            <th scope="col">Move it</th>
          </tr>
        </thead>
        <tbody>
          {tasks.map((task) => (
            <TaskRow key={task.id} task={task} world={world} />
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function TaskRow({ task, world }: { readonly task: Task; readonly world: string }) {
  const { id, kind, type, api, status, percent, pace, fail, partOf } = task;
  return (
    <tr>
      <th scope="row">
        {kind} <span class="quiet">{type}</span>
        <div class="mono quiet">{id}</div>
      </th>
      <td>{api}</td>
      <td>
        <span class={`word word-${status}`}>{status}</span>
        {fail !== null && <div class="quiet">{isOnItsWay(task) ? 'will fail' : JSON.stringify(fail)}</div>}
      </td>
      <td>
        <progress max={100} value={percent} aria-label={`Progress of ${kind}`} /> {Math.round(percent)} %
      </td>
      <td>{partOf === null ? pace.by : `part of ${partOf.slice(0, 8)}`}</td>
      <td>{isOnItsWay(task) && partOf === null && <TaskActions id={id} by={pace.by} world={world} />}</td>
    </tr>
  );
}

function TaskActions({ id, by, world }: { readonly id: string; readonly by: string; readonly world: string }) {
  const params = { task_id: id };
  return (
    <div class="toolbar">
      <Action id="advanceTask" input={{ params }} world={world} done="Advanced the task.">
        Advance
      </Action>
      <Action id="finishTask" input={{ params, body: {} }} world={world} done="Finished the task.">
        Finish
      </Action>
      <Action
        id="finishTask"
        input={{ params, body: { fail: true } }}
        world={world}
        kind="danger"
        done="The task has failed."
      >
        Fail
      </Action>
      {by !== 'hand' && (
        <Action
          id="changeTask"
          input={{ params, body: { by: 'hand' } }}
          world={world}
          done="The task waits until you advance it."
        >
          Hold
        </Action>
      )}
    </div>
  );
}
