import type { Page } from '@playwright/test';
import { breaches, day, expect, test, type House } from './house';

// A page of 100 rows comes by portions (budgets.spec.ts weighs them): whoever looks for a row finds it as if it had not.
let isSeeded = false;
async function seed(house: House): Promise<void> {
  if (isSeeded) return;
  isSeeded = true;
  await house.client('c-1401', 'ТОВ «Сто рядків»');
  await house.recordAll(
    Array.from({ length: 120 }, (_, index) => ({
      type: 'complaint.opened',
      data: { complaint_id: `p-${index}`, client_id: 'c-1401', manager_id: 'm-1', kind: 'quality', text: `рядок № ${index}`, due_on: day((index % 40) - 20) },
    })),
  );
}
test.beforeEach(async ({ house }) => seed(house));
const kList = '#/obligations?manager=m-1&kind=complaint';
const rowsOf = (page: Page) => page.locator('tbody tr[data-row]');

/** Does it as soon as the first rows are there, before any other is. */
const atOnce = (page: Page, act: string) =>
  page.addInitScript((act) => {
    const counts: number[] = [];
    (window as unknown as { counts: number[] }).counts = counts;
    const count = () => counts.push(document.querySelectorAll('tbody tr[data-row]').length);
    document.addEventListener('DOMContentLoaded', () =>
      new MutationObserver((_, observer) => {
        if (!document.querySelector('tbody tr[data-row]')) return;
        observer.disconnect();
        count();
        if (act) window.dispatchEvent(new Event(act));
        count();
      }).observe(document.body, { childList: true, subtree: true }),
    );
  }, act);
const counts = (page: Page) => page.evaluate(() => (window as unknown as { counts: number[] }).counts);

test('the screen is full at once, the rest follows, and readers are told when all is there', async ({ page, house }) => {
  await atOnce(page, '');
  await page.goto(`${house.url}/${kList}`);
  await expect(rowsOf(page)).toHaveCount(100);
  const [first] = await counts(page);
  expect(first).toBeGreaterThan(10);
  expect(first).toBeLessThan(50);
  await expect(page.locator('main [aria-busy=true]')).toHaveCount(0);
  await expect(page.locator('tbody')).toHaveCount(1);
  expect(await breaches(page)).toEqual([]);
});

test('paper has all rows, whenever it is asked for', async ({ page, house }) => {
  await atOnce(page, 'beforeprint');
  await page.goto(`${house.url}/${kList}`);
  await expect(rowsOf(page).first()).toBeVisible();
  const [before, after] = await counts(page);
  expect(before).toBeLessThan(50);
  expect(after).toBe(100);
});

test('a link to a row far down shows its details', async ({ page, house }) => {
  await page.goto(`${house.url}/${kList}`);
  const key = (await rowsOf(page).nth(95).getAttribute('data-row'))!;
  await page.goto('about:blank');
  await page.goto(`${house.url}/${kList}&row=${encodeURIComponent(key)}`);
  await expect(rowsOf(page).nth(95)).toHaveAttribute('data-row', key);
  await expect(rowsOf(page).nth(95).locator('xpath=following-sibling::tr[1]')).toContainText(key.split(' ').at(-1)!);
});

test('Back to a row far down is there in one step', async ({ page, house }) => {
  await page.goto(`${house.url}/${kList}`);
  await expect(rowsOf(page)).toHaveCount(100);
  const link = rowsOf(page).nth(90).getByRole('link').first();
  await link.scrollIntoViewIfNeeded();
  const scroll = await page.evaluate(() => window.scrollY);
  expect(scroll).toBeGreaterThan(1500);
  await link.click();
  await expect(page).toHaveURL(/#\/client\//);
  const first = await page.evaluate(
    () =>
      new Promise<number>((told) => {
        new MutationObserver((_, observer) => {
          const { length } = document.querySelectorAll('tr[data-row^="complaint "]');
          if (length === 0) return;
          observer.disconnect();
          told(length);
        }).observe(document.body, { childList: true, subtree: true });
        history.back();
      }),
  );
  expect(first).toBeGreaterThan(90);
  await expect(link).toBeFocused();
  expect(Math.abs((await page.evaluate(() => window.scrollY)) - scroll)).toBeLessThanOrEqual(1);
});

test('by the keyboard one walks from the first row to the last', async ({ page, house }) => {
  await page.goto(`${house.url}/${kList}`);
  await expect(rowsOf(page)).toHaveCount(100);
  for (let step = 0; step < 100; ++step) await page.keyboard.press('KeyJ');
  await expect(rowsOf(page).nth(99)).toBeFocused();
  await page.keyboard.press('KeyK');
  await expect(rowsOf(page).nth(98)).toBeFocused();
});
