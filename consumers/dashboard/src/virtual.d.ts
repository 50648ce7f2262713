// Tables that vite.names.ts makes of messages/*.json.
declare module 'virtual:names/*' {
  const names: { readonly members: Readonly<Record<string, string>>; readonly words: Readonly<Record<string, string>> };
  export default names;
}

// Of which the tests read one file.
declare module 'js-yaml' {
  export function load(text: string): unknown;
}
