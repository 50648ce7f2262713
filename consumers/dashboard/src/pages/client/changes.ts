import { dateInTable } from '../../format/dates.js';
import { count, moneyInText } from '../../format/numbers.js';
import { m } from '../../paraglide/messages.js';

const members: Readonly<Record<string, () => string>> = {
  amount: m.audit_field_amount,
  booked_on: m.corrections_member_booked_on,
  client_id: m.audit_field_client_id,
  contract_id: m.audit_field_contract_id,
  due_on: m.audit_field_due_on,
  invoice_id: m.audit_field_invoice_id,
  kind: m.corrections_member_kind,
  manager_id: m.audit_field_manager_id,
  number: m.audit_field_number,
  payer_name: m.corrections_member_payer_name,
  purpose: m.audit_field_purpose,
  signed_on: m.corrections_member_signed_on,
  subject: m.corrections_member_subject,
  text: m.audit_field_text,
  topic: m.corrections_member_topic,
  valid_to: m.corrections_member_valid_to,
};

/** A member of an event; one that has no words by its own name. */
export const memberWord = (member: string): string => members[member]?.() ?? member;

/** What a member says, as a line of a table shows it; nothing is a dash. */
export function valueWords(value: unknown): string {
  if (value === undefined || value === null || value === '') return '—';
  if (typeof value === 'boolean') return value ? m.audit_yes() : m.audit_no();
  if (typeof value === 'number') return Number.isInteger(value) ? count(value) : String(value);
  if (typeof value === 'string') return /^\d{4}-\d{2}-\d{2}$/.test(value) ? dateInTable(value) : value;
  if (Array.isArray(value)) return value.map(valueWords).join(', ');
  const { amount_minor, currency } = value as Record<string, unknown>;
  if (typeof amount_minor === 'number' && typeof currency === 'string') return moneyInText(amount_minor, currency);
  return JSON.stringify(value);
}
