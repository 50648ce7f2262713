/** As `GET /v1/quotas` and `GET /v1/quotas/{manager}` answer. */
export type State = 'met' | 'short' | 'running' | 'excused' | 'day_off' | 'unknown';

export type Metric =
  | 'calls'
  | 'email_offers'
  | 'phone_offers'
  | 'new_client_contracts'
  | 'database'
  | 'report'
  | 'reconciliations';

export interface Figure {
  metric: Metric;
  duty_id: string;
  counted: number;
  target: number;
  state: State;
  reason?: string;
  reason_uk?: string;
  short_by?: number;
  expected_by_now?: number;
  due_on?: string;
  attempts: number;
  answered: number;
  unique_clients: number;
  unmatched: number;
  rule_version?: string;
  recorded_later?: string[];
}

export interface Item {
  position: string;
  time?: string;
  on?: string;
  client_id?: string;
  client_name?: string;
  talk_s?: number;
  counted: boolean;
  why: string;
  why_uk: string;
  why_en: string;
}

export interface Manager {
  manager_id: string;
  name: string;
  department?: string;
  stage: 'open' | 'provisional' | 'frozen';
  stand_in?: string;
  stand_in_name?: string;
  /** He is away, and for a client of his nobody is there. */
  no_stand_in?: true;
  /** Who is away and has him stand in for all clients. */
  stands_in_for?: { manager_id: string; name?: string }[];
  /** Of today alone: of other days nobody counts it. */
  overdue_obligations?: number;
  last_action?: { time: string; kind: string; position: string };
  metrics: Figure[];
}

export interface Board {
  position: string;
  as_of: string;
  date: string;
  managers: Manager[];
  /** Where overdue obligations were counted before the position of the answer. */
  obligations_counted?: { position: string; at: string };
  silent_sources?: { source: string; silent_since: string }[];
}

export interface Day extends Manager {
  position: string;
  date: string;
  metrics: (Figure & { items: Item[] })[];
}
