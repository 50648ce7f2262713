import { m } from '../../paraglide/messages.js';

export type RecordKind = 'meeting.held' | 'offer.phoned' | 'promise_to_pay.made' | 'complaint.opened';
export const kRecordKinds: readonly RecordKind[] = ['meeting.held', 'offer.phoned', 'promise_to_pay.made', 'complaint.opened'];

/** The kinds of the timeline that such a form can also correct. */
export const kCorrectable: Readonly<Record<string, RecordKind>> = {
  meeting: 'meeting.held',
  offer_phoned: 'offer.phoned',
  'promise_to_pay.made': 'promise_to_pay.made',
  'complaint.opened': 'complaint.opened',
};

export function titleOf(kind: RecordKind): string {
  switch (kind) {
    case 'meeting.held':
      return m.client_record_meeting();
    case 'offer.phoned':
      return m.client_record_offer();
    case 'promise_to_pay.made':
      return m.client_record_promise();
    case 'complaint.opened':
      return m.client_record_complaint();
  }
}
