import type { Page } from '@playwright/test';
import { day, expect, test, type House } from './house';

// What a role may not do is not offered to it: no link, no part and no button that the server would refuse. Who follows
// a link of another's all the same is told who can grant it.
test.use({ access: 'on' });

const kPassword = 'довгий-пароль-2026';
type Person = 'r.koval' | 'r.lysenko' | 'r.books' | 'r.hrytsenko' | 'r.nobody' | 'r.nowhere';
const uah = (amount_minor: number) => ({ amount_minor, currency: 'UAH' });
const paid = (id: string, minor: number) => ({ type: 'payment.received', id, source: 'bank/main', data: { bank_reference: id, our_account: '26007233566001', client_id: 'c-951', amount: uah(minor), booked_on: day(-2) } });

let isSeeded = false;
async function seed(house: House): Promise<void> {
  if (isSeeded) return;
  isSeeded = true;
  const hired = (manager_id: string, name: string, department: string) => ({ type: 'manager.hired', data: { manager_id, name, department, hired_on: '2026-01-05' } });
  const head = hired('m-rh', 'Оксана Лисенко', 'гурт');
  await house.recordAll([{ ...head, data: { ...head.data, post: 'supervisor' } }, hired('m-rb', 'Марія Левченко', 'бухгалтерія')]);
  const add = (id: Person, ...words: string[]) => house.ctl(['people', 'add', id, ...words]);
  add('r.koval', '--role', 'manager', '--name', 'Олена Коваль', '--manager', 'm-1');
  add('r.lysenko', '--role', 'head', '--name', 'Оксана Лисенко', '--manager', 'm-rh', '--department', 'гурт');
  add('r.books', '--role', 'head', '--name', 'Марія Левченко', '--manager', 'm-rb', '--department', '*');
  add('r.hrytsenko', '--role', 'auditor', '--name', 'Андрій Гриценко');
  for (const each of ['r.koval', 'r.lysenko', 'r.books', 'r.hrytsenko']) house.ctl(['people', 'password', each], `${kPassword}\n`);
  await house.client('c-951', 'ТОВ «Ромашка»', 'm-1');
  await house.client('c-952', 'ПП «Вектор»', 'm-2');
  await house.recordAll([
    paid('paid-951', 45_000),
    { type: 'call.completed', source: 'asterisk/main', id: 'k-951', data: { call_id: 'k-951', direction: 'outbound', client_id: 'c-951', manager_id: 'm-1', duration_s: 75, talk_s: 60, outcome: 'answered' }, time: new Date(Date.now() - 60_000) },
  ]);
}
test.beforeEach(async ({ house }) => seed(house));

async function signIn(page: Page, house: House, who: Person): Promise<void> {
  await page.goto(`${house.url}/?#/quotas?lang=uk`);
  await page.getByLabel('Логін').fill(who);
  await page.getByLabel('Пароль').fill(kPassword);
  await page.getByRole('button', { name: 'Увійти' }).click();
  await expect(page.getByRole('button', { name: 'Вийти' })).toBeVisible();
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Вийти' }).click();
  await expect(page.getByRole('button', { name: 'Увійти' })).toBeVisible();
}

async function openRow(page: Page, house: House, kind: string): Promise<void> {
  await page.goto(`${house.url}/#/client/c-951?kind=${kind}`);
  await page.locator('.story ol li[data-row]').first().getByRole('button', { name: /Деталі/ }).click();
}

for (const [who, hidden] of [
  ['r.koval', ['Журнал', 'Хто що дивився', 'Карантин', 'Відкладені події', 'Виписки банку']],
  ['r.lysenko', ['Журнал', 'Карантин', 'Відкладені події', 'Виписки банку']],
  ['r.books', ['Журнал', 'Карантин', 'Відкладені події']],
  ['r.hrytsenko', []],
] as const) {
  test(`no link of the header and no part of a page is refused: ${who}`, async ({ page, house }) => {
    await signIn(page, house, who);
    const refused: string[] = [];
    page.on('response', (answer) => (answer.status() === 403 ? refused.push(`${page.url().replace(house.url, '')}: ${answer.url().replace(house.url, '')}`) : undefined));
    const offered: string[] = [];
    const hrefs = (of: string) => page.locator(of).evaluateAll((all) => all.map((each) => each.getAttribute('href')!));
    for (const way of await hrefs('header nav a')) {
      // Anew, or the heading may be the last page's.
      await page.goto('about:blank');
      await page.goto(`${house.url}/${way}`);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      offered.push(...(await page.locator('main nav.tabs a').allTextContents()));
      for (const part of await hrefs('main nav a[href]')) {
        await page.goto(`${house.url}/${part}`);
        await expect(page.locator('main [aria-busy=true]')).toHaveCount(0);
      }
    }
    await expect(page.locator('main')).not.toContainText('На це немає права');
    expect(refused).toEqual([]);
    for (const each of ['Журнал', 'Хто що дивився', 'Карантин', 'Відкладені події', 'Виписки банку']) {
      expect(offered.some((label) => label.trim().startsWith(each)), each).toBe(!(hidden as readonly string[]).includes(each));
    }
  });
}

test('of a source a manager is told nothing of the quarantine, a nought neither; a link to it says who can grant it', async ({ page, house }) => {
  await signIn(page, house, 'r.koval');
  await page.goto(`${house.url}/#/sources`);
  await expect(page.locator('tbody tr[data-row]', { hasText: 'asterisk/main' })).toBeVisible();
  await expect(page.getByRole('columnheader', { name: 'Карантин' })).toHaveCount(0);
  await page.goto(`${house.url}/#/sources?tab=quarantine`);
  await expect(page.locator('main')).toContainText('Надати його може адміністратор');
  // The server's own words are English wherever they stand.
  await expect(page.locator('main .trouble [lang=en]')).toContainText('this is for');
});

test('what others told is no manager’s to void; a payment is voided by two, and counts until the second says so', async ({ page, house }) => {
  await signIn(page, house, 'r.koval');
  await openRow(page, house, 'call');
  await expect(page.locator('.story')).toContainText('скасувати його може керівник відділу');
  await expect(page.getByRole('button', { name: 'Скасувати', exact: true })).toHaveCount(0);

  await openRow(page, house, 'payment');
  await expect(page.getByRole('button', { name: 'Скасувати', exact: true })).toHaveCount(0);
  await page.locator('.story ol li[data-row]').first().focus();
  await page.keyboard.press('KeyV');
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('Доти запис чинний');
  await dialog.getByLabel('записано двічі').check();
  await dialog.getByRole('button', { name: 'Запропонувати', exact: true }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Запропоновано скасувати' })).toContainText('позиція');
  await expect(page.locator('.story ol li.struck')).toHaveCount(0);
  await expect(page.locator('.of li')).toContainText('записано двічі');
  type Debts = { accounts: { unallocated_minor: number }[] };
  const free = async () => (await house.ask<Debts>('/v1/clients/c-951/receivables')).accounts[0]?.unallocated_minor ?? 0;
  expect(await free()).toBe(45_000);

  await signOut(page);
  await signIn(page, house, 'r.lysenko');
  await openRow(page, house, 'call');
  await expect(page.getByRole('button', { name: 'Скасувати', exact: true })).toBeVisible();
  await page.goto(`${house.url}/#/unmatched?tab=corrections`);
  await page.getByRole('button', { name: 'Затвердити' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Затвердити' }).click();
  await expect.poll(free).toBe(0);
});

test('what is refused is not struck through: it waits among what needs attention', async ({ page, house }) => {
  await signIn(page, house, 'r.koval');
  await page.goto(`${house.url}/#/client/c-951`);
  await page.getByRole('button', { name: 'Пропозиція телефоном' }).click();
  await page.getByLabel('Що запропоновано').fill('папір А2');
  await page.keyboard.press('Control+Enter');
  const row = page.locator('.story ol li[data-row]', { hasText: 'папір А2' });
  await expect(row).toHaveCount(1);
  await page.route('**/v1/events', (route) =>
    route.fulfill({ status: 403, contentType: 'application/problem+json', body: '{"type":"urn:salesledger:problem:forbidden","status":403,"detail":"no"}' }),
  );
  await row.getByRole('button', { name: /Деталі/ }).click();
  await row.getByRole('button', { name: 'Скасувати', exact: true }).click();
  await page.getByRole('dialog').getByLabel('помилка у записі').check();
  await page.keyboard.press('Control+Enter');
  await expect(page.locator('header').getByRole('button', { name: /потребує уваги|потребують уваги/ })).toBeVisible();
  await expect(row).not.toHaveClass(/struck/);
  await page.locator('header').getByRole('button', { name: /потребує уваги|потребують уваги/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Прочитано, прибрати зі списку' }).click();
  await page.keyboard.press('Escape');
  await expect(row).not.toHaveClass(/struck/);
  await page.unroute('**/v1/events');
});

test('a bookkeeper’s list is of all clients, and of one’s own for a manager, who can ask for all that he sees', async ({ page, house }) => {
  await signIn(page, house, 'r.books');
  await page.goto(`${house.url}/#/client`);
  for (const name of ['ТОВ «Ромашка»', 'ПП «Вектор»']) await expect(page.locator('main tbody')).toContainText(name);
  await page.goto(`${house.url}/#/obligations`);
  await expect(page.getByLabel('Відповідає')).toHaveValue('');
  // An empty list names what it was asked for, and its way out is one.
  await page.goto(`${house.url}/#/client?manager=m-rb&class=A`);
  await expect(page.locator('main')).toContainText('Відповідає Марія Левченко, Клас A');
  await page.getByRole('link', { name: 'Усі менеджери' }).click();
  await expect(page.locator('main tbody')).toContainText('ПП «Вектор»');
  await signOut(page);

  await signIn(page, house, 'r.koval');
  await page.goto(`${house.url}/#/client`);
  await expect(page.locator('main select').first()).toHaveValue('m-1');
  await expect(page.locator('main tbody')).toContainText('ТОВ «Ромашка»');
  await page.locator('main select').first().selectOption({ label: 'Усі менеджери' });
  await expect(page).toHaveURL(/manager=all/);
  await expect(page.locator('main select').first()).toHaveValue('');
});

test('whose list it is stands there before the names have come', async ({ page, house }) => {
  await signIn(page, house, 'r.koval');
  await page.goto('about:blank');
  let free = () => {};
  const held = new Promise<void>((done) => (free = done));
  await page.route('**/v1/quotas*', async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(`${house.url}/#/contacts`);
  const whose = page.getByLabel('Чий список');
  await expect(whose).toHaveValue('m-1');
  await expect(whose.locator('option:checked')).toHaveText('Олена Коваль');
  free();
  await expect(whose).toHaveValue('m-1');
  await page.unroute('**/v1/quotas*');
});

for (const width of [320, 390, 800, 1024, 1366]) {
  test(`how old the figures are, and of which position, is a text at ${width} px`, async ({ page, house }) => {
    await page.setViewportSize({ width, height: 800 });
    await signIn(page, house, 'r.koval');
    const pill = page.locator('header [data-state]');
    for (const words of [/станом на \d\d:\d\d:\d\d/, /позиція/, /відставання/]) await expect(pill.getByText(words)).toBeVisible();
  });
}

test('on touch whatever is pressed is 44 px high', async ({ browser, house }) => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, locale: 'uk-UA' });
  const page = await context.newPage();
  await signIn(page, house, 'r.koval');
  // The button within a field of a date is as high as the field within its border; a link in a line of text is text.
  const low = () =>
    page.locator('header :is(a, button, input), main :is(a, button, input, select, summary)').evaluateAll((all) =>
      all
        .filter((each) => !each.closest('.unseen, .evidence') && each.getClientRects().length > 0 && getComputedStyle(each).display !== 'inline' && !each.matches('.brand, [type=checkbox], [type=radio]'))
        .filter((each) => each.getBoundingClientRect().height < (each.matches('.box button, .no-print a') ? 41.5 : 43.5))
        .map((each) => `${each.tagName} ${(each.textContent || each.getAttribute('aria-label'))!.trim().slice(0, 30)} ${Math.round(each.getBoundingClientRect().height)}`),
    );
  for (const link of ['quotas', 'month', 'receivables', 'receivables?tab=acts', 'client', 'client/c-951', 'contacts', 'obligations', 'unmatched', 'sources', 'audit/client/c-951']) {
    await page.goto(`${house.url}/#/${link}`);
    await expect(page.locator('main [aria-busy=true]')).toHaveCount(0);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    expect.soft(await low(), link).toEqual([]);
  }
  await context.close();
});

test('no debts by what was known then is no all-clear', async ({ page, house }) => {
  await signIn(page, house, 'r.books');
  await page.goto(`${house.url}/#/receivables?known_at=2026-01-02T00:00:00Z`);
  await expect(page.locator('main')).toContainText('чи про них ще не знали');
  await expect(page.locator('main .nothing .ok')).toHaveCount(0);
});

test('who takes a list out is on record, as who looks at another’s card is', async ({ page, house }) => {
  await signIn(page, house, 'r.books');
  await page.goto(`${house.url}/#/obligations`);
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Для програм' }).click()]);
  expect(file.suggestedFilename()).toMatch(/^obligations/);
  type Looks = { looks: { action: string; resource: string }[] };
  const taken = async () => (await house.ask<Looks>('/v1/access-log?principal=r.books')).looks.filter((each) => each.action === 'exported').map((each) => each.resource);
  await expect.poll(taken).toContain('/v1/obligations');
});

test('whom the ledger does not know is told so, and not that there are no debts', async ({ page, house }) => {
  const add = (id: string, ...words: string[]) => {
    house.ctl(['people', 'add', id, ...words]);
    house.ctl(['people', 'password', id], `${kPassword}\n`);
  };
  add('r.nobody', '--role', 'manager', '--name', 'Хтось Новий', '--manager', 'm-none');
  add('r.nowhere', '--role', 'head', '--name', 'Хтось Інший', '--department', 'гурд');
  for (const [who, words] of [['r.nobody', 'Серед менеджерів журналу немає «m-none»'], ['r.nowhere', 'У ваших відділах журнал не бачить нікого']] as const) {
    await signIn(page, house, who);
    await page.goto(`${house.url}/#/receivables`);
    await expect(page.getByRole('status').filter({ hasText: words })).toBeVisible();
    await signOut(page);
  }
  for (const who of ['r.koval', 'r.lysenko'] as const) {
    await signIn(page, house, who);
    await page.goto(`${house.url}/#/receivables`);
    await expect(page.locator('main [aria-busy=true]')).toHaveCount(0);
    await expect(page.getByRole('status').filter({ hasText: 'сторінки можуть бути порожні' })).toHaveCount(0);
    await signOut(page);
  }
});
