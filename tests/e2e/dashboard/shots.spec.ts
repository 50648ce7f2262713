import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { day, expect, test, type House } from './house';

// `LEDGER_SHOTS=DIR npm run screenshots`: the pictures of the README, of a house that is made here. They show the
// last working day that is over, so runs of one day are alike.
const shots = process.env.LEDGER_SHOTS;
const isWork = (date: string) => new Date(`${date}T12:00:00Z`).getUTCDay() % 6 !== 0;
const shown = [-1, -2, -3].map(day).find(isWork)!;
const uah = (amount_minor: number) => ({ amount_minor, currency: 'UAH' });

const kNames = ['Олена Коваль', 'Петро Шевчук', 'Ганна Мельник', 'Ігор Бойко', 'Юлія Поліщук', 'Сергій Лисенко', 'Тетяна Кравець', 'Андрій Ткаченко', 'Наталія Гончар', 'Дмитро Савчук'];
const kClients = ['ТОВ «Барвінок-Трейд»', 'ПП «Вектор»', 'ТОВ «Калина»', 'ФОП Мороз Олена', 'ТОВ «Явір-Буд»', 'ПП «Світанок»', 'ТОВ «Терен»', 'ТОВ «Полісся-Опт»'];

const kParts = ['Захід', 'Схід', 'Південь', 'Північ', 'Центр', 'Поділля', 'Полісся', 'Волинь', 'Буг', 'Дніпро'];
// No two alike, or each card would say that the other may be the same.
const nameOf = (manager: number, n: number) => (manager === 0 && n < kClients.length ? kClients[n]! : `ТОВ «${kParts[manager]}-${['Опт', 'Буд', 'Торг', 'Сервіс', 'Лайн', 'Груп'][n % 6]} ${n + 1}»`);

let last = 0;
const at = (minutes: number) => new Date(Date.parse(`${shown}T06:00:00Z`) + minutes * 60_000);
const person = (index: number) => `m-${index + 1}`;

function work(manager: string, client: (n: number) => string, calls: number, emails: number, phoned: number) {
  const call = (n: number) => ({
    type: 'call.completed',
    source: 'asterisk/main',
    id: `shot-call-${++last}`,
    time: at(n % 240),
    data: { call_id: `shot-call-${last}`, direction: 'outbound', client_id: client(n), manager_id: manager, duration_s: 60 + n, talk_s: 30 + n, outcome: 'answered' },
  });
  const phone = (n: number) => ({ type: 'offer.phoned', id: `shot-phoned-${++last}`, time: at(n % 240), data: { client_id: client(n), manager_id: manager, subject: 'папір А4, 200 пачок' } });
  const email = (n: number) => ({
    type: 'offer.emailed',
    source: 'mail/main',
    id: `shot-mail-${++last}`,
    time: at(n % 240),
    data: { message_id: `<${last}@gurt-torg.example>`, sender: 'offers@gurt-torg.example', client_id: client(n), manager_id: manager, recipients: [`office${n}@client.example`], subject: 'Комерційна пропозиція' },
  });
  const times = <T>(n: number, make: (n: number) => T) => Array.from({ length: n }, (_, index) => make(index));
  return [...times(calls, call), ...times(phoned, phone), ...times(emails, email)];
}

async function seed(house: House): Promise<void> {
  const long = new Date(Date.now() - 90 * 86_400_000);
  const client = (manager: number, n: number) => `c-${manager}-${n % 36}`;
  await house.recordAll(kNames.map((name, index) => ({ type: 'manager.hired', data: { manager_id: person(index), name, department: index < 6 ? 'гурт' : 'роздріб', hired_on: '2026-01-05' } })));
  for (let manager = 0; manager < kNames.length; ++manager) {
    await house.recordAll(
      Array.from({ length: 36 }, (_, n) => [
        { type: 'client.registered', data: { client_id: client(manager, n), name: nameOf(manager, n), phones: [`+38050${String(manager * 100 + n).padStart(7, '0')}`], tax_code: undefined }, time: long },
        { type: 'client.assigned', data: { client_id: client(manager, n), manager_id: person(manager), effective_from: '2026-01-05' }, time: long },
      ]).flat(),
    );
    // Each a little otherwise: who is ahead, who is behind.
    await house.recordAll(work(person(manager), (n) => client(manager, n), [31, 22, 12, 34, 26, 9, 30, 17, 24, 0][manager]!, [50, 38, 27, 51, 44, 18, 50, 33, 36, 0][manager]!, [21, 15, 6, 20, 17, 4, 22, 11, 13, 0][manager]!));
  }
  await house.recordAll([{ type: 'absence.recorded', data: { absence_id: 'vac', manager_id: 'm-10', kind: 'vacation', from: shown, to: day(9) } }]);

  const id = client(0, 0);
  const ago = (days: number, hour = 9) => new Date(Date.parse(`${day(-days)}T00:00:00Z`) + hour * 3_600_000);
  const invoice = (n: number, issued: number, due: number, minor: number) => ({ type: 'invoice.issued', data: { invoice_id: `shot-${n}`, number: `РФ-${n}`, client_id: id, issued_on: day(-issued), due_on: day(-due), amount: uah(minor) }, time: ago(issued) });
  await house.recordAll([
    { type: 'contact_person.set', data: { client_id: id, person_id: 'p-1', name: 'Ірина Бондар', role: 'decision_maker', phones: ['+380501234567'] }, time: ago(80) },
    { type: 'contact_person.set', data: { client_id: id, person_id: 'p-2', name: 'Олег Дяченко', role: 'accountant', phones: ['+380509876543'] }, time: ago(80) },
    { type: 'meeting.held', data: { client_id: id, manager_id: 'm-1', topic: 'умови на наступний рік' }, time: ago(41) },
    invoice(118, 34, 20, 4_500_000),
    invoice(131, 12, -18, 2_860_000),
    { type: 'payment.received', source: 'bank/main', id: 'shot-pay', data: { bank_reference: 'shot-pay', our_account: 'UA213223130000026007233566001', client_id: id, amount: uah(1_200_000), booked_on: day(-9), purpose: 'Оплата за рахунком № РФ-118' }, time: ago(9) },
    { type: 'promise_to_pay.made', data: { promise_id: 'shot-promise', client_id: id, manager_id: 'm-1', made_on: day(-6), due_on: day(-1), amount: uah(3_300_000) }, time: ago(6) },
    { type: 'complaint.opened', data: { complaint_id: 'shot-q', client_id: id, manager_id: 'm-1', kind: 'quality', text: 'пошкоджена тара, 4 ящики', due_on: day(2) }, time: ago(3, 11) },
  ]);
}

async function shoot(page: Page, name: string): Promise<void> {
  await expect(page.locator('[data-state=live]').first()).toBeVisible();
  await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
  await page.mouse.move(0, 0);
  // The tint of what changed goes out.
  await expect.poll(() => page.evaluate(() => document.getAnimations().length)).toBe(0);
  const path = join(shots!, name);
  await page.screenshot({ path });
  expect(statSync(path).size).toBeLessThan(150_000);
}

test('@shots the board, light, in Ukrainian; a client’s card, dark, in English', async ({ page, house }) => {
  mkdirSync(shots!, { recursive: true });
  await page.setViewportSize({ width: 1366, height: 520 });
  await seed(house);
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto(`${house.url}/#/quotas?lang=uk&date=${shown}`);
  await expect(page.locator('tbody tr[data-row]')).toHaveCount(kNames.length);
  await shoot(page, 'board.png');
  await page.setViewportSize({ width: 1300, height: 640 });
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto(`${house.url}/#/client/c-0-0?lang=en`);
  await expect(page.locator('.story li[data-row]').first()).toBeVisible();
  await shoot(page, 'client.png');
});
