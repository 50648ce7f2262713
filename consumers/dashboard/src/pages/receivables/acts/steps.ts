import { minorOfInput } from '../../../format/numbers.js';
import type { ActState, ListedAct } from './answers.js';

export const kSteps = ['sent', 'confirmed', 'disagreed', 'signed'] as const;
export type Step = (typeof kSteps)[number];

/** What can become of an act next. What is signed by both stays as it is. */
export function stepsOf(state: ActState): Step[] {
  switch (state) {
    case 'drafted':
    case 'reissued':
      return ['sent', 'signed'];
    case 'sent':
      return ['confirmed', 'disagreed', 'signed'];
    case 'confirmed':
      return ['signed', 'disagreed'];
    case 'disagreed':
      return ['confirmed', 'signed'];
    case 'signed':
      return [];
  }
}

export const kChannels = ['email', 'letter', 'courier', 'portal'] as const;

/** The form of a step: never more than four fields. */
export interface Fields {
  day: string;
  channel: string;
  by: string;
  ours: string;
  authority: string;
  closing: string;
  document: string;
}

export const emptyFields = (day: string): Fields => ({ day, channel: 'email', by: '', ours: '', authority: '', closing: '', document: '' });

export const kFields: Record<Step, readonly (keyof Fields)[]> = {
  sent: ['day', 'channel'],
  confirmed: ['day', 'by'],
  disagreed: ['closing', 'document'],
  signed: ['day', 'ours', 'by', 'authority'],
};

/** The fields that are wrong. */
export function wrongOf(step: Step, fields: Fields): (keyof Fields)[] {
  return kFields[step].filter((name) => {
    const value = fields[name].trim();
    if (name === 'closing') return minorOfInput(value) === null;
    if (name === 'day') return !/^\d{4}-\d{2}-\d{2}$/.test(value);
    return name !== 'document' && value === '';
  });
}

/**
 * The data of `reconciliation.<step>`. `by`: the manager who is signed in as one; he speaks for himself, whoever drafted
 * the act. Else it is told of who has the act.
 */
export function dataOf(step: Step, act: ListedAct, fields: Fields, by?: string): Record<string, unknown> {
  const whose = { act_id: act.act_id, client_id: act.client_id, manager_id: by ?? act.manager_id };
  const text = (name: keyof Fields) => fields[name].trim();
  switch (step) {
    case 'sent':
      return { ...whose, sent_on: fields.day, channel: fields.channel };
    case 'confirmed':
      return { ...whose, confirmed_on: fields.day, confirmed_by: text('by') };
    case 'disagreed': {
      const theirs = { amount_minor: Number(minorOfInput(fields.closing)), currency: act.closing.currency };
      const document = text('document');
      return {
        ...whose,
        their_closing: theirs,
        ...(document ? { differences: [{ kind: 'amount', document, ours: act.closing, theirs }] } : {}),
      };
    }
    case 'signed':
      return { ...whose, signed_on: fields.day, our_signatory: text('ours'), their_signatory: text('by'), their_authority: text('authority') };
  }
}
