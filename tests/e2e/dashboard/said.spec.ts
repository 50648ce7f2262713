import type { Page } from '@playwright/test';
import { accessible, day, expect, test, type House } from './house';
import { outOfReach } from './looks';

// What was said to be no client's, and what waits for a second person: full, with the longest of each.
const uah = (amount_minor: number, currency = 'UAH') => ({ amount_minor, currency });
const kPayer = 'Товариство з додатковою відповідальністю «Страхова компанія «Міжрегіональна взаємодопомога та перестрахування»';
const kClient = 'Приватне акціонерне товариство «Всеукраїнська торговельна компанія «Полісся-Опт-Сервіс»';
const kReason = 'платіж за договором оренди складу, помилково зараховано на торговельний рахунок, повернути орендареві до кінця місяця';

const payment = (id: string, minor: number, more: object = {}, currency = 'UAH') => ({
  type: 'payment.received',
  id,
  source: 'bank/main',
  data: { bank_reference: id, our_account: 'UA213223130000026007233566001', amount: uah(minor, currency), booked_on: day(-1), payer_iban: 'UA903052992990004149123456789', ...more },
});
const call = (id: string, phone: string) => ({
  type: 'call.completed',
  id,
  source: 'asterisk/main',
  data: { call_id: id, direction: 'inbound', client_phone_raw: phone, client_phone: phone, manager_extension: '181', duration_s: 40, talk_s: 20, outcome: 'answered' },
});
const letter = (id: string, address: string) => ({ type: 'letter.exchanged', id, source: 'mail/main', data: { message_id: `<${id}@mail.example>`, direction: 'received', address, subject: 'Пропозиція співпраці' } });
const inquiry = (id: string, phone: string) => ({ type: 'inquiry.received', id, source: 'web/site', data: { inquiry_id: id, channel: 'web', phone, text: 'Потрібна робота' } });
const ruled = (kind: 'payment' | 'interaction', target_source: string, target_id: string, nature: string, reason: string) => ({ type: `${kind}.ruled_out`, source: 'people/k.preobrazhenska', id: `ruled-${target_id}`, data: { target_source, target_id, nature, manager_id: 'm-81', reason } });
const proposed = (target_source: string, target_id: string, reason: string, data?: object) => ({ type: 'correction.proposed', source: 'people/k.preobrazhenska', id: `ask-${target_id}`, data: { target_source, target_id, reason, manager_id: 'm-81', ...(data ? { data } : {}) } });

let isSeeded = false;
async function seed(house: House): Promise<void> {
  if (isSeeded) return;
  isSeeded = true;
  await house.record('manager.hired', { manager_id: 'm-81', name: 'Катерина Преображенська-Левченко', department: 'гурт', hired_on: '2026-01-05', extensions: ['181'] });
  await house.client('c-801', kClient, 'm-81');
  const contract = { contract_id: 'k-801', number: 'ДП-2026/РФ-000000801', client_id: 'c-801', manager_id: 'm-81', signed_on: day(-9) };
  const fix = payment('said-fix', 123_456_789_01, { client_id: 'c-801', purpose: 'Оплата за рахунком № РФ-801' });
  await house.recordAll([
    payment('said-bank', 123_456_789_01, { payer_name: kPayer, purpose: `Відшкодування за договором страхування № ${'0123456789'.repeat(6)} згідно з листом від 12.11.2026, без ПДВ` }),
    payment('said-usd', 5_00, { purpose: 'Interest' }, 'USD'),
    call('said-call', '+380441119901'),
    letter('said-mail', 'dyrektor.z.rozvytku.biznesu.ta.partnerskykh.prohram@duzhe-dovha-nazva-pidpryiemstva.example'),
    inquiry('said-inquiry', '+380441119902'),
    { type: 'contract.signed', id: 'said-contract', source: 'people/k.preobrazhenska', data: contract },
    payment('said-void', 45_000, { client_id: 'c-801', purpose: 'Оплата' }),
    fix,
  ]);
  await house.recordAll([
    ruled('payment', 'bank/main', 'said-bank', 'other', kReason),
    ruled('payment', 'bank/main', 'said-usd', 'bank', 'операція банку'),
    ruled('interaction', 'asterisk/main', 'said-call', 'wrong_number', 'шукали перукарню'),
    ruled('interaction', 'mail/main', 'said-mail', 'spam', 'спам, реклама'),
    ruled('interaction', 'web/site', 'said-inquiry', 'other', 'шукали роботу'),
    proposed('people/k.preobrazhenska', 'said-contract', 'договір підписано днем раніше, помилка оператора', { ...contract, signed_on: day(-10), subject: 'папір офісний, канцелярське приладдя та витратні матеріали до друкувальної техніки' }),
    proposed('bank/main', 'said-void', 'це кошти іншого клієнта'),
    proposed('bank/main', 'said-fix', 'платник інший', { ...fix.data, client_id: 'c-801', amount: uah(123_456_788_01), payer_name: kPayer, booked_on: day(-2) }),
  ]);
}
test.beforeEach(async ({ house }) => seed(house));
const row = (page: Page, text: string) => page.locator('main [data-row]').filter({ hasText: text });

for (const [lang, say] of Object.entries({
  uk: { nature: 'помилка номером або адресою', other: 'інше', bank: 'операція банку', call: 'Дзвінок', letter: 'Лист', inquiry: 'Звернення', usd: /5,00\sUSD/, fix: /сума: 123\s456\s789,01\s₴ → 123\s456\s788,01\s₴/, payer: /платник: — → Товариство/, day: /^\d\d\.\d\d\.\d{4} \d\d:\d\d$/, correct: 'Виправити: Договір · № ДП-2026/РФ-000000801', takeBack: /Скасувати: Оплата · 450,00\s₴/, waits: '3 виправлення чекають другої особи', approve: 'Затвердити', means: 'Після цього подію читатимуть' },
  en: { nature: 'a wrong number or address', other: 'something else', bank: 'the bank\'s own booking', call: 'Call', letter: 'Letter', inquiry: 'Inquiry', usd: /USD\s5\.00/, fix: /amount: UAH\s123,456,789\.01 → UAH\s123,456,788\.01/, payer: /payer: — → Товариство/, day: /^\d\d \w{3} \d{4} \d\d:\d\d$/, correct: 'Correct: Contract · № ДП-2026/РФ-000000801', takeBack: /Take back: Payment · UAH\s450\.00/, waits: '3 corrections wait for a second person', approve: 'Approve', means: 'After that the event is read' },
})) {
  test(`${lang}: what is no client’s: what came, what it is, who said so`, async ({ page, house }) => {
    await page.goto(`${house.url}/#/unmatched?tab=ruled_out&lang=${lang}`);
    await expect(row(page, '+380441119901')).toContainText(say.nature);
    await expect(row(page, '+380441119901')).toContainText('шукали перукарню');
    await expect(row(page, '+380441119901')).toContainText(`${say.call} · asterisk/main`);
    await expect(row(page, '+380441119902')).toContainText(`${say.inquiry} · web/site`);
    await expect(row(page, 'dyrektor.z.rozvytku')).toContainText(`${say.letter} · mail/main`);
    await expect(row(page, kPayer)).toContainText(kReason);
    await expect(row(page, kPayer)).toContainText(say.other);
    await expect(row(page, 'Interest')).toContainText(say.usd);
    // The choice alone, in the language of now: its words in the other are no reason.
    await expect(row(page, 'Interest').locator('td').first()).toHaveText(say.bank);
    await expect(row(page, 'Interest')).toContainText('Катерина Преображенська-Левченко');
    await expect(row(page, 'Interest').locator('td time')).toHaveText(say.day);
    for (const width of [390, 1366]) {
      await page.setViewportSize({ width, height: 768 });
      expect(await outOfReach(page), String(width)).toEqual([]);
    }
    // A line of text is not squeezed until its row fills the screen.
    await page.setViewportSize({ width: 390, height: 844 });
    expect((await row(page, '+380441119901').boundingBox())!.height).toBeLessThan(120);
  });

  test(`${lang}: corrections: what is wrong, what it is to say, why, whose`, async ({ page, house }) => {
    await page.goto(`${house.url}/#/unmatched?tab=corrections&lang=${lang}`);
    await expect(page.locator('main')).toContainText(say.waits);
    const contract = row(page, say.correct);
    await expect(contract.getByRole('link', { name: kClient })).toHaveAttribute('href', /#\/client\/c-801/);
    await expect(contract).toContainText('договір підписано днем раніше, помилка оператора');
    await expect(contract.locator('time')).toHaveText(say.day);
    // It came today: nobody has waited for nought days.
    await expect(contract).not.toContainText(/\b0 (днів|days)/);
    await expect(page.locator('main [data-row]').filter({ hasText: say.takeBack })).toContainText('це кошти іншого клієнта');
    const fix = page.locator('main [data-row]').filter({ hasText: 'платник інший' });
    await expect(fix).toContainText(say.fix);
    await expect(fix).toContainText(say.payer);
    await expect(fix.locator('s')).toHaveCount(2);
    for (const width of [390, 1366]) {
      await page.setViewportSize({ width, height: 768 });
      expect(await outOfReach(page), String(width)).toEqual([]);
    }
    await fix.getByRole('button', { name: say.approve }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog).toContainText(kClient);
    await expect(dialog).toContainText(say.fix);
    await expect(dialog).toContainText(say.means);
    await page.keyboard.press('Escape');
    await expect(fix.getByRole('button', { name: say.approve })).toBeFocused();
  });
}

test('11: full as they are, nobody is shut out', async ({ page, house }) => {
  test.setTimeout(180_000);
  await page.goto(`${house.url}/#/unmatched`);
  await accessible(page, '#/unmatched?tab=ruled_out', '+380441119901');
  await accessible(page, '#/unmatched?tab=corrections', 'ДП-2026/РФ-000000801');
});
