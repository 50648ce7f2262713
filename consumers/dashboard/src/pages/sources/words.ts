import { m } from '../../paraglide/messages.js';
import { spanOf, type State } from './states.js';

const words: Record<State, () => string> = {
  speaking: m.sources_state_speaking,
  silent: m.sources_state_silent,
  gone: m.sources_state_gone,
  rare: m.sources_state_rare,
  own: m.sources_state_own,
  broken: m.sources_state_broken,
};
const helps: Record<State, () => string> = {
  speaking: m.sources_help_speaking,
  silent: m.sources_help_silent,
  gone: m.sources_help_gone,
  rare: m.sources_help_rare,
  own: m.sources_help_own,
  broken: m.sources_help_broken,
};
const spans = { seconds: m.sources_seconds, minutes: m.sources_minutes, hours: m.sources_hours, days: m.sources_days };
const errors: Readonly<Record<string, () => string>> = {
  'invalid-field': m.sources_error_invalid,
  'missing-field': m.sources_error_missing,
  malformed: m.sources_error_malformed,
  'unknown-field': m.sources_error_unknown,
  conflict: m.sources_error_conflict,
  'out-of-range': m.sources_error_range,
  'too-large': m.sources_error_large,
};

export const stateWord = (state: State): string => words[state]();
export const stateHelp = (state: State): string => helps[state]();
/** "12 хв". */
export const spanWords = (seconds: number): string => {
  const { unit, n } = spanOf(seconds);
  return spans[unit]({ n });
};
/** Why the ledger could not take it; a word of a connector's own is said as it is. */
export const errorWord = (error: string): string => errors[error]?.() ?? error;
