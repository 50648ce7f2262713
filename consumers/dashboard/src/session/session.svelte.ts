import { ask, bindSession, tell, type Answer } from '../api/client.js';
import type { Problem } from '../api/problem.js';
import { outbox } from '../outbox/outbox.svelte.js';
import { refresh, startLive } from '../stream/live.svelte.js';

/** As `GET /v1/session` tells it. */
export interface Session {
  access: 'on' | 'off';
  principal: string;
  role: 'source' | 'manager' | 'head' | 'auditor' | 'admin';
  csrf_token: string;
  name?: string;
  manager_id?: string;
  departments?: string[];
  expires_at?: string;
}

type State = 'asking' | 'in' | 'out' | 'away';

interface Held {
  state: State;
  session: Session | undefined;
  /** Signed in once on this page and no more: what is on screen stays, and a dialog asks. */
  expired: boolean;
  problem: Problem | undefined;
}

export const held = $state<Held>({ state: 'asking', session: undefined, expired: false, problem: undefined });

// A server that knows no sessions asks nobody: as one with `--access off`.
const nobodyAsked: Session = { access: 'off', role: 'admin', principal: 'dashboard', csrf_token: '' };

function onSignedOut(): void {
  if (held.session) held.expired = true;
  else held.state = 'out';
}

function enter(session: Session): void {
  // Another person at the same screen: nothing of the first one's may stay on it.
  if (held.session && held.session.principal !== session.principal) return location.reload();
  const wasExpired = held.expired;
  held.session = session;
  held.state = 'in';
  held.expired = false;
  held.problem = undefined;
  bindSession(session.csrf_token, onSignedOut);
  startLive(onSignedOut);
  if (wasExpired) refresh();
  void outbox.openFor(session.principal);
}

/** Asks who is signed in. */
export async function begin(): Promise<void> {
  held.state = 'asking';
  const answer = await ask<Session>('/v1/session');
  if (answer.data) return enter(answer.data);
  if (answer.problem.status === 404) return enter(nobodyAsked);
  held.problem = answer.problem;
  held.state = answer.problem.code === 'unauthenticated' ? 'out' : 'away';
}

/** Asks again and leaves on screen what is there: one may have signed in meanwhile, in another tab. */
export async function look(): Promise<void> {
  const answer = await ask<Session>('/v1/session');
  if (answer.data) enter(answer.data);
}

export type Credentials = { login: string; password: string } | { one_time_token: string };

export async function signIn(credentials: Credentials): Promise<Problem | undefined> {
  const answer: Answer<Session> = await tell('POST', '/v1/session', { body: JSON.stringify(credentials) });
  if (answer.problem) return answer.problem;
  enter(answer.data);
  return undefined;
}

/** The outbox goes with the person: whoever signs out with something in it is asked before. */
export async function signOut(): Promise<Problem | undefined> {
  const answer = await tell('DELETE', '/v1/session');
  if (answer.problem && answer.problem.code !== 'unauthenticated') return answer.problem;
  await outbox.empty();
  location.hash = '#/quotas';
  location.reload();
  return undefined;
}

/**
 * Whether who is signed in answers for a client of these managers. Of any other's every look at the card, the debt or the
 * history stands on record, so a page opens none by itself.
 */
export function isOwn(...managers: readonly (string | undefined)[]): boolean {
  const own = held.session?.manager_id;
  return held.session?.access === 'off' || (own !== undefined && managers.includes(own));
}

/** Auditors write nothing; what else a person may, the server says. */
export function mayWrite(): boolean {
  return held.session !== undefined && held.session.role !== 'auditor' && held.session.role !== 'source';
}
