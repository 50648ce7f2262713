import type { Session } from './session.svelte.js';

// What the server would refuse is not offered: the rows of consumers/access/policy.cpp and the verdicts of
// consumers/access/recording.cpp that a page has to know. Who asks anyway is answered by the server.
type Who = Pick<Session, 'access' | 'role' | 'principal' | 'departments' | 'manager_id'>;
type Asks = Who | undefined;

/** The log itself, what is parked in it, and raw input: of everybody's clients. */
export const seesLog = (who: Asks): boolean => who?.role === 'auditor' || who?.role === 'admin';

/** The house's own accounts: who heads all departments, a bookkeeper, too. */
export const seesHouse = (who: Asks): boolean => seesLog(who) || (who?.role === 'head' && (who.departments ?? []).includes('*'));

/** Who looked at whose client. */
export const seesLooks = (who: Asks): boolean => seesLog(who) || who?.role === 'head';

/** As whom a manager records: as himself, whoever had the work before him; others tell of whom it concerns. */
export const speaker = (who: Asks): string | undefined => (who?.role === 'manager' ? who.manager_id : undefined);

/** A manager amends what he recorded himself; what others told, a head does. */
export function amends(who: Asks, source: string): boolean {
  return who?.role !== 'manager' || source === `people/${who.principal}`;
}

// The kinds of the timeline that take two people: contract.signed, contract.terminated, payment.received, .refunded, .reversed.
const kOfTwo: readonly string[] = ['contract', 'contract.terminated', 'payment', 'payment.refunded', 'payment.reversed'];
// What a machine tells of: a head of department voids it, in his own name (producers/append/void_checks.h).
const kByMachine: readonly string[] = ['call', 'offer_emailed', 'offer.delivery_changed', 'payment'];

/** Whether it takes a head whom the ledger knows as a manager, and who asks is nobody of them. */
export function lacksName(who: Asks, record: { source: string; kind: string }): boolean {
  return kByMachine.includes(record.kind) && !record.source.startsWith('people/') && who?.manager_id === undefined;
}

/**
 * How who is signed in takes a record back: by himself; by asking a second person; or not at all, since it is another's
 * (`head`) or the ledger's own word (`nobody`).
 */
export function takesBack(who: Asks, record: { source: string; kind: string }): 'void' | 'propose' | 'head' | 'nobody' {
  if (record.source.startsWith('ledger/')) return 'nobody';
  if (kOfTwo.includes(record.kind) && who?.access === 'on') return 'propose';
  return amends(who, record.source) && !lacksName(who, record) ? 'void' : 'head';
}
