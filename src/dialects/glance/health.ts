import type { Call, Reply } from '../../contract/contract.ts';
import { type Offer, preferredOffer } from './accept.ts';

type Shape = 'text' | 'html' | 'json';

const OFFERS: readonly Offer<Shape>[] = [
  ['text', 'text', 'plain'],
  ['html', 'text', 'html'],
  ['json', 'application', 'json'],
];

const pageOf = (reasons: readonly string[]): string =>
  [
    '<HTML>',
    '<HEAD><TITLE>Healthcheck Status</TITLE></HEAD>',
    `<BODY>\n\n<H2>Result of ${reasons.length} checks:</H2>`,
    '<TABLE bgcolor="#ffffff" border="1">',
    '<TBODY>\n<TR>\n\n<TH>\nReason\n</TH>\n</TR>',
    reasons.map((reason) => `<TR>\n\n    <TD>${reason}</TD>\n\n</TR>`).join('\n'),
    '</TBODY>\n</TABLE>\n<HR></HR>\n\n</BODY>\n</HTML>',
  ].join('\n');

/**
 * Returns a function that responds to health checks in the shape that Accept prefers.
 * @param reasons - result of each check.
 */
export function healthOf(reasons: readonly string[]): (call: Call) => Reply {
  const reply = (type: string, body: string): Reply => ({ status: 200, headers: { 'Content-Type': type }, body });
  const replies: Readonly<Record<Shape, Reply>> = {
    text: reply('text/plain; charset=UTF-8', reasons.join('\n')),
    html: reply('text/html; charset=UTF-8', pageOf(reasons)),
    json: reply('application/json', JSON.stringify({ detailed: false, reasons }, null, 4)),
  };
  return ({ headers }) => replies[preferredOffer(headers.accept ?? '', OFFERS) ?? 'text'];
}
