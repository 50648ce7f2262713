import { createStore, get, update } from 'idb-keyval';
import { keptWith, type Told } from './verdict.js';

// Positions and digests: nothing of anybody, so it outlives the sign-out. It is worth something only
// because no server can reach it.
const store = createStore('ledger-proof', 'leaves');

export async function toldOf(position: string): Promise<Told[]> {
  return (await get<Told[]>(position, store)) ?? [];
}

export async function remember(position: string, told: Told): Promise<void> {
  await update<Told[]>(position, (before) => keptWith(before ?? [], told), store);
}

/** What a receipt says of the bytes that were stored. */
export async function rememberReceipt(receipt: { position: string; leaf_hash?: string }): Promise<void> {
  if (!receipt.leaf_hash) return;
  await remember(receipt.position, { hash: receipt.leaf_hash, how: 'receipt', at: new Date().toISOString() });
}
