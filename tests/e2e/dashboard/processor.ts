import type { CDPSession, Page } from '@playwright/test';

// What the page's own thread does, by the time of the processor that it had: who else uses the machine takes none of it.
interface Traced {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  ts: number;
  dur?: number;
  tdur?: number;
  args: { name?: string };
}

/** A piece of work, in ms of the processor. */
export interface Work {
  script: number;
  /** Style and layout. */
  layout: number;
}

/** Listens until what is returned is called, which tells what was heard of the threads that draw pages. */
async function listen(session: CDPSession): Promise<() => Promise<Traced[]>> {
  const all: Traced[] = [];
  const take = ({ value }: { value: unknown[] }) => all.push(...(value as Traced[]));
  session.on('Tracing.dataCollected', take);
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['devtools.timeline', 'disabled-by-default-devtools.timeline', 'blink.user_timing', '__metadata'] },
  });
  return async () => {
    const done = new Promise((told) => session.once('Tracing.tracingComplete', told));
    await session.send('Tracing.end');
    await done;
    session.off('Tracing.dataCollected', take);
    const mains = new Set(all.filter((each) => each.name === 'thread_name' && each.args.name === 'CrRendererMain').map((each) => `${each.pid} ${each.tid}`));
    return all.filter((each) => mains.has(`${each.pid} ${each.tid}`)).sort((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0));
  };
}

const cost = (each: Traced) => (each.tdur ?? 0) / 1000;
const within = (inner: Traced, outer: Traced) => inner.ts >= outer.ts && inner.ts < outer.ts + (outer.dur ?? 0);

export interface Task {
  ms: number;
  /** The longest that it did, for who has to find out why it is long. */
  of: string;
}

/** Every task, each with what it cost. */
export async function traceTasks(session: CDPSession): Promise<() => Promise<Task[]>> {
  const heard = await listen(session);
  return async () => {
    const all = await heard();
    return all
      .filter((each) => each.name === 'RunTask')
      .map((task) => ({
        ms: cost(task),
        of: all
          .filter((each) => each.name !== 'RunTask' && each.pid === task.pid && each.tid === task.tid && within(each, task) && cost(each) > 1)
          .map((each) => `${each.name} ${cost(each).toFixed(1)}`)
          .join(', '),
      }));
  };
}

const kScripts = ['FunctionCall', 'RunMicrotasks', 'FireAnimationFrame', 'TimerFire', 'EvaluateScript', 'v8.callFunction'];
const kLayouts = ['UpdateLayoutTree', 'Layout'];

/**
 * Steps back, and tells what each frame cost that brings rows of the table there, from the step or from the frame before
 * until it is painted.
 */
export async function backByFrames(page: Page, session: CDPSession, rows: number): Promise<Work[]> {
  const heard = await listen(session);
  await page.evaluate(
    (rows) =>
      new Promise<void>((painted) => {
        new MutationObserver((_, observer) => {
          const count = document.querySelectorAll('tbody tr[data-row]').length;
          // The few of the list that one comes from are none of them.
          if (count < Math.min(rows, 10)) return;
          performance.mark('rows');
          if (count < rows || document.querySelector('main [aria-busy=true]')) return;
          observer.disconnect();
          requestAnimationFrame(() => setTimeout(painted));
        }).observe(document, { childList: true, subtree: true });
        history.back();
      }),
    rows,
  );
  const all = await heard();
  const marks = all.filter((each) => each.name === 'rows');
  const { pid, tid } = marks[0]!;
  const own = all.filter((each) => each.ph === 'X' && each.pid === pid && each.tid === tid);
  // What is handed over to the screen; a picture is painted too, by itself.
  const paints = own.filter((each) => each.name === 'Layerize');
  const painted = own.filter((task) => task.name === 'RunTask' && paints.some((each) => within(each, task))).map((task) => task.ts + task.dur!);
  const ends = [...new Set(marks.map((mark) => painted.find((end) => end > mark.ts)))].filter((end) => end !== undefined);
  const frames = ends.map(() => ({ script: 0, layout: 0 }));
  const open: Traced[] = [];
  for (const each of own) {
    const frame = frames[ends.findIndex((end) => each.ts < end)];
    if (!frame) break;
    while (open.length > 0 && !within(each, open.at(-1)!)) open.pop();
    const isOf = (names: readonly string[]) => open.some((outer) => names.includes(outer.name));
    if (kLayouts.includes(each.name) && !isOf(kLayouts)) {
      frame.layout += cost(each);
      if (isOf(kScripts)) frame.script -= cost(each);
    } else if (kScripts.includes(each.name) && !isOf(kScripts) && !isOf(kLayouts)) frame.script += cost(each);
    open.push(each);
  }
  return frames;
}
