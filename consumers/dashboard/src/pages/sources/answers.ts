/** As `GET /v1/sources` answers. */
export type Speaking = 'speaking' | 'silent' | 'gone' | 'rare' | 'own';

export interface Source {
  source: string;
  state: Speaking;
  /** Working minutes since it was heard last. */
  silent_minutes: number;
  silent_after_minutes?: number;
  usual_gap_minutes?: number;
  days_heard: number;
  first: { position: string; recorded_at: string };
  last: { position: string; recorded_at: string };
  /** When what it told of last happened. */
  last_time: string;
  events: number;
  types: { type: string; today: number; last_7_days: number }[];
  today: number;
  last_7_days: number;
}

export interface Sources {
  position: string;
  now: string;
  rule: string;
  sources: Source[];
  next_cursor?: string;
}

/** As `GET /v1/quarantine` answers; with its bytes, as one of it does. */
export interface Held {
  position: string;
  sender: string;
  received: string;
  error: string;
  field?: string;
  detail: string;
  method: string;
  bytes: number;
  released?: string;
  dismissed?: string;
  query?: string;
  content_type?: string;
  body?: string;
  body_base64?: string;
  bytes_kept?: number;
}

export interface Quarantine {
  waiting: number;
  released: number;
  items: Held[];
  next_cursor?: string;
}

export interface Parked {
  parked: { position: string; partition_key?: string; reason: string; waiting: boolean }[];
  next_cursor?: string;
}

export interface Statement {
  statement_id: string;
  from: string;
  to: string;
}

export interface Found {
  what: string;
  text_uk: string;
  text_en: string;
  missing_from?: number;
  missing_to?: number;
  statement: Statement;
  next?: Statement;
}

export interface Accounts {
  accounts: {
    account: string;
    currency: string;
    formats: string[];
    statements_known: number;
    from: string;
    to: string;
    closing_minor: number;
    found: Found[];
  }[];
}
