import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { names } from './vite.names.js';

// What ledgerd sends with every file of ours; `npm run preview` sends it too, so that a breach shows
// before it is served by the real one.
const csp =
  "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
  "worker-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

const ledgerd = process.env.LEDGER_SERVER ?? 'http://127.0.0.1:8080';
const proxy = { '/v1': { target: ledgerd, changeOrigin: false } };

// Paraglide's runtime makes a PluralRules for every text that it renders, and writes down its options to know it by: a
// third of what a page of 100 rows cost. One for a language is enough, and messages here give it no options.
const pluralsOnce = {
  name: 'plurals-once',
  transform(code: string, id: string) {
    if (!/\/paraglide\/registry\.js$/.test(id)) return undefined;
    const each = 'return new Intl.PluralRules(locale, options).select(Number(input))';
    if (!code.includes(each)) throw new Error('paraglide makes its plurals otherwise: see vite.config.ts');
    const once = `for (const _ in options) ${each}
      return (kRules[locale] ??= new Intl.PluralRules(locale)).select(Number(input))`;
    return { code: `const kRules = {};\n${code.replace(each, once)}`, map: null };
  },
};

export default defineConfig({
  // Tests are of pure code: `npm test` compiles the messages before.
  plugins: process.env.VITEST ? [names()] : [
    svelte(),
    names(),
    paraglideVitePlugin({
      project: './project.inlang',
      outdir: './src/paraglide',
      strategy: ['globalVariable', 'baseLocale'],
    }),
    pluralsOnce,
  ],
  build: { target: 'es2022', sourcemap: false, modulePreload: { polyfill: false }, assetsInlineLimit: 0 },
  worker: { format: 'es' },
  server: { proxy },
  preview: { proxy, headers: { 'Content-Security-Policy': csp } },
  test: { include: ['src/**/*.test.ts'], environment: 'node' },
});
