/** The tasks of conformance cases. */
import { readFileSync, writeFileSync } from 'node:fs';
import { Http, TaskError } from './http.mjs';
import { ImageApi } from './images.mjs';
import { ImsApi } from './ims.mjs';
import { imageOutcome, waitFor } from './polling.mjs';
import { RackspaceImageApi } from './rackspace.mjs';
import { ServerApi } from './servers.mjs';
import { Session } from './sessions.mjs';
import { download, upload } from './uploads.mjs';

/** Exit codes. */
const EXIT = { success: 0, failure: 1, unsupported: 127 };

const APIS = {
  'image-v2': (session) => new ImageApi(session),
  'rackspace-images': (session) => new RackspaceImageApi(session),
  'compute-v2.1': (session) => new ServerApi(session),
  'rackspace-servers': (session) => new ServerApi(session),
  ims: (session) => new ImsApi(session),
  identity: (session) => new ImageApi(session),
};

const write = (env, lines) => writeFileSync(env.SIDEGLANCE_OUTPUT, lines.map((line) => `${line}\n`).join(''));

const ids = (items) => items.map(({ id }) => id);

/** The tasks, by name. Each carries out its task or throws. */
const TASKS = {
  authenticate: ({ session }) => session.root(),
  'list-images': async ({ api, env }) => write(env, ids(await api.list())),
  'show-image': async ({ api, id }) => {
    const image = await api.show(id);
    if (image.id !== id) throw new TaskError('the record is of another image');
  },
  'create-image': async ({ api, env, name }) => write(env, [(await api.create(name)).id]),
  'upload-image': async ({ session, api, id, env }) => upload(session, api, id, readFileSync(env.SIDEGLANCE_FILE)),
  'create-and-upload': async ({ session, api, env, name }) => {
    const { id } = await api.create(name);
    await api.cleaning(id, () => upload(session, api, id, readFileSync(env.SIDEGLANCE_FILE)));
    write(env, [id]);
  },
  'import-image': async ({ api, env, name }) => write(env, [await api.importFrom(name, env.SIDEGLANCE_SOURCE_URL)]),
  'wait-for-active': async ({ api, http, id }) => waitFor(http, () => api.show(id), imageOutcome),
  'download-image': async ({ session, api, id, env }) =>
    writeFileSync(env.SIDEGLANCE_OUTPUT, await download(session, api, id)),
  'update-image': async ({ api, env, id }) => {
    const [name, ...value] = env.SIDEGLANCE_PROPERTY.split('=');
    await api.setProperty(id, name, value.join('='));
  },
  'delete-image': async ({ api, http, id }) => {
    try {
      await api.remove(id);
    } catch (error) {
      if (error.status !== 403 || !http.mistakes.has('forces-protection')) throw error;
      await api.unprotect(id);
      await api.remove(id);
    }
  },
  'protect-image': async ({ api, id }) => api.protect(id),
  'deactivate-image': async ({ api, id }) => api.setActive(id, false),
  'reactivate-image': async ({ api, id }) => api.setActive(id, true),
  'add-tag': async ({ api, env, id }) => api.addTag(id, env.SIDEGLANCE_TAG),
  'remove-tag': async ({ api, env, id }) => api.removeTag(id, env.SIDEGLANCE_TAG),
  'share-image': async ({ api, env, id }) => api.share(id, env.SIDEGLANCE_MEMBER),
  'accept-image': async ({ api, env, id }) => api.accept(id, env.SIDEGLANCE_MEMBER),
  'list-members': async ({ api, env, id }) => write(env, await api.members(id)),
  'unshare-image': async ({ api, env, id }) => api.unshare(id, env.SIDEGLANCE_MEMBER),
  'create-snapshot': async ({ api, env, name }) => write(env, [await api.snapshot(env.SIDEGLANCE_SERVER_ID, name)]),
  'list-tasks': async ({ api, env }) => write(env, ids(await api.tasks())),
  'export-image': async ({ api, env, id }) => api.exportTo(id, env.SIDEGLANCE_TARGET),
  'copy-image': async ({ api, env, id, name }) => {
    write(env, [await (name === undefined ? api.copyTo(id, env.SIDEGLANCE_TARGET) : api.copy(id, name))]);
  },
};

/**
 * Carries out the task that the environment names.
 * @param env environment variables of a conformance case.
 * @param mistakes names of mistakes that this client makes; none for a correct client.
 * @returns the exit code, and why a task failed.
 */
export async function runTask(env, mistakes = []) {
  const http = new Http(new Set(mistakes), Number(env.SIDEGLANCE_TIMEOUT));
  const session = new Session(env, http);
  const task = TASKS[env.SIDEGLANCE_TASK];
  if (task === undefined) return { code: EXIT.unsupported, message: 'unknown task' };
  const api = APIS[env.SIDEGLANCE_API](session);
  const { SIDEGLANCE_IMAGE_ID: id, SIDEGLANCE_IMAGE_NAME: name } = env;
  try {
    await task({ env, http, session, api, id, name });
    return { code: EXIT.success, message: '' };
  } catch (error) {
    const code = http.mistakes.has('swallows-errors') ? EXIT.success : EXIT.failure;
    return { code, message: error instanceof TaskError ? error.message : String(error.stack) };
  }
}
