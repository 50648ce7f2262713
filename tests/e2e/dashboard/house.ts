import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test as base, type Page } from '@playwright/test';
import { ended, kLedgerctl, ledgerd, type Started } from './ledgerd';

export { kDist } from './ledgerd';

type Data = Record<string, unknown>;

/** A ledgerd of one worker, on its own data and a free port. */
export class House {
  private constructor(
    private server: Started,
    private readonly data: string,
    private readonly access: 'on' | 'off',
    private readonly options: readonly string[],
  ) {}

  private last = 0;

  get url(): string {
    return this.server.url;
  }

  static async start(access: 'on' | 'off' = 'off', options: readonly string[] = [], listen = '127.0.0.1:0'): Promise<House> {
    const data = mkdtempSync(join(tmpdir(), 'dashboard-'));
    return new House(await ledgerd(data, listen, access, options), data, access, options);
  }

  async stop(): Promise<void> {
    await this.down();
    rmSync(this.data, { recursive: true, force: true });
  }

  /** Stops the server; its data and its address stay for `up`. */
  async down(): Promise<void> {
    await ended(this.server);
  }

  async up(): Promise<void> {
    this.server = await ledgerd(this.data, new URL(this.url).host, this.access, this.options);
  }

  private get keyFile(): string {
    return join(this.data, 'access/admin.key');
  }

  /** As whom the house itself asks: its administrator, where one has to be somebody. */
  private get headers(): Record<string, string> {
    return this.access === 'on' ? { Authorization: `Bearer ${readFileSync(this.keyFile, 'utf8').trim()}` } : {};
  }

  /** What ledgerctl says, run by the administrator. */
  ctl(words: readonly string[], input?: string): string {
    return execFileSync(kLedgerctl, ['--server', this.url, '--key-file', this.keyFile, ...words], { input, encoding: 'utf8' });
  }

  /** Records it and waits until the views show it. */
  async record(type: string, data: Data, given: { time?: Date; id?: string; source?: string } = {}): Promise<void> {
    await this.recordAll([{ type, data, ...given }]);
  }

  async recordAll(all: readonly { type: string; data: Data; time?: Date; id?: string; source?: string }[]): Promise<void> {
    const events = all.map(({ type, data, time, id, source }) => ({
      specversion: '1.0',
      id: id ?? `seed-${++this.last}`,
      source: source ?? 'house/crm',
      type: `org.salesledger.${type}.v1`,
      time: (time ?? new Date()).toISOString(),
      data,
    }));
    const answer = await fetch(`${this.url}/v1/events`, {
      method: 'POST',
      headers: { ...this.headers, 'Content-Type': 'application/cloudevents-batch+json' },
      body: JSON.stringify(events),
    });
    const told = await answer.text();
    expect(answer.ok, told).toBe(true);
    await this.settled();
  }

  async settled(): Promise<void> {
    await expect.poll(async () => (await this.ask<{ lag_events: number }>('/v1/status')).lag_events).toBe(0);
  }

  async ask<T>(path: string): Promise<T> {
    return (await (await fetch(`${this.url}${path}`, { headers: this.headers })).json()) as T;
  }

  /** What stands in a client's history, of one kind. */
  async entries(client: string, kind: string): Promise<{ id: string; time: string; text?: string; position: string; recorded_time: string }[]> {
    await this.settled();
    type Answer = { entries: { id: string; time: string; text?: string; position: string; recorded_time: string }[] };
    return (await this.ask<Answer>(`/v1/clients/${client}/timeline?kind=${kind}`)).entries;
  }

  async client(id: string, name: string, owner = 'm-1'): Promise<void> {
    await this.recordAll([
      { type: 'client.registered', data: { client_id: id, name, phones: [`+38050${id.replace(/\D/g, '').padStart(7, '0')}`] } },
      { type: 'client.assigned', data: { client_id: id, manager_id: owner, effective_from: '2026-01-05' } },
    ]);
  }
}

/** The house's day, `days` from today. */
export function day(days = 0): string {
  const at = new Date(Date.now() + days * 86_400_000);
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Kyiv' }).format(at);
}

type Worker = { access: 'on' | 'off'; house: House };

export const test = base.extend<{ calm: void }, Worker>({
  // Whether the house asks who one is; `test.use` in a file says otherwise.
  access: ['off', { scope: 'worker', option: true }],
  house: [
    async ({ access }, use) => {
      const house = await House.start(access);
      await house.recordAll([
        { type: 'manager.hired', data: { manager_id: 'm-1', name: 'Олена Коваль', department: 'гурт', hired_on: '2026-01-05', extensions: ['101'] } },
        { type: 'manager.hired', data: { manager_id: 'm-2', name: 'Петро Шевчук', department: 'гурт', hired_on: '2026-01-05', extensions: ['102'] } },
      ]);
      await use(house);
      await house.stop();
    },
    { scope: 'worker', timeout: 90_000 },
  ],
  // No page may break the content security policy or throw.
  calm: [
    async ({ page }, use) => {
      const wrong: string[] = [];
      page.on('pageerror', (error) => wrong.push(error.message));
      page.on('console', (said) => (/Content Security Policy/.test(said.text()) ? wrong.push(said.text()) : undefined));
      await use();
      expect(wrong).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

/** Whatever a keyboard reaches: Tab, or Shift+Tab, until what has that name has the focus. */
export async function tabTo(page: Page, name: RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab', most = 150): Promise<void> {
  for (let step = 0; step < most; ++step) {
    await page.keyboard.press(key);
    const focused = await page.evaluate(() => document.activeElement?.getAttribute('aria-label') || document.activeElement?.textContent || '');
    if (name.test(focused.trim())) return;
  }
  throw new Error(`no ${key} leads to ${name}`);
}

/** What of WCAG 2.2 AA the page as it stands breaks. */
export async function breaches(page: Page): Promise<string[]> {
  const found = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze();
  return found.violations.map((each) => `${each.id}: ${each.nodes[0]?.html}`);
}

/** WCAG 2.2 AA in both languages and both themes. */
export async function accessible(page: Page, link: string, ready: RegExp | string): Promise<void> {
  for (const lang of ['uk', 'en']) {
    for (const theme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: theme });
      await page.goto(`${new URL(page.url()).origin}/${link}${link.includes('?') ? '&' : '?'}lang=${lang}`);
      await page.reload();
      await expect(page.locator('main')).toContainText(ready);
      await expect(page.locator('html')).toHaveAttribute('lang', lang);
      expect(await breaches(page), `${lang} ${theme}`).toEqual([]);
    }
  }
}
