/** The APIs that are like the Image API: images, data, members, tags, patches. */
import { TaskError } from './http.mjs';
import { NEXT, readPages } from './lists.mjs';
import { imageOutcome, waitFor } from './polling.mjs';
import { StatusError } from './sessions.mjs';

const PATCH = 'application/openstack-images-v2.1-json-patch';

/** An API that is like the Image API. */
export class ImageApi {
  /** @param session the login. @param prefix of paths after the address in the catalog: `/v2` for IMS. */
  constructor(session, prefix = '') {
    this.session = session;
    this.http = session.http;
    this.prefix = prefix;
  }

  async url(path) {
    return `${await this.session.root()}${this.prefix}${path}`;
  }

  dataUrl(root, id) {
    return `${root}${this.prefix}/images/${id}/file`;
  }

  async list(query = {}) {
    const url = await this.url('/images');
    return readPages(
      this.session,
      { url, base: url.replace(/\/v2\/.*$/, ''), query },
      { member: 'images', linkOf: NEXT },
    );
  }

  async show(id) {
    return this.session.read(await this.url(`/images/${id}`));
  }

  /** Creates an image. When it cannot know what came of a request, it looks for the image first. */
  async create(name) {
    const body = { name, disk_format: 'raw', container_format: 'bare' };
    return this.once(
      async () => this.session.json('POST', await this.url('/images'), body),
      async () => (await this.list({ name })).find((image) => image.name === name),
      (answer) => answer.json(),
    );
  }

  /**
   * Sends a request that is not idempotent.
   * @param send sends it. @param find finds what it may have done. @param read reads its answer.
   */
  async once(send, find, read) {
    const { http } = this;
    for (let attempt = 0; ; attempt += 1) {
      const answer = await send();
      const blank = http.mistakes.has('accepts-any-body') ? {} : undefined;
      const result = answer.isGood ? (read(answer) ?? blank) : undefined;
      if (result !== undefined) return result;
      const busy = answer.status === 409 && attempt < 3;
      const repeats = http.isTransient(answer) || busy || answer.isGood || http.mistakes.has('retries-everything');
      if (!repeats || attempt >= 4 || http.mistakes.has('no-retry')) throw new StatusError(answer);
      await http.pause(answer, attempt);
      if (http.mistakes.has('repeats-blindly') || http.mistakes.has('retries-everything')) continue;
      const found = answer.status === 429 ? undefined : await find();
      if (found !== undefined) return found;
    }
  }

  async remove(id) {
    await this.removeAt(await this.url(`/images/${id}`), () => this.show(id));
  }

  /** Deletes something. What is gone after a failed attempt has been deleted by it; a conflict passes. */
  async removeAt(url, show) {
    const { http, session } = this;
    let hasTried = false;
    for (let conflicts = 0; ; conflicts += 1) {
      const answer = await session.retried('DELETE', url, {}, (each) => {
        const isGone = each.status === 404 && hasTried && !http.mistakes.has('trusts-first-answer');
        hasTried ||= !each.isGood && http.isTransient(each);
        return (each.isWhole && each.isGood) || isGone;
      });
      if (answer.isGood || (answer.status === 404 && hasTried && !http.mistakes.has('trusts-first-answer'))) return;
      if (answer.status !== 409 || conflicts >= 3 || http.mistakes.has('no-retry')) throw new StatusError(answer);
      await http.pause(answer, conflicts + 1);
      if (!http.mistakes.has('overwrites-changes')) await show();
    }
  }

  /** Applies a change to the current image, and again to a newer one after a conflict. */
  async change(id, isDone, stepOf) {
    const { http, session } = this;
    const url = await this.url(`/images/${id}`);
    let image = await this.show(id);
    for (let attempt = 0; ; attempt += 1) {
      const answer = await session.json('PATCH', url, [stepOf(image)], PATCH);
      if (answer.isGood && (answer.json() === undefined ? http.mistakes.has('accepts-any-body') : true)) return;
      const passes = http.isTransient(answer) || answer.status === 409 || answer.isGood;
      const repeats = passes || http.mistakes.has('retries-everything');
      if (!repeats || attempt >= 4 || http.mistakes.has('no-retry')) throw new StatusError(answer);
      await http.pause(answer, attempt);
      if (http.mistakes.has('overwrites-changes') || http.mistakes.has('repeats-blindly')) continue;
      if (http.mistakes.has('retries-everything')) continue;
      image = await this.show(id);
      if (isDone(image)) return;
    }
  }

  async setProperty(id, name, value) {
    await this.change(
      id,
      (image) => image[name] === value,
      (image) => ({ op: name in image ? 'replace' : 'add', path: `/${name}`, value }),
    );
  }

  async protect(id) {
    await this.change(
      id,
      (image) => image.protected === true,
      () => ({ op: 'replace', path: '/protected', value: true }),
    );
  }

  async unprotect(id) {
    const step = { op: 'replace', path: '/protected', value: false };
    await this.session.json('PATCH', await this.url(`/images/${id}`), [step], PATCH);
  }

  /** Sends an idempotent request without a body. */
  async act(method, path, isDone = (answer) => answer.isGood) {
    const answer = await this.session.retried(method, await this.url(path), {}, isDone);
    if (!isDone(answer)) throw new StatusError(answer);
  }

  async setActive(id, isActive) {
    const url = await this.url(`/images/${id}/actions/${isActive ? 'reactivate' : 'deactivate'}`);
    const wanted = isActive ? 'active' : 'deactivated';
    await this.once(
      () => this.session.once('POST', url),
      async () => ((await this.show(id)).status === wanted ? true : undefined),
      () => true,
    );
  }

  addTag(id, tag) {
    return this.act('PUT', `/images/${id}/tags/${encodeURIComponent(tag)}`);
  }

  async removeTag(id, tag) {
    await this.removeAt(await this.url(`/images/${id}/tags/${encodeURIComponent(tag)}`), () => this.show(id));
  }

  async members(id) {
    const { members } = await this.session.read(await this.url(`/images/${id}/members`));
    if (Array.isArray(members)) return members.map(({ member_id: member }) => member);
    if (this.http.mistakes.has('accepts-any-body')) return [];
    throw new TaskError('the list of members is no list');
  }

  async share(id, member) {
    const trusts = this.http.mistakes.has('trusts-first-answer');
    const isMember = async () => (!trusts && (await this.members(id)).includes(member) ? member : undefined);
    try {
      await this.once(
        async () => this.session.json('POST', await this.url(`/images/${id}/members`), { member }),
        isMember,
        () => member,
      );
    } catch (error) {
      const isConflict = error instanceof StatusError && error.status === 409;
      if (!isConflict || (await isMember()) === undefined) throw error;
    }
  }

  async unshare(id, member) {
    await this.removeAt(await this.url(`/images/${id}/members/${member}`), () => this.members(id));
  }

  async accept(id, member) {
    const url = await this.url(`/images/${id}/members/${member}`);
    const answer = await this.session.retried('PUT', url, {
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ status: 'accepted' }),
    });
    if (!answer.isGood) throw new StatusError(answer);
  }

  /** Has the service fetch data. */
  async importFrom(name, uri) {
    const { id } = await this.create(name);
    await this.cleaning(id, async () => {
      await this.startImport(id, { method: { name: 'web-download', uri } });
      await waitFor(this.http, () => this.show(id), imageOutcome);
    });
    return id;
  }

  /** Copies the data of an image to another store. */
  async copyTo(id, store) {
    await this.startImport(id, { method: { name: 'copy-image' }, stores: [store] });
    const outcome = (image) => {
      const isThere = String(image.stores ?? '')
        .split(',')
        .includes(store);
      const failed = String(image.os_glance_failed_import ?? '')
        .split(',')
        .includes(store);
      return isThere || (failed ? `the copy to ${store} has failed` : undefined);
    };
    await waitFor(this.http, () => this.show(id), outcome);
    return id;
  }

  async startImport(id, body) {
    const hasStarted = async () => {
      const image = await this.show(id);
      const isRunning = image.status !== 'queued' && image.status !== 'active';
      return isRunning ||
        image.os_glance_importing_to_stores ||
        (image.status === 'active' && body.stores === undefined)
        ? true
        : undefined;
    };
    await this.once(
      async () => this.session.json('POST', await this.url(`/images/${id}/import`), body),
      hasStarted,
      () => true,
    );
  }

  /** Deletes an image that cannot be finished. */
  async cleaning(id, work) {
    try {
      await work();
    } catch (error) {
      if (!this.http.mistakes.has('leaves-remains')) await this.remove(id).catch(() => undefined);
      throw error;
    }
  }

  async tasks() {
    const url = await this.url('/tasks');
    return readPages(this.session, { url, base: url.replace(/\/v2\/.*$/, '') }, { member: 'tasks', linkOf: NEXT });
  }
}
