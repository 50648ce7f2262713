/** What the window is called: the page, the client, the state. Set it with `useTitle` while a page is made. */
export const title = $state({ text: '' });

export function useTitle(text: () => string): void {
  $effect(() => {
    title.text = text();
  });
}
