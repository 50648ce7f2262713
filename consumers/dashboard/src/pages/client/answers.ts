/** As `GET /v1/clients/{id}`, its timeline and its receivables answer. */
export interface Money {
  amount_minor: number;
  currency: string;
}

export interface Person {
  person_id: string;
  name: string;
  post?: string;
  role: string;
  phones?: string[];
  emails?: string[];
  birthday?: string;
  hours?: string;
  may_be_reached: boolean;
  forbidden_ways?: string[];
  next_birthday?: string;
  turns?: number;
  position: string;
}

export interface Owner {
  manager_id: string;
  effective_from: string;
  reason?: string;
  position: string;
}

export interface Answering {
  manager_id?: string;
  name?: string;
  supervisor?: boolean;
  no_stand_in?: true;
  on_behalf_of?: { manager_id: string; name?: string }[];
}

export interface Debt {
  currency: string;
  balance_minor?: number;
  not_due_minor?: number;
  overdue_minor?: number;
  unallocated_minor?: number;
  exposure_minor?: number;
  limit_minor?: number;
}

export interface Terms {
  kind: string;
  valid_from?: string;
  valid_to?: string;
  payment_days?: number;
  days_kind?: string;
  discount_bp?: number;
  text?: string;
  approved?: boolean;
  position: string;
}

export interface Contract {
  contract_id: string;
  number: string;
  signed_on: string;
  valid_to?: string;
  in_force: boolean;
  authority_ok?: boolean;
  position: string;
}

export interface Card {
  client_id: string;
  merged_into?: string;
  absorbed?: string[];
  registered: boolean;
  banner: { code: string; duty_id: string; text_uk: string; text_en: string }[];
  name?: string;
  short_name?: string;
  tax_code?: string;
  tax_code_check?: 'ok' | 'wrong';
  vat_number?: string;
  vat_number_check?: 'ok' | 'wrong';
  status?: string;
  phones?: string[];
  emails?: string[];
  ibans?: string[];
  address?: string;
  actual_address?: string;
  director?: string;
  director_authority?: string;
  industry?: string;
  segment?: string;
  size?: string;
  key_account?: boolean;
  /** Absent: nobody had it ever. */
  owners?: Owner[];
  owner?: string;
  owner_name?: string;
  responsible?: Answering;
  people: Person[];
  gaps: { gap: string; text_uk: string; text_en: string }[];
  price_type?: string;
  terms: Terms[];
  /** By the last forecast of reliability and what was paid; a limit is what somebody set. */
  credit_limit_proposal?: { limit_minor: number; text_uk: string; text_en: string };
  needs: { need_id: string; text: string; level?: string; since: string; position: string }[];
  completeness: { percent: number; missing: string[]; changed_on?: string; days_since?: number; review_days: number; stale: boolean };
  contracts: Contract[];
  complaints_open: number;
  complaints_overdue: number;
  counters: Record<string, number>;
  last_contact_from_us?: string;
  last_contact_from_client?: string;
  silent_days?: number;
  dormant?: boolean;
  next_contact?: { kind: string; progress?: string; progress_uk?: string; progress_en?: string; text?: string; due_on?: string; days_late: number } | null;
  receivables: Debt[];
  stopped: boolean;
  class?: { letter: string; why_uk: string; why_en: string; rule: string; duty_id: string };
  duty_ids: Record<string, string>;
}

export interface CardAnswer {
  position: string;
  as_of: string;
  client: Card;
}

/** A later event that took one back or told it anew. */
export interface Later {
  /** A manager's id, or the source of the event where none is named. */
  by: string;
  time: string;
  recorded_time: string;
  reason: string;
  position: string;
  match?: { position: string };
  changed?: { member: string; was: unknown; now: unknown }[];
}

export interface Entry {
  position: string;
  kind: string;
  duty_ids?: string[];
  time: string;
  time_suspect?: boolean;
  recorded_time: string;
  recorded_days_later?: number;
  /** Voided, or corrected to another version, at that time: it counts no more and stays to be seen. */
  taken_back_time?: string;
  voided?: Later;
  replaced?: Later;
  /** The correction whose words these are. */
  replaces?: Later;
  source: string;
  id: string;
  manager_id?: string;
  text?: string;
  text_uk?: string;
  detail?: string;
  detail_uk?: string;
  talk_s?: number;
  amount?: Money;
  counts_as?: string;
  counts_as_uk?: string;
  counts_as_en?: string;
  answered_time?: string;
  days_to_answer?: number;
  findings?: { text_uk: string; text_en: string; severity: 'warning' | 'breach'; duty_id: string }[];
}

export interface Timeline {
  position: string;
  as_of: string;
  merged_into?: string;
  entries: Entry[];
  /** So many versions between these were voided or corrected; shown where they are asked for. */
  taken_back?: number;
  next_cursor?: string;
}

/** As `GET /v1/proposals/corrections` answers. */
export interface Proposal {
  position: string;
  source: string;
  id: string;
  asks: 'void' | 'correct';
  means_uk: string;
  means_en: string;
  proposed_at: string;
  age_days: number;
  reason: string;
  by: { principal?: string; manager_id?: string; manager_name?: string };
  target: { position?: string; source: string; id: string; type?: string; client_id?: string; client_name?: string; data?: Record<string, unknown> };
  changes?: { member: string; now?: unknown; proposed?: unknown }[];
  may_approve: boolean;
  approving?: { type: 'event.voided' | 'event.corrected'; data: Record<string, unknown> };
}

export interface Proposals {
  position: string;
  proposals: Proposal[];
  total: number;
  next_cursor?: string;
}

export interface OpenItem {
  kind: string;
  invoice_id?: string;
  number?: string;
  issued_on?: string;
  due_on?: string;
  amount_minor: number;
  open_minor: number;
  disputed_minor: number;
  days_past_due?: number;
  late?: boolean;
  position: string;
}

export interface Accounts {
  position: string;
  as_of: string;
  accounts: { currency: string; balance_minor: number; unallocated_minor: number; open_items: OpenItem[] }[];
}

export interface Pairs {
  pairs: { client_id: string; other_id: string; certain: boolean; reasons: string[] }[];
  next_cursor?: string;
}

export interface Found {
  client_id: string;
  name?: string;
  tax_code?: string;
  segment?: string;
  owner?: string;
  class?: string;
  merged_into?: string;
}

export interface FoundList {
  position: string;
  as_of: string;
  clients: Found[];
  next_cursor?: string;
}
