import { accessible, expect, test, type House } from './house';

// Read by ledgerd as it starts: a webhook that can be sent what no retry can cure.
process.env.LEDGER_BINOTEL_SECRET = 'dashboard-secret';

let isSeeded = false;
const uah = (amount_minor: number) => ({ amount_minor, currency: 'UAH' });
const account = 'UA213223130000026007233566001';
const statement = (sequence: number, date: string, opening: number, closing: number) => ({
  type: 'statement.received',
  source: 'bank/main',
  data: { account, format: 'camt.053', statement_id: `${date}/1`, sequence, from: date, to: date, opening: uah(opening), closing: uah(closing), entries: 1, payments: 1, file_sha256: String(sequence).padStart(64, '0') },
});

const rubbish = (house: House, n: number) =>
  fetch(`${house.url}/v1/hooks/binotel/dashboard-secret`, { method: 'POST', headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, body: `rubbish=${n}` });

async function seed(house: House): Promise<void> {
  if (isSeeded) return;
  isSeeded = true;
  await house.client('c-91', 'ТОВ «Мальва»');
  await house.recordAll([statement(1, '2026-11-02', 1000, 2000), statement(4, '2026-11-05', 5000, 6000)]);
  for (const n of [1, 2]) await rubbish(house, n);
}

test.beforeEach(async ({ house }) => seed(house));

test('a source is told in words, with its last event in both times', async ({ page, house }) => {
  await page.goto(`${house.url}/#/sources`);
  const crm = page.locator('tr[data-row="house/crm"]');
  await expect(crm).toContainText('замало даних');
  await expect(crm.locator('time')).toHaveAttribute('datetime', /^\d{4}-/);
  await expect(crm).toContainText(/тому|зараз/);
  await crm.getByRole('button', { name: 'Подробиці рядка' }).click();
  await expect(page.locator('tr.details')).toContainText('Картку клієнта відкрито: сьогодні');
});

test('on a narrow screen a table scrolls in its own place, and the page does not', async ({ page, house }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${house.url}/#/sources`);
  await expect(page.locator('tr[data-row="house/crm"]')).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
});

test('the quarantine: as it came, why, replayed in vain, and dismissed with a reason', async ({ page, house }) => {
  await page.goto(`${house.url}/#/sources?tab=quarantine`);
  const rows = page.locator('tbody tr[data-row]');
  await expect(rows).toHaveCount(2);
  const newest = rows.first();
  const position = await newest.getAttribute('data-row');
  await newest.getByRole('button', { name: 'Запис' }).click();
  await expect(page.getByRole('dialog').locator('pre')).toHaveText('rubbish=2');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);

  await newest.getByRole('button', { name: 'Повторити' }).click();
  await expect(newest.getByRole('status')).toContainText('Знову не вдалося');

  await newest.getByRole('button', { name: 'Відкласти назавжди' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Відкласти назавжди' }).click();
  await expect(dialog).toContainText('Помилка: напишіть причину.');
  await dialog.getByLabel('Чому').fill('пробний запит');
  await page.keyboard.press('Control+Enter');
  await expect(newest.getByRole('status')).toContainText('Відкладено назавжди: пробний запит');
  await expect(newest).toHaveAttribute('data-row', position!);
  const { items } = await house.ask<{ items: { position: string; dismissed?: string }[] }>('/v1/quarantine?all=true');
  expect(items.find((each) => each.position === position)?.dismissed).toBe('пробний запит');

  await page.getByRole('link', { name: 'Показати й опрацьовані' }).click();
  await expect(page.locator(`tr[data-row="${position}"]`)).toContainText('пробний запит');
});

test('what could not be counted says whether it waits for another, by pages', async ({ page, house }) => {
  // No door lets in what cannot be folded, so the answers are made here.
  const line = (position: string, waiting: boolean) => ({ position, partition_key: 'c-91', reason: 'no.such', waiting });
  const of = (parked: object[], more = {}) => ({ position: '1', as_of: '2026-11-27', parked, ...more });
  await page.route('**/v1/parked*', (route) =>
    route.fulfill({ json: route.request().url().includes('cursor=Ab') ? of([line('0:9', true)]) : of([line('0:7', false)], { next_cursor: 'Ab' }) }),
  );
  await page.goto(`${house.url}/#/sources?tab=parked`);
  await expect(page.locator('tr[data-row="0:7"]')).toContainText('не вдалося врахувати');
  await expect(page.getByRole('link', { name: /Відкладені події/ })).toContainText(/1\s?000\+/);
  await page.getByRole('button', { name: 'Наступні' }).click();
  await expect(page.locator('tr[data-row="0:9"]')).toContainText('чекає за попередньою');
  await expect(page.locator('tr[data-row="0:7"]')).toHaveCount(0);
  await page.unroute('**/v1/parked*');
});

test('statements of the bank, with what is missing between them', async ({ page, house }) => {
  await page.goto(`${house.url}/#/sources?tab=statements`);
  const row = page.locator('tbody tr[data-row]');
  await expect(row).toContainText(account);
  await expect(row).toContainText('бракує № 2–3');
});

test('the lag over time, as a chart that is fetched for it and as a table', async ({ page, house }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(`${house.url}/#/sources`);
  await expect(page.locator('tr[data-row="house/crm"]')).toBeVisible();
  expect(asked.filter((each) => /uplot/i.test(each))).toEqual([]);
  await page.getByRole('link', { name: 'Відставання' }).click();
  await expect(page.locator('.uplot canvas')).toBeVisible({ timeout: 20_000 });
  await expect(page.locator('tbody tr[data-row]').first()).toContainText(/\d\d:\d\d:\d\d/);
  expect(asked.some((each) => /uplot/i.test(each))).toBe(true);
});

test('in the past nothing is replayed', async ({ page, house }) => {
  await rubbish(house, 3);
  await page.goto(`${house.url}/#/sources?tab=quarantine&as_of=2026-11-01`);
  await expect(page.locator('tbody tr[data-row]').first()).toBeVisible();
  await expect(page.getByRole('button', { name: /Повторити|Відкласти/ })).toHaveCount(0);
});

test('in English too', async ({ page, house }) => {
  await page.goto(`${house.url}/#/sources?lang=en`);
  await expect(page.locator('tr[data-row="house/crm"]')).toContainText('too few data');
  await page.goto(`${house.url}/#/sources?tab=statements&lang=en`);
  await expect(page.locator('tbody tr[data-row]')).toContainText('no. 2–3 are missing');
});

test('11: nobody is shut out', async ({ page, house }) => {
  test.setTimeout(180_000);
  await rubbish(house, 4);
  await page.goto(`${house.url}/#/sources`);
  await accessible(page, '#/sources', 'house/crm');
  await accessible(page, '#/sources?tab=quarantine', 'binotel');
  await accessible(page, '#/sources?tab=statements', account);
  await accessible(page, '#/sources?tab=lag', /\d\d:\d\d:\d\d/);
});
