import type { Page } from '@playwright/test';
import { accessible, day, expect, test, type House } from './house';

interface Fact {
  position: string;
  id: string;
  match?: { client_id: string; manager_id: string; position: string };
  rejected?: { client_id: string; reason: string }[];
  ruled_out?: { nature: string };
}

let isSeeded = false;
const uah = (amount_minor: number) => ({ amount_minor, currency: 'UAH' });

const payment = (n: number, minor: number, purpose: string) => ({
  type: 'payment.received',
  id: `pay-${n}`,
  source: 'bank/main',
  data: { bank_reference: `pay-${n}`, our_account: 'UA213223130000026007233566001', amount: uah(minor), booked_on: day(-1), payer_name: 'ТОВ «Платник»', payer_iban: 'UA903052992990004149123456789', purpose },
});
const call = (id: string, phone: string) => ({
  type: 'call.completed',
  id,
  source: 'asterisk/main',
  data: { call_id: id, direction: 'inbound', client_phone_raw: phone, client_phone: phone, manager_extension: '101', duration_s: 40, talk_s: 20, outcome: 'answered' },
});

// Payments of an unknown payer that name invoices of a client, one of which is told of nobody; three calls
// of unknown numbers; and money of a known client that is more than what it names.
async function seed(house: House): Promise<void> {
  if (isSeeded) return;
  isSeeded = true;
  await house.client('c-81', 'ТОВ «Барвінок»');
  const invoice = (id: string, minor: number, client = 'c-81') => ({
    type: 'invoice.issued',
    data: { invoice_id: `inv-${id}`, number: `РФ-${id}`, client_id: client, issued_on: day(-20), due_on: day(10), amount: uah(minor) },
  });
  await house.recordAll([
    { type: 'client.registered', data: { client_id: 'c-82', name: 'ПП «Явір»' } },
    ...Array.from({ length: 6 }, (_, index) => invoice(`0081${index}`, 100_000 + index)),
  ]);
  await house.recordAll([
    ...Array.from({ length: 6 }, (_, index) => payment(index, 100_000 + index, `Оплата за рахунком № РФ-0081${index}, у т.ч. ПДВ`)),
    payment(9, 7777, 'Відсотки банку'),
    call('call-a1', '+380671110001'),
    call('call-a2', '+380671110001'),
    call('call-b', '+380671110002'),
  ]);
}

async function factOf(house: House, position: string): Promise<Fact> {
  await house.settled();
  return (await house.ask<{ fact: Fact }>(`/v1/unmatched/${position}`)).fact;
}

async function positionOf(house: House, kind: string, id: string): Promise<string> {
  const { waiting } = await house.ask<{ waiting: Fact[] }>(`/v1/unmatched?kind=${kind}&limit=1000`);
  return waiting.find((each) => each.id === id)!.position;
}

async function open(page: Page, house: House, tab: string): Promise<void> {
  await page.goto(`${house.url}/#/unmatched?tab=${tab}`);
  await page.getByLabel('Вирішує').selectOption('m-1');
}
const row = (page: Page, position: string) => page.locator(`tr[data-row="${position}"]`);

test.beforeEach(async ({ house }) => seed(house));

test('a proposal is accepted by its key, stays in place, and is checked by its receipt', async ({ page, house }) => {
  const position = await positionOf(house, 'payments', 'pay-0');
  await open(page, house, 'payments');
  const fact = row(page, position);
  await expect(fact).toContainText('дуже ймовірно: у призначенні названо рахунок клієнта');
  const places = await page.locator('tbody tr[data-row]').evaluateAll((all) => all.map((each) => (each as HTMLElement).dataset.row));
  await fact.focus();
  await page.keyboard.press('1');
  await page.keyboard.press('1');
  await expect(fact.locator('[data-outcome=done]')).toContainText('Прийнято: ТОВ «Барвінок»');
  expect(await page.locator('tbody tr[data-row]').evaluateAll((all) => all.map((each) => (each as HTMLElement).dataset.row))).toEqual(places);
  const { match } = await factOf(house, position);
  expect(match).toMatchObject({ client_id: 'c-81', manager_id: 'm-1' });

  // Its own receipt is what the audit compares with, at the first look.
  await fact.getByRole('link', { name: `позиція ${match!.position}` }).click();
  await expect(page.locator('[data-verdict]')).toContainText('Перевірено у вашому браузері');
  await expect(page.locator('[data-verdict]')).toContainText('квитанцією');
});

test('12: by the keyboard alone a match is accepted, and voided with a reason', async ({ page, house }) => {
  const position = await positionOf(house, 'payments', 'pay-1');
  await open(page, house, 'payments');
  await expect(row(page, position)).toBeVisible();
  await page.locator('h1').click();
  for (let step = 0; step < 20; ++step) {
    await page.keyboard.press('j');
    if (await row(page, position).evaluate((each) => each === document.activeElement)) break;
  }
  await page.keyboard.press('1');
  await expect(row(page, position).locator('[data-outcome=done]')).toBeVisible();
  for (let step = 0; step < 10; ++step) {
    await page.keyboard.press('Tab');
    if ((await page.evaluate(() => document.activeElement?.textContent?.trim())) === 'Скасувати') break;
  }
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await expect(dialog).toBeVisible();
  await dialog.getByRole('radio', { name: 'не той клієнт' }).focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
  await expect(row(page, position)).toContainText('Рішення скасовано, рядок чекає знову.');
  expect((await factOf(house, position)).match).toBeUndefined();
});

test('exact matches are accepted together, one event each', async ({ page, house }) => {
  await open(page, house, 'payments');
  const positions = await Promise.all(['pay-2', 'pay-3'].map((id) => positionOf(house, 'payments', id)));
  for (const each of positions) await expect(row(page, each)).toBeVisible();
  await page.getByRole('button', { name: /Прийняти \d+ точн/ }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('Оплата за рахунком № РФ-00812');
  await expect(dialog).not.toContainText('Відсотки банку');
  await dialog.getByRole('button', { name: /Записати \d+ под/ }).click();
  for (const each of positions) await expect(row(page, each).locator('[data-outcome=done]')).toBeVisible();
  const facts = await Promise.all(positions.map((each) => factOf(house, each)));
  expect(new Set(facts.map((each) => each.match!.position)).size).toBe(2);
});

test('not his, and not ours, each with a reason', async ({ page, house }) => {
  // Another sum than the invoice's, so it is no exact match, whatever ran before.
  await house.recordAll([payment(20, 555_00, 'Оплата за рахунком № РФ-00815')]);
  const [his, ours] = await Promise.all([positionOf(house, 'payments', 'pay-20'), positionOf(house, 'payments', 'pay-9')]);
  await open(page, house, 'payments');
  await row(page, his).getByRole('button', { name: /Не цього клієнта/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Відхилити пропозицію' }).click();
  await expect(dialog).toContainText('Помилка: оберіть або напишіть причину.');
  await dialog.getByLabel('це інший клієнт').check();
  await dialog.getByRole('button', { name: 'Відхилити пропозицію' }).click();
  await expect(row(page, his).locator('[data-outcome=done]')).toContainText('Відхилено');
  expect((await factOf(house, his)).rejected).toMatchObject([{ client_id: 'c-81', reason: 'це інший клієнт' }]);

  await row(page, ours).getByRole('button', { name: 'Не наше' }).click();
  await page.getByRole('dialog').getByLabel('операція банку').check();
  await page.getByRole('dialog').getByRole('button', { name: 'Записати' }).click();
  await expect(row(page, ours).locator('[data-outcome=done]')).toBeVisible();
  expect((await factOf(house, ours)).ruled_out).toMatchObject({ nature: 'bank' });
});

test('a call is no client’s, with every other of its number; it is listed, and taken back', async ({ page, house }) => {
  await house.recordAll(['call-s1', 'call-s2'].map((id) => call(id, '+380441110003')));
  const positions = await Promise.all(['call-s1', 'call-s2'].map((id) => positionOf(house, 'calls', id)));
  await open(page, house, 'calls');
  const tab = page.getByRole('link', { name: /^Дзвінки/ });
  const { kinds } = await house.ask<{ kinds: { kind: string; count: number }[] }>('/v1/unmatched?limit=1');
  await expect(tab).toContainText(String(kinds.find((each) => each.kind === 'calls')!.count));
  await row(page, positions[0]!).getByRole('button', { name: 'Не наше' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByLabel('операція банку')).toHaveCount(0);
  await dialog.getByLabel('помилка номером або адресою').check();
  await dialog.getByLabel(/і ще 1 рядок/).check();
  await dialog.getByRole('button', { name: 'Записати' }).click();
  for (const each of positions) {
    await expect(row(page, each).locator('[data-outcome=done]')).toBeVisible();
    expect((await factOf(house, each)).ruled_out).toMatchObject({ nature: 'wrong_number' });
  }

  await open(page, house, 'ruled_out');
  const ruled = row(page, positions[0]!);
  await expect(ruled).toContainText('+380441110003');
  await expect(ruled).toContainText('Олена Коваль');
  await ruled.getByRole('button', { name: 'Скасувати' }).click();
  await dialog.getByLabel('помилка у записі').check();
  await dialog.getByRole('button', { name: 'Скасувати запис' }).click();
  await expect.poll(async () => (await factOf(house, positions[0]!)).ruled_out).toBeUndefined();
});

test('another client is found, and said of every call of the number', async ({ page, house }) => {
  const positions = await Promise.all(['call-a1', 'call-a2'].map((id) => positionOf(house, 'calls', id)));
  await open(page, house, 'calls');
  await row(page, positions[0]!).getByRole('button', { name: 'Інший клієнт' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox').fill('Явір');
  await dialog.getByRole('option', { name: /Явір/ }).click();
  await dialog.getByLabel(/і ще 1 рядок/).check();
  await dialog.getByRole('button', { name: 'Прийняти' }).click();
  for (const each of positions) {
    await expect(row(page, each).locator('[data-outcome=done]')).toContainText('ПП «Явір»');
    expect((await factOf(house, each)).match).toMatchObject({ client_id: 'c-82' });
  }
});

test('a lost answer is one event', async ({ page, house }) => {
  await house.recordAll([payment(30, 123_00, 'Оплата за рахунком № РФ-00814')]);
  const lost = await positionOf(house, 'payments', 'pay-30');
  await open(page, house, 'payments');
  let sent = 0;
  await page.route('**/accept', async (route) => {
    await route.fetch();
    if (++sent === 1) await route.abort('connectionreset');
    else await route.continue();
  });
  await row(page, lost).getByRole('button', { name: /Прийняти/ }).first().dblclick();
  await expect(row(page, lost).locator('[data-outcome=done]')).toBeVisible({ timeout: 20_000 });
  expect(sent).toBeGreaterThan(1);
  expect((await factOf(house, lost)).match).toMatchObject({ client_id: 'c-81' });
});

test('free money: the remainder comes to nothing, or is said to be an advance', async ({ page, house }) => {
  await house.client('c-83', 'ТОВ «Калина»');
  const paid = payment(40, 200_000, 'Оплата за рахунком № РФ-00815');
  // It names another client's invoice and none of its own, so no rule decides what it pays.
  await house.recordAll([
    { type: 'invoice.issued', data: { invoice_id: 'inv-831', number: 'К-831', client_id: 'c-83', issued_on: day(-9), due_on: day(9), amount: uah(60_000) } },
    { ...paid, data: { ...paid.data, client_id: 'c-83' } },
  ]);
  await open(page, house, 'free');
  const free = page.locator('tbody tr[data-row]', { hasText: 'ТОВ «Калина»' });
  await expect(free).toContainText('Платник назвав рахунок іншого клієнта: РФ-00815 (ТОВ «Барвінок»)');
  await free.getByRole('checkbox', { name: '№ К-831' }).check();
  const sum = free.getByLabel('Сума на рахунок К-831');
  const allocate = free.getByRole('button', { name: /^Рознести, решту 1\s400,00\s₴ назвати авансом$/ });
  await sum.fill('600,01');
  await expect(free).toContainText('Помилка: сума');
  await sum.fill('600,00');
  await expect(free).toContainText(/Вільно 2\s000,00\s₴ − обрано 600,00\s₴ = 1\s400,00\s₴/);
  await allocate.click();
  await expect(free.locator('[data-outcome=done]')).toHaveText([/Рознесено на рахунок К-831/, /Названо авансом: 1\s400,00\s₴/]);
  await house.settled();
  const { accounts } = await house.ask<{ accounts: { open_items: unknown[]; unallocated_minor: number }[] }>('/v1/clients/c-83/receivables');
  expect(accounts).toMatchObject([{ open_items: [], unallocated_minor: 140_000 }]);

  // Who named it stands among the advances, and is taken back by a void.
  type Money = { unallocated: { client_id: string; advance?: { manager_id: string } }[] };
  const advance = async () => (await house.ask<Money>('/v1/unallocated')).unallocated.find((each) => each.client_id === 'c-83')?.advance;
  expect(await advance()).toMatchObject({ manager_id: 'm-1' });
  await page.reload();
  await page.getByLabel('Вирішує').selectOption('m-1');
  await expect(page.getByRole('link', { name: 'Аванси' })).toBeVisible();
  await expect(free).toHaveCount(0);
  await page.getByRole('link', { name: 'Аванси' }).click();
  await expect(free).toContainText('Аванс: Олена Коваль');
  await free.getByRole('button', { name: 'Скасувати' }).click();
  await page.getByRole('dialog').getByLabel('помилка у записі').check();
  await page.getByRole('dialog').getByRole('button', { name: 'Скасувати запис' }).click();
  await expect(free).toContainText('скасовано');
  await house.settled();
  expect(await advance()).toBeUndefined();
});

test('what a rule decided says so, and is taken back', async ({ page, house }) => {
  await house.client('c-84', 'ТОВ «Терен»');
  const paid = payment(60, 70_000, 'Оплата за рахунком № Т-841');
  await house.recordAll([
    { type: 'invoice.issued', data: { invoice_id: 'inv-841', number: 'Т-841', client_id: 'c-84', issued_on: day(-9), due_on: day(9), amount: uah(70_000) } },
    { ...paid, data: { ...paid.data, client_id: 'c-84' } },
  ]);
  type Account = { accounts: { open_items: unknown[] }[] };
  await expect.poll(async () => (await house.ask<Account>('/v1/clients/c-84/receivables')).accounts[0]?.open_items.length).toBe(0);
  await open(page, house, 'rules');
  const rule = page.locator('tbody tr[data-row]', { hasText: 'inv-841' });
  await expect(rule).toContainText(/за правилом allocation\S* v?\d/);
  const { log_end: before } = await house.ask<{ log_end: string }>('/v1/status');
  await rule.getByRole('button', { name: 'Скасувати' }).click();
  await page.getByRole('dialog').getByLabel('помилка у записі').check();
  await page.getByRole('dialog').getByRole('button', { name: 'Скасувати запис' }).click();
  await expect(rule).toContainText('скасовано');
  type Log = { events: { event: { type: string; source: string; data: Record<string, unknown> } }[] };
  const { events } = await house.ask<Log>(`/v1/log?limit=1000&from=${before}`);
  const undone = events.filter((each) => each.event.type.includes('payment.deallocated'));
  expect(undone.map((each) => each.event.data)).toMatchObject([{ invoice_id: 'inv-841', manager_id: 'm-1', reason: 'помилка у записі' }]);
  expect(undone[0]!.event.source).toBe('people/dashboard');

  // Asked anew it says who took it back, and offers that no more.
  await house.settled();
  await page.reload();
  await expect(rule).toContainText('скасовано: Олена Коваль');
  await expect(rule).toContainText('помилка у записі');
  await expect(rule.getByRole('button', { name: 'Скасувати' })).toHaveCount(0);
});

test('in English too', async ({ page, house }) => {
  await house.recordAll([payment(70, 321_00, 'Оплата за рахунком № РФ-00815')]);
  await page.goto(`${house.url}/#/unmatched?tab=payments&lang=en`);
  const fact = row(page, await positionOf(house, 'payments', 'pay-70'));
  await expect(fact).toContainText('probable: the purpose names an invoice of the client');
  await page.getByLabel('Decides').selectOption('m-2');
  await fact.getByRole('button', { name: 'Accept: ТОВ «Барвінок»' }).click();
  await expect(fact.locator('[data-outcome=done]')).toContainText('Accepted: ТОВ «Барвінок»');
});

test('in the past nothing can be decided', async ({ page, house }) => {
  await page.goto(`${house.url}/#/unmatched?tab=payments&known_at=${encodeURIComponent(new Date().toISOString())}`);
  await expect(page.getByRole('heading', { name: 'Нерозпізнане' })).toBeVisible();
  await expect(page.locator('table, .nothing').first()).toBeVisible();
  await expect(page.getByRole('button', { name: /Прийняти|Інший клієнт|Не наше/ })).toHaveCount(0);
  await expect(page.getByLabel('Вирішує')).toHaveCount(0);
});

test('6: the row under the pointer is the same row after 1,000 events', async ({ page, house }) => {
  test.setTimeout(120_000);
  await open(page, house, 'calls');
  const held = row(page, await positionOf(house, 'calls', 'call-b'));
  await held.hover();
  const before = await held.boundingBox();
  // Older than any row that is shown: they would stand above it.
  const old = new Date(Date.now() - 30 * 86_400_000);
  for (let batch = 0; batch < 10; ++batch) {
    await house.recordAll(Array.from({ length: 100 }, (_, index) => ({ ...call(`many-${batch}-${index}`, `+38063${String(batch * 100 + index).padStart(7, '0')}`), time: old })));
  }
  await expect(page.getByRole('button', { name: /Застосувати \d+ змін/ })).toBeVisible({ timeout: 30_000 });
  expect(await held.boundingBox()).toEqual(before);
  const under = await page.evaluate(({ x, y }) => document.elementFromPoint(x, y)?.closest('tr')?.dataset.row, { x: before!.x + before!.width / 2, y: before!.y + before!.height / 2 });
  expect(under).toBe(await held.getAttribute('data-row'));
  await page.keyboard.press('u');
  await expect(page.getByRole('button', { name: /Застосувати/ })).toHaveCount(0);
  await expect(page.locator('tbody tr[data-row]').first()).toContainText('+38063');
});

test('11: nobody is shut out', async ({ page, house }) => {
  test.setTimeout(180_000);
  await house.recordAll([payment(50, 99_00, 'Оплата за рахунком № РФ-00815')]);
  await page.goto(`${house.url}/#/unmatched`);
  await accessible(page, '#/unmatched?tab=payments', 'РФ-00815');
  await accessible(page, '#/unmatched?tab=calls', '+38');
  await accessible(page, '#/unmatched?tab=free', /./);
  await accessible(page, '#/unmatched?tab=rules', /./);
  await accessible(page, '#/unmatched?tab=ruled_out', /./);
});
