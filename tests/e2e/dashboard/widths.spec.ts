import type { Page } from '@playwright/test';
import { day, expect, test, type House } from './house';
import { outOfReach } from './looks';

// No page is wider than its window, in either language, and what a table has is all within reach: on the page, or in a
// place of its own that scrolls and that a keyboard gets into.
const kWidths = [320, 390, 720, 721, 1024, 1100, 1200, 1280, 1340, 1366, 1920] as const;
const uah = (amount_minor: number) => ({ amount_minor, currency: 'UAH' });
const ago = (days: number) => new Date(Date.now() - days * 86_400_000);
const kName = 'Приватне акціонерне товариство «Всеукраїнська науково-виробнича торговельна компанія «Полісся-Опт-Сервіс»';

let isSeeded = false;
async function seed(house: House): Promise<void> {
  if (isSeeded) return;
  isSeeded = true;
  await house.recordAll([
    { type: 'manager.hired', data: { manager_id: 'm-71', name: 'Костянтин Володимирович Преображенський-Левченко', department: 'роздріб', hired_on: '2026-01-05', extensions: ['171'] } },
    { type: 'manager.hired', data: { manager_id: 'm-72', name: 'Юлія Поліщук', department: 'роздріб', hired_on: '2026-01-05', extensions: ['172'] } },
    { type: 'absence.recorded', data: { absence_id: 'wide-vac', manager_id: 'm-72', kind: 'vacation', from: day(-3), to: day(9) } },
    { type: 'stand_in.appointed', data: { appointment_id: 'wide-si', absent_manager_id: 'm-72', stand_in_id: 'm-71', from: day(-3), to: day(9) } },
  ]);
  for (const [id, name, owner] of [['c-701', kName, 'm-71'], ['c-702', 'ТОВ «Явір»', 'm-72']] as const) {
    await house.client(id, name, owner);
    await house.recordAll([
      ...[1, 20, 45, 75, 200].map((late) => ({ type: 'invoice.issued', data: { invoice_id: `wide-${id}-${late}`, number: `РФ-2026/${late}`, client_id: id, issued_on: day(-late - 14), due_on: day(-late), amount: uah(123_456_789_01) }, time: ago(late + 14) })),
      { type: 'promise_to_pay.made', data: { promise_id: `wide-${id}`, client_id: id, manager_id: owner, made_on: day(-5), due_on: day(5), amount: uah(123_456_789_01) }, time: ago(5) },
      { type: 'complaint.opened', data: { complaint_id: `wide-${id}`, client_id: id, manager_id: owner, kind: 'quality', text: 'пошкоджена тара, бракує чотирьох ящиків за накладною', due_on: day(-2) } },
      { type: 'meeting.held', data: { client_id: id, manager_id: owner, topic: 'умови на наступний рік' }, time: ago(41) },
    ]);
  }
  await house.recordAll([
    { type: 'payment.received', source: 'bank/main', id: 'wide-pay', data: { bank_reference: 'wide-pay', our_account: 'UA213223130000026007233566001', amount: uah(123_456_789_01), booked_on: day(-1), payer_name: kName, payer_iban: 'UA903052992990004149123456789', purpose: `Оплата за папір офісний згідно з рахунком № РФ-2026/45, у т. ч. ПДВ, ${'ДОГОВІР'.repeat(12)}` } },
    { type: 'payment.received', source: 'bank/main', id: 'wide-free', data: { bank_reference: 'wide-free', our_account: 'UA213223130000026007233566001', client_id: 'c-701', amount: uah(1_00), booked_on: day(-1), purpose: 'Оплата' } },
    { type: 'call.completed', source: 'asterisk/main', id: 'wide-call', data: { call_id: 'wide-call', direction: 'inbound', client_phone_raw: '+380671119988', client_phone: '+380671119988', manager_extension: '171', duration_s: 40, talk_s: 20, outcome: 'answered' } },
    { type: 'call.completed', source: 'asterisk/main', id: 'wide-known', data: { call_id: 'wide-known', direction: 'outbound', client_id: 'c-701', manager_id: 'm-71', duration_s: 40, talk_s: 20, outcome: 'answered' } },
  ]);
}
test.beforeEach(async ({ house }) => seed(house));

const kLinks = [
  'quotas', 'quotas?tv=1', 'quotas?figure=m-71.calls', 'month', 'month?view=table', 'month?view=reports', 'receivables', 'receivables?by=manager', 'receivables?by=segment', 'receivables?tab=unallocated', 'receivables?tab=acts',
  'client', 'client/c-701', 'contacts?manager=m-71', 'obligations', 'obligations?tab=breaches', 'unmatched?tab=calls', 'unmatched?tab=payments', 'unmatched?tab=free', 'unmatched?tab=ruled_out',
  'unmatched?tab=rules', 'unmatched?tab=corrections', 'sources', 'sources?tab=quarantine', 'sources?tab=statements', 'sources?tab=lag', 'audit', 'audit/client/c-701', 'audit/access',
] as const;

// A4 within its margins, in CSS pixels: what a page is printed on, upright or, where it says so, turned.
const kUpright = 672;
const kTurned = 997;

// What can be done with a row: nobody does it with paper.
const kForHands = ['Дія', 'Дії', 'Інше'];
// Whose column says besides what became of a row.
const kSaid = ['unmatched?tab=rules', 'sources?tab=quarantine'];

/** As a page is on paper: what a table of it leaves out or cuts. */
async function lostOnPaper(page: Page): Promise<string[]> {
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize({ width: (await page.locator('.landscape, .scroll thead th:nth-child(5)').count()) > 0 ? kTurned : kUpright, height: 900 });
  const dropped = await page.locator('main thead th:not(.opener)').evaluateAll((all) => all.filter((each) => each.getClientRects().length === 0).map((each) => each.textContent!.trim()));
  const lost = [...dropped.map((each) => `no column ${each}`), ...(await outOfReach(page))];
  return lost.filter((each) => !kForHands.some((word) => each === `no column ${word}` || each === `left out TH: ${word}`));
}

async function goTo(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
}

test('on paper no column is dropped or cut', async ({ page, house }) => {
  const wrong: string[] = [];
  for (const link of kLinks.filter((each) => !/tv|figure|^client$/.test(each))) {
    await page.emulateMedia({ media: 'screen' });
    await page.setViewportSize({ width: 1366, height: 900 });
    await goTo(page, `${house.url}/#/${link}`);
    wrong.push(...(await lostOnPaper(page)).map((each) => `${link}: ${each}`));
    const seen = await page.locator('main thead th:visible').allInnerTexts();
    if (!kSaid.includes(link)) wrong.push(...seen.filter((each) => kForHands.includes(each.trim())).map((each) => `${link}: ${each}, with nothing in it`));
  }
  expect(wrong).toEqual([]);
});

// What the words of a board are depends on the hour: these are the longest that a day can bring.
for (const lang of ['uk', 'en'] as const) {
  test(`${lang}: a board with all that is missing goes on a sheet`, async ({ page, house }) => {
    await page.route(/\/v1\/quotas(\?|$)/, async (route) => {
      const answer = await route.fetch();
      const board = (await answer.json()) as { managers: { name: string; metrics: object[]; last_action?: object }[] };
      for (const manager of board.managers) {
        manager.name = 'Костянтин Володимирович Преображенський-Левченко';
        manager.metrics = manager.metrics.map((each) => ({ ...each, state: 'short', counted: 188, target: 500, short_by: 312, attempts: 400 }));
        manager.last_action = { time: new Date().toISOString(), kind: 'offer.delivery_changed', position: '1' };
      }
      await route.fulfill({ response: answer, json: board });
    });
    await goTo(page, `${house.url}/#/quotas?lang=${lang}`);
    await expect(page.getByText(/^(бракує|short by) 312$/).first()).toBeVisible();
    expect(await lostOnPaper(page)).toEqual([]);
  });
}

for (const lang of ['uk', 'en'] as const) {
  test(`${lang}: no page is wider than its window, and no cell out of reach`, async ({ page, house }) => {
    test.setTimeout(300_000);
    const wrong: string[] = [];
    for (const link of kLinks) {
      await page.setViewportSize({ width: 1366, height: 900 });
      await goTo(page, `${house.url}/#/${link}${link.includes('?') ? '&' : '?'}lang=${lang}`);
      for (const width of kWidths) {
        await page.setViewportSize({ width, height: 900 });
        // Twice, so that whoever watches sizes has seen this one.
        await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
        wrong.push(...(await outOfReach(page)).map((each) => `${link} at ${width}: ${each}`));
      }
    }
    expect(wrong).toEqual([]);
  });
}
