import type { BrowserContext, Page } from '@playwright/test';
import { breaches, day, expect, test, type House } from './house';

// The main ways of three people, each in both languages, where the server asks who one is. Two departments: the
// supervisor heads one of them, the bookkeeper all.
test.use({ access: 'on' });

type Lang = 'uk' | 'en';
const kLangs: readonly Lang[] = ['uk', 'en'];
const kPassword = 'довгий-пароль-2026';
const kPrincipals = ['o.lysenko', 'o.koval', 'm.levchenko', 'a.hrytsenko'] as const;
type Person = (typeof kPrincipals)[number];
const lastMonth = new Date(Date.parse(`${day().slice(0, 7)}-01T00:00:00Z`) - 86_400_000).toISOString().slice(0, 7);
const uah = (amount_minor: number) => ({ amount_minor, currency: 'UAH' });
const ago = (days: number) => new Date(Date.now() - days * 86_400_000);

let isSeeded = false;

function people(house: House): void {
  const add = (id: Person, ...words: string[]) => house.ctl(['people', 'add', id, ...words]);
  add('o.lysenko', '--role', 'head', '--name', 'Оксана Лисенко', '--manager', 'm-head', '--department', 'гурт');
  add('o.koval', '--role', 'manager', '--name', 'Олена Коваль', '--manager', 'm-1');
  add('m.levchenko', '--role', 'head', '--name', 'Марія Левченко', '--manager', 'm-books', '--department', '*');
  add('a.hrytsenko', '--role', 'auditor', '--name', 'Андрій Гриценко');
  for (const each of kPrincipals) house.ctl(['people', 'password', each], `${kPassword}\n`);
}

async function seed(house: House): Promise<void> {
  if (isSeeded) return;
  isSeeded = true;
  const hired = (manager_id: string, name: string, department: string) => ({ type: 'manager.hired', data: { manager_id, name, department, hired_on: '2026-01-05' } });
  await house.recordAll([hired('m-head', 'Оксана Лисенко', 'гурт'), hired('m-books', 'Марія Левченко', 'бухгалтерія'), hired('m-3', 'Ігор Бойко', 'роздріб')]);
  people(house);
  await house.client('c-901', 'ТОВ «Ромашка»', 'm-1');
  await house.client('c-902', 'ПП «Вектор»', 'm-2');
  await house.client('c-903', 'ТОВ «Явір»', 'm-3');
  await house.client('c-904', 'ТОВ «Калина»', 'm-1');
  await house.recordAll([
    ...['c-901', 'c-902', 'c-903'].map((client_id, index) => ({
      type: 'invoice.issued',
      data: { invoice_id: `inv-${client_id}`, number: `РФ-${client_id.slice(2)}`, client_id, issued_on: `${lastMonth}-03`, due_on: `${lastMonth}-17`, amount: uah(1_000_000 * (index + 1)) },
      time: new Date(`${lastMonth}-03T09:00:00Z`),
    })),
    { type: 'complaint.opened', data: { complaint_id: 'q-901', client_id: 'c-901', manager_id: 'm-1', kind: 'quality', text: 'пошкоджена тара', due_on: day(-2) } },
    { type: 'meeting.held', data: { client_id: 'c-901', manager_id: 'm-1', topic: 'знайомство' }, time: ago(60) },
    { type: 'follow_up.set', data: { follow_up_id: 'f-904', client_id: 'c-904', manager_id: 'm-1', due_on: day(-1), kind: 'callback', subject: 'ціни на папір' } },
    { type: 'call.completed', source: 'asterisk/main', id: 'k-901', data: { call_id: 'k-901', direction: 'outbound', client_id: 'c-901', manager_id: 'm-1', duration_s: 75, talk_s: 60, outcome: 'answered' }, time: new Date(Date.now() - 60_000) },
    ...kLangs.map((lang, index) => ({
      type: 'payment.received',
      id: `pay-${lang}`,
      source: 'bank/main',
      data: { bank_reference: `pay-${lang}`, our_account: 'UA213223130000026007233566001', amount: uah(1_000_000 * (index + 2) - 100), booked_on: day(-1), payer_name: 'ТОВ «Платник»', purpose: `Оплата за рахунком № РФ-90${index + 2}` },
    })),
  ]);
}

/** Signed in by the form, as a person would; what is seen of the sign-in itself is checked too. */
async function signIn(page: Page, house: House, who: Person, lang: Lang): Promise<void> {
  await page.goto(`${house.url}/?#/quotas?lang=${lang}`);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.getByLabel(lang === 'uk' ? 'Логін' : 'Login').fill(who);
  await page.getByLabel(lang === 'uk' ? 'Пароль' : 'Password').fill(kPassword);
  await nobodyShutOut(page);
  await page.getByRole('button', { name: lang === 'uk' ? 'Увійти' : 'Sign in' }).click();
  await expect(page.getByRole('button', { name: lang === 'uk' ? 'Вийти' : 'Sign out' })).toBeVisible();
}

async function nobodyShutOut(page: Page): Promise<void> {
  expect(await breaches(page)).toEqual([]);
}

async function see(page: Page, house: House, link: string, lang: Lang, ready: string | RegExp): Promise<void> {
  await page.goto(`${house.url}/#/${link}${link.includes('?') ? '&' : '?'}lang=${lang}`);
  await expect(page.locator('main')).toContainText(ready);
  await nobodyShutOut(page);
}

/** Who looked at whose card, as the auditor reads it. */
const looks = async (house: House, who: Person) =>
  (await house.ask<{ looks: { principal: string; resource: string; client_id?: string }[] }>(`/v1/access-log?principal=${who}`)).looks;

const csrfOf = (context: BrowserContext) => {
  const told: { path: string; token: string | undefined }[] = [];
  context.on('request', (request) => {
    if (request.method() !== 'GET' && !request.url().endsWith('/v1/session')) told.push({ path: new URL(request.url()).pathname, token: request.headers()['x-csrf-token'] });
  });
  return told;
};

test.beforeEach(async ({ house }) => seed(house));

for (const lang of kLangs) {
  test(`a supervisor, ${lang}: board, drill, month, obligations`, async ({ page, house }) => {
    const opened = async () => (await looks(house, 'o.lysenko')).map((each) => each.client_id);
    const before = await opened();
    await signIn(page, house, 'o.lysenko', lang);
    const board = page.locator('tbody tr[data-row]');
    await expect(board.filter({ hasText: 'Олена Коваль' })).toBeVisible();
    await expect(board.filter({ hasText: 'Ігор Бойко' })).toHaveCount(0);
    await nobodyShutOut(page);
    await page.locator('[data-focus="figure m-1.calls"]').click();
    await expect(page.getByRole('dialog')).toContainText('ТОВ «Ромашка»');
    await nobodyShutOut(page);
    await page.keyboard.press('Escape');

    await see(page, house, 'month', lang, 'Олена Коваль');
    await expect(page.getByRole('grid')).not.toContainText('Ігор Бойко');
    await see(page, house, 'obligations?manager=m-1&kind=complaint', lang, 'пошкоджена тара');
    // A name, and learned without opening anybody's card.
    await expect(page.locator('tbody tr[data-row]').first()).toContainText('ТОВ «Ромашка»');
    await see(page, house, 'receivables', lang, 'ПП «Вектор»');
    await expect(page.locator('main')).not.toContainText('ТОВ «Явір»');
    await see(page, house, 'contacts?manager=m-1', lang, 'ТОВ «Калина»');
    // His people's numbers are masked: a card is opened when one is wanted, and that stands on record.
    await expect(page.locator('tr[data-row="c-904"]')).toContainText('****0904');
    await expect(page.getByRole('link', { name: '+380500000904' })).toHaveCount(0);
    expect(await opened()).toEqual(before);
    await page.getByRole('button', { name: /(Показати номер|Show the number): .*Калина/ }).click();
    await expect(page.getByRole('link', { name: '+380500000904' })).toBeVisible();
    await expect.poll(opened).toEqual(['c-904']);
  });

  test(`a manager, ${lang}: own card, a phoned offer, whom to contact, and not another’s client`, async ({ page, context, house }) => {
    const told = csrfOf(context);
    if (lang === 'uk') await signIn(page, house, 'o.koval', lang);
    else {
      // A link that serves once; the token leaves the address.
      const link = /https?:\/\/\S+/.exec(house.ctl(['people', 'login-link', 'o.koval']))![0];
      await page.goto(`${link}&lang=${lang}`);
      await expect(page).not.toHaveURL(/token/);
      await expect(page.getByRole('button', { name: /^(Вийти|Sign out)$/ })).toBeVisible();
      await page.goto(`${house.url}/#/quotas?lang=${lang}`);
      await page.reload();
    }
    await expect(page.locator('tbody tr[data-row]')).toHaveCount(1);
    await nobodyShutOut(page);

    await see(page, house, 'client/c-901', lang, 'пошкоджена тара');
    await page.getByRole('button', { name: lang === 'uk' ? 'Пропозиція телефоном' : 'Phoned offer', exact: true }).click();
    await page.getByLabel(lang === 'uk' ? 'Що запропоновано' : 'What was offered').fill(`папір ${lang}`);
    await nobodyShutOut(page);
    // Where the answer is lost a manager asks too whether it is there, before it is sent again.
    let lost = lang === 'en' ? 1 : 0;
    await page.route('**/v1/events', async (route) => {
      if (route.request().method() !== 'POST' || lost-- <= 0) return route.continue();
      await route.fetch();
      return route.abort('connectionreset');
    });
    const found = lang === 'en' ? page.waitForResponse('**/v1/events/check') : undefined;
    await page.keyboard.press('Control+Enter');
    expect(((await (await found)?.json()) as { items: { found: string }[] } | undefined)?.items[0]?.found).toBe(lang === 'en' ? 'known' : undefined);
    await expect.poll(async () => (await house.entries('c-901', 'offer_phoned')).map((each) => each.text)).toContain(`папір ${lang}`);
    // The browser tells of a request when it gets to it, which may be after the server has answered.
    await expect.poll(() => told.map((each) => each.path)).toContain('/v1/events');
    for (const each of told) expect(each.token, each.path).toMatch(/^[\w-]{16,}$/);

    await see(page, house, 'contacts', lang, 'ТОВ «Калина»');
    await expect(page.getByRole('link', { name: '+380500000904' })).toHaveAttribute('href', 'tel:+380500000904');
    expect(await looks(house, 'o.koval')).toEqual([]);

    // Another's: said so, and by whom it can be granted; so is a page that is for others.
    for (const link of ['client/c-903', 'audit/access', 'sources?tab=quarantine']) await see(page, house, link, lang, lang === 'uk' ? 'Надати його може адміністратор або керівник відділу' : 'An administrator or the head of department can grant it');
    await expect(page.locator('main')).not.toContainText('Явір');
  });

  test(`a bookkeeper, ${lang}: receivables, a payment accepted in her own name, an act printed`, async ({ page, context, house }) => {
    const told = csrfOf(context);
    await signIn(page, house, 'm.levchenko', lang);
    await see(page, house, 'receivables', lang, 'ТОВ «Явір»');
    const [whose, name] = lang === 'uk' ? ['c-903', 'Явір'] : ['c-901', 'Ромашка'];
    const looked = async () => (await looks(house, 'm.levchenko')).filter((each) => each.client_id === whose && each.resource.endsWith('/receivables')).length;
    expect(await looked()).toBe(0);
    // Who opens a sum looks at the client's debt, and that stands on record.
    await page.locator(`[data-focus="figure ${whose}.UAH.balance"]`).click();
    await expect(page.getByRole('dialog')).toContainText(name);
    await expect.poll(looked).toBe(1);

    await see(page, house, 'unmatched?tab=payments', lang, lang === 'uk' ? 'Вирішує: Марія Левченко' : 'Decides: Марія Левченко');
    const row = page.locator('tbody tr[data-row]').filter({ hasText: lang === 'uk' ? 'РФ-902' : 'РФ-903' });
    await row.getByRole('button', { name: lang === 'uk' ? /^1?\s*Прийняти/ : /^1?\s*Accept/ }).first().click();
    await expect(row.locator('[data-outcome=done]')).toBeVisible();
    await nobodyShutOut(page);
    type Fact = { fact: { match: { client_id: string; manager_id: string } } };
    const position = await row.getAttribute('data-row');
    await house.settled();
    expect((await house.ask<Fact>(`/v1/unmatched/${position}`)).fact.match).toMatchObject({ client_id: lang === 'uk' ? 'c-902' : 'c-903', manager_id: 'm-books' });
    for (const each of told) expect(each.token, each.path).toMatch(/^[\w-]{16,}$/);

    await see(page, house, `receivables?tab=acts&month=${lastMonth}`, lang, 'ТОВ «Ромашка»');
    const client = lang === 'uk' ? 'c-901' : 'c-902';
    await page.locator(`[data-focus="draft ${client}"]`).click();
    await page.getByRole('dialog').getByRole('button', { name: lang === 'uk' ? 'Скласти акт' : 'Draft an act' }).click();
    await page.getByRole('button', { name: lang === 'uk' ? 'Відкрити акт' : 'Open the act' }).click();
    await expect(page.getByRole('dialog').getByRole('link', { name: lang === 'uk' ? /друк/i : /print/i })).toBeVisible();
    await nobodyShutOut(page);
    const [paper] = await Promise.all([page.waitForEvent('popup'), page.getByRole('dialog').getByRole('link', { name: lang === 'uk' ? /друк/i : /print/i }).click()]);
    await expect(paper.locator('body')).toContainText(lang === 'uk' ? 'ТОВ «Ромашка»' : 'ПП «Вектор»');
    expect(new URL(paper.url()).origin).toBe(new URL(house.url).origin);
    expect((await paper.pdf({ format: 'A4' })).subarray(0, 4).toString()).toBe('%PDF');
  });
}

test('an auditor reads all and is offered nothing to record', async ({ page, house }) => {
  await signIn(page, house, 'a.hrytsenko', 'uk');
  await see(page, house, 'client/c-903', 'uk', 'ТОВ «Явір»');
  await expect(page.getByRole('button', { name: /Пропозиція телефоном|Зустріч/ })).toHaveCount(0);
  await see(page, house, 'unmatched?tab=calls', 'uk', /./);
  await expect(page.getByRole('button', { name: /Прийняти|Інший клієнт|Не наше/ })).toHaveCount(0);
  await see(page, house, 'audit/access', 'uk', 'c-903');
  const look = page.locator('tbody tr[data-row]', { hasText: 'c-903' }).first();
  await expect(look).toContainText('перегляд: ');
  await expect(look).toContainText('ТОВ «Явір»');
  await see(page, house, 'sources', 'uk', 'house/crm');
});

test('a wrong password is refused at the form, and a link serves once', async ({ page, house }) => {
  await page.goto(house.url);
  await page.getByLabel('Логін').fill('o.koval');
  await page.getByLabel('Пароль').fill('не той пароль зовсім');
  await page.getByRole('button', { name: 'Увійти' }).click();
  await expect(page.getByRole('alert')).toContainText('не підходять');
  await expect(page.getByRole('alert')).toBeFocused();
  await nobodyShutOut(page);
  const link = /https?:\/\/\S+/.exec(house.ctl(['people', 'login-link', 'o.koval']))![0];
  await page.goto(link);
  await expect(page.getByRole('button', { name: 'Вийти' })).toBeVisible();
  await page.getByRole('button', { name: 'Вийти' }).click();
  await expect(page.getByRole('button', { name: 'Увійти' })).toBeVisible();
  await page.goto(link);
  await expect(page.getByRole('alert')).toContainText('не підходять');
  await expect(page.getByLabel('Пароль')).toBeVisible();
});
