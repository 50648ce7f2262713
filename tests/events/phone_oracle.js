// The oracle's side: each line of standard input as libphonenumber reads it for Ukraine, as
// "E.164 valid|invalid", or an empty line where it reads nothing.
'use strict';
const {PhoneNumberFormat, PhoneNumberUtil} = require('google-libphonenumber');
const util = PhoneNumberUtil.getInstance();

function read(line) {
  try {
    const number = util.parse(line, 'UA');
    const text = util.format(number, PhoneNumberFormat.E164);
    return `${text} ${util.isValidNumber(number) ? 'valid' : 'invalid'}`;
  } catch (error) {
    return '';
  }
}

const lines = require('fs').readFileSync(0, 'utf8').split('\n');
lines.pop();  // behind the last line feed
process.stdout.write(lines.map((line) => read(line) + '\n').join(''));
