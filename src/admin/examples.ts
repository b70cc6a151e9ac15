import type { AdminOperationId } from './operations/index.ts';

/** Examples of operations for the OpenAPI document: a valid request body, and the body of its response. */
export interface Example {
  readonly request?: unknown;
  readonly response?: unknown;
}

const IMAGE = '11111111-1111-4111-8111-111111111111';
const RULE = { match: { operation: 'image-v2.deleteImage' }, fault: { answer: 403 } };
const CLOCK = { now: '2030-01-01T00:00:00.000Z', frozen: true };
const PORT = { name: 'identity', port: 5000, state: 'open' };

/** Examples, by operation id; the tests check them against the schemas. */
export const EXAMPLES: Partial<Readonly<Record<AdminOperationId, Example>>> = {
  getHealth: { response: { status: 'ok' } },
  getReady: { response: { status: 'ready' } },
  listContracts: {
    response: [
      {
        dialect: 'image-v2',
        operation: 'deleteImage',
        method: 'DELETE',
        path: '/image/v2/images/{image_id}',
        statuses: [204, 403, 404],
      },
    ],
  },
  listPorts: { response: { ports: [PORT] } },
  changePort: { request: { state: 'refusing', for: '5s' } },
  createWorld: { request: { name: 't17', seed: 7, clock: '2026-11-21T12:00:00Z', scenarios: ['delete-conflict'] } },
  putScenario: { request: { description: 'Nothing is found.', enabled: true, rules: [RULE] } },
  enableScenario: {
    request: { calls: 3 },
    response: {
      name: 'delete-conflict',
      description: 'Every delete fails.',
      enabled: true,
      order: 2,
      hits: 0,
      ruleHits: [{ seen: 0, fired: 0 }],
      callsLeft: 3,
      place: 'scenarios/outages.yaml',
    },
  },
  setScenarioState: { request: { state: 'down' } },
  armFault: {
    request: { ...RULE, calls: 2 },
    response: { id: 'fault-1', operations: ['image-v2.deleteImage'], seen: 0, fired: 0, expired: false },
  },
  listFaults: {
    response: {
      faults: [
        {
          id: 'fault-1',
          operations: ['image-v2.deleteImage'],
          seen: 1,
          fired: 1,
          last: '2026-11-21T12:00:00.000Z',
          expired: true,
        },
      ],
    },
  },
  continueHeld: { request: { headers: { 'X-Extra': '1' }, body: { name: 'another' } } },
  respondHeld: { request: { fault: { answer: 403 } } },
  placeImage: { request: { id: IMAGE, name: 'stuck', status: 'saving', owner: 'demo' } },
  changeImage: { request: { status: 'active', protected: true } },
  digestImage: {
    request: { algorithms: ['md5', 'sha256'], set: true },
    response: {
      image: IMAGE,
      size: 0,
      digests: {
        md5: 'd41d8cd98f00b204e9800998ecf8427e',
        sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      },
    },
  },
  verifyRequests: { request: { requests: { operation: 'image-v2.deleteImage', status: 503 }, exactly: 1 } },
  setLabel: { request: { label: 'retries after 503' } },
  createRetryTest: { request: { instructions: { 'image-v2.listImages': ['return-503'] } } },
  changeConfiguration: { request: { quotas: { storage: '1GiB', images: 10 }, limits: { imageSizeCap: '5MiB' } } },
  changeTask: { request: { by: 'clock', seconds: 90, fail: { at: 50 } } },
  finishTask: { request: { fail: { message: 'The disk is full.' } } },
  changeServer: { request: { locked: true, status: 'SHUTOFF', taskState: null } },
  getClock: { response: CLOCK },
  setClock: { request: { advance: '1h30m', freeze: true }, response: CLOCK },
  takeSnapshot: { request: { name: 'loaded' }, response: { name: 'loaded' } },
  listSnapshots: { response: { snapshots: [{ name: 'loaded' }] } },
};
