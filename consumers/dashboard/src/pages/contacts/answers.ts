/** As `GET /v1/contact-plan` answers. */
export type Why =
  | 'missed_call'
  | 'inquiry'
  | 'callback'
  | 'arrival'
  | 'promise_broken'
  | 'complaint_late'
  | 'debt_untouched'
  | 'act_missing'
  | 'follow_up'
  | 'call_result'
  | 'meeting'
  | 'dunning_due'
  | 'draft_waiting'
  | 'disagreement'
  | 'contract_ends'
  | 'birthday'
  | 'professional_holiday'
  | 'offer_unanswered'
  | 'silence'
  | 'untouched';

export interface Reason {
  /** Strict: a reason of an earlier tier goes before all of later ones. */
  tier: number;
  why: Why;
  why_uk: string;
  why_en: string;
  duty_id: string;
  id?: string;
  on?: string;
  days: number;
  overdue_days: number;
  amounts?: { amount_minor: number; currency: string }[];
  text?: string;
  position?: string;
}

export interface Dial {
  number: string;
  /** The last four signs alone: he is another's client. */
  masked?: boolean;
  /** Absent: it is the client's, of nobody by name. */
  name?: string;
  person_id?: string;
  /** By this number the last talk was. */
  spoken_to: boolean;
}

export interface Row {
  client_id: string;
  name?: string;
  tier: number;
  manager_id?: string;
  manager_name?: string;
  owner?: string;
  on_behalf_of?: { manager_id: string; name?: string }[];
  /** Where to reach him; absent: nowhere by telephone. */
  phone?: Dial;
  payment_only: boolean;
  paid_12_months_minor: number;
  last_contact_on?: string;
  reasons: Reason[];
}

export interface Plan {
  position: string;
  as_of: string;
  now: string;
  rows: Row[];
  total: number;
  next_cursor?: string;
}

/** Of a card, what is needed to call. */
export interface Reach {
  people: { person_id: string; name: string; role: string; phones?: string[]; hours?: string; may_be_reached: boolean; forbidden_ways?: string[] }[];
  phones?: string[];
}
