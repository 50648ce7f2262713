/** What a person records, as a CloudEvent of the ledger's. */
export interface Recorded {
  /** Of the form: made when it opened. */
  id: string;
  /** "meeting.held": without prefix and version. */
  type: string;
  data: Readonly<Record<string, unknown>>;
  /** The moment of pressing, or the one that the form names. */
  time: Date;
  principal: string;
  version?: number;
}

/** The bytes that are sent, and sent again. */
export function eventBody(event: Recorded): string {
  return JSON.stringify({
    specversion: '1.0',
    id: event.id,
    source: `people/${event.principal}`,
    type: `org.salesledger.${event.type}.v${event.version ?? 1}`,
    time: event.time.toISOString(),
    datacontenttype: 'application/json',
    data: event.data,
  });
}
