import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Client, clientOf } from '../../conformance/support.ts';
import { NOON, startEmulator } from '../../support/emulator.ts';
import { entriesOf } from '../../support/journal.ts';

let client: Client;
beforeEach(async () => {
  client = await clientOf(await startEmulator({ frozenAt: NOON }));
});
afterEach(() => client.emulator.close());

const CREATE = 'image-v2.createImage';
const GATEWAY = { answer: { observed: 'nginx-502' } };
const arm = (rule: object) => client.admin('post', '/faults', { match: { operation: CREATE }, ...rule });
const create = () => client.send(CREATE).send({ name: 'one' });
const createUnknown = () => create().set('X-Auth-Token', 'none');
const isCreated = async () => (await client.send('image-v2.listImages').query({ name: 'one' })).body.images.length > 0;
const lastEntry = () => entriesOf(client.emulator.worlds.default, { operation: CREATE, limit: 1 })[0];

const METADATA = 'compute-v2.1.updateImageMetadata';
/** A body that is larger than the compute service accepts. */
const LARGE = JSON.stringify({ metadata: { a: 'x'.repeat(114_688) } });

describe('a rule before authentication', () => {
  test('takes a request whose token is not valid', async () => {
    await arm({ stage: 'before-auth', fault: GATEWAY });
    expect((await createUnknown()).status).toBe(502);
    expect(lastEntry()).toMatchObject({
      status: 502,
      source: 'injected',
      fault: { scenario: 'fault-1', kind: 'observed' },
    });
    expect((await createUnknown()).status).toBe(401);
  });

  test('takes precedence over a rule after authentication that is older', async () => {
    await arm({ fault: { answer: 409 } });
    await arm({ stage: 'before-auth', fault: GATEWAY });
    expect((await create()).status).toBe(502);
    expect((await create()).status).toBe(409);
  });

  test('lets the service authenticate the request when it only delays', async () => {
    await arm({ stage: 'before-auth', fault: { delay: 1 } });
    await arm({ fault: { answer: 409 } });
    expect((await createUnknown()).status).toBe(401);
    expect((await create()).status).toBe(409);
  });

  test('has an effect with phase "after" only for a valid token', async () => {
    await arm({ stage: 'before-auth', phase: 'after', calls: {}, fault: GATEWAY });
    expect((await createUnknown()).status).toBe(502);
    expect(await isCreated()).toBe(false);
    expect((await create()).status).toBe(502);
    expect(await isCreated()).toBe(true);
  });

  test('returns the natural success from a dry run, without rules after authentication', async () => {
    await arm({ calls: {}, fault: { answer: 409 } });
    await arm({ stage: 'before-auth', fault: { answer: 201 } });
    expect(await create()).toMatchObject({ status: 201, body: { name: 'one' } });
    expect(await isCreated()).toBe(false);
  });

  test('alters the natural error of the service', async () => {
    await arm({ stage: 'before-auth', fault: { alter: { headers: { 'WWW-Authenticate': null } } } });
    const response = await createUnknown();
    expect([response.status, response.headers['www-authenticate']]).toEqual([401, undefined]);
  });

  test('is taken from a scenario that the request names', async () => {
    await client.admin('put', '/scenarios/gateway', {
      rules: [{ match: { operation: CREATE }, stage: 'before-auth', fault: GATEWAY }],
    });
    expect((await createUnknown().set('X-Sideglance-Scenario', 'gateway')).status).toBe(502);
    expect((await createUnknown()).status).toBe(401);
    expect((await create().set('X-Sideglance-Scenario', 'gatewy')).status).toBe(400);
  });

  test('is explained before the others', async () => {
    await arm({ fault: { answer: 409 } });
    await arm({ stage: 'before-auth', fault: GATEWAY });
    const { explanations } = await client.admin('get', `/scenarios?operation=${CREATE}`);
    expect(explanations).toMatchObject([
      { scenario: 'fault-2', outcome: 'takes' },
      { scenario: 'fault-1', outcome: 'passes', why: ['fault-2, rule 0, takes the request first'] },
    ]);
  });
});

describe('a body over the limit of the service', () => {
  const large = () => client.send(METADATA).set('Content-Type', 'application/json').send(LARGE);
  const small = () => client.send(METADATA).send({ metadata: { a: 'b' } });
  const armMetadata = (rule: object, match: object = {}) => arm({ match: { operation: METADATA, ...match }, ...rule });
  const entry = () => entriesOf(client.emulator.worlds.default, { operation: METADATA, limit: 1 })[0];

  test('is offered to rules before authentication, which see its size', async () => {
    await armMetadata({ stage: 'before-auth', fault: GATEWAY }, { size: { over: '114kB' } });
    expect((await small()).status).toBe(200);
    expect((await large()).status).toBe(502);
    expect(entry()).toMatchObject({ status: 502, source: 'injected' });
    expect((await large()).status).toBe(413);
  });

  test('is rejected before rules after authentication, and journaled', async () => {
    await armMetadata({ fault: { answer: 409 } });
    expect((await large()).status).toBe(413);
    expect(entry()).toMatchObject({ status: 413, source: 'natural' });
    expect((await small()).status).toBe(409);
  });

  test('is offered to rules before authentication when it arrives in chunks', async () => {
    await armMetadata({ stage: 'before-auth', fault: GATEWAY }, { size: { over: 1000 } });
    const response = await fetch(
      `${client.emulator.url}/compute/v2.1/images/${client.imageId('demo-private')}/metadata`,
      {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'X-Auth-Token': client.token },
        body: new Blob([LARGE]).stream(),
        duplex: 'half',
      },
    );
    expect(response.status).toBe(502);
  });
});
