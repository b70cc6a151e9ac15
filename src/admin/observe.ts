import type { Reply } from '../contract/contract.ts';
import type { HttpCall } from '../http/http-call.ts';
import { isPending, type ReplyOrPromise } from '../http/reply-or-promise.ts';
import type { World } from '../world/world.ts';

/** The admin API over HTTP. */
export interface AdminApi {
  /**
   * Returns the reply to a request that is answered without its body: one without access, a browser's preflight request, or one for
   * the console.
   */
  replyEarly(call: HttpCall, world: World): Reply | undefined;
  /** Runs the operation of a request that has access. */
  handle(call: HttpCall, world: World): ReplyOrPromise;
}

/** A request to the admin API, as it is reported once its reply is known. */
export interface ReportedAdminRequest {
  /** Name of the world that the address names. */
  readonly world: string;
  readonly method: string;
  /** The path from the root of the world, without the query. */
  readonly path: string;
  readonly status: number;
  /** Time from the arrival of the whole request to its reply. */
  readonly milliseconds: number;
}

/** Is called with each request to the admin API. */
export type AdminObserver = (request: ReportedAdminRequest) => void;

/** Reports the requests that an admin API receives. */
export function observeAdmin(admin: AdminApi, observer: AdminObserver): AdminApi {
  const report = (call: HttpCall, world: string, { reply, start }: { reply: Reply; start: number }): Reply => {
    const { method, base, root, path } = call;
    const milliseconds = performance.now() - start;
    observer({ world, method, path: base.slice(root.length) + path, status: reply.status, milliseconds });
    return reply;
  };
  return {
    replyEarly(call, world) {
      const start = performance.now();
      const reply = admin.replyEarly(call, world);
      return reply && report(call, world.name, { reply, start });
    },
    handle(call, world) {
      const start = performance.now();
      const reply = admin.handle(call, world);
      const done = (known: Reply): Reply => report(call, world.name, { reply: known, start });
      return isPending(reply) ? reply.then(done) : done(reply);
    },
  };
}
