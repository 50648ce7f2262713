/** Lower-case hex, as the ledger writes digests. */
export function hex(bytes: Uint8Array): string {
  return [...bytes].map((each) => each.toString(16).padStart(2, '0')).join('');
}

/**
 * The leaf of a stored line by RFC 9162, as a receipt's `leaf_hash` is made: SHA-256 of a zero byte and
 * the line, without the line break. Hashed here, by the browser.
 */
export async function leafHash(line: Uint8Array): Promise<string> {
  const leaf = new Uint8Array(line.length + 1);
  leaf.set(line, 1);
  return hex(new Uint8Array(await crypto.subtle.digest('SHA-256', leaf)));
}
