/** The forms that the server makes for A4; a browser opens them as they are, with the session's cookie. */
export type Paper =
  | { form: 'act'; act: string }
  | { form: 'report'; manager: string; month: string }
  | { form: 'attestation'; manager: string }
  | { form: 'ageing' };

export const kForms = ['act', 'report', 'attestation', 'ageing'] as const;

interface How {
  lang: 'uk' | 'en';
  as_of?: string;
  known_at?: string;
}

/** Its address: "/v1/acts/act-1?format=html&lang=uk". */
export function paperLink(paper: Paper, how: How, form: 'html' | 'csv' = 'html'): string {
  const query = new URLSearchParams({ format: form, lang: how.lang });
  if (how.as_of) query.set('as_of', how.as_of);
  if (how.known_at) query.set('known_at', how.known_at);
  const at = encodeURIComponent;
  switch (paper.form) {
    case 'act':
      return `/v1/acts/${at(paper.act)}?${query}`;
    case 'report':
      query.set('month', paper.month);
      return `/v1/reports/${at(paper.manager)}?${query}`;
    case 'attestation':
      return `/v1/attestations/${at(paper.manager)}?${query}`;
    case 'ageing':
      return `/v1/receivables?${query}`;
  }
}

/** Of "#/print/report/m-01/2026-10"; null where it names none. */
export function paperOf(rest: readonly string[]): Paper | null {
  const [form, id, month] = rest;
  if (form === 'ageing') return { form };
  if (form === 'act' && id) return { form, act: id };
  if (form === 'attestation' && id) return { form, manager: id };
  if (form === 'report' && id && month) return { form, manager: id, month };
  return null;
}
