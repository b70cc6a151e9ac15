/** Whether a text can be decoded as base64. Characters of other alphabets are skipped, as Python does. */
export function isBase64(text: string): boolean {
  const relevant = text.replace(/[^A-Za-z0-9+/=]/g, '');
  const [data = ''] = relevant.split('=', 1);
  const padding = relevant.length - data.length;
  const rest = data.length % 4;
  return rest === 0 || (rest > 1 && rest + padding >= 4);
}
