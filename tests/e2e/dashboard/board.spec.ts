import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { accessible, day, expect, test, type House } from './house';

// A day of work that is over: five managers, each in another state by his calls.
const lastWorkDay = [-1, -2, -3].map(day).find((each) => new Date(`${each}T12:00:00Z`).getUTCDay() % 6 !== 0)!;
let isSeeded = false;
let next = 0;

const call = (manager: string, client: string, time?: Date) => ({
  type: 'call.completed',
  id: `board-${++next}`,
  source: 'asterisk/main',
  data: { call_id: `board-${next}`, direction: 'outbound', client_id: client, manager_id: manager, duration_s: 90, talk_s: 60, outcome: 'answered' },
  time,
});
const at = (hour: number, minute = 0) => new Date(Date.parse(`${lastWorkDay}T00:00:00Z`) + (hour * 60 + minute) * 60_000);

async function seed(house: House): Promise<void> {
  if (isSeeded) return;
  isSeeded = true;
  const before = new Date(Date.now() - 30 * 86_400_000);
  const clients = Array.from({ length: 40 }, (_, index) => `b-${index + 1}`);
  await house.recordAll([
    { type: 'manager.hired', data: { manager_id: 'm-3', name: 'Ганна Мельник', department: 'гурт', hired_on: '2026-01-05' } },
    ...clients.flatMap((client_id) => [
      { type: 'client.registered', data: { client_id, name: `ТОВ «Сонях ${client_id}»` }, time: before },
      { type: 'client.assigned', data: { client_id, manager_id: 'm-1', effective_from: '2026-01-05' }, time: before },
    ]),
    { type: 'absence.recorded', data: { absence_id: 'vac-3', manager_id: 'm-3', kind: 'vacation', from: lastWorkDay, to: day(5) } },
    ...clients.map((client, index) => call('m-1', client, at(8, index))),
    ...clients.slice(0, 4).map((client, index) => call('m-2', client, at(9, index))),
  ]);
}

const callsOf = (page: Page, manager: string) => page.locator(`[data-focus="figure ${manager}.calls"]`);
const counted = async (page: Page, manager: string) => Number(/\d+/.exec(await callsOf(page, manager).locator('.figure, .cell').first().innerText())?.[0]);
const pill = (page: Page) => page.locator('[data-state]').first();

test.beforeEach(async ({ house }) => seed(house));

test('a call that is pushed is on the open board in under a second', async ({ page, house }) => {
  await page.goto(`${house.url}/#/quotas`);
  await expect(pill(page)).toHaveAttribute('data-state', 'live');
  await expect(callsOf(page, 'm-1')).toBeVisible();
  const took: number[] = [];
  for (let round = 0; round < 5; ++round) {
    const event = { specversion: '1.0', id: `live-${round}`, source: 'asterisk/main', type: 'org.salesledger.call.completed.v1', time: new Date().toISOString(), data: { ...call('m-1', `b-${round + 1}`).data, call_id: `live-${round}` } };
    // From the ledger's receipt to the frame that shows it, by one clock: the page's.
    took.push(
      await page.evaluate(async (body) => {
        const cell = document.querySelector('[data-focus="figure m-1.calls"]')!;
        const before = cell.textContent;
        const seen = new Promise<number>((found) => {
          const watch = new MutationObserver(() => {
            if (cell.textContent === before) return;
            watch.disconnect();
            requestAnimationFrame(() => found(performance.now()));
          });
          watch.observe(cell, { childList: true, characterData: true, subtree: true });
        });
        const answer = await fetch('/v1/events', { method: 'POST', headers: { 'Content-Type': 'application/cloudevents+json' }, body });
        if (!answer.ok) throw new Error(await answer.text());
        const told = performance.now();
        return (await seen) - told;
      }, JSON.stringify(event)),
    );
    await expect(callsOf(page, 'm-1').getByText('+1', { exact: true })).toHaveCount(0);
  }
  took.sort((a, b) => a - b);
  test.info().annotations.push({ type: 'from receipt to frame, ms', description: took.map(Math.round).join(', ') });
  expect(took[2]).toBeLessThan(1000);
});

test('2: eight tabs of one browser are all live', async ({ page, context, house }) => {
  const tabs = [page, ...(await Promise.all(Array.from({ length: 7 }, () => context.newPage())))];
  for (const tab of tabs) await tab.goto(`${house.url}/#/quotas`);
  for (const tab of tabs) await expect(pill(tab)).toHaveAttribute('data-state', 'live');
  const before = await counted(page, 'm-2');
  await house.recordAll([call('m-2', 'b-9')]);
  for (const tab of tabs) await expect.poll(() => counted(tab, 'm-2')).toBe(before + 1);
});

test('1: the server gone, the values stay and the page says that they are old; back, it is live', async ({ page, house }) => {
  await page.clock.install();
  await page.goto(`${house.url}/#/quotas`);
  await expect(pill(page)).toHaveAttribute('data-state', 'live');
  const before = await counted(page, 'm-1');
  await house.down();
  await page.clock.runFor(20_000);
  await expect(pill(page)).toHaveAttribute('data-state', 'late');
  await expect(page.getByRole('status').filter({ hasText: 'Оновлення затримуються' })).toBeAttached();
  await page.clock.runFor(41_000);
  await expect(pill(page)).toHaveAttribute('data-state', 'stale');
  await expect(page.getByRole('alert').filter({ hasText: 'Дані застаріли: станом на' })).toBeVisible();
  await expect(page).toHaveTitle(/\(застаріло\)/);
  expect(await counted(page, 'm-1')).toBe(before);

  await house.up();
  await expect(pill(page)).toHaveAttribute('data-state', 'live', { timeout: 40_000 });
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(page).not.toHaveTitle(/застаріло/);
  await house.recordAll([call('m-1', 'b-30')]);
  await expect.poll(() => counted(page, 'm-1')).toBe(before + 1);
});

test('3: in Los Angeles a day is Kyiv’s', async ({ page, house }) => {
  expect(await page.evaluate(() => Intl.DateTimeFormat().resolvedOptions().timeZone)).toBe('America/Los_Angeles');
  await house.client('c-tz', 'ТОВ «Полярна зірка»', 'm-2');
  // Kyiv is two or three hours ahead of UTC: 20:30 is that day's late evening, 22:30 the next day's night.
  await house.recordAll([call('m-2', 'c-tz', at(20, 30)), call('m-2', 'c-tz', at(22, 30))]);
  const board = await house.ask<{ managers: { manager_id: string; metrics: { metric: string; counted: number }[] }[] }>(`/v1/quotas?date=${lastWorkDay}`);
  const served = board.managers.find((each) => each.manager_id === 'm-2')!.metrics.find((each) => each.metric === 'calls')!.counted;
  await page.goto(`${house.url}/#/quotas?date=${lastWorkDay}&figure=m-2.calls`);
  await expect(page.getByRole('dialog')).toContainText('Полярна зірка');
  const times = await page.getByRole('dialog').locator('time').allInnerTexts();
  const kyiv = (time: Date) => new Intl.DateTimeFormat('uk-UA', { timeZone: 'Europe/Kyiv', hour: '2-digit', minute: '2-digit' }).format(time);
  expect(times.join(' ')).toContain(kyiv(at(20, 30)));
  expect(times.join(' ')).not.toContain(kyiv(at(22, 30)));
  await page.keyboard.press('Escape');
  expect(await counted(page, 'm-2')).toBe(served);
  const words = new Intl.DateTimeFormat('uk', { timeZone: 'UTC', dateStyle: 'long' }).format(new Date(`${lastWorkDay}T12:00:00Z`));
  await expect(page.getByRole('heading', { level: 1 })).toContainText(words);
  await page.goto(`${house.url}/#/quotas`);
  await expect(page.getByLabel('День', { exact: true })).toHaveValue(day().split('-').reverse().join('.'));
});

test('nothing is asked of anybody else, on no page', async ({ page, house }) => {
  const asked = new Set<string>();
  page.context().on('request', (request) => asked.add(new URL(request.url()).origin));
  for (const each of ['quotas', 'month', 'receivables', 'client', 'client/b-1', 'contacts', 'obligations', 'unmatched', 'sources', 'sources?tab=lag', 'audit']) {
    await page.goto(`${house.url}/#/${each}`);
    await page.reload();
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
  }
  expect([...asked]).toEqual([new URL(house.url).origin]);
});

test('15: without colours every state is still told apart', async ({ page, house }) => {
  await page.goto(`${house.url}/#/quotas?date=${lastWorkDay}`);
  await page.evaluate(() => (document.documentElement.style.filter = 'grayscale(1)'));
  for (const [manager, word] of [['m-1', 'норма'], ['m-2', /бракує \d+/], ['m-3', 'звільнено']] as const) {
    await expect(callsOf(page, manager).locator('.word')).toHaveText(word);
    await expect(callsOf(page, manager).locator('.word svg')).toHaveCount(1);
  }
  // No word stands for two states, and no two states have one sign.
  const signs = await page.locator('tbody .word').evaluateAll((all) => all.map((each) => [each.textContent!.replace(/\d+/g, 'n').trim(), each.querySelector('svg')?.innerHTML ?? '']));
  const bySign = new Map<string, Set<string>>();
  for (const [word, sign] of signs) bySign.set(sign!, (bySign.get(sign!) ?? new Set()).add(word!));
  expect(bySign.has('')).toBe(false);
  for (const words of bySign.values()) expect([...words]).toHaveLength(1);
  expect([...bySign.values()].flatMap((each) => [...each])).toEqual(expect.arrayContaining(['норма', 'бракує n', 'звільнено']));
  const board = test.info().outputPath('board-grey.png');
  await page.screenshot({ path: board });
  expect(readFileSync(board).length).toBeGreaterThan(10_000);

  await page.goto(`${house.url}/#/month?month=${lastWorkDay.slice(0, 7)}`);
  await expect(page.getByRole('grid')).toBeVisible();
  // A number, a letter or a sign in each; a day off is told by its hatching, a day to come has nothing yet.
  const cells = await page.getByRole('gridcell').locator('.heat').evaluateAll((all) => all.map((each) => ({ text: each.textContent!.trim(), kind: ['off', 'future'].find((kind) => each.classList.contains(kind)) ?? '', pattern: getComputedStyle(each).backgroundImage })));
  expect(cells.length).toBeGreaterThan(60);
  expect(cells.filter((each) => each.kind === '' && each.text === '')).toEqual([]);
  expect(cells.filter((each) => each.kind === 'off' && each.pattern === 'none')).toEqual([]);
});

test('what is overdue and what was done last lead to where they stand', async ({ page, house }) => {
  await house.recordAll([
    { type: 'complaint.opened', data: { complaint_id: 'board-late', client_id: 'b-1', manager_id: 'm-1', kind: 'quality', text: 'пошкоджена тара', due_on: day(-2) } },
    { type: 'stand_in.appointed', data: { appointment_id: 'board-si', absent_manager_id: 'm-3', stand_in_id: 'm-2', from: day(-3), to: day(5) } },
    { ...call('m-1', 'b-7'), id: 'board-last' },
  ]);
  await page.goto(`${house.url}/#/quotas`);
  type Told = { managers: { manager_id: string; overdue_obligations: number; last_action: { position: string } }[] };
  const told = async () => (await house.ask<Told>('/v1/quotas')).managers.find((each) => each.manager_id === 'm-1')!;
  const { overdue_obligations: n } = await told();
  expect(n).toBeGreaterThan(0);
  const overdue = page.locator('[data-focus="overdue m-1"]');
  await expect(overdue).toHaveText(String(n));
  await expect(overdue).toHaveAccessibleName(new RegExp(`Олена Коваль: ${n} прострочен`));
  const last = page.locator('[data-focus="last m-1"]');
  await expect(last).toHaveText(/^\d\d:\d\d\s+Дзвінок$/);
  await expect(last).toHaveAttribute('href', `#/audit/event/${encodeURIComponent((await told()).last_action.position)}`);
  await expect(page.locator('tr[data-row="m-3"]')).toContainText('відсутній, заміщає: Петро Шевчук');
  await expect(page.locator('tr[data-row="m-2"]')).toContainText('заміщає: Ганна Мельник');
  expect(await page.locator('main thead tr').first().locator('th').count()).toBeLessThanOrEqual(9);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(1366);
  await overdue.click();
  await expect(page).toHaveURL(/obligations\?due=late&manager=m-1/);
  await expect(page.locator('.groups [aria-current]').locator('strong')).toHaveText(String(n));
  await page.goto(`${house.url}/#/quotas?sort=-overdue`);
  await expect(page.locator('tbody tr[data-row]').first()).toHaveAttribute('data-row', 'm-1');
  await page.goto(`${house.url}/#/quotas?tv=1`);
  await expect(page.locator('.wall tbody tr', { hasText: 'Олена Коваль' })).toContainText('Дзвінок');
});

test('11: the wall has its twelve rows and no breach', async ({ page, house }) => {
  await page.goto(`${house.url}/#/quotas`);
  await accessible(page, '#/quotas', /Олена Коваль/);
  await page.setViewportSize({ width: 1920, height: 1080 });
  await accessible(page, '#/quotas?tv=1', /Олена Коваль/);
  expect(await page.locator('main').evaluate((main) => [...main.querySelectorAll('td, th')].every((each) => parseFloat(getComputedStyle(each).fontSize) >= 24))).toBe(true);
});
