/** Huawei's Image Management Service: the Image API, and jobs. */
import { ImageApi } from './images.mjs';
import { taskOutcome, waitFor } from './polling.mjs';

/** IMS. Its native calls are those of the Image API. */
export class ImsApi extends ImageApi {
  constructor(session) {
    super(session, '/v2');
  }

  async create(name) {
    return this.once(
      async () => this.session.json('POST', await this.url('/images'), { name, min_disk: 40 }),
      async () => (await this.list({ name })).find((image) => image.name === name),
      (answer) => answer.json(),
    );
  }

  async snapshot(server, name) {
    return this.made(name, { name, instance_id: server });
  }

  async importFrom(name, source) {
    return this.made(name, { name, image_url: source, os_version: 'CentOS 7.3 64bit', min_disk: 40 });
  }

  async copy(id, name) {
    const root = await this.session.root();
    return this.jobImage(name, `${root}/v1/cloudimages/${id}/copy`, { name });
  }

  async exportTo(id, file) {
    const root = await this.session.root();
    const url = `${root}/v1/cloudimages/${id}/file`;
    const job = await this.once(
      () => this.session.json('POST', url, { bucket_url: file, file_format: 'qcow2' }),
      () => undefined,
      (answer) => answer.json()?.job_id,
    );
    await this.finished(job);
  }

  async made(name, body) {
    return this.jobImage(name, await this.url('/cloudimages/action'), body);
  }

  /** Starts a job that makes an image, and waits for it. Finds the image by its name when the job is not known. */
  async jobImage(name, url, body) {
    const byName = async () => (await this.list({ name })).find((image) => image.name === name);
    const started = await this.once(
      () => this.session.json('POST', url, body),
      byName,
      (answer) => answer.json()?.job_id,
    );
    if (typeof started === 'string') {
      const job = await this.cleaned(name, () => this.finished(started));
      return job.entities?.image_id ?? (await byName())?.id;
    }
    await waitFor(
      this.http,
      () => this.show(started.id),
      ({ status }) => outcomeOf(status),
    );
    return started.id;
  }

  /** Deletes what a failed job has left. */
  async cleaned(name, work) {
    try {
      return await work();
    } catch (error) {
      const rest = this.http.mistakes.has('leaves-remains')
        ? []
        : (await this.list({ name })).filter((image) => image.name === name);
      for (const { id } of rest) await this.remove(id).catch(() => undefined);
      throw error;
    }
  }

  async finished(job) {
    const url = `${await this.session.root()}/v1/${await this.session.projectId()}/jobs/${job}`;
    return waitFor(this.http, () => this.session.read(url), taskOutcome);
  }
}

const outcomeOf = (status) => (status === 'active' ? true : status === 'killed' ? 'the image is killed' : undefined);
