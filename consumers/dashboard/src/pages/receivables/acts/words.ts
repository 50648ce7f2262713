import { m } from '../../../paraglide/messages.js';
import type { ActState, ClientMonth, Coverage } from './answers.js';
import type { Step } from './steps.js';

export function coverageWord(coverage: Coverage): string {
  return { none: m.acts_none, sent: m.acts_sent, late: m.acts_late, disagreed: m.acts_disagreed, done: m.acts_done }[coverage]();
}

export function stateWord(state: ActState | string): string {
  const words: Record<string, () => string> = {
    drafted: m.acts_state_drafted,
    sent: m.acts_state_sent,
    confirmed: m.acts_state_confirmed,
    disagreed: m.acts_state_disagreed,
    reissued: m.acts_state_reissued,
    signed: m.acts_state_signed,
  };
  return words[state]?.() ?? state;
}

export function stepWord(step: Step): string {
  return { sent: m.acts_do_sent, confirmed: m.acts_do_confirmed, disagreed: m.acts_do_disagreed, signed: m.acts_do_signed }[step]();
}

export function needWord(need: ClientMonth['needs'][number]): string {
  return { balance: m.acts_need_balance, turnover: m.acts_need_turnover, contract: m.acts_need_contract }[need]();
}
