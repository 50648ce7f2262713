import { ask } from '../api/client.js';
import { folded } from '../format/collation.js';
import { times } from '../url/times.svelte.js';

export interface FoundClient {
  client_id: string;
  name?: string;
  tax_code?: string;
  merged_into?: string;
}

const kTypingMs = 150;

/**
 * Clients by what is typed: a name, a code or a telephone. What is typed stays here: a name or a number of a client is
 * in no URL of ours. Make it while a component is made.
 */
export class ClientSearch {
  text = $state('');
  found = $state.raw<readonly FoundClient[]>([]);
  /** Which of them Enter takes; -1: none. */
  at = $state(-1);
  failed = $state(false);
  #answered = $state('');
  #query = $derived(folded(this.text));

  constructor(limit: number) {
    $effect(() => {
      const q = this.#query;
      const asked = times();
      if (!this.isAsking) {
        this.found = [];
        this.#answered = '';
        return;
      }
      const abort = new AbortController();
      const timer = setTimeout(() => void this.#look({ q, limit, ...asked }, abort.signal), kTypingMs);
      return () => {
        clearTimeout(timer);
        abort.abort();
      };
    });
  }

  get isAsking(): boolean {
    return this.#query.length >= 2;
  }

  /** Answered, and there is nobody. */
  get isNobody(): boolean {
    return this.#answered !== '' && this.#answered === this.#query && this.found.length === 0;
  }

  /** Takes ↑ and ↓; Enter says who is chosen. */
  press(event: KeyboardEvent): FoundClient | undefined {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.code];
    if (step !== undefined && this.found.length > 0) {
      event.preventDefault();
      this.at = (this.at + step + this.found.length) % this.found.length;
    }
    if (event.code !== 'Enter') return undefined;
    event.preventDefault();
    return this.found[this.at];
  }

  async #look(query: { q: string; limit: number; as_of?: string; known_at?: string }, signal: AbortSignal): Promise<void> {
    try {
      const answer = await ask<{ clients: FoundClient[] }>('/v1/clients', { query, signal });
      this.failed = answer.problem !== undefined;
      this.found = answer.data?.clients ?? [];
      this.at = this.found.length > 0 ? 0 : -1;
      this.#answered = query.q;
    } catch {
      // typed on: another question is under way
    }
  }
}
