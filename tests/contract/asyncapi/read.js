// AsyncAPI's own parser: reads the document of argv[2] and prints what it says of it and, if it is
// one, the document with every $ref replaced by what it names.
// NODE_PATH names the modules; see asyncapi_test.py.
const fs = require('fs');
const { Parser } = require('@asyncapi/parser');

async function main(path) {
  const { document, diagnostics } = await new Parser().parse(fs.readFileSync(path, 'utf8'), {
    source: path,
  });
  const said = diagnostics.map(({ severity, code, message, path: at }) => ({
    severity, code, message, at: at.join('.'),
  }));
  fs.writeSync(1, JSON.stringify({ said, document: document ? document.json() : null }));
}

main(process.argv[2]);
