import assert from "node:assert/strict";
import { constantsOf } from "./log_call.ts";
import { npmCalls } from "./npm.ts";
import { textsOf } from "./texts.ts";

const texts = (source: string) => textsOf(npmCalls(source, constantsOf(source)));

Deno.test("npmCalls() reads template literals, % marks and concatenation", () => {
  assert.deepEqual(
    texts(`
this.log.info(\`\${items.length} items for \${user.name} (\${map.get({ a: 1 })})\`);
debug('socket %s closed after %d ms', id, elapsed);
logger.warn("retry " + attempt + " of " + this.max);
logger.error("connect to ".concat(host, " failed: ").concat(reason));
winston.log('info', 'level before the message');
console.log(util.format('%s started', name));
const path = a / b; logger.info("a division before, not a " + kind);
if (/["']/.test(x)) logger.info('behind a regular expression');
console.log(chalk.red('[x] ') + text);
`),
    [
      "{items.length} items for {user.name} ({map.get({ a: 1 })})",
      "socket {id} closed after {elapsed:integer} ms",
      "retry {attempt} of {this.max}",
      "connect to {host} failed: {reason}",
      "level before the message",
      "{name} started",
      "a division before, not a {kind}",
      "behind a regular expression",
      "[x] {text}",
    ],
  );
});

Deno.test("npmCalls() reads objects before and behind the message, and values that the console appends", () => {
  assert.deepEqual(
    texts(`
logger.debug({ branch, size: files.length }, 'branch updated');
logger.info('joined', { groupId, memberId: this.id, err });
console.error('cannot write', file);
`),
    [
      "branch updated branch={branch} size={files.length}",
      "joined groupId={groupId} memberId={this.id}",
      "cannot write {file}",
    ],
  );
});

Deno.test("npmCalls() leaves out what the source doesn't tell for certain", () => {
  assert.deepEqual(
    texts(`
logger.info(\`plugin \${on ? 'enabled' : 'disabled'}\`);
logger.info({ ...rest }, 'spread');
logger.info('%s and %s', one);
logger.info('tail', ...args);
// logger.info('in a comment')
const text = "logger.info('in a string')";
`),
    [],
  );
});

Deno.test("npmCalls() puts constants and literals in the text, and leaves out constants that aren't known", () => {
  assert.deepEqual(
    texts(`
const PREFIX = '[store]';
logger.info(\`\${PREFIX} opened \${path}\`);
logger.info(\`\${cst.OTHER_PREFIX} opened \${path}\`);
logger.info('%s of %s', 'part', total);
logger.info('waiting %d ms', RETRY_DELAY);
`),
    ["[store] opened {path}", "part of {total}", "waiting {RETRY_DELAY:integer} ms"],
  );
});
