import { m } from '../../paraglide/messages.js';
import type { Figure, Metric } from './answers.js';
import { wordOf, type Word } from './figures.js';

export function metricWord(metric: Metric): string {
  const words: Record<Metric, () => string> = {
    calls: m.quotas_metric_calls,
    email_offers: m.quotas_metric_email_offers,
    phone_offers: m.quotas_metric_phone_offers,
    new_client_contracts: m.quotas_metric_contracts,
    database: m.quotas_metric_database,
    report: m.quotas_metric_report,
    reconciliations: m.quotas_metric_reconciliations,
  };
  return words[metric]();
}

// Each state has a sign of its own, so that it is told without colours too.
export const kSigns = { met: 'ok', pace: 'pace', behind: 'late', short: 'close', excused: 'pause', off: 'off', unknown: 'unknown' } as const;

export function stateWord(word: Word): string {
  switch (word.kind) {
    case 'met':
      return m.quotas_state_met();
    case 'pace':
      return m.quotas_state_pace();
    case 'behind':
      return m.quotas_state_behind({ n: word.by });
    case 'short':
      return m.quotas_state_short({ n: word.by });
    case 'excused':
      return m.quotas_state_excused();
    case 'off':
      return m.quotas_state_off();
    case 'unknown':
      return m.quotas_state_unknown();
  }
}

export function figureTitle(name: string, figure: Figure): string {
  return m.quotas_figure_title({
    name,
    metric: metricWord(figure.metric),
    counted: figure.counted,
    target: figure.target,
    state: stateWord(wordOf(figure)),
  });
}
