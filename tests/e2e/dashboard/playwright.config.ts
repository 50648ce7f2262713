import { defineConfig } from '@playwright/test';

const kMeasured = /(board|budgets)\.spec\.ts$/;

// Real Chromium against a real ledgerd. Run it by `npm run e2e` in consumers/dashboard.
export default defineConfig({
  testDir: '.',
  // Pictures are made where somebody says into which directory: `npm run screenshots`.
  ...(process.env.LEDGER_SHOTS ? { grep: /@shots/ } : { grepInvert: /@shots/ }),
  outputDir: process.env.LEDGER_E2E_OUT ?? '/tmp/ledger-dashboard-e2e',
  timeout: 120_000,
  expect: { timeout: 15_000 },
  workers: 1,
  // What measures times has the machine for itself (tests/e2e/CMakeLists.txt); the rest shares it.
  projects: [
    { name: 'pages', testIgnore: kMeasured },
    { name: 'measured', testMatch: kMeasured },
  ],
  reporter: [['line'], ['./failures.ts']],
  forbidOnly: true,
  use: {
    viewport: { width: 1366, height: 768 },
    locale: 'uk-UA',
    // A day is the house's day, wherever it is looked at.
    timezoneId: 'America/Los_Angeles',
    launchOptions: {
      executablePath: process.env.LEDGER_CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    },
  },
});
