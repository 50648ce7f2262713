import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ended, ledgerd, type Started } from './ledgerd';

// A small house of two managers: a month of calls, debts of every age, and a client whose act of the
// last month fills three pages. Dates are by today, since the server's clock is.
export const kyivDay = (time = new Date()) => new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Kyiv' }).format(time);
export const plus = (day: string, days: number) => new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
export const today = kyivDay();
export const lastMonth = plus(`${today.slice(0, 7)}-01`, -1).slice(0, 7);
/** Its first days that are no Saturday and no Sunday. */
export const workDays = Array.from({ length: 20 }, (_, index) => plus(`${lastMonth}-01`, index)).filter((day) => new Date(`${day}T00:00:00Z`).getUTCDay() % 6 !== 0);

export const kInvoices = 110;

interface Sent {
  id: string;
  type: string;
  data: Record<string, unknown>;
  day?: string;
  hour?: number;
}

const uah = (minor: number, currency = 'UAH') => ({ amount_minor: minor, currency });

function facts(): Sent[] {
  const invoice = (id: string, client: string, issued: string, due: string, minor: number, currency = 'UAH'): Sent => ({
    id: `invoice-${id}`,
    type: 'invoice.issued',
    day: issued,
    data: { invoice_id: id, number: `РФ-${id}`, client_id: client, issued_on: issued, due_on: due, amount: uah(minor, currency) },
  });
  const managers = [
    { manager_id: 'm-1', name: 'Олена Коваль', department: 'гурт', hired_on: '2025-03-03' },
    { manager_id: 'm-2', name: 'Петро Шевчук', department: 'роздріб', hired_on: '2025-03-03' },
  ];
  const clients = [
    ['c-1', 'ТОВ «Ромашка»', 'm-1'],
    ['c-2', 'ПП «Вектор»', 'm-2'],
    ['c-3', 'ФОП Мороз Олена', 'm-2'],
    ['c-4', 'ТОВ «Явір»', 'm-1'],
  ] as const;
  const calls = (day: string, n: number): Sent[] =>
    Array.from({ length: n }, (_, index) => ({
      id: `call-${day}-${index}`,
      type: 'call.completed',
      day,
      hour: 7 + index,
      data: { call_id: `call-${day}-${index}`, direction: 'outbound', client_id: clients[index]![0], manager_id: 'm-1', duration_s: 90, talk_s: 60, outcome: 'answered' },
    }));
  return [
    ...managers.map((data) => ({ id: `hired-${data.manager_id}`, type: 'manager.hired', day: '2025-03-03', data })),
    ...clients.map(([client_id, name]) => ({ id: `card-${client_id}`, type: 'client.registered', day: '2025-03-03', data: { client_id, name } })),
    ...clients.map(([client_id, , manager_id]) => ({ id: `owner-${client_id}`, type: 'client.assigned', day: '2025-03-03', data: { client_id, manager_id, effective_from: '2025-03-03' } })),
    ...Array.from({ length: kInvoices }, (_, index) => invoice(`1${String(index).padStart(3, '0')}`, 'c-1', plus(`${lastMonth}-01`, index % 25), plus(today, 10), 100_000 + index)),
    ...[5, 40, 70, 200].map((days) => invoice(`2${days}`, 'c-2', plus(today, -days - 14), plus(today, -days), days * 1_000_01)),
    invoice('300', 'c-3', plus(today, -20), plus(today, -6), 12_345, 'USD'),
    { id: 'paid-1', type: 'payment.received', day: plus(today, -3), data: { bank_reference: 'pay-1', our_account: '26007233566001', client_id: 'c-1', amount: uah(50_000), booked_on: plus(today, -3), purpose: 'Оплата' } },
    { id: 'promised', type: 'promise_to_pay.made', day: plus(today, -5), data: { promise_id: 'promise-1', client_id: 'c-2', manager_id: 'm-2', made_on: plus(today, -5), due_on: plus(today, 5), amount: uah(500_000) } },
    { id: 'away', type: 'absence.recorded', day: plus(`${lastMonth}-01`, -1), data: { absence_id: 'vac-1', manager_id: 'm-2', kind: 'vacation', from: workDays[0], to: workDays[2] } },
    ...calls(workDays[0]!, 4),
    ...calls(workDays[1]!, 2),
  ];
}

export class House {
  #server: Started | undefined;
  #data = mkdtempSync(join(tmpdir(), 'ledger-e2e-'));

  async start(): Promise<this> {
    const company = { LEDGER_COMPANY_NAME: 'ТОВ «Гурт»', LEDGER_COMPANY_CODE: '32855961', LEDGER_COMPANY_SIGNATORY: 'Марія Левченко', LEDGER_COMPANY_POST: 'директор' };
    this.#server = await ledgerd(this.#data, '127.0.0.1:0', 'off', [], company);
    let last = '';
    for (const each of facts()) last = await this.post(each);
    await this.get(`/v1/quotas?at_least=${last}&max_wait=30000`);
    return this;
  }

  get url(): string {
    return this.#server!.url;
  }

  async stop(): Promise<void> {
    if (this.#server) await ended(this.#server);
    rmSync(this.#data, { recursive: true, force: true });
  }

  /** The position that it got. */
  async post({ id, type, data, day, hour = 9 }: Sent): Promise<string> {
    const body = { specversion: '1.0', id, source: 'house/crm', type: `org.salesledger.${type}.v1`, time: day ? `${day}T${String(hour).padStart(2, '0')}:00:00Z` : new Date().toISOString(), data };
    const answer = await fetch(`${this.url}/v1/events`, { method: 'POST', headers: { 'Content-Type': 'application/cloudevents+json' }, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${id}: ${answer.status} ${await answer.text()}`);
    return ((await answer.json()) as { position: string }).position;
  }

  async get<T>(path: string): Promise<T> {
    const answer = await fetch(`${this.url}${path}`);
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  }
}
