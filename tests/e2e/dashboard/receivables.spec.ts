import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { House, kInvoices, lastMonth, plus, today } from './debts_house';
import { accessible, open, type Lang } from './looks';

const house = new House();
test.beforeAll(() => house.start());
test.afterAll(() => house.stop());

const words: Record<Lang, Record<string, string>> = {
  uk: { chosen: 'Відбір: валюта UAH. Порядок: за сальдо, від найбільшого.', excel: 'CSV для Excel', overdue: 'лише прострочені', order: 'Порядок', name: 'за назвою', reverse: 'Зворотний порядок', client: 'Клієнт', balance: 'Сальдо, UAH', promise: 'обіцяно', draft: 'Скласти акт', sent: 'Надіслано', record: 'Записати', recorded: 'Записано, позиція', signed: 'Підписано обома', nothing: 'Запис не зроблено', back: 'Назад', open: 'Відкрити акт' },
  en: { chosen: 'Chosen: currency UAH. Order: by balance, largest first.', excel: 'CSV for Excel', overdue: 'overdue only', order: 'Order', name: 'by name', reverse: 'Reverse the order', client: 'Client', balance: 'Balance, UAH', promise: 'promised', draft: 'Draft an act', sent: 'Sent', record: 'Record', recorded: 'Recorded, position', signed: 'Signed by both', nothing: 'Nothing was recorded', back: 'Back', open: 'Open the act' },
};
const lastDay = plus(`${today.slice(0, 7)}-01`, -1);
const bare = (text: string) => text.replace(/[\s\u00a0]/g, '');
const rows = (page: Page) => page.locator('.lines tbody tr[data-row]');

for (const lang of ['uk', 'en'] as const) {
  const say = words[lang];

  test(`11: ${lang}: totals add up, a cell opens to its documents and a document to its event`, async ({ page }) => {
    const trouble = await open(page, house.url, 'receivables', lang);
    await expect(page.locator('.total .ok')).toHaveText(['✓', '✓']);
    await expect(rows(page)).toHaveCount(2);
    const vector = page.locator('tr[data-row="c-2"]');
    await expect(vector.locator('td').last()).toContainText(say.promise!);
    await vector.locator('[data-focus="figure c-2.UAH.days_31_60"]').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('link', { name: 'РФ-240' }).click();
    await expect(dialog.getByRole('link', { name: /^\d+:\d+$/ })).toHaveCount(1);
    expect(page.url()).toMatch(/doc=240&figure=c-2\.UAH\.days_31_60/);
    await page.keyboard.press('Escape');
    await expect(page.locator('[data-focus="figure c-2.UAH.days_31_60"]')).toBeFocused();
    await accessible(page);

    await page.getByLabel(say.overdue!).check();
    await expect(rows(page)).toHaveCount(1);
    await page.goBack();
    await expect(rows(page)).toHaveCount(2);
    // The server's own order, its total of what is chosen, and who answers.
    await expect(rows(page).first()).toHaveAttribute('data-row', 'c-2');
    await page.getByLabel(say.order!, { exact: true }).selectOption({ label: say.name! });
    await expect(page).toHaveURL(/sort=name/);
    await expect(rows(page).first()).toHaveAttribute('data-row', 'c-2');
    await page.goBack();
    await page.locator('main').getByRole('combobox').nth(1).selectOption('m-2');
    await expect(rows(page)).toHaveCount(1);
    await expect(vector).toContainText('Петро Шевчук');
    const all = await page.locator('.lines .totals td').nth(1).innerText();
    expect(bare(all)).toBe(bare((await vector.locator('td').nth(1).innerText()).split('\n')[0]!));
    await page.goBack();
    await page.locator('main').getByRole('combobox').first().selectOption('USD');
    await expect(rows(page)).toHaveCount(1);
    await expect(page.locator('tr[data-row="c-3"]')).toBeVisible();
    expect(trouble).toEqual([]);
  });

  test(`${lang}: either way round, by the heads of the table and by the button, from the first page on`, async ({ page }) => {
    const trouble = await open(page, house.url, 'receivables', lang);
    const order = () => rows(page).evaluateAll((all) => all.map((each) => (each as HTMLElement).dataset.row));
    const head = (name: string) => page.getByRole('columnheader', { name, exact: true });
    await expect(head(say.balance!)).toHaveAttribute('aria-sort', 'descending');
    await expect(head(say.client!)).toHaveAttribute('aria-sort', 'none');
    expect(await order()).toEqual(['c-2', 'c-1']);
    await head(say.balance!).getByRole('link').click();
    await expect(head(say.balance!)).toHaveAttribute('aria-sort', 'ascending');
    await expect.poll(order).toEqual(['c-1', 'c-2']);
    // So do its files.
    await expect(page.getByRole('link', { name: say.excel! })).toHaveAttribute('href', /sort=-balance/);
    await head(say.client!).getByRole('link').click();
    await expect(head(say.client!)).toHaveAttribute('aria-sort', 'ascending');
    await expect.poll(order).toEqual(['c-2', 'c-1']);
    await head(say.client!).getByRole('link').press('Enter');
    await expect.poll(order).toEqual(['c-1', 'c-2']);
    // What no column shows has the button: c-1 owes nothing late.
    await page.getByLabel(say.order!, { exact: true }).selectOption('oldest');
    await expect.poll(order).toEqual(['c-2', 'c-1']);
    await page.getByRole('link', { name: say.reverse!, exact: true }).click();
    await expect.poll(order).toEqual(['c-1', 'c-2']);
    await page.goBack();
    await expect.poll(order).toEqual(['c-2', 'c-1']);
    expect(trouble).toEqual([]);
  });

  test(`8: ${lang}: the file’s cells are the table’s`, async ({ page }) => {
    await open(page, house.url, 'receivables', lang);
    await expect(rows(page)).toHaveCount(2);
    const saved = page.waitForEvent('download');
    await page.getByRole('link', { name: say.excel! }).click();
    const file = readFileSync(await (await saved).path(), 'utf8');
    expect(file.charCodeAt(0)).toBe(0xfeff);
    // Above the headings it says what was asked for.
    const text = file.slice(1).trim().split('\r\n');
    expect(text[2]).toContain(say.chosen!);
    const lines = text.slice(5).map((line) => line.split(';'));
    const shown = await rows(page).evaluateAll((all) => all.map((row) => [...row.querySelectorAll('td')].slice(1, 8).map((cell) => cell.querySelector('.figure, .zero')?.firstChild?.parentElement?.textContent ?? '')));
    const amounts = (cells: string[]) => cells.map((cell) => { const plain = bare(cell).replace(/[^\d,.−-]/g, ''); return lang === 'uk' ? plain : plain.replaceAll(',', '').replace('.', ','); }).map((cell) => (cell === '0' ? '0,00' : cell));
    // Behind them what a debt in another currency is in hryvnias, and by which rate: these are in hryvnias.
    expect(lines.map((line) => line.slice(4))).toEqual(shown.map((cells) => [...amounts(cells), '', '', '']));
  });

  test(`${lang}: by manager, by segment, unallocated money`, async ({ page }) => {
    const trouble = await open(page, house.url, 'receivables?by=manager', lang);
    await expect(page.locator('main tr[data-row]')).toHaveCount(2);
    await accessible(page);
    await open(page, house.url, 'receivables?by=segment', lang);
    await expect(page.locator('main tr[data-row]')).toHaveCount(1);
    await open(page, house.url, 'receivables?tab=unallocated', lang);
    await accessible(page);
    expect(trouble).toEqual([]);
  });
}

test('10: an act is drafted, sent and signed by events, once each, and prints on three pages', async ({ page }, info) => {
  const say = words.uk;
  // An act stands by what has settled: what was recorded within the last seconds is not in it yet.
  const draft = `/v1/acts/preview?client=c-1&from=${lastMonth}-01&to=${lastDay}`;
  await expect.poll(async () => (await house.get<{ act: { lines: unknown[] } }>(draft)).act.lines.length, { timeout: 60_000 }).toBe(kInvoices);
  const trouble = await open(page, house.url, `receivables?tab=acts&month=${lastMonth}`, 'uk');
  await page.locator('[data-focus="draft c-1"]').click();
  await page.getByRole('dialog').getByRole('button', { name: say.draft! }).dblclick();
  await page.getByRole('button', { name: say.open! }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.locator('tbody tr')).toHaveCount(kInvoices + 3);
  await accessible(page);

  // Pressed twice, before the form has its fields: recorded, and once.
  const hadFields = await page.evaluate(
    (name) =>
      new Promise<boolean>((pressed) => {
        const early = new MutationObserver(() => {
          early.disconnect();
          for (let times = 0; times < 2; ++times) window.dispatchEvent(new KeyboardEvent('keydown', { code: 'Enter', ctrlKey: true }));
          pressed(document.querySelector('dialog form') !== null);
        });
        early.observe(document.querySelector('dialog')!, { childList: true, subtree: true });
        [...document.querySelectorAll<HTMLElement>('dialog footer button')].find((each) => each.textContent === name)!.click();
      }),
    say.sent!,
  );
  expect(hadFields).toBe(false);
  await expect(dialog.getByRole('status')).toContainText(say.recorded!);
  await dialog.getByRole('status').getByRole('button', { name: say.back! }).click();

  await dialog.getByRole('button', { name: say.signed! }).click();
  await expect(dialog.getByLabel('День', { exact: true })).toBeFocused();
  await page.keyboard.press('Control+Enter');
  await expect(dialog.getByRole('alert')).toContainText(say.nothing!);
  await expect(dialog.getByRole('alert')).toBeFocused();
  await accessible(page);
  await dialog.getByLabel('Хто підписав від нас').fill('Марія Левченко');
  await dialog.getByLabel('Хто підписав від клієнта').fill('Ірина Бондар');
  await dialog.getByLabel(/Підстава підпису/).fill('статут');
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('status')).toContainText(say.recorded!);
  expect(trouble).toEqual([]);

  const acts = await house.get<{ acts: { act_id: string; state: string }[] }>('/v1/acts?client=c-1');
  expect(acts.acts).toHaveLength(1);
  const [act] = acts.acts;
  const told = await house.get<{ history: { step: string }[] }>(`/v1/acts/${act!.act_id}`);
  expect(told.history.map((each) => each.step)).toEqual(['drafted', 'sent', 'signed']);

  // The paper: as the browser prints it, with the session's own cookie, under the form's own policy.
  const refused: string[] = [];
  page.on('console', (message) => (message.type() === 'error' ? refused.push(message.text()) : undefined));
  await page.goto(`${house.url}/#/print/act/${act!.act_id}?lang=uk`);
  await page.waitForURL(/\/v1\/acts\/.*format=html/);
  const file = info.outputPath('act.pdf');
  writeFileSync(file, await page.pdf({ preferCSSPageSize: true, printBackground: false }));
  expect(refused).toEqual([]);
  const text = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
  const pages = text.split('\f').filter((each) => each.trim() !== '');
  expect(pages.length).toBeGreaterThanOrEqual(3);
  for (const each of pages) expect(each).toContain('Дебет');
  const last = pages.at(-1)!;
  expect(last).toContain('Марія Левченко');
  expect(last).toMatch(/сальдо|Сальдо/);
  // No row is cut: each document stands on one page alone, with its amount beside it.
  for (let index = 0; index < kInvoices; ++index) {
    const number = `РФ-1${String(index).padStart(3, '0')}`;
    const found = pages.filter((each) => each.includes(number));
    expect(found, number).toHaveLength(1);
    const line = found[0]!.split('\n').find((each) => each.includes(number))!;
    expect(bare(line), number).toContain(((100_000 + index) / 100).toFixed(2).replace('.', ','));
  }
});

// 1,000 clients with invoices of every age, paid in part, in full or too much. What needs them stands last.
let isFull = false;
async function fill(): Promise<void> {
  if (isFull) return;
  isFull = true;
  let state = 11;
  const next = (below: number) => Math.floor(((state = (state * 1103515245 + 12345) % 2147483648) / 2147483648) * below);
  const uah = (amount_minor: number) => ({ amount_minor, currency: 'UAH' });
  const facts = Array.from({ length: 1000 }, (_, index) => {
    const client_id = `g-${index}`;
    const invoices = Array.from({ length: 1 + next(2) }, (_, number) => {
      const issued_on = plus(today, -1 - next(150));
      const data = { invoice_id: `${client_id}-${number}`, number: `${client_id}-${number}`, client_id, issued_on, due_on: plus(issued_on, next(60)), amount: uah(1 + next(9_999_999)) };
      return { id: `invoice-${client_id}-${number}`, type: 'invoice.issued', day: issued_on, data };
    });
    const booked_on = plus(today, -1 - next(60));
    const paid = { bank_reference: `pay-${client_id}`, our_account: '26007233566001', client_id, amount: uah(1 + next(9_999_999)), booked_on };
    return [...invoices, { id: `paid-${client_id}`, type: 'payment.received', day: booked_on, data: paid }];
  }).flat();
  const post = async (): Promise<string> => {
    let last = '';
    for (let fact = facts.shift(); fact; fact = facts.shift()) last = await house.post(fact);
    return last;
  };
  // The lag in the status may be of before: who posted last is not known, so each one's last is waited for.
  for (const last of await Promise.all(Array.from({ length: 8 }, post))) await house.get(`/v1/receivables?currency=UAH&limit=1&at_least=${last}&max_wait=30000`);
}

test('9: Σ of ages is the balance of 1,000 ledgers, of every cut and of every day', async () => {
  interface Amounts { balance_minor: number; unallocated_minor: number; buckets_minor: Record<string, number> }
  const wrong = (amounts: Amounts) => Object.values(amounts.buckets_minor).reduce((sum, each) => sum + each, 0) - amounts.unallocated_minor - amounts.balance_minor;
  await fill();
  const names = new Set<string>();
  for (let back = 0; back < 90; back += 15) {
    const day = plus(today, -back);
    const pages: { totals: Amounts[]; clients: (Amounts & { client_id: string })[]; next_cursor?: string }[] = [];
    for (let cursor: string | undefined = ''; cursor !== undefined; cursor = pages.at(-1)!.next_cursor) {
      pages.push(await house.get(`/v1/receivables?as_of=${day}&limit=1000${cursor ? `&cursor=${cursor}` : ''}`));
    }
    const lines = pages.flatMap((each) => each.clients);
    for (const each of lines) names.add(each.client_id);
    expect([...pages[0]!.totals, ...lines].filter((each) => wrong(each) !== 0)).toEqual([]);
    const sum = (of: Amounts[]) => of.reduce((all, each) => all + each.balance_minor, 0);
    expect(sum(lines)).toBe(sum(pages[0]!.totals));
    for (const by of ['manager', 'segment']) {
      const cut = await house.get<{ groups: { currencies: Amounts[] }[] }>(`/v1/receivables?as_of=${day}&by=${by}`);
      const parts = cut.groups.flatMap((each) => each.currencies);
      expect(parts.filter((each) => wrong(each) !== 0)).toEqual([]);
      expect(sum(parts)).toBe(sum(pages[0]!.totals));
    }
  }
  expect(names.size).toBeGreaterThanOrEqual(1000);
});

test('the total of all stays in sight, under the head', async ({ page }) => {
  await fill();
  await page.setViewportSize({ width: 1366, height: 768 });
  const trouble = await open(page, house.url, 'receivables', 'uk');
  await expect(rows(page)).toHaveCount(50);
  await expect(page.locator('.lines [aria-busy=true]')).toHaveCount(0);
  await rows(page).last().scrollIntoViewIfNeeded();
  const total = page.locator('.lines tr.totals');
  await expect(total).toBeInViewport({ ratio: 1 });
  const edge = (name: string) => page.locator(`.lines ${name}`).evaluate((each) => ({ top: each.getBoundingClientRect().top, bottom: each.getBoundingClientRect().bottom }));
  const head = await edge('thead tr:first-child');
  const sums = await edge('tr.totals');
  expect(await page.evaluate(() => scrollY)).toBeGreaterThan(head.bottom - head.top);
  // No gap through which a row would show.
  expect(sums.top).toBeLessThanOrEqual(head.bottom);
  expect(head.bottom - sums.top).toBeLessThanOrEqual(2);
  expect(trouble).toEqual([]);
});

test('the total of all is printed once, at the top of the first sheet', async ({ page }, info) => {
  await fill();
  const trouble = await open(page, house.url, 'receivables', 'uk');
  await expect(rows(page)).toHaveCount(50);
  await expect(page.locator('.lines [aria-busy=true]')).toHaveCount(0);
  const file = info.outputPath('receivables.pdf');
  writeFileSync(file, await page.pdf({ preferCSSPageSize: true, printBackground: false }));
  const text = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
  const sheets = text.split('\f').filter((each) => /^\s*\S.*\d,\d\d/m.test(each));
  expect(sheets.length).toBeGreaterThanOrEqual(3);
  expect(sheets.map((each) => (each.match(/^\s*Разом\s/gm) ?? []).length)).toEqual(sheets.map((_, index) => (index === 0 ? 1 : 0)));
  for (const each of sheets) expect(each).toMatch(/^\s*Клієнт\s/m);
  // Under the head, before the first client: by its first word, since a wide face breaks the name, and
  // on whatever sheet its row has room.
  const lines = sheets.join('\n').split('\n').map((line) => line.trim());
  const name = (await rows(page).first().locator('.name, th').first().innerText()).trim().split(/\s/)[0]!;
  const at = (begins: string) => lines.findIndex((line) => line.startsWith(begins));
  const said = `head ${at('Клієнт')}, total ${at('Разом')}, ${name} ${at(name)} in\n${sheets[0]}`;
  expect(at('Клієнт'), said).toBeGreaterThanOrEqual(0);
  expect(at('Клієнт'), said).toBeLessThan(at('Разом'));
  expect(at('Разом'), said).toBeLessThan(at(name));
  expect(trouble).toEqual([]);
});
