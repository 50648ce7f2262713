/**
 * What is new, with the parts of what was there before wherever they say the same: who shows a list sees by identity
 * which rows have not changed. Both are JSON.
 */
export function kept<T>(before: unknown, now: T): T {
  if (Object.is(before, now)) return now;
  if (typeof before !== 'object' || typeof now !== 'object' || before === null || now === null) return now;
  if (Array.isArray(before) !== Array.isArray(now)) return now;
  const [old, next] = [before as Record<string, unknown>, now as Record<string, unknown>];
  let isSame = true;
  let count = 0;
  for (const name in next) {
    ++count;
    const part = kept(old[name], next[name]);
    if (part !== next[name]) next[name] = part;
    isSame &&= name in old && Object.is(part, old[name]);
  }
  return isSame && count === Object.keys(old).length ? (before as T) : now;
}
