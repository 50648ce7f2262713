import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from '@playwright/test';

// The table of README.md is true: each check has a test that is named by its number, in each file that is told.
const dashboard = resolve(__dirname, '../../../consumers/dashboard');
const rows = [...readFileSync(join(__dirname, 'README.md'), 'utf8').matchAll(/^\| (\d+) \| (.+) \| (.+) \|$/gm)];

test('every one of the fifteen checks has its test', () => {
  expect(rows.map(([, number]) => Number(number))).toEqual(Array.from({ length: 15 }, (_, index) => index + 1));
  for (const [, number, , told] of rows) {
    const files = [...told!.matchAll(/`([^`]+)`/g)].map(([, file]) => file!);
    expect(files.length, number).toBeGreaterThan(0);
    for (const file of files) {
      const path = file.startsWith('src/') ? join(dashboard, file) : join(__dirname, file);
      expect(existsSync(path), path).toBe(true);
      const titles = [...readFileSync(path, 'utf8').matchAll(/\b(?:test|describe)(?:\.each\([^\n]*\))?\(\s*['"`](?:\$\{\w+\}: )?(\d+): /g)].map(([, found]) => found);
      expect(titles, `${file} has no test '${number}: …'`).toContain(number);
    }
  }
});
