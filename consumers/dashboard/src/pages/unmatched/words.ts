import { m } from '../../paraglide/messages.js';
import type { Kind } from './answers.js';

export const kindWords: Readonly<Record<Kind, () => string>> = {
  calls: m.unmatched_tab_calls,
  mail: m.unmatched_tab_mail,
  payments: m.unmatched_tab_payments,
  inquiries: m.unmatched_tab_inquiries,
};

/** What one of several kinds is, in a list of all. */
export function kindOf(type: string): string {
  const words: Record<string, () => string> = { call: m.audit_type_call_completed, payment: m.audit_type_payment_received, inquiry: m.audit_type_inquiry_received };
  return (words[type.split('.')[0]!] ?? m.audit_type_letter_exchanged)();
}
