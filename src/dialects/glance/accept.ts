/** Chooses a representation by the Accept header, as the Python services do. */

/** An available form and its media type. */
export type Offer<Form extends string> = readonly [form: Form, mainType: string, subtype: string];

const RANGE =
  /^([\w!#$%&'*+.^`|~-]+)\/([\w!#$%&'*+.^`|~-]+)((?:\s*;\s*[\w!#$%&'*+.^`|~-]+\s*=\s*(?:"[^"]*"|[^;"\s]*))*)$/;

/** One item of an Accept header. */
interface MediaRange {
  readonly mainType: string;
  readonly subtype: string;
  /** The weight `q`: from 0 to 1. */
  readonly quality: number;
}

/**
 * Returns the form that an Accept header prefers; among equals the one offered first. A malformed header counts as a
 * missing one, which accepts anything.
 * @returns `undefined` if it accepts none.
 */
export function preferredOffer<Form extends string>(accept: string, offers: readonly Offer<Form>[]): Form | undefined {
  const ranges: MediaRange[] = [];
  for (const item of accept.split(',')) {
    const text = item.trim();
    if (text === '') continue;
    const range = parseRange(text);
    if (range === 'malformed') return offers[0]?.[0];
    if (range !== undefined) ranges.push(range);
  }
  let preferred: Form | undefined;
  let highest = 0;
  for (const offer of offers) {
    const quality = qualityOf(offer, ranges);
    if (quality > highest) [preferred, highest] = [offer[0], quality];
  }
  return preferred;
}

/** @returns `undefined` for a range with parameters such as a charset: the offers have none, so it matches none of them. */
function parseRange(text: string): MediaRange | 'malformed' | undefined {
  const match = RANGE.exec(text);
  if (match === null) return 'malformed';
  const [, mainType = '', subtype = '', parametersText = ''] = match;
  const parameters = parametersText.split(';').map((parameter) => parameter.trim());
  const weight = parameters.find((parameter) => /^q\s*=/i.test(parameter));
  if (parameters.some((parameter) => parameter !== '' && parameter !== weight)) return undefined;
  const quality = weight === undefined ? 1 : parseWeight(weight);
  if (!(quality >= 0 && quality <= 1)) return 'malformed';
  return { mainType: mainType.toLowerCase(), subtype: subtype.toLowerCase(), quality };
}

/** Parses `q=0.5`; `NaN` if it is not a number. */
function parseWeight(weight: string): number {
  const text = weight.slice(weight.indexOf('=') + 1).trim();
  return text === '' ? Number.NaN : Number(text);
}

/** The weight of an offer: that of the most specific range that matches it; 0 if none does. */
function qualityOf(offer: Offer<string>, ranges: readonly MediaRange[]): number {
  let quality = 0;
  let highest = -1;
  for (const range of ranges) {
    const specificity = specificityOf(range, offer);
    if (specificity > highest) [quality, highest] = [range.quality, specificity];
  }
  return quality;
}

/** How specifically a range matches an offer: 2 exactly, 1 by main type, 0 as a wildcard, -1 not at all. */
function specificityOf(range: MediaRange, [, mainType, subtype]: Offer<string>): number {
  if (range.mainType === mainType && range.subtype === subtype) return 2;
  if (range.mainType === mainType && range.subtype === '*') return 1;
  return range.mainType === '*' && range.subtype === '*' ? 0 : -1;
}
