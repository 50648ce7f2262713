import type { Page } from '@playwright/test';
import { breaches, day, expect, test } from './house';

// ui-details.md 4 and 6: a date is written as the house writes it, whatever the browser and its zone are set to.
test.use({ locale: 'en-US', timezoneId: 'America/Los_Angeles' });
const words = (iso: string) => iso.split('-').reverse().join('.');
const field = (page: Page) => page.getByRole('textbox', { name: 'День', exact: true });

test('a day is typed, pasted in two writings, stepped by keys, and wrong ones say how to mend them', async ({ page, house }) => {
  await page.goto(`${house.url}/#/quotas?lang=uk`);
  await expect(field(page)).toHaveValue(words(day()));
  await field(page).fill('05.10.2026');
  await field(page).press('Enter');
  await expect(page).toHaveURL(/date=2026-10-05/);
  await field(page).fill('2026-10-07');
  await field(page).press('Tab');
  await expect(page).toHaveURL(/date=2026-10-07/);
  await expect(field(page)).toHaveValue('07.10.2026');
  await field(page).press('ArrowDown');
  await expect(field(page)).toHaveValue('06.10.2026');
  await field(page).press('PageUp');
  await expect(field(page)).toHaveValue('06.11.2026');
  await page.goBack();
  await expect(field(page)).toHaveValue('06.10.2026');

  await field(page).fill('31.02.2026');
  await field(page).press('Enter');
  await expect(field(page)).toHaveAttribute('aria-invalid', 'true');
  await expect(field(page)).toHaveAccessibleDescription(/«31.02.2026»: такого дня чи часу немає в календарі/);
  await expect(page).toHaveURL(/date=2026-10-06/);
  await field(page).fill('колись');
  await field(page).press('Enter');
  await expect(field(page)).toHaveAccessibleDescription(new RegExp(`«колись» не є датою. Напишіть, наприклад, ${words(day())}`));
  expect(await breaches(page)).toEqual([]);
  await field(page).fill('');
  await field(page).press('Enter');
  await expect(field(page)).toHaveValue('06.10.2026');
  await expect(field(page)).not.toHaveAttribute('aria-invalid', 'true');
});

test('a day is picked by the keyboard: weeks begin on Monday, and today is Kyiv’s', async ({ page, house }) => {
  await page.goto(`${house.url}/#/quotas?lang=uk&date=2026-10-07`);
  await field(page).press('Alt+ArrowDown');
  const calendar = page.getByRole('dialog', { name: 'Календар' });
  await expect(calendar.getByRole('columnheader').first()).toHaveText('пн');
  await expect(calendar.getByRole('button', { name: /^7 жовтня 2026/ })).toBeFocused();
  expect(await breaches(page)).toEqual([]);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Home');
  await expect(calendar.getByRole('button', { name: /^12 жовтня 2026/ })).toBeFocused();
  await page.keyboard.press('PageDown');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/date=2026-11-12/);
  await expect(field(page)).toBeFocused();
  await page.getByRole('button', { name: 'Календар: День' }).click();
  await page.keyboard.press('Escape');
  await expect(calendar).toBeHidden();
  await page.getByRole('button', { name: 'Календар: День' }).click();
  await calendar.getByRole('button', { name: 'Сьогодні' }).click();
  await expect(field(page)).toHaveValue(words(day()));
});

test('both times of the past, and a month, in English', async ({ page, house }) => {
  await page.goto(`${house.url}/#/quotas?lang=en`);
  await page.getByRole('button', { name: 'As of' }).click();
  await page.getByRole('textbox', { name: 'As of the date', exact: true }).fill('25.10.2026');
  const known = page.getByRole('textbox', { name: 'By what was known at' });
  await known.fill('tomorrow');
  await known.press('Enter');
  await expect(known).toHaveAccessibleDescription(/“tomorrow” is not a date with a time. Write, for example, \d+ \w+ \d{4} 09:05/);
  await expect(page).not.toHaveURL(/as_of/);
  await known.fill('26 Oct 2026 09:05');
  await known.press('Enter');
  // Kyiv's wall clock, two hours ahead of UTC since the night before.
  await expect(page).toHaveURL(/as_of=2026-10-25&known_at=2026-10-26T07%3A05%3A00Z/);
  await page.goto(`${house.url}/#/month?lang=en&month=2026-10`);
  const month = page.getByRole('textbox', { name: 'Month', exact: true });
  await expect(month).toHaveValue('October 2026');
  await month.fill('9.2026');
  await month.press('Enter');
  await expect(page).toHaveURL(/month=2026-09/);
  await month.press('Alt+ArrowDown');
  await page.getByRole('dialog', { name: 'Calendar' }).getByRole('button', { name: 'November 2026' }).click();
  await expect(month).toHaveValue('November 2026');
});

test('a link to what one sees says which day it is, and by whose knowledge', async ({ page, context, house }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(`${house.url}/#/receivables?lang=uk`);
  await expect(page.locator('[data-state=live]').first()).toBeVisible();
  await page.getByRole('button', { name: 'Станом на', exact: true }).click();
  await page.getByRole('button', { name: 'Копіювати посилання на цей стан' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Посилання скопійовано' })).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toMatch(new RegExp(`^${house.url}/#/receivables\\?as_of=${day()}&known_at=\\d{4}-\\d{2}-\\d{2}T[\\d%A.]+Z&lang=uk$`));
  await page.goto(copied);
  await expect(page.locator('.band.past')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Дебіторка');
});
