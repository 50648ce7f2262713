import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

// What members of events and of answers are called, and the closed words in them: some six hundred texts, which as
// messages of their own would be more than the page that shows them. They stand in messages/*.json like all others, and
// become one table for each language, which is fetched by itself: `virtual:names/uk`.

type Catalogue = Record<string, unknown>;
export type Table = Record<string, string>;
export interface Tables {
  /** By a member, or by what it stands in and a member: `amount`, `people__name`. */
  members: Table;
  /** By a word, or by its member and the word: `other`, `scope__all`. */
  words: Table;
}

const kMember = /^audit_field_(\w+)$/;
const kWord = /^audit_word_(\w+)$/;
// Words that other pages have already, and of which member they are where that is to be said.
const kVocabularies: readonly (readonly [messages: RegExp, of: string])[] = [
  [/^client_code_(\w+)$/, ''],
  [/^client_size_(small|medium|large)$/, 'size__'],
  [/^client_status_(main|potential)$/, 'status__'],
  [/^client_missing_(address|decision_maker|director|emails|ibans|industry|name|owner|phones|price_type|segment|tax_code)$/, 'missing__'],
  [/^month_excuse_(\w+)$/, 'absence_recorded__kind__'],
  [/^acts_channel_(courier|portal)$/, 'channel__'],
  [/^audit_access_(exported|viewed)$/, 'action__'],
  [/^audit_role_(\w+)$/, 'role__'],
];

/** Whether the table says it. */
export const isName = (key: string): boolean => kMember.test(key) || kWord.test(key);

export function tablesOf(catalogue: Catalogue): Tables {
  const tables: Tables = { members: {}, words: {} };
  const own: Table = {};
  for (const [key, text] of Object.entries(catalogue)) {
    if (typeof text !== 'string') continue;
    const member = kMember.exec(key)?.[1];
    const word = kWord.exec(key)?.[1];
    if (member) tables.members[member] = text;
    else if (word) own[word] = text;
    for (const [messages, of] of kVocabularies) {
      const found = messages.exec(key)?.[1];
      if (found) tables.words[of + found] = text;
    }
  }
  Object.assign(tables.words, own);
  return tables;
}

/** All keys, then all texts: packed, that is a tenth less than pairs of them, since like stands beside like. */
export function moduleOf({ members, words }: Tables): string {
  const column = (lines: string[]) => {
    const broken = lines.find((each) => each.includes('\n'));
    if (broken !== undefined) throw new Error(`a name of one line is wanted: ${broken}`);
    return JSON.stringify(lines.join('\n'));
  };
  const columns = [Object.keys(members), Object.keys(words), Object.values(members), Object.values(words)].map(column);
  return `const [members, words, ofMembers, ofWords] = [${columns.join(', ')}].map((each) => each.split('\\n'));
const table = (keys, texts) => Object.fromEntries(keys.map((key, at) => [key, texts[at]]));
export default { members: table(members, ofMembers), words: table(words, ofWords) };`;
}

const kId = /^virtual:names\/(uk|en)$/;

export function names(): Plugin {
  return {
    name: 'names',
    resolveId: (id) => (kId.test(id) ? `\0${id}` : undefined),
    load(id) {
      const locale = kId.exec(id.slice(1))?.[1];
      if (!locale) return undefined;
      const file = fileURLToPath(new URL(`./messages/${locale}.json`, import.meta.url));
      this.addWatchFile(file);
      const tables = tablesOf(JSON.parse(readFileSync(file, 'utf8')) as Catalogue);
      return { code: moduleOf(tables), map: null };
    },
  };
}
