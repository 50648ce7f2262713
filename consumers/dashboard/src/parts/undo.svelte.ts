import { m } from '../paraglide/messages.js';
import { outbox } from '../outbox/outbox.svelte.js';
import type { Receipt } from '../outbox/queue.js';
import { held } from '../session/session.svelte.js';
import { toast } from './toasts.svelte.js';

/** A record that somebody wants to take back. */
export interface Voidable {
  what: string;
  source: string;
  id: string;
  lane: string;
  /** It takes a second person: what is recorded asks him, and changes nothing by itself. */
  proposes?: boolean;
}

interface Asked {
  record: Voidable;
  /** Of the event that takes it back: made when the dialog opened. */
  id: string;
}

interface Undo {
  asked: Asked | undefined;
  /** What this page has taken back, by which event, and why: shown at once, struck through. */
  sent: Record<string, { id: string; reason: string; isDone: boolean }>;
}

export const undo = $state<Undo>({ asked: undefined, sent: {} });

export const keyOf = (record: Pick<Voidable, 'source' | 'id'>) => `${record.source} ${record.id}`;

/** Why this page took it back: recorded, or on its way. What was refused is not taken back: the outbox says why, until it is dropped. */
export function reasonOf(record: Pick<Voidable, 'source' | 'id'>): string | undefined {
  const sent = undo.sent[keyOf(record)];
  return sent && (sent.isDone || outbox.entries.some((each) => each.id === sent.id && each.state === 'waiting')) ? sent.reason : undefined;
}

/** Opens the dialog that asks why; `parts/Undo` shows it. */
export function askToVoid(record: Voidable): void {
  undo.asked = { record, id: crypto.randomUUID() };
}

/** The reason was given: an event says so, and the old one stays. */
export async function voidAsked(reason: string): Promise<void> {
  const asked = undo.asked;
  if (!asked) return;
  undo.asked = undefined;
  const { record } = asked;
  const { receipt } = await outbox.record(
    {
      id: asked.id,
      type: record.proposes ? 'correction.proposed' : 'event.voided',
      time: new Date(),
      data: {
        target_source: record.source,
        target_id: record.id,
        reason,
        ...(held.session?.manager_id ? { manager_id: held.session.manager_id } : {}),
      },
    },
    { lane: record.lane, label: record.proposes ? m.record_propose_label({ what: record.what }) : m.record_void_label({ what: record.what }) },
  );
  if (record.proposes) return void receipt.then(({ position }) => toast(m.record_proposed({ what: record.what, position })));
  undo.sent[keyOf(record)] = { id: asked.id, reason, isDone: false };
  void receipt.then(({ position }) => {
    undo.sent[keyOf(record)] = { id: asked.id, reason, isDone: true };
    toast(m.record_voided({ what: record.what, position }));
  });
}

/** Says, once the ledger has it, at which position, and offers to take it back. What is never acknowledged stays in the outbox. */
export function recorded(receipt: Promise<Receipt>, given: { what: string; id: string; lane: string }): void {
  const source = `people/${held.session?.principal ?? ''}`;
  void receipt.then(({ position }) =>
    toast(m.record_done({ label: given.what, position }), {
      label: m.record_undo(),
      run: () => askToVoid({ ...given, source }),
    }),
  );
}
