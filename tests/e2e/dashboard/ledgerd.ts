import { spawn, type ChildProcess } from 'node:child_process';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '../../..');
const build = process.env.LEDGER_BUILD ?? join(root, 'build/dev');
const kLedgerd = join(build, 'consumers/ledgerd/ledgerd');
export const kLedgerctl = join(build, 'consumers/ledgerctl/ledgerctl');
export const kDist = process.env.LEDGER_DASHBOARD_DIST ?? join(build, 'consumers/dashboard/dist');
const kStartMs = 60_000;

export interface Started {
  url: string;
  process: ChildProcess;
}

/** A real one, on its own data. Ready when it says where it listens. */
export async function ledgerd(data: string, listen: string, access: 'on' | 'off', options: readonly string[] = [], env: Record<string, string> = {}): Promise<Started> {
  const child = spawn(kLedgerd, ['--data', data, '--listen', listen, '--dashboard', kDist, '--access', access, ...options], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
  let said = '';
  const url = await new Promise<string>((found, lost) => {
    const timer = setTimeout(() => lost(new Error(`ledgerd does not listen: ${said}`)), kStartMs);
    const hear = (chunk: Buffer) => {
      said += chunk.toString();
      const address = /"message":"listening","address":"([^"]+)"/.exec(said)?.[1];
      if (!address) return;
      clearTimeout(timer);
      found(address);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('exit', (code) => lost(new Error(`ledgerd ended with ${code}: ${said}`)));
  });
  return { url, process: child };
}

/** Ends it, and waits until it has. */
export async function ended({ process }: Started): Promise<void> {
  const gone = new Promise((done) => process.once('exit', done));
  process.kill('SIGTERM');
  await gone;
}
