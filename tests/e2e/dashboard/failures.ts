import type { FullResult, Reporter, TestCase, TestResult } from '@playwright/test/reporter';

// At the end, each case that failed with its first reasons: whoever sees a long run's last lines alone sees them too.
const kLines = 12;
const plain = (text: string) => text.replace(/\x1b\[[0-9;]*m/g, '');

export default class Failures implements Reporter {
  private readonly failed: string[] = [];

  onTestEnd(test: TestCase, result: TestResult): void {
    if (result.status === 'passed' || result.status === 'skipped') return;
    const reasons = result.errors.map((each) => plain(each.message ?? String(each.value)).split('\n').slice(0, kLines).join('\n'));
    this.failed.push(`${test.location.file.replace(/^.*\//, '')}:${test.location.line} ${test.title}: ${result.status} after ${Math.round(result.duration / 1000)} s\n${reasons.slice(0, 2).join('\n')}`);
  }

  onEnd(_: FullResult): void {
    if (this.failed.length > 0) console.log(`\nWhat failed:\n${this.failed.join('\n')}`);
  }
}
