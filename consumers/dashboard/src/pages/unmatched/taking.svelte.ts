import { outbox } from '../../outbox/outbox.svelte.js';
import type { Entry } from '../../outbox/queue.js';
import { toast } from '../../parts/toasts.svelte.js';
import { m } from '../../paraglide/messages.js';
import { decider } from './decided.svelte.js';

/** An event that takes one back, but for its reason and who says so. */
export interface Undo {
  type: string;
  data: Record<string, unknown>;
}

export const voiding = (said: { source: string; id: string }): Undo => ({ type: 'event.voided', data: { target_source: said.source, target_id: said.id } });

/** What a list takes back of what the server tells, row by row, as long as the list is there. */
export class Taking {
  #sent = $state<Record<string, { id: string; isDone: boolean }>>({});
  /** For which a reason is asked; the event's id is made then. */
  asked = $state.raw<{ row: string; what: string; undo: Undo; id: string } | undefined>();

  ask(row: string, what: string, undo: Undo): void {
    if (decider() === '') return toast(m.unmatched_decider_missing());
    this.asked = { row, what, undo, id: crypto.randomUUID() };
  }

  async record(reason: string): Promise<void> {
    const { row, what, undo, id } = this.asked!;
    this.asked = undefined;
    this.#sent[row] = { id, isDone: false };
    const data = { ...undo.data, reason, manager_id: decider() };
    const { receipt } = await outbox.record({ id, type: undo.type, data, time: new Date() }, { lane: row, label: what });
    void receipt.then(() => (this.#sent[row] = { id, isDone: true }));
  }

  of(row: string): 'waiting' | 'done' | Entry | undefined {
    const sent = this.#sent[row];
    if (!sent) return undefined;
    return sent.isDone ? 'done' : (outbox.attention.find((each) => each.id === sent.id) ?? 'waiting');
  }

  async clear(row: string, refused: Entry): Promise<void> {
    await outbox.drop(refused.id);
    delete this.#sent[row];
  }
}
