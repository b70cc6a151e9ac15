import { adminTool } from './admin-tool.ts';
import { LIST_TOOLS } from './list-tools.ts';
import type { Tool } from './tool.ts';

const RULE =
  'A rule is { "match": { "operation": "image-v2.deleteImage" }, "fault": { "answer": 409, "retryAfter": 2 } }; others are ' +
  '{ "fault": { "cut": "reset" } }, { "fault": { "delay": "2s" } } and { "phase": "after" }. The resource ' +
  'sideglance://docs/faults.md describes all of them.';

/** Parameters of the journal that need no tool. */
const WITHOUT = ['before', 'worlds'];

/** All tools, in the order in which agents see them. */
export const TOOLS: readonly Tool[] = [
  ...LIST_TOOLS,
  adminTool('show_scenario', 'showScenario', { effect: 'reads' }),
  adminTool('enable_scenario', 'enableScenario', { effect: 'changes', body: 'limit', without: ['worlds'] }),
  adminTool('disable_scenario', 'disableScenario', { effect: 'changes', without: ['worlds'] }),
  adminTool('put_scenario', 'putScenario', { effect: 'changes', body: 'scenario', hint: RULE }),
  adminTool('arm_fault', 'armFault', { effect: 'changes', body: 'rule', hint: RULE }),
  adminTool('list_faults', 'listFaults', { effect: 'reads' }),
  adminTool('disarm_faults', 'disarmFaults', { effect: 'removes' }),
  adminTool('list_requests', 'listRequests', {
    effect: 'reads',
    without: WITHOUT,
    hint: 'This is the journal: what clients sent and received. The next page begins after the id of the last request.',
  }),
  adminTool('show_request', 'showRequest', { effect: 'reads', hint: 'With headers and bodies.' }),
  adminTool('verify', 'verifyRequests', {
    effect: 'reads',
    body: 'expectation',
    hint: 'For example { "requests": { "operation": "image-v2.createImage" }, "exactly": 1 }. The resource sideglance://docs/verify.md describes all of it.',
  }),
  adminTool('conduct', 'getConduct', { effect: 'reads', hint: 'With sources and the requests that show it.' }),
  adminTool('list_worlds', 'listWorlds', { effect: 'reads' }),
  adminTool('show_world', 'showWorld', { effect: 'reads', hint: 'A client logs in with these settings.' }),
  adminTool('create_world', 'createWorld', { effect: 'changes', body: 'options' }),
  adminTool('drop_world', 'dropWorld', { effect: 'removes' }),
  adminTool('reset_world', 'resetWorld', { effect: 'removes' }),
  adminTool('place_image', 'placeImage', { effect: 'changes', body: 'image' }),
  adminTool('list_image_changes', 'listImageChanges', { effect: 'reads' }),
  adminTool('set_clock', 'setClock', { effect: 'changes', body: 'change' }),
];
