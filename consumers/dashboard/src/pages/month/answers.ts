import type { Figure, Metric, State } from '../quotas/answers.js';

export type { Metric, State } from '../quotas/answers.js';

/** As `GET /v1/quotas/month` answers. */
export interface MonthDay {
  date: string;
  counted: number;
  target: number;
  state: State;
  /** What the report says that was handed in, where it is another figure than now. */
  reported?: { counted: number; target: number; events: string[] };
}

export interface MonthLine {
  metric: Metric;
  duty_id: string;
  counted: number;
  target: number;
  days_due: number;
  days_met: number;
  days_unknown: number;
  worst_day?: string;
  reported?: { counted: number; target: number; days_due: number; days_met: number };
  days: MonthDay[];
}

/** The report of the month, as it was handed in last. */
export interface HandedIn {
  position: string;
  handed_in_on: string;
  /** Days and metrics of which it says another figure. */
  days_changed: number;
  /** Where they are others by now. */
  contracts?: { counted: number; target: number };
}

export type AbsenceKind = 'vacation' | 'sick_leave' | 'business_trip' | 'unpaid_leave' | 'other';

/** A day that is no whole working day of his. */
export interface Away {
  date: string;
  why: 'day_off' | 'absence';
  worked_minutes: number;
  scheduled_minutes: number;
  /** Without minutes: of the whole day. */
  absences?: { absence_id: string; kind: AbsenceKind; minutes?: number }[];
}

export interface MonthManager {
  manager_id: string;
  name: string;
  department?: string;
  report?: HandedIn;
  away: Away[];
  metrics: MonthLine[];
  contracts: Figure;
  reconciliations: Figure;
}

export interface Month {
  position: string;
  as_of: string;
  known_at?: string;
  month: string;
  managers: MonthManager[];
}

export type Progress = 'due' | 'submitted' | 'returned' | 'accepted' | 'not_owed';

/** As `GET /v1/reports?month=` answers. */
export interface ReportState {
  manager_id: string;
  name: string;
  department?: string;
  progress: Progress;
  days_late: number;
  handed_in_on?: string;
  position?: string;
  returned_because?: string;
}

export interface Reports {
  position: string;
  month: string;
  duty_id: string;
  due_on: string;
  rule_version?: string;
  reports: ReportState[];
}
