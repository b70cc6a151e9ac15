/** Rackspace Cloud Images: the Image API, and tasks for imports and exports. */
import { ImageApi } from './images.mjs';
import { NEXT, readPages } from './lists.mjs';
import { taskOutcome, waitFor } from './polling.mjs';

/** Rackspace Cloud Images: imports and exports are tasks. */
export class RackspaceImageApi extends ImageApi {
  /** The guide's links begin below the address in the catalog. */
  async list(query = {}) {
    const url = await this.url('/images');
    return readPages(
      this.session,
      { url, base: new URL(url).origin + pathBefore(url), query: { limit: '3', ...query } },
      { member: 'images', linkOf: NEXT },
    );
  }

  async importFrom(name, source) {
    const task = await this.startTask({
      type: 'import',
      input: { image_properties: { name }, import_from: source },
    });
    const done = await this.finished(task);
    return done.result?.image_id;
  }

  async exportTo(id, container) {
    await this.finished(
      await this.startTask({ type: 'export', input: { image_uuid: id, receiving_swift_container: container } }),
    );
  }

  async startTask(body) {
    const before = new Set((await this.tasks()).map(({ id }) => id));
    return this.once(
      async () => this.session.json('POST', await this.url('/tasks'), body),
      async () => (await this.tasks()).find((task) => task.type === body.type && !before.has(task.id)),
      (answer) => answer.json(),
    );
  }

  async finished({ id }) {
    const url = await this.url(`/tasks/${id}`);
    return waitFor(this.http, () => this.session.read(url), taskOutcome);
  }
}

const pathBefore = (url) => new URL(url).pathname.replace(/\/v2\/.*$/, '');
