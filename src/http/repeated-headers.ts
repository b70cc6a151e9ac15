import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { RequestDecoding } from '../dialects/request-decoding.ts';

/** Returns the headers of a request, with repeated ones joined as the web server of a service does. */
export function headersOf(request: IncomingMessage, { joinRepeated }: Partial<RequestDecoding>): IncomingHttpHeaders {
  const { headers, rawHeaders } = request;
  if (joinRepeated === undefined || Object.keys(headers).length * 2 === rawHeaders.length) return headers;
  const joined: IncomingHttpHeaders = { ...headers };
  for (const [name, values = []] of Object.entries(request.headersDistinct)) {
    if (values.length > 1) joined[name] = joinRepeated(name, values);
  }
  return joined;
}
