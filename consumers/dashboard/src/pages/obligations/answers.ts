/** As `GET /v1/obligations` and `GET /v1/breaches` answer. */
export type Due = 'late' | 'today' | 'week' | 'later' | 'undated';

export const kKinds = [
  'complaint',
  'arrival',
  'supply',
  'consultation',
  'errand',
  'information',
  'notice',
  'follow_up',
  'call_result',
  'calls_without_result',
  'inquiry',
  'meeting',
  'tender',
  'terms',
  'document',
  'collection',
  'greeting',
  'reconciliation',
  'report',
  'attestation',
  'explanation',
  'approval',
  'dispute',
  'requisites',
  'paper',
] as const;
export type Kind = (typeof kKinds)[number];

export interface Obligation {
  duty_id: string;
  kind: Kind;
  id: string;
  state: 'open' | 'overdue' | 'done';
  due_on?: string;
  done_on?: string;
  days_late: number;
  client_id?: string;
  client_name?: string;
  /** Of what it is about, no more is for who asks. */
  restricted?: true;
  progress?: string;
  progress_uk?: string;
  progress_en?: string;
  text?: string;
  text_uk?: string;
  text_en?: string;
  count?: number;
  amounts?: { amount_minor: number; currency: string }[];
  manager_id?: string;
  manager_name?: string;
  owner?: string;
  on_behalf_of?: { manager_id: string; name?: string }[];
  supervisor?: boolean;
  /** Who is away has nobody in his place. */
  no_stand_in?: true;
  position?: string;
}

export interface Obligations {
  position: string;
  as_of: string;
  obligations: Obligation[];
  total: number;
  overdue: number;
  due: Record<Due, number>;
  next_cursor?: string;
}

interface Side {
  client_id?: string;
  client_name?: string;
  restricted?: true;
  segment: string;
  by: string;
}

export interface Breaches {
  position: string;
  as_of: string;
  from: string;
  to: string;
  segments: { manager_id: string; duty_id: string; severity: string; since: string; until: string; client: Side; other: Side; other_clients: number }[];
  offers: { position?: string; manager_id?: string; client_id?: string; client_name?: string; day?: string; duty_id: string; text_uk: string; text_en: string; breach_ids?: string[] }[];
  contracts: { manager_id: string; duty_id: string; signed_on: string; client_id: string; client_name?: string; number: string; text_uk: string; text_en: string; position: string; breach_ids?: string[] }[];
  register: Recorded[];
  total: number;
  next_cursor?: string;
}

export interface Recorded {
  breach_id: string;
  manager_id: string;
  duty_id: string;
  happened_on: string;
  state: 'open' | 'explained' | 'closed';
  text: string;
  position: string;
  explanations: { manager_id: string; text: string; given_on: string; position: string }[];
  decision?: string;
  decided_on?: string;
}
