import { outbox } from '../../../outbox/outbox.svelte.js';
import { dropDraft } from '../../../outbox/shelf.js';
import { held } from '../../../session/session.svelte.js';

/** What became of what was recorded here: waits for the ledger, or has its position. */
export class Recording {
  state = $state<'none' | 'waiting' | 'done'>('none');
  position = $state('');
  id = $state('');

  /** The id was made when the form opened; a second press records nothing. */
  async record(given: { id: string; type: string; data: Record<string, unknown>; form: string; client: string; label: string }): Promise<void> {
    if (this.state !== 'none') return;
    this.state = 'waiting';
    this.id = given.id;
    const { receipt } = await outbox.record({ id: given.id, type: given.type, data: given.data, time: new Date() }, { lane: given.client, label: given.label });
    await dropDraft(given.form, held.session?.principal ?? '');
    void receipt.then((told) => {
      this.position = told.position;
      this.state = 'done';
    });
  }
}
