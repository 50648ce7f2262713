/** As `GET /v1/unmatched` answers. */
export type Kind = 'calls' | 'mail' | 'payments' | 'inquiries';
export const kKinds = ['calls', 'mail', 'payments', 'inquiries'] as const satisfies readonly Kind[];

/** Another client's money already, by the same booking; who he is is not for everybody. */
export interface CountsFor {
  client_id?: string;
  client_name?: string;
  position: string;
}

export interface Proposal {
  client_id: string;
  name?: string;
  score: number;
  reasons: string[];
  invoice_ids?: string[];
  contract_ids?: string[];
}

export interface Fact {
  position: string;
  type: string;
  source: string;
  id: string;
  time: string;
  /** A number, an address, an account: what it came from. */
  key?: string;
  /** Why it waits; with a client it lacks its manager alone. */
  causes?: string[];
  /** The extension or the address that no manager has. */
  manager_key?: string;
  client_id?: string;
  client_name?: string;
  match?: Said;
  age_days: number;
  amount_minor?: number;
  currency?: string;
  booked_on?: string;
  payer_name?: string;
  purpose?: string;
  counts_for?: CountsFor;
  proposals?: Proposal[];
  rejected?: { client_id: string; reason: string; position: string }[];
  ruled_out?: Said;
  taken_back?: number;
}

/** What a person or a rule said of a fact; by its source and id it is voided. */
export interface Said {
  client_id?: string;
  client_name?: string;
  nature?: string;
  manager_id?: string;
  reason: string;
  position: string;
  source: string;
  id: string;
  recorded_time: string;
}

/** How many of a kind there are, and how long the oldest has waited. */
export interface KindCount {
  kind: Kind;
  count: number;
  oldest_since?: string;
  oldest_age_days?: number;
}

export interface Words {
  text_uk: string;
  text_en: string;
}

export interface Waiting {
  position: string;
  reasons: Record<string, Words & { points: number }>;
  causes: Record<string, Words>;
  /** What money is that is no client's; and what else is. */
  natures: Record<string, Words>;
  interaction_natures: Record<string, Words>;
  kinds: KindCount[];
  waiting?: Fact[];
  ruled_out?: Fact[];
  next_cursor?: string;
}

/** As `GET /v1/unallocated` answers. */
export interface Invoice {
  invoice_id: string;
  number: string;
  due_on: string;
  open_minor: number;
  pays_minor: number;
  score: number;
  reasons: string[];
}

export interface Free {
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
  invoices: Invoice[];
  /** Who named what is left of it an advance; by its source and id it is voided. */
  advance?: { manager_id: string; reason?: string; recorded_time: string; position: string; source: string; id: string };
  named_of_others?: { invoices: { number?: string; client_id?: string; client_name?: string }[] };
}

export interface Unallocated {
  position: string;
  reasons: Record<string, Words & { points: number }>;
  unallocated: Free[];
  told_of_others: {
    client_id: string;
    client_name?: string;
    position?: string;
    booked_on: string;
    currency: string;
    amount_minor: number;
    counts_for: CountsFor;
  }[];
  next_cursor?: string;
}

/** As `GET /v1/rule-decisions` answers. */
export interface Later {
  /** A manager's id, or the source of the event where none is named. */
  by: string;
  time: string;
  recorded_time: string;
  reason: string;
  position: string;
}

export interface RuleDecision {
  position: string;
  kind: 'matched' | 'allocated';
  source: string;
  id: string;
  time: string;
  recorded_time: string;
  rule: { name: string; version?: string };
  why?: string;
  client_id: string;
  about: { source: string; id: string; position?: string };
  invoice_id?: string;
  amount_minor?: number;
  currency?: string;
  /** The event that takes it back, but for its id, time, reason and who decides. */
  undo?: { type: 'event.voided' | 'payment.deallocated'; data: Record<string, string> };
  voided?: Later;
  replaced?: Later;
  deallocated?: Later;
}

export interface RuleDecisions {
  position: string;
  decisions: RuleDecision[];
  next_cursor?: string;
}
