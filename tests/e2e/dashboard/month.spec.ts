import { expect, test } from '@playwright/test';
import { House, lastMonth, today, workDays } from './debts_house';
import { accessible, open, type Lang } from './looks';

const house = new House();
test.beforeAll(() => house.start());
test.afterAll(() => house.stop());

const dated = (day: string) => day.split('-').reverse().join('.');
const words: Record<Lang, Record<string, string>> = {
  uk: { absence: 'відпустка', letter: 'В', of: '4 з 30', short: 'бракує 26', table: 'Таблиця', reports: 'Звіти', total: 'Разом', report: 'Звіт', email: 'Ел. пропозиції' },
  en: { absence: 'vacation', letter: 'V', of: '4 of 30', short: 'short by 26', table: 'Table', reports: 'Reports', total: 'Total', report: 'Report', email: 'E-mail offers' },
};

for (const lang of ['uk', 'en'] as const) {
  const say = words[lang];
  const number = (day: string) => Number(day.slice(8));

  test(`11: ${lang}: the month is a grid in which one moves by keys, and a day opens`, async ({ page }) => {
    const trouble = await open(page, house.url, `month?month=${lastMonth}`, lang);
    const grid = page.getByRole('grid');
    const cells = grid.locator('tbody td[data-at]');
    await expect(grid.locator('tbody tr')).toHaveCount(2);
    const first = grid.locator(`[data-focus="day m-1 ${workDays[0]}"]`);
    await expect(first).toHaveText('4');
    await expect(first).toHaveAttribute('aria-label', new RegExp(`Олена Коваль, .*${say.of}`));
    // He was on leave: a letter and its reason. A day off is hatched, and has none.
    const leave = grid.locator(`[data-focus="day m-2 ${workDays[0]}"]`);
    await expect(leave).toHaveText(say.letter!);
    await expect(leave).toHaveAttribute('aria-label', new RegExp(say.absence!));
    await expect(grid.locator('.hatched').first()).toHaveText('');
    await expect(page.locator('dl.legend')).toContainText(say.absence!);

    // One stop of Tab, whatever one does.
    const stop = grid.locator('[tabindex="0"]');
    await expect(stop).toHaveCount(1);
    await stop.focus();
    const at = () => page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset.at);
    const days = (await cells.count()) / 2;
    for (const [key, where] of [
      ['Control+Home', '0 0'],
      ['ArrowRight', '0 1'],
      ['ArrowDown', '1 1'],
      ['ArrowDown', '1 1'],
      ['End', `1 ${days}`],
      ['ArrowRight', `1 ${days}`],
      ['Home', '1 0'],
      ['Control+End', `1 ${days}`],
      ['PageUp', `0 ${days}`],
      ['Control+Home', '0 0'],
    ] as const) {
      await page.keyboard.press(key);
      expect(await at(), key).toBe(where);
      await expect(stop).toHaveCount(1);
    }
    for (let day = 0; day < number(workDays[0]!); ++day) await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog')).toContainText('30 дзвінків');
    await expect(page.getByRole('dialog').getByRole('link', { name: /^\d+:\d+$/ })).toHaveCount(4);
    expect(page.url()).toContain(`cell=m-1%7E${workDays[0]}`);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(first).toBeFocused();
    await accessible(page);
    expect(trouble).toEqual([]);
  });

  test(`${lang}: the same as a table with totals, and who handed in his report`, async ({ page }) => {
    const trouble = await open(page, house.url, `month?month=${lastMonth}`, lang);
    await page.getByRole('link', { name: say.table!, exact: true }).click();
    const totals = page.locator('main tr.totals');
    await expect(totals.getByRole('rowheader')).toHaveText(say.total!);
    await expect(totals.locator('td').first()).toHaveText('6');
    await page.getByRole('link', { name: say.email!, exact: true }).click();
    await expect(totals.locator('td').first()).toHaveText('0');
    await page.goBack();
    await expect(totals.locator('td').first()).toHaveText('6');
    await accessible(page);

    await page.getByRole('link', { name: say.reports!, exact: true }).click();
    const paper = page.getByRole('link', { name: new RegExp(`^${say.report}, Олена Коваль`) });
    await expect(paper).toHaveAttribute('href', `/v1/reports/m-1?format=html&lang=${lang}&month=${lastMonth}`);
    await accessible(page);
    // Of who was hired a moment ago no figures have settled yet: the form is there seconds later.
    const href = `${house.url}${await paper.getAttribute('href')}`;
    await expect.poll(async () => (await page.request.get(href)).headers()['content-type'], { timeout: 60_000 }).toContain('text/html');
    expect(trouble).toEqual([]);
  });
}

test('what has not come is blank, and a day is the house’s day', async ({ page }) => {
  await open(page, house.url, 'month', 'uk');
  await expect(page.locator('thead th[aria-current="date"]')).toContainText(String(Number(today.slice(8))));
  const after = page.locator('tbody tr').first().locator('td[data-at]').nth(Number(today.slice(8)));
  if (await after.count()) await expect(after).toHaveText('');
});

test('a number that changed after the report is marked, with what it was', async ({ page }) => {
  const month = await house.get<{ position: string }>(`/v1/quotas/month?month=${lastMonth}`);
  const data = { manager_id: 'm-1', month: `${lastMonth}-01`, position: month.position, digest: 'a'.repeat(64), known_at: new Date().toISOString() };
  const handedIn = await house.post({ id: 'report-1', type: 'report.submitted', data });
  await house.get(`/v1/reports?month=${lastMonth}&at_least=${handedIn}&max_wait=30000`);
  const late = await house.post({
    id: 'call-late',
    type: 'call.completed',
    day: workDays[1]!,
    data: { call_id: 'call-late', direction: 'outbound', client_id: 'c-4', manager_id: 'm-1', duration_s: 90, talk_s: 60, outcome: 'answered' },
  });
  await house.get(`/v1/quotas?at_least=${late}&max_wait=30000`);
  await open(page, house.url, `month?month=${lastMonth}`, 'uk');
  const cell = page.locator(`[data-focus="day m-1 ${workDays[1]}"]`);
  await expect(cell).toHaveText('△2→3');
  await expect(cell).toHaveAttribute('aria-label', /у звіті було 2, тепер 3/);
  await cell.click();
  const events = page.getByRole('dialog').locator('.was');
  await expect(events).toContainText('Після подання звіту змінилось: у звіті було 2, тепер 3.');
  await expect(events.getByRole('link')).toHaveText([late]);

  await open(page, house.url, `month?month=${lastMonth}&view=table`, 'uk');
  const row = page.locator('tr[data-row="m-1"]');
  await expect(row).toContainText('у звіті 6');
  await expect(row).toContainText('змінився 1 день');
  await expect(row.getByRole('link', { name: dated(today) })).toHaveAttribute('href', `#/audit/event/${encodeURIComponent(handedIn)}?lang=uk`);
  await accessible(page);
  await open(page, house.url, `month?month=${lastMonth}&view=reports`, 'uk');
  await expect(page.locator('tr[data-row="m-1"]')).toContainText('△ 1');
});
