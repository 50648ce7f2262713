/** As `GET /v1/acts…` answer. */
export const kCoverages = ['none', 'sent', 'late', 'disagreed', 'done'] as const;
export type Coverage = (typeof kCoverages)[number];
export type ActState = 'drafted' | 'sent' | 'confirmed' | 'disagreed' | 'reissued' | 'signed';

export interface Money {
  amount_minor: number;
  currency: string;
}

export interface ListedAct {
  act_id: string;
  client_id: string;
  manager_id: string;
  number?: string;
  from: string;
  to: string;
  closing: Money;
  state: ActState;
  drafted_at: string;
}

export interface ClientMonth {
  client_id: string;
  name: string;
  manager_id?: string;
  needs: ('balance' | 'turnover' | 'contract')[];
  coverage: Coverage;
  by_currency: Record<string, Coverage>;
  answer_by: string;
  acts: ListedAct[];
}

export interface ActsMonth {
  position: string;
  duty_id: string;
  month: string;
  answer_by?: string;
  rule_version?: string;
  counts: Record<Coverage | 'needed' | 'covered', number>;
  clients: ClientMonth[];
  next_cursor?: string;
}

export interface Sums {
  opening_minor: number;
  debit_minor: number;
  credit_minor: number;
  closing_minor: number;
}

export interface Change {
  change: 'recorded' | 'taken_back';
  on: string;
  document: string;
  debit_minor: number;
  credit_minor: number;
  position: string;
}

export interface ActBody extends Sums {
  from: string;
  to: string;
  currency: string;
  owed_to: string;
  lines: { on: string; kind: string; document: string; debit_minor: number; credit_minor: number; position: string }[];
}

export interface Act extends ListedAct {
  position: string;
  duty_id: string;
  digest: string;
  digest_holds?: boolean;
  act: ActBody;
  now: Sums & { same: boolean; changes: Change[] };
  difference_after_signature: boolean;
  history: { step: string; time: string; day: string; position: string }[];
}

export interface Preview {
  position: string;
  client_id: string;
  digest: string;
  act: ActBody;
  recorded_since: Change[];
  draft: Record<string, unknown>;
}
