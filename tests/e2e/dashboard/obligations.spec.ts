import { readFileSync } from 'node:fs';
import { accessible, day, expect, test, type House } from './house';

let isSeeded = false;

async function seed(house: House): Promise<void> {
  if (isSeeded) return;
  isSeeded = true;
  // Of his own: what other pages' tests record is due too.
  await house.record('manager.hired', { manager_id: 'm-44', name: 'Ірина Бондар', department: 'гурт', hired_on: '2026-01-05', extensions: ['144'] });
  await house.client('c-201', 'ТОВ «Калина»', 'm-44');
  const complaint = (id: string, due_on: string, text: string) => ({ type: 'complaint.opened', data: { complaint_id: id, client_id: 'c-201', manager_id: 'm-44', kind: 'quality', text, due_on } });
  await house.recordAll([
    complaint('q-late', day(-3), 'пошкоджена тара'),
    complaint('q-today', day(0), 'не той колір'),
    complaint('q-week', day(5), 'довго везли; "кутики"'),
    complaint('q-later', day(30), 'немає сертифіката'),
    { type: 'breach.recorded', data: { breach_id: 'b-1', manager_id: 'm-44', duty_id: 'offers.price_floor', happened_on: day(0), text: 'ціна нижча за найменшу' } },
  ]);
}

test.beforeEach(async ({ page, house }) => {
  await seed(house);
  await page.goto(`${house.url}/#/obligations?manager=m-44&kind=complaint`);
  await expect(page.locator('tbody tr[data-row]').first()).toBeVisible();
});
const group = (name: string) => ({ name: new RegExp(`^${name}`) });

test('groups are counted by the day due, and each is a filter', async ({ page }) => {
  for (const name of ['Сьогодні', '7 днів', 'Пізніше']) await expect(page.getByRole('link', group(name))).toContainText('1');
  await expect(page.locator('tbody tr[data-row]').first()).toContainText('прострочено на 3 дні');
  await expect(page.locator('tbody tr[data-row]').first().getByRole('link', { name: 'ТОВ «Калина»' })).toBeVisible();
  await page.getByRole('link', group('Сьогодні')).click();
  await expect(page).toHaveURL(/due=today/);
  await expect(page.locator('tbody tr[data-row]')).toHaveCount(1);
  await expect(page.locator('tbody')).toContainText('не той колір');
  await page.goBack();
  await expect(page.locator('tbody tr[data-row]')).toHaveCount(4);
});

test('8: a file has the cells of the table', async ({ page }) => {
  const waits = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Для Excel' }).click();
  const file = await waits;
  expect(file.suggestedFilename()).toMatch(/^obligations_\d{4}-\d{2}-\d{2}_[\d-]+\.csv$/);
  const text = readFileSync((await file.path())!, 'utf8');
  expect(text.startsWith('\ufeff')).toBe(true);
  const lines = text.trim().split('\r\n');
  const rows = await page.locator('tbody tr[data-row]').all();
  expect(lines).toHaveLength(rows.length + 1);
  for (const [at, row] of rows.entries()) {
    const [due, , state] = [await row.locator('th').innerText(), '', await row.locator('td').nth(4).innerText()];
    expect(lines[at + 1]).toContain(due.trim());
    expect(lines[at + 1]).toContain(state.trim());
  }
  expect(text).toContain('"довго везли; ""кутики"""');
});

test('what is done is recorded by the keyboard, and the row stays in its place', async ({ page, house }) => {
  const row = page.locator('tbody tr[data-row]').first();
  await page.keyboard.press('KeyJ');
  await expect(row).toBeFocused();
  await page.keyboard.press('KeyR');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('alert')).toContainText('Напишіть, що саме');
  await page.getByLabel('Що зроблено').fill('замінили партію');
  await page.keyboard.press('Control+Enter');
  await expect(row).toContainText('записано');
  await expect(row).toContainText('пошкоджена тара');
  await expect.poll(async () => (await house.entries('c-201', 'complaint.resolved')).length).toBe(1);
});

test('a breach leads to its explanation', async ({ page, house }) => {
  await page.goto(`${house.url}/#/obligations?manager=m-44&kind=explanation`);
  await page.locator('tbody tr[data-row]').first().getByRole('button', { name: 'Подробиці рядка' }).click();
  await page.getByRole('link', { name: 'До порушення і пояснення' }).click();
  await expect(page).toHaveURL(/tab=breaches/);
  const row = page.locator('tbody tr[data-row]').first();
  await expect(row).toContainText('чекає пояснення');
  await row.getByRole('button', { name: 'Пояснити' }).click();
  await page.getByRole('textbox', { name: 'Пояснення' }).fill('погоджено усно з керівником');
  await page.getByRole('button', { name: 'Записати', exact: true }).click();
  await expect(row).toContainText('пояснено');
  await expect(page.locator('tr.details')).toContainText('погоджено усно з керівником');
});

test('names come with the list, and the list of clients is not asked for', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.reload();
  await expect(page.locator('tbody')).toContainText('ТОВ «Калина»');
  expect(asked).not.toContain('/v1/clients');
});

test('11: no breach of WCAG, in both languages and themes', async ({ page }) => {
  await accessible(page, '#/obligations?manager=m-44', /Скарга|Complaint/);
  await accessible(page, '#/obligations?tab=breaches', /ціна нижча/);
});
