import { m } from '../../paraglide/messages.js';
import type { Breaches, Recorded } from './answers.js';

/** Neither, where the client is not for who asks. */
export interface Named {
  id?: string;
  name?: string;
}

function named(one: { client_id?: string; client_name?: string; restricted?: true }): Named[] {
  if (!one.client_id) return one.restricted ? [{}] : [];
  return [{ id: one.client_id, name: one.client_name ?? one.client_id }];
}

/** A breach, whichever rule found it or whoever recorded it. */
export interface BreachLine {
  key: string;
  on: string;
  text_uk: string;
  text_en: string;
  clients: Named[];
  manager_id?: string;
  duty_id: string;
  position?: string;
  /** `found`: by a rule, and nobody has recorded it, so that nothing has to be explained yet. */
  state: 'found' | Recorded['state'];
  recorded?: Recorded;
}

/** The four lists of a page as one, the register first: what waits for an explanation leads to it. */
export function linesOf(data: Breaches): BreachLine[] {
  const register = new Map(data.register.map((each) => [each.breach_id, each]));
  const told = (ids: readonly string[] | undefined) => ids?.map((id) => register.get(id)).find((each) => each !== undefined);
  const stateOf = (ids: readonly string[] | undefined): BreachLine['state'] => told(ids)?.state ?? (ids?.length ? 'open' : 'found');
  return [
    ...data.register.map((each) => ({
      key: each.breach_id,
      on: each.happened_on,
      text_uk: each.text,
      text_en: each.text,
      clients: [],
      manager_id: each.manager_id,
      duty_id: each.duty_id,
      position: each.position,
      state: each.state,
      recorded: each,
    })),
    ...data.segments.map((each) => {
      const words = { n: each.other_clients };
      return {
        key: `segment ${each.manager_id} ${each.since} ${each.client.client_id ?? ''} ${each.other.client_id ?? ''}`,
        on: each.since,
        text_uk: m.obligations_segments(words, { locale: 'uk' }),
        text_en: m.obligations_segments(words, { locale: 'en' }),
        clients: [...named(each.client), ...named(each.other)],
        manager_id: each.manager_id,
        duty_id: each.duty_id,
        state: 'found' as const,
      };
    }),
    ...data.offers.map((each, at) => ({
      key: `offer ${each.position ?? at} ${each.duty_id} ${each.text_en}`,
      on: each.day ?? data.from,
      text_uk: each.text_uk,
      text_en: each.text_en,
      clients: named(each),
      manager_id: each.manager_id,
      duty_id: each.duty_id,
      position: each.position,
      state: stateOf(each.breach_ids),
      recorded: told(each.breach_ids),
    })),
    ...data.contracts.map((each) => ({
      key: `contract ${each.position}`,
      on: each.signed_on,
      text_uk: each.text_uk,
      text_en: each.text_en,
      clients: named(each),
      manager_id: each.manager_id,
      duty_id: each.duty_id,
      position: each.position,
      state: stateOf(each.breach_ids),
      recorded: told(each.breach_ids),
    })),
  ];
}
