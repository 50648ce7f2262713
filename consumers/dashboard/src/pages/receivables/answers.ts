/** As `GET /v1/receivables`, `…/clients/{id}/receivables` and `/v1/unallocated` answer. */
export const kBuckets = ['not_due', 'days_1_30', 'days_31_60', 'days_61_90', 'days_over_90'] as const;
export type Bucket = (typeof kBuckets)[number];

export interface Amounts {
  currency: string;
  balance_minor: number;
  unallocated_minor: number;
  disputed_minor: number;
  /** Falls due on the date or within seven days after it, with what is disputed. */
  due_7_days_minor: number;
  conflict_minor?: number;
  dso_days?: number;
  average_days_delinquent?: number;
  on_time_percent?: number;
  buckets_minor: Record<Bucket, number>;
  in_hryvnias?: { balance_minor?: number; rate_e6: number; rate_date: string };
}

export interface Item {
  kind: 'invoice' | 'refund';
  invoice_id: string;
  number: string;
  issued_on: string;
  due_on: string;
  due_by: 'invoice' | 'terms' | 'issue_date';
  amount_minor: number;
  open_minor: number;
  disputed_minor: number;
  proposed_minor: number;
  days_past_due: number;
  days_since_issue: number;
  instalment?: number;
  instalments?: number;
  law_625?: { interest_minor: number; inflation_minor?: number; text_uk: string; text_en: string };
  penalty_max_minor?: number;
  position: string;
}

export interface Credit {
  kind: 'payment' | 'credit_note' | 'conversion' | 'offset';
  since: string;
  free_minor: number;
  kept_minor?: number;
  payment_source?: string;
  payment_id?: string;
}

/** One client in one currency, who answers for him, and what follows from his debt. */
export interface Line extends Amounts {
  client_id: string;
  client_name?: string;
  open_items: Item[];
  unallocated: Credit[];
  manager_id?: string;
  manager_name?: string;
  on_behalf_of?: { manager_id: string; name?: string }[];
  supervisor?: boolean;
  no_stand_in?: true;
  overdue_minor: number;
  oldest_overdue_days: number;
  promise?: PromiseStanding;
  next_dunning?: { invoice_id: string; level: number; instalment?: number; on: string; due: boolean };
  stopped: boolean;
  stop_reasons: string[];
  released_until?: string;
}

export interface List {
  position: string;
  as_of: string;
  basis: 'due' | 'issue';
  duty_ids: Record<string, string>;
  /** Over all that is asked for, whatever the page; so is `total`, of clients. */
  totals: Amounts[];
  total: number;
  clients: Line[];
  next_cursor?: string;
}

export interface Group {
  manager_id?: string;
  name?: string;
  segment?: string;
  clients: number;
  currencies: Amounts[];
}

export interface Groups {
  position: string;
  as_of: string;
  rule: string;
  groups: Group[];
}

export interface PromiseStanding {
  promise_id: string;
  state: 'open' | 'kept' | 'part' | 'broken';
  due_on: string;
  grace_until: string;
  amount: { amount_minor: number; currency: string };
  paid_minor: number;
}

/** Of one client's debt, what the list does not tell. */
export interface Standing {
  control: { currency: string; exposure_minor: number; limit_minor?: number }[];
}

export interface Unallocated {
  position: string;
  reasons: Record<string, { text_uk: string; text_en: string }>;
  unallocated: {
    client_id: string;
    client_name?: string;
    source: string;
    id: string;
    since: string;
    currency: string;
    free_minor: number;
    age_days: number;
    position?: string;
    purpose?: string;
    advance?: { manager_id: string; recorded_time: string; position: string };
    named_of_others?: { invoices: { client_id?: string; number?: string }[]; text_uk: string; text_en: string };
    invoices: { invoice_id: string; number: string; open_minor: number; pays_minor: number; reasons: string[] }[];
  }[];
  next_cursor?: string;
}
