// Root selectors as Grafana's Infinity applies them: standard input is a JSON list of
// {"answer", "selector"}, standard output the list of what each selects.
// NODE_PATH names the modules; see test_operations.py.
const fs = require('fs');
const jsonata = require('jsonata');

async function main() {
  const asked = JSON.parse(fs.readFileSync(0, 'utf8'));
  const selected = [];
  for (const { answer, selector } of asked) {
    selected.push((await jsonata(selector).evaluate(answer)) ?? null);
  }
  fs.writeSync(1, JSON.stringify(selected));
}

main();
