import type { AdminOperationId } from './operations/index.ts';

/** What the admin APIs of other servers have at a path, and the operations for the same here. */
interface OtherPath {
  readonly path: RegExp;
  readonly hint: string;
  readonly operations: readonly AdminOperationId[];
}

const STUBS: readonly AdminOperationId[] = ['putScenario', 'enableScenario', 'armFault'];

/** Paths of WireMock and MockServer, and words that users try first. */
const OTHERS: readonly OtherPath[] = [
  {
    path: /^\/mappings?(\/|$)/,
    hint: 'Mappings of WireMock are scenarios here, and one-off faults.',
    operations: STUBS,
  },
  {
    path: /^\/(expectations?|mocks?|stubs?|rules?)(\/|$)/,
    hint: 'Expectations are scenarios here, and one-off faults.',
    operations: STUBS,
  },
  {
    path: /^\/requests\/(count|find|unmatched)(\/|$)|^\/verif/,
    hint: 'Requests are counted and searched by an expectation.',
    operations: ['verifyRequests', 'listRequests', 'clearRequests'],
  },
  {
    path: /^\/(logs?|journal|events?|history|calls|retrieve)(\/|$)/,
    hint: 'The log of requests is the journal.',
    operations: ['listRequests', 'followRequests', 'exportRequests'],
  },
  {
    path: /^\/(settings|config|options)(\/|$)/,
    hint: 'Settings of a world are its configuration.',
    operations: ['getConfiguration', 'changeConfiguration'],
  },
  {
    path: /^\/(recordings?\/|__files|files)/,
    hint: 'Data of images is given with the image.',
    operations: ['placeImage', 'getRecording'],
  },
  {
    path: /^\/(clear|reset)(\/|$)/,
    hint: 'A reset is a POST.',
    operations: ['resetWorld', 'disarmFaults', 'clearRequests'],
  },
  { path: /^\/(time|now)(\/|$)/, hint: 'The time of a world is its clock.', operations: ['getClock', 'setClock'] },
  {
    path: /^\/(users?|projects?|tenants?|credentials)(\/|$)/,
    hint: 'Users and projects come from fixtures, and from the Identity API.',
    operations: ['showWorld', 'createWorld'],
  },
];

/** Returns what a path of another server, or an obvious word, stands for here; `undefined` for other paths. */
export const otherPath = (path: string): OtherPath | undefined => OTHERS.find((other) => other.path.test(path));
