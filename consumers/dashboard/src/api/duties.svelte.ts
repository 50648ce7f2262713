import { ask } from './client.js';
import { resource } from './resource.svelte.js';
import { locale } from '../format/locale.js';

interface Duty {
  duty_id: string;
  title_uk: string;
  title_en: string;
}

/** What a duty is called; its id until that is known. */
export function duties(): (id: string) => string {
  const all = resource<ReadonlyMap<string, string>>(() => ({
    key: `duties ${locale()}`,
    ask: async (signal) => {
      const answer = await ask<{ duties: Duty[] }>('/v1/duties', { signal });
      if (answer.problem) return { problem: answer.problem };
      return { data: new Map(answer.data.duties.map((each) => [each.duty_id, locale() === 'uk' ? each.title_uk : each.title_en])) };
    },
  }));
  return (id) => all.data?.get(id) ?? id;
}
