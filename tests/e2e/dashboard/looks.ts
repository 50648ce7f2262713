import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

export type Lang = 'uk' | 'en';

/** Opens a page of the dashboard in a language and collects what must not happen. */
export async function open(page: Page, url: string, link: string, lang: Lang): Promise<string[]> {
  const trouble: string[] = [];
  page.on('pageerror', (error) => trouble.push(error.message));
  page.on('console', (message) => (/Content Security Policy/.test(message.text()) ? trouble.push(message.text()) : undefined));
  page.on('request', (request) => (request.url().startsWith(url) || /^(data|blob):/.test(request.url()) ? undefined : trouble.push(`asks ${request.url()}`)));
  await page.goto(`${url}/#/${link}${link.includes('?') ? '&' : '?'}lang=${lang}`);
  return trouble;
}

/** Nobody is shut out, in either theme. */
export async function accessible(page: Page): Promise<void> {
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
    const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze();
    expect(violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.target.join(' ')).slice(0, 3).join(' | ')}`)).toEqual([]);
  }
}

/** What of the page is wider than the window, and which cells and tools no scrolling brings into sight. */
export function outOfReach(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const scrolls = (from: Element) => {
      for (let each = from.parentElement; each && each !== document.body; each = each.parentElement) {
        const { overflowX } = getComputedStyle(each);
        if (overflowX === 'auto' || overflowX === 'scroll') return each.scrollWidth > each.clientWidth && (each as HTMLElement).tabIndex >= 0 ? 'reached' : 'lost';
        if (overflowX !== 'visible') return 'lost';
      }
      return 'lost';
    };
    const lost = [...document.querySelectorAll('header :is(a, button, input), main :is(th, td, a, button, input, select)')].filter((each) => {
      const { left, right, width } = each.getBoundingClientRect();
      return width > 0 && !each.closest('.unseen, nav') && (right > innerWidth + 1 || left < -1) && scrolls(each) === 'lost';
    });
    // What stands out of its cell lies on the next one's.
    const cut = [...document.querySelectorAll('main :is(th, td)')].filter((each) => each.clientWidth > 0 && each.scrollWidth > each.clientWidth + 1 && !each.querySelector('table, .scroll'));
    // A column is left out only where the details of a row tell it.
    const left = [...document.querySelectorAll('main thead th')].filter((each) => each.getClientRects().length === 0 && !each.closest('table')!.querySelector('.opener'));
    const told = (what: string) => (each: Element) => `${what} ${each.tagName}: ${each.textContent!.trim().slice(0, 30)}`;
    const over = document.scrollingElement!.scrollWidth - innerWidth;
    return [...(over > 0 ? [`wider by ${over}`] : []), ...lost.slice(0, 3).map(told('out of reach')), ...cut.slice(0, 3).map(told('cut')), ...left.map(told('left out'))];
  });
}
