import { spawn } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { breaches, expect, House, test as base } from './house';

// Signing in at the house's own issuer, which is another site: a page of its own, by another name. What a browser
// makes of SameSite, of redirects and of tabs is seen here alone.
const kPassword = 'довгий-пароль-2026';

const freePort = () =>
  new Promise<number>((found) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => found(port));
    });
  });

const test = base.extend<object, { sso: House }>({
  sso: [
    async ({}, use) => {
      const issuer = spawn('python3', [join(__dirname, '../issuer.py'), 'ledger-web', 'o.koval'], { stdio: ['pipe', 'pipe', 'inherit'] });
      const name = await new Promise<string>((found, lost) => {
        issuer.stdout.once('data', (said: Buffer) => found(said.toString().trim()));
        issuer.once('exit', (code) => lost(new Error(`the issuer ended with ${code}`)));
      });
      const listen = `127.0.0.1:${await freePort()}`;
      const options = ['--oidc-issuer', name, '--oidc-client-id', 'ledger-web', '--oidc-redirect-base', `http://${listen}`, '--oidc-name', 'House SSO'];
      const house = await House.start('on', options, listen);
      house.ctl(['people', 'add', 'o.koval', '--role', 'manager', '--name', 'Олена Коваль', '--manager', 'm-1', '--subject', 'o.koval']);
      house.ctl(['people', 'password', 'o.koval'], `${kPassword}\n`);
      await use(house);
      await house.stop();
      issuer.stdin.end();
    },
    { scope: 'worker', timeout: 90_000 },
  ],
});

const words = {
  uk: { button: 'Увійти через House SSO', out: 'Вийти', denied: 'Вхід скасовано: його відхилила служба входу або ви самі.' },
  en: { button: 'Sign in with House SSO', out: 'Sign out', denied: 'The sign-in service, or you there, said no.' },
};

async function toIssuer(page: Page, lang: 'uk' | 'en'): Promise<void> {
  await page.getByRole('link', { name: words[lang].button }).click();
  await expect(page).toHaveURL(/^http:\/\/localhost:\d+\/authorize\?/);
}

for (const lang of ['uk', 'en'] as const) {
  test(`by the button to the issuer, and back to the page one wanted, ${lang}`, async ({ page, context, sso }) => {
    const wanted = `${sso.url}/#/obligations?kind=complaint&lang=${lang}`;
    await page.goto(wanted);
    await expect(page.getByRole('link', { name: words[lang].button })).toBeVisible();
    expect(await breaches(page)).toEqual([]);
    await toIssuer(page, lang);
    await page.getByRole('link', { name: 'Yes' }).click();
    await expect(page).toHaveURL(wanted);
    await expect(page.getByRole('button', { name: words[lang].out })).toBeVisible();
    const cookies = await context.cookies(sso.url);
    expect(cookies.map(({ name, httpOnly, sameSite }) => ({ name, httpOnly, sameSite }))).toEqual([{ name: 'ledger_session', httpOnly: true, sameSite: 'Strict' }]);
    await page.reload();
    await expect(page.getByRole('button', { name: words[lang].out })).toBeVisible();
    // Back is at the issuer, not at our answer to it; whoever says yes there again is as he was.
    await page.goBack();
    await expect(page).toHaveURL(/^http:\/\/localhost:\d+\/authorize\?/);
    await page.getByRole('link', { name: 'Yes' }).click();
    await expect(page).toHaveURL(`${sso.url}/#/quotas`);
    await expect(page.getByRole('button', { name: /^(Вийти|Sign out)$/ })).toBeVisible();
    await expect(page.locator('main')).not.toBeEmpty();
  });

  test(`whoever says no at the issuer is told so at the form, ${lang}`, async ({ page, sso }) => {
    await page.addInitScript((locale) => localStorage.setItem('ledger.preferences', JSON.stringify({ locale })), lang);
    await page.goto(`${sso.url}/#/contacts`);
    await toIssuer(page, lang);
    await page.getByRole('link', { name: 'No' }).click();
    await expect(page.getByRole('alert')).toHaveText(words[lang].denied);
    await expect(page.getByRole('alert')).toBeFocused();
    expect(await breaches(page)).toEqual([]);
    // The other way in leads where one wanted to be too.
    await page.getByLabel(lang === 'uk' ? 'Логін' : 'Login').fill('o.koval');
    await page.getByLabel(lang === 'uk' ? 'Пароль' : 'Password').fill(kPassword);
    await page.getByRole('button', { name: lang === 'uk' ? 'Увійти' : 'Sign in', exact: true }).click();
    await expect(page.getByRole('button', { name: words[lang].out })).toBeVisible();
    await expect(page).toHaveURL(`${sso.url}/#/contacts`);
  });
}

test('where the session ended, one signs in beside the page and it stays', async ({ page, context, sso }) => {
  await page.goto(`${sso.url}/#/contacts`);
  await toIssuer(page, 'uk');
  await page.getByRole('link', { name: 'Yes' }).click();
  await expect(page.getByRole('button', { name: words.uk.out })).toBeVisible();
  await page.evaluate(() => ((window as unknown as { here: string }).here = 'still'));
  await context.clearCookies();
  await page.evaluate(() => (location.hash = '#/obligations'));
  const dialog = page.getByRole('dialog', { name: 'Сеанс завершився' });
  await expect(dialog).toBeVisible();
  const [beside] = await Promise.all([context.waitForEvent('page'), dialog.getByRole('link', { name: words.uk.button }).click()]);
  await beside.getByRole('link', { name: 'Yes' }).click();
  await expect(beside.getByRole('button', { name: words.uk.out })).toBeVisible();
  await beside.close();
  await page.bringToFront();
  await page.evaluate(() => window.dispatchEvent(new Event('focus'))); // a browser without a screen gives none
  await expect(dialog).toBeHidden();
  expect(await page.evaluate(() => (window as unknown as { here?: string }).here)).toBe('still');
});
