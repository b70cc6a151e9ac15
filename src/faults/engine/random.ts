/** Random numbers derived from a seed: the same hash and number always give the same result, in any order. */

/** Hashes a text to 32 bits (FNV-1a). */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/** Returns the n-th draw of a hash: at least 0 and less than 1. */
export function draw(hash: number, number: number): number {
  let bits = (hash + Math.imul(number, 0x9e3779b9)) | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return ((bits ^ (bits >>> 16)) >>> 0) / 0x1_0000_0000;
}

/** Returns the n-th draw of a hash from the normal distribution with mean 0 and standard deviation 1. */
export function drawNormal(hash: number, number: number): number {
  // 1 - draw, because the logarithm of 0 is not finite.
  const radius = Math.sqrt(-2 * Math.log(1 - draw(hash, number * 2)));
  return radius * Math.cos(2 * Math.PI * draw(hash, number * 2 + 1));
}
