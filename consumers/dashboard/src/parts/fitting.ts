/**
 * Marks what is around a table that is wider than its place: then that scrolls in itself, and the page does not. And says
 * how high the table's head is to the totals that stay in sight under it: to them alone, since what a box says all its
 * rows are styled anew for.
 */
export function fitting(box: HTMLElement): { destroy: () => void } {
  const table = box.querySelector('table')!;
  const watch = new ResizeObserver(() => {
    const isWider = table.offsetWidth > box.clientWidth;
    box.classList.toggle('wider', isWider);
    if (isWider) box.style.setProperty('--place', `${box.clientWidth}px`);
    const sums = table.querySelector<HTMLElement>('.sums');
    if (sums) sums.style.setProperty('--own-head', `${table.tHead?.offsetHeight ?? 0}px`);
  });
  watch.observe(box);
  watch.observe(table);
  return { destroy: () => watch.disconnect() };
}
