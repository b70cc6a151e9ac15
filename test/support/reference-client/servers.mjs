/** The image calls of the Compute APIs. */

import { TaskError } from './http.mjs';
import { ImageApi } from './images.mjs';
import { LINKS, readPages } from './lists.mjs';
import { waitFor } from './polling.mjs';
import { StatusError } from './sessions.mjs';

/** Images of a page. The services return all images to a client that asks for no number. */
const PAGE = '4';

/** The Compute API v2.1, and Rackspace Cloud Servers. */
export class ServerApi extends ImageApi {
  async list() {
    const url = await this.url('/images/detail');
    return readPages(
      this.session,
      { url, base: new URL(url).origin, query: { limit: PAGE } },
      { member: 'images', linkOf: LINKS },
    );
  }

  async show(id) {
    const { image } = await this.session.read(await this.url(`/images/${id}`));
    if (image === undefined && !this.http.mistakes.has('accepts-any-body'))
      throw new TaskError('there is no image in the body');
    return image ?? {};
  }

  async setProperty(id, name, value) {
    const { http, session } = this;
    const replaces = http.mistakes.has('replaces-all');
    const url = await this.url(`/images/${id}/metadata`);
    for (let attempt = 0; ; attempt += 1) {
      const answer = await session.json(replaces ? 'PUT' : 'POST', url, { metadata: { [name]: value } });
      if (answer.isGood && answer.json() !== undefined) return;
      const passes = http.isTransient(answer) || answer.status === 409 || answer.isGood;
      const repeats = passes || http.mistakes.has('retries-everything');
      if (!repeats || attempt >= 4 || http.mistakes.has('no-retry')) throw new StatusError(answer);
      await http.pause(answer, attempt);
      if (['overwrites-changes', 'repeats-blindly', 'retries-everything'].some((each) => http.mistakes.has(each)))
        continue;
      if ((await this.show(id)).metadata?.[name] === value) return;
    }
  }

  /** Creates an image of a server. */
  async snapshot(server, name) {
    const url = await this.url(`/servers/${server}/action`);
    const byName = async () => (await this.list()).find((image) => image.name === name)?.id;
    const id = await this.once(
      () => this.session.json('POST', url, { createImage: { name } }),
      byName,
      (answer) => answer.header('location')?.split('/').at(-1) ?? answer.json()?.image_id,
    );
    await this.cleaning(id, () => waitFor(this.http, () => this.readSnapshot(id), outcomeOf));
    return id;
  }

  async readSnapshot(id) {
    const answer = await this.session.retried('GET', await this.url(`/images/${id}`), {});
    if (answer.status === 404) return { status: 'DELETED' };
    return answer.json()?.image ?? {};
  }
}

const outcomeOf = ({ status }) =>
  status === 'ACTIVE' ? true : ['ERROR', 'DELETED', 'UNKNOWN'].includes(status) ? `the image is ${status}` : undefined;
