import type { Page, Route } from '@playwright/test';
import { accessible, breaches, day, expect, tabTo, test, type House } from './house';

let next = 0;

/** A client of one test, with what a call is about. */
async function openClient(page: Page, house: House): Promise<string> {
  const id = `c-1${++next}`;
  await house.client(id, `ТОВ «Ромашка ${next}»`);
  await house.recordAll([
    { type: 'contact_person.set', data: { client_id: id, person_id: `p-${id}`, name: 'Ірина Бондар', role: 'decision_maker', phones: ['+380501234567'] } },
    { type: 'invoice.issued', data: { invoice_id: `inv-${id}`, client_id: id, number: `РФ-${next}`, issued_on: day(-40), due_on: day(-20), amount: { amount_minor: 4_500_000, currency: 'UAH' } }, time: new Date(Date.now() - 40 * 86_400_000) },
    { type: 'call.completed', data: { call_id: `k-${id}`, direction: 'outbound', client_id: id, manager_id: 'm-1', duration_s: 75, talk_s: 60, outcome: 'answered' }, time: new Date(Date.now() - 30_000) },
  ]);
  await page.goto(`${house.url}/#/client/${id}`);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Ромашка');
  await expect(page.locator('main time').first()).toBeVisible();
  return id;
}

async function fillOffer(page: Page, subject: string): Promise<void> {
  await page.getByRole('button', { name: 'Пропозиція телефоном' }).click();
  await page.getByLabel('Що запропоновано').fill(subject);
}
const submit = (page: Page) => page.getByRole('button', { name: 'Записати', exact: true });
const isPost = (route: Route) => route.request().method() === 'POST';

test('the head, the history and the facts stand at a glance', async ({ page, house }) => {
  await openClient(page, house);
  await expect(page.locator('header.head')).toContainText('Олена Коваль');
  await expect(page.locator('header.head')).toContainText('45 000,00 ₴');
  await expect(page.locator('aside')).toContainText('Ірина Бондар');
  await expect(page.locator('.story')).toContainText('з телефонії');
  await expect(page.locator('.gap')).toContainText('днів без подій');
  await page.getByRole('link', { name: /^Дзвінок 1$/ }).click();
  await expect(page.locator('.story li[data-row]')).toHaveCount(1);
  await expect(page).toHaveURL(/kind=call/);
  await page.goBack();
  await expect(page.locator('.story li[data-row]')).not.toHaveCount(1);
});

test('a client of nobody is shown, and of a contact who is erased nothing but that', async ({ page, house }) => {
  await house.recordAll([
    { type: 'client.registered', data: { client_id: 'c-nobodys', name: 'ТОВ «Нічия»' } },
    { type: 'contact_person.set', data: { client_id: 'c-nobodys', person_id: 'p-gone', name: 'Оксана Зникла', role: 'user', phones: ['+380507654321'] } },
  ]);
  await page.goto(`${house.url}/#/client/c-nobodys`);
  await expect(page.locator('aside')).toContainText('Оксана Зникла');
  await expect(page.locator('aside')).toContainText('+380507654321');
  await house.record('data_subject.erased', { client_id: 'c-nobodys', person_id: 'p-gone', manager_id: 'm-1', ground: 'objection', approved_by: 'm-2' });
  // The views are made anew behind the event, and no event says that they are: who opens the card then sees it.
  await expect(async () => {
    await page.reload();
    await expect(page.locator('aside')).toContainText('стерто', { timeout: 2000 });
  }).toPass({ timeout: 30_000 });
  await expect(page.locator('main')).not.toContainText('Зникла');
  await expect(page.locator('main')).not.toContainText('507654321');
  await expect(page.locator('.story')).toContainText('Дані стерто');
});

test('12: by the keyboard alone: record an offer, void it with a reason, see it struck through', async ({ page, house }) => {
  const id = await openClient(page, house);
  await page.keyboard.press('Digit2');
  await expect(page.getByLabel('Що запропоновано')).toBeFocused();
  await page.keyboard.type('папір А4');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('status').filter({ hasText: 'Записано' })).toContainText('позиція');
  expect(await house.entries(id, 'offer_phoned')).toHaveLength(1);
  await tabTo(page, /^Скасувати$/, 'Shift+Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toContainText('папір А4');
  for (let step = 0; step < 20 && !(await page.getByLabel('помилка у записі').evaluate((node) => node === document.activeElement)); ++step) await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await house.entries(id, 'offer_phoned')).length).toBe(0);
  await expect(page.locator('.story')).toContainText('Показати ще 1 скасований');
  await tabTo(page, /^Показати ще 1 скасований$/);
  await page.keyboard.press('Enter');
  await expect(page.locator('.story li.struck')).toContainText('папір А4');
  await expect(page.locator('.story li.struck')).toContainText(/скасовано .*: помилка у записі/);
});

test('a reason is asked for before it is sent by Ctrl+Enter, and recorded once it is given', async ({ page, house }) => {
  const id = await openClient(page, house);
  await fillOffer(page, 'папір А5');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('status').filter({ hasText: 'Записано' })).toContainText('позиція');
  await page.getByRole('button', { name: 'Скасувати', exact: true }).first().click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await expect(dialog.getByText('Помилка: оберіть або напишіть причину.')).toBeVisible();
  await expect(dialog.getByRole('radio').first()).toBeFocused();
  await dialog.getByRole('textbox').fill('не той клієнт, говорили з «Рутою»');
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toHaveCount(0);
  await expect.poll(async () => (await house.entries(id, 'offer_phoned')).length).toBe(0);
});

test('rows of the history by J and K, a row opened by Enter, taken back by V', async ({ page, house }) => {
  const id = await openClient(page, house);
  await fillOffer(page, 'папір А6');
  await page.keyboard.press('Control+Enter');
  await expect(page.locator('.story li[data-row]', { hasText: 'папір А6' })).toHaveCount(1);
  const offer = page.locator('.story li[data-row]', { hasText: 'папір А6' });
  for (let step = 0; step < 10 && !(await offer.evaluate((row) => row === document.activeElement)); ++step) await page.keyboard.press('j');
  await expect(offer).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(offer.getByRole('button', { name: 'Виправити' })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(offer.getByRole('button', { name: 'Виправити' })).toHaveCount(0);
  await page.keyboard.press('v');
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('папір А6');
  await dialog.getByLabel('помилка у записі').check();
  await page.keyboard.press('Control+Enter');
  await expect.poll(async () => (await house.entries(id, 'offer_phoned')).length).toBe(0);
});

test('the sums of the head open to their documents', async ({ page, house }) => {
  const id = await openClient(page, house);
  await house.recordAll([{ type: 'invoice.issued', data: { invoice_id: `due-${id}`, client_id: id, number: `РФ-due-${id}`, issued_on: day(-2), due_on: day(20), amount: { amount_minor: 100_000, currency: 'UAH' } } }]);
  const dialog = page.getByRole('dialog');
  await page.locator('[data-focus="figure balance.UAH"]').click();
  await expect(dialog.locator('tbody tr')).toHaveCount(2);
  await expect(dialog).toContainText(`РФ-due-${id}`);
  await page.keyboard.press('Escape');
  await expect(page.locator('[data-focus="figure balance.UAH"]')).toBeFocused();
  await page.locator('[data-focus="figure overdue.UAH"]').click();
  await expect(dialog.locator('tbody tr')).toHaveCount(1);
  await expect(dialog).not.toContainText(`РФ-due-${id}`);
  await expect(page).toHaveURL(/figure=overdue\.UAH/);
  expect(await breaches(page)).toEqual([]);
});

test('what is missing is said at the top and at the field, and the focus goes there', async ({ page, house }) => {
  await openClient(page, house);
  await page.getByRole('button', { name: 'Обіцянка оплати' }).click();
  await expect(page.getByLabel('Сума обіцянки')).toHaveValue('45000.00');
  await page.getByLabel('Сума обіцянки').fill('багато');
  await submit(page).click();
  await expect(page.getByRole('alert')).toBeFocused();
  await expect(page.getByRole('alert')).toContainText('Помилка');
  await expect(page.getByText('Помилка: Вкажіть додатну суму')).toBeVisible();
  await page.getByRole('alert').getByRole('link').click();
  await expect(page.getByLabel('Сума обіцянки')).toBeFocused();
});

/** What the browser keeps of forms that are not sent. */
const draftsOf = (page: Page): Promise<string> =>
  page.evaluate(
    () =>
      new Promise<string>((found, lost) => {
        const opening = indexedDB.open('ledger-drafts');
        opening.onerror = () => lost(opening.error);
        opening.onsuccess = () => {
          const all = opening.result.transaction('drafts').objectStore('drafts').getAll();
          all.onsuccess = () => {
            opening.result.close();
            found(JSON.stringify(all.result));
          };
        };
      }),
  );

test('a form keeps its text and its id through a reload', async ({ page, house }) => {
  const id = await openClient(page, house);
  await fillOffer(page, 'фарба фасадна');
  await expect.poll(() => draftsOf(page)).toContain('фарба фасадна');
  await page.reload();
  await page.getByRole('button', { name: 'Пропозиція телефоном' }).click();
  await expect(page.getByLabel('Що запропоновано')).toHaveValue('фарба фасадна');
  await submit(page).click();
  await expect.poll(async () => (await house.entries(id, 'offer_phoned')).length).toBe(1);
});

test('4: a double click is one event', async ({ page, house }) => {
  const id = await openClient(page, house);
  await fillOffer(page, 'двічі');
  await submit(page).dblclick();
  await expect(page.getByRole('status').filter({ hasText: 'Записано' })).toBeVisible();
  expect(await house.entries(id, 'offer_phoned')).toHaveLength(1);
});

test('4: a reload while it is on its way is one event', async ({ page, house }) => {
  const id = await openClient(page, house);
  await page.route('**/v1/events', (route) => (isPost(route) ? undefined : route.continue()));
  await fillOffer(page, 'у дорозі');
  await submit(page).click();
  await expect(page.getByRole('list', { name: 'Ще не в журналі' })).toContainText('очікує підтвердження');
  await page.reload();
  await page.unroute('**/v1/events');
  await expect.poll(async () => (await house.entries(id, 'offer_phoned')).length).toBe(1);
  await expect(page.getByRole('list', { name: 'Ще не в журналі' })).toBeHidden();
});

test('4: where the answer is lost one asks first, and it is one event', async ({ page, house }) => {
  const id = await openClient(page, house);
  const asked: string[] = [];
  page.on('request', (request) => (request.method() === 'POST' ? asked.push(new URL(request.url()).pathname) : undefined));
  let lost = 0;
  await page.route('**/v1/events', async (route) => {
    if (!isPost(route) || lost++ > 0) return route.continue();
    await route.fetch();
    return route.abort('connectionreset');
  });
  await fillOffer(page, 'без відповіді');
  await submit(page).click();
  await expect(page.getByRole('status').filter({ hasText: 'Записано' })).toBeVisible();
  expect(asked).toEqual(['/v1/events', '/v1/events/check', '/v1/events']);
  expect(await house.entries(id, 'offer_phoned')).toHaveLength(1);
});

test('another body under the same id stops, and both versions are shown', async ({ page, house }) => {
  const id = await openClient(page, house);
  let first = true;
  await page.route('**/v1/events', async (route) => {
    if (!isPost(route) || !first) return route.continue();
    first = false;
    await route.fetch({ postData: route.request().postData()!.replace('моя версія', 'інша версія') });
    return route.abort('connectionreset');
  });
  await fillOffer(page, 'моя версія');
  await submit(page).click();
  await page.getByRole('button', { name: '1 запис потребує уваги' }).click();
  const row = page.getByRole('dialog').getByRole('row', { name: /subject/ });
  await expect(row).toContainText('моя версія');
  await expect(row).toContainText('інша версія');
  expect(await house.entries(id, 'offer_phoned')).toHaveLength(1);
});

test('5: three records without a network, signed out meanwhile: three events, when they were pressed', async ({ page, context, house }) => {
  const id = await openClient(page, house);
  await context.setOffline(true);
  for (const subject of ['перша', 'друга', 'третя']) {
    await fillOffer(page, subject);
    await submit(page).click();
    await expect(page.getByRole('dialog')).toBeHidden();
  }
  await expect(page.getByRole('button', { name: '3 записи чекають мережі' })).toBeVisible();
  const pressedBy = Date.now();
  let refused = 0;
  await page.route('**/v1/events*', (route) => {
    if (!isPost(route) || refused++ > 0) return route.continue();
    return route.fulfill({ status: 401, contentType: 'application/problem+json', body: '{"type":"urn:salesledger:problem:unauthenticated","status":401}' });
  });
  await context.setOffline(false);
  await expect.poll(async () => (await house.entries(id, 'offer_phoned')).length, { timeout: 40_000 }).toBe(3);
  const found = await house.entries(id, 'offer_phoned');
  expect(found.map((each) => each.text)).toEqual(['третя', 'друга', 'перша']);
  for (const each of found) expect(Date.parse(each.time)).toBeLessThan(pressedBy);
  expect(refused).toBeGreaterThan(1);
});

test('a correction has its reason, and the earlier version stays beside it', async ({ page, house }) => {
  const id = await openClient(page, house);
  await fillOffer(page, 'папір А3');
  await submit(page).click();
  await expect(page.locator('.story li', { hasText: 'папір А3' })).toHaveCount(1);
  await page.locator('.story li', { hasText: 'папір А3' }).getByRole('button', { name: /Деталі/ }).click();
  await page.getByRole('button', { name: 'Виправити' }).click();
  await page.getByLabel('Що запропоновано').fill('папір А4');
  await page.getByLabel('Причина виправлення').fill('не той формат');
  await submit(page).click();
  const now = page.locator('.story li:not(.struck)', { hasText: 'папір А4' });
  await expect(now).toContainText(/виправлено .*: не той формат/);
  await expect(now.locator('.change')).toHaveText(/предмет:\s*папір А3\s*→\s*папір А4/);
  await page.getByRole('link', { name: 'Показати ще 1 скасований' }).click();
  const before = page.locator('.story li.struck', { hasText: 'папір А3' });
  await expect(before).toContainText(/попередня версія, виправлено .*: не той формат/);
  expect((await house.entries(id, 'offer_phoned')).map((each) => each.text)).toEqual(['папір А4']);
});

test('a correction that waits for a second person is approved, once, and says what it does', async ({ page, house }) => {
  const id = await openClient(page, house);
  const paid = { bank_reference: `pay-${id}`, our_account: '26007233566001', client_id: id, amount: { amount_minor: 45_000, currency: 'UAH' }, booked_on: day(-2) };
  await house.recordAll([{ type: 'payment.received', id: `pay-${id}`, source: 'bank/main', data: paid }]);
  await house.recordAll([
    { type: 'correction.proposed', source: 'people/o.koval', id: `ask-${id}`, data: { target_source: 'bank/main', target_id: `pay-${id}`, reason: 'сума з виписки інша', manager_id: 'm-1', data: { ...paid, amount: { amount_minor: 54_000, currency: 'UAH' } } } },
  ]);
  const waiting = page.locator(`.of li`);
  await expect(waiting).toContainText('сума з виписки інша');
  await expect(waiting.locator('.change')).toHaveText(/450,00\s₴\s*→\s*540,00\s₴/);
  expect(await breaches(page)).toEqual([]);
  await page.goto(`${house.url}/#/unmatched?tab=corrections`);
  await expect(page.getByRole('link', { name: /^Виправлення/ })).toContainText('1');
  await expect(page.locator('main li[data-row]')).toContainText('сума з виписки інша');
  await page.goto(`${house.url}/#/client/${id}`);
  await waiting.getByRole('button', { name: 'Затвердити' }).click();
  await expect(page.getByRole('dialog')).toContainText('звіти й борги перерахуються');
  await page.getByRole('dialog').getByRole('button', { name: 'Затвердити' }).dblclick();
  type Open = { total: number };
  await expect.poll(async () => (await house.ask<Open>(`/v1/proposals/corrections?client=${id}`)).total).toBe(0);
  await house.settled();
  const { accounts } = await house.ask<{ accounts: { unallocated_minor: number; balance_minor: number }[] }>(`/v1/clients/${id}/receivables`);
  expect(accounts).toMatchObject([{ balance_minor: 4_500_000 - 54_000 }]);
});

test('11: no breach of WCAG, in both languages and themes', async ({ page, house }) => {
  await openClient(page, house);
  await accessible(page, new URL(page.url()).hash, /Ромашка/);
  await page.getByRole('button', { name: 'Complaint' }).first().click();
  await expect(page.getByRole('dialog')).toBeVisible();
  expect(await breaches(page)).toEqual([]);
});
