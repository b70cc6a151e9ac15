import type { Call } from '../../contract/contract.ts';
import type { FaultRequest } from '../dialect.ts';
import { pythonJson } from '../glance/python-json.ts';
import { parseJson } from '../shared/json-body.ts';
import { type SampleReply, textSample } from '../shared/sample-replies.ts';

/** A sample reply of a JSON value, laid out as Python does. */
export const pythonSample = (value: (request: FaultRequest) => unknown): SampleReply =>
  textSample((request) => pythonJson(value(request)));

/** Reads a name from a request body, even if the rest of the body is invalid; `null` if there is none. */
export function nameIn({ body }: Call, member = 'name'): string | null {
  try {
    const name: unknown = Object(body === undefined ? undefined : parseJson(body))[member];
    return typeof name === 'string' ? name : null;
  } catch {
    return null;
  }
}
