import type { OperationHandlers, Reply } from '../../../contract/contract.ts';
import { DomainError } from '../../../domain/problem.ts';
import { isExpired, type Task } from '../../../domain/tasks/task.ts';
import type { Context } from '../../dialect.ts';
import { parseTaskList } from '../../glance/task-list.ts';
import { textReply } from '../../glance/wire.ts';
import { requestHandler } from '../../rackspace/requests.ts';
import { pageLinks } from '../../shared/paging.ts';
import { checks, checkWriter, PAGE_SIZE } from '../wire.ts';
import type { taskOperations } from './contract.ts';
import { parseExport, parseImport } from './parse.ts';
import { taskPageText, taskText } from './present.ts';
import { API, startExport, startImport } from './start.ts';

const created = (task: Task): Reply => textReply(201, taskText(task));

/** Handlers of the operations on tasks. */
export const taskHandlers: OperationHandlers<typeof taskOperations, Context> = {
  createImportTask: requestHandler((call, context) => {
    const request = parseImport(call);
    checkWriter(context.caller);
    return created(startImport(context, request));
  }),

  createExportTask: requestHandler((call, context) => {
    const request = parseExport(call);
    checkWriter(context.caller);
    return created(startExport(context, request));
  }),

  listTasks: requestHandler((call, { cloud, caller }) => {
    checks.rejectBody(call);
    const page = parseTaskList(call.query, cloud.tasks, {
      api: API,
      types: ['import', 'export'],
      owner: caller.projectId,
      limitDefault: PAGE_SIZE.default,
      limitMax: PAGE_SIZE.max,
      now: cloud.clock.now(),
    });
    if (typeof page === 'string') return checks.reject(400, page);
    const lastId = page.hasMore ? page.tasks.at(-1)?.id : undefined;
    return textReply(200, taskPageText(page.tasks, pageLinks('/v2/tasks', call.query, lastId)));
  }),

  showTask: requestHandler((call, { cloud, caller }) => {
    checks.rejectBody(call);
    const { task_id: taskId } = call.params;
    const task = cloud.tasks.show(caller, API, taskId);
    if (isExpired(task, cloud.clock.now())) throw new DomainError({ kind: 'task-not-found', taskId });
    return textReply(200, taskText(task));
  }),
};
