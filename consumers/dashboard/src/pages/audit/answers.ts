/** An event as the log stores it: CloudEvents with the ledger's stamps. */
export interface Envelope {
  id: string;
  source: string;
  /** "org.salesledger.call.completed.v1" */
  type: string;
  subject?: string;
  actor?: string;
  time: string;
  recordedtime: string;
  localday: string;
  tzversion?: string;
  partitionkey: string;
  dataschema?: string;
  /** Of an opened line: source and id of the event by which a text of it was erased. */
  erasedby?: string;
  data: Record<string, unknown>;
}

export interface Logged {
  position: string;
  event: Envelope;
}

/** As `GET /v1/log` answers. */
export interface LogPage {
  /** What the views show. */
  position: string;
  events: Logged[];
  next: string;
}

/** As `GET /v1/clients/{id}/timeline` answers. */
export interface Entry {
  position: string;
  kind: string;
  time: string;
  recorded_time: string;
  recorded_days_later?: number;
  source: string;
  id: string;
  manager_id?: string;
  text?: string;
  detail?: string;
  voided_by?: string;
  corrected_by?: string;
}

export interface Timeline {
  position: string;
  entries: Entry[];
  next_cursor?: string;
}

/** Who opened or took out what is confidential, as `GET /v1/access-log` tells it. */
export interface Look {
  position: string;
  principal: string;
  role?: string;
  action: 'viewed' | 'exported';
  resource: string;
  client_id?: string;
  day: string;
  recorded: string;
  /** Of what was taken out: why somebody should look at it. */
  unusual_uk?: string;
  unusual_en?: string;
}

export interface AccessLog {
  duty_id?: string;
  from: string;
  to: string;
  looks: Look[];
  total: number;
  next_cursor?: string;
}
