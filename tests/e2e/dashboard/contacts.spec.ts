import { accessible, day, expect, test, type House } from './house';

const kClients = 40;
let isSeeded = false;

// Forty silent clients of one manager, one who was promised a call, one of whom the other manager is away.
async function seed(house: House): Promise<void> {
  if (isSeeded) return;
  isSeeded = true;
  const all = [];
  const before = new Date(Date.now() - 200 * 86_400_000);
  for (let at = 1; at <= kClients; ++at) {
    const id = `c-3${String(at).padStart(2, '0')}`;
    all.push({ type: 'client.registered', data: { client_id: id, name: `ПП «Сусід ${at}»`, status: 'main', segment: 'retail', phones: [`+3805055500${String(at).padStart(2, '0')}`] }, time: before });
    all.push({ type: 'client.assigned', data: { client_id: id, manager_id: 'm-2', effective_from: '2026-01-05' }, time: before });
    all.push({ type: 'meeting.held', data: { client_id: id, manager_id: 'm-2', topic: 'знайомство' }, time: before });
  }
  all.push({ type: 'follow_up.set', data: { follow_up_id: 'f-1', client_id: 'c-301', manager_id: 'm-2', due_on: day(-1), kind: 'callback', subject: 'ціни на папір' } });
  await house.recordAll(all);
}

test.beforeEach(async ({ page, house }) => {
  await seed(house);
  await page.goto(`${house.url}/#/contacts?manager=m-2`);
  await expect(page.locator('tbody tr[data-row]').first()).toBeVisible();
});

test('who was promised a call is first, and says why, in words', async ({ page }) => {
  const first = page.locator('tbody tr[data-row]').first();
  await expect(first).toContainText('ПП «Сусід 1»');
  await expect(first).toContainText('обіцяно передзвонити · ціни на папір');
  await expect(first).toContainText('минув 1 день');
  await expect(first.getByRole('link', { name: '+380505550001' })).toHaveAttribute('href', 'tel:+380505550001');
  await expect(first.getByRole('link', { name: '+380505550001' })).toHaveAttribute('title', /^номер клієнта/);
  await first.getByRole('button', { name: 'Подробиці рядка' }).click();
  await expect(page.locator('tr.details')).toContainText('contact_plan.v1');
});

test('the row says whom to dial, and no card is opened for it', async ({ page, house }) => {
  const long = new Date(Date.now() - 150 * 86_400_000);
  await house.recordAll([
    { type: 'contact_person.set', data: { client_id: 'c-301', manager_id: 'm-2', person_id: 'p-1', name: 'Ірина Бондар', role: 'decision_maker', phones: ['+380671112233'] }, time: long },
    { type: 'call.completed', source: 'asterisk/main', id: 'dialled', data: { call_id: 'dialled', direction: 'outbound', client_id: 'c-301', manager_id: 'm-2', client_phone: '+380671112233', duration_s: 75, talk_s: 60, outcome: 'answered' }, time: long },
  ]);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(decodeURIComponent(new URL(request.url()).pathname)));
  await page.reload();
  const row = page.locator('tr[data-row="c-301"]');
  await expect(row.getByRole('link', { name: '+380671112233' })).toHaveAttribute('href', 'tel:+380671112233');
  await expect(row.getByRole('link', { name: '+380671112233' })).toHaveAttribute('title', 'Ірина Бондар, остання розмова');
  await expect(row).toContainText('Ірина Бондар');
  expect(asked.filter((each) => each.startsWith('/v1/clients'))).toEqual([]);
  await row.getByRole('button', { name: 'Подробиці рядка' }).click();
  await page.getByRole('button', { name: 'Усі номери' }).click();
  await expect(page.locator('tr.details').getByRole('link', { name: '+380505550001' })).toBeVisible();
  expect(asked.filter((each) => each.startsWith('/v1/clients'))).toEqual(['/v1/clients/c-301']);
});

test('7: back from a client brings filter, place and focus back', async ({ page }) => {
  const link = page.locator('tbody tr[data-row]').nth(18).getByRole('link').first();
  await link.scrollIntoViewIfNeeded();
  await link.focus();
  const scrolled = await page.evaluate(() => window.scrollY);
  expect(scrolled).toBeGreaterThan(200);
  const name = await link.textContent();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name!);
  await page.goBack();
  await expect(page).toHaveURL(/manager=m-2/);
  await expect(page.locator('tbody tr[data-row]').nth(18).getByRole('link').first()).toBeFocused();
  await expect.poll(() => page.evaluate(() => window.scrollY)).toBeGreaterThan(scrolled - 40);
});

test('to put off needs a day and a reason; the row stays in its place, marked', async ({ page, house }) => {
  const first = page.locator('tbody tr[data-row]').first();
  await first.focus();
  await page.keyboard.press('KeyZ');
  await page.getByRole('button', { name: 'Записати', exact: true }).click();
  await expect(page.getByRole('alert')).toContainText('Напишіть причину');
  await page.getByLabel('Причина').fill('просили після свят');
  await page.keyboard.press('Control+Enter');
  await expect(first).toContainText('Відкладено: просили після свят');
  await expect(first).toContainText('ПП «Сусід 1»');
  await expect.poll(async () => (await house.entries('c-301', 'follow_up.postponed')).length).toBe(1);
  await expect(page.locator('.snapshot')).not.toContainText('0 змін');
  await page.keyboard.press('KeyU');
  await expect(page.locator('tbody tr[data-row]').first()).not.toContainText('обіцяно передзвонити');
});

test('a call’s result is one press, of the call that the telephony told', async ({ page, house }) => {
  const row = page.locator('tbody tr[data-row]').nth(4);
  const client = (await row.getAttribute('data-row'))!;
  await row.getByRole('button', { name: 'Результат' }).click();
  await expect(page.getByRole('dialog')).toContainText('Телефонія ще не передала');
  await page.keyboard.press('Escape');
  await house.record('call.completed', { call_id: `k-${client}`, direction: 'outbound', client_id: client, manager_id: 'm-2', duration_s: 75, talk_s: 60, outcome: 'answered' });
  await row.getByRole('button', { name: 'Результат' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'просять пропозицію' }).click();
  await expect(row).toContainText('Дзвінок: просять пропозицію');
  await expect.poll(async () => (await house.entries(client, 'call.result_recorded')).length).toBe(1);
  await row.getByRole('button', { name: 'Скасувати' }).click();
  await page.getByLabel('записано двічі').check();
  await page.getByRole('button', { name: 'Скасувати запис' }).click();
  await expect.poll(async () => (await house.entries(client, 'call.result_recorded')).length).toBe(0);
});

test('what is not needed has its reason', async ({ page, house }) => {
  const row = page.locator('tbody tr[data-row]').nth(6);
  const client = (await row.getAttribute('data-row'))!;
  await row.getByRole('button', { name: 'Не актуально' }).click();
  await page.getByLabel('Причина').fill('закрили магазин');
  await page.getByRole('button', { name: 'Записати', exact: true }).click();
  await expect(row).toContainText('закрили магазин');
  await expect.poll(async () => (await house.entries(client, 'client.lost')).length).toBe(1);
});

test('11: no breach of WCAG, in both languages and themes', async ({ page }) => {
  await accessible(page, '#/contacts?manager=m-2', /Сусід/);
});
