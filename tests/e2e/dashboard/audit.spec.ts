import { accessible, day, expect, test, type House } from './house';

interface Logged {
  position: string;
  event: { id: string };
}

let isSeeded = false;

// A client who was renamed, and sixty calls: more than a page of the log.
async function seed(house: House): Promise<void> {
  if (isSeeded) return;
  isSeeded = true;
  await house.client('c-71', 'ТОВ «Рута»');
  const calls = Array.from({ length: 60 }, (_, index) => ({
    type: 'call.completed',
    id: `audit-call-${index}`,
    source: 'asterisk/main',
    data: { call_id: `call-${index}`, direction: 'outbound', client_id: 'c-71', manager_id: 'm-1', duration_s: 90, talk_s: 60, outcome: 'answered' },
  }));
  await house.recordAll(calls);
}

async function positionOf(house: House, id: string): Promise<string> {
  const { events } = await house.ask<{ events: Logged[] }>('/v1/log?limit=1000');
  return events.find((each) => each.event.id === id)!.position;
}

test.beforeEach(async ({ house }) => seed(house));

test('14: one byte flipped on the way does not match', async ({ page, house }) => {
  const position = await positionOf(house, 'audit-call-7');
  await page.goto(`${house.url}/#/audit/event/${position}`);
  const verdict = page.locator('[data-verdict]');
  await expect(verdict).toContainText('Лише твердження сервера');
  await expect(verdict).toContainText('Не доводить');
  await page.reload();
  await expect(verdict).toContainText('Перевірено у вашому браузері');

  const isTheEvent = (url: URL) => decodeURIComponent(url.pathname) === `/v1/log/${position}`;
  await page.route(isTheEvent, async (route) => {
    const response = await route.fetch();
    const bytes = await response.body();
    const at = bytes.indexOf('"talk_s":60') + '"talk_s":6'.length;
    bytes[at]! ^= 1;
    await route.fulfill({ response, body: bytes });
  });
  await page.reload();
  await expect(verdict).toContainText('НЕ ЗБІГАЄТЬСЯ');
  await expect(page.locator('pre')).toContainText('"talk_s":61');
  await expect(page.getByText('Перевірено у вашому браузері')).toHaveCount(0);

  // What was told first is not forgotten by what came between.
  await page.unroute(isTheEvent);
  await page.reload();
  await expect(verdict).toContainText('Перевірено у вашому браузері');
});

test('an event, from its sentence to its bytes', async ({ page, house }) => {
  const position = await positionOf(house, 'audit-call-3');
  await page.goto(`${house.url}/#/audit/event/${position}`);
  await expect(page.locator('.sentence')).toContainText(/^Дзвінок, .+ Стосується клієнта c-71\. Джерело: asterisk\/main\./);
  await expect(page.locator('main')).toContainText('Коли записано');
  // Members and closed words are named; what the log calls them is a hover away.
  const outcome = page.locator('dt[title="outcome"]');
  await expect(outcome).toHaveText('результат');
  await expect(outcome.locator('+ dd')).toHaveText('відповіли');
  await expect(outcome.locator('+ dd')).toHaveAttribute('title', 'answered');
  const stored = await (await fetch(`${house.url}/v1/log/${position}`)).text();
  await expect(page.locator('pre')).toHaveText(stored);
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Завантажити' }).click()]);
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  expect(Buffer.concat(chunks).toString()).toBe(stored);
});

test('the log is newest first, and its pages follow each other without a gap', async ({ page, house }) => {
  await page.goto(`${house.url}/#/audit`);
  const rows = page.locator('tbody tr[data-row]');
  await expect(rows).toHaveCount(50);
  const first = await rows.evaluateAll((all) => all.map((each) => (each as HTMLElement).dataset.row!));
  await page.getByRole('link', { name: 'Старіші' }).click();
  await expect(rows.first()).not.toHaveAttribute('data-row', first[0]!);
  const second = await rows.evaluateAll((all) => all.map((each) => (each as HTMLElement).dataset.row!));
  const { events } = await house.ask<{ events: Logged[] }>('/v1/log?limit=1000');
  expect(new Set([...first, ...second]).size).toBe(Math.min(events.length, 100));
  await page.goBack();
  await expect(rows.first()).toHaveAttribute('data-row', first[0]!);
});

test('a filter says how far it looked, and a wrong position what one looks like', async ({ page, house }) => {
  await page.goto(`${house.url}/#/audit`);
  await page.getByLabel('Вид події').selectOption('client.registered');
  await page.getByRole('button', { name: 'Показати' }).click();
  await expect(page.locator('main')).toContainText(/Переглянуто \d+ под.+, знайдено 1\./);
  await expect(page.locator('tbody tr[data-row]')).toHaveCount(1);
  await page.getByLabel('Відкрити подію за позицією').fill('сімнадцять');
  await page.getByRole('button', { name: 'Відкрити' }).click();
  await expect(page.getByRole('alert')).toContainText('Помилка');
});

test('following shows what is new on top, and a pause keeps what is shown', async ({ page, house }) => {
  await page.goto(`${house.url}/#/audit?follow=1`);
  const first = page.locator('tbody tr[data-row]').first();
  await expect(first).toBeVisible();
  await expect(page.getByLabel('Вид події')).toBeDisabled();
  const call = (id: string) => ({ call_id: id, direction: 'outbound', client_id: 'c-71', manager_id: 'm-1', duration_s: 9, talk_s: 6, outcome: 'answered' });
  await house.record('call.completed', call('follow-1'), { id: 'follow-1', source: 'asterisk/main' });
  await expect(first).toHaveAttribute('data-row', await positionOf(house, 'follow-1'));
  await page.getByRole('button', { name: 'Пауза', exact: true }).last().click();
  await house.record('call.completed', call('follow-2'), { id: 'follow-2', source: 'asterisk/main' });
  const later = await positionOf(house, 'follow-2');
  const { position: applied } = await house.ask<{ position: string }>('/v1/status');
  await expect(page.locator(`[title="${applied}"]`)).toBeAttached();
  await expect(first).not.toHaveAttribute('data-row', later);
  await page.getByRole('button', { name: 'Продовжити' }).click();
  await expect(first).toHaveAttribute('data-row', later);
});

test('a client as of two moments: only what differs', async ({ page, house }) => {
  const before = new Date().toISOString();
  await house.record('client.updated', { client_id: 'c-71', manager_id: 'm-1', name: 'ТОВ «Рута-Плюс»' });
  await page.goto(`${house.url}/#/audit/client/c-71?a_on=${day()}&a_known=${encodeURIComponent(before)}&b_on=${day()}`);
  const row = page.locator('.diff tbody tr[data-row]', { hasText: 'назва' });
  await expect(row).toContainText('ТОВ «Рута»');
  await expect(row).toContainText('ТОВ «Рута-Плюс»');
  await expect(page.locator('.diff')).not.toContainText('менеджер');
  await page.goto(`${house.url}/#/audit/client/c-71?a_on=${day()}&b_on=${day()}`);
  await expect(page.locator('main')).toContainText('Між двома моментами нічого не змінилось.');
});

test('in English too', async ({ page, house }) => {
  const position = await positionOf(house, 'audit-call-9');
  await page.goto(`${house.url}/#/audit/event/${position}?lang=en`);
  await expect(page.locator('.sentence')).toContainText(/^Call, .+ It is about client c-71\./);
  await expect(page.locator('[data-verdict]')).toContainText('Only the server’s word');
  await expect(page.locator('dt[title="direction"]')).toHaveText('direction');
  await expect(page.locator('dt[title="direction"] + dd')).toHaveText('outgoing');
  await page.reload();
  await expect(page.locator('[data-verdict]')).toContainText('Checked in your browser');
});

test('11: nobody is shut out', async ({ page, house }) => {
  test.setTimeout(180_000);
  await page.goto(`${house.url}/#/audit`);
  await accessible(page, '#/audit', '71');
  await accessible(page, `#/audit/event/${await positionOf(house, 'audit-call-1')}`, 'audit-call-1');
  await accessible(page, '#/audit/client/c-71', 'c-71');
  await accessible(page, '#/audit/access', /ніхто не відкривав|nobody opened/);
});
