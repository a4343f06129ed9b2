/**
 * Logstash's configuration files, read.
 *
 * @module
 */

/** A value: text or a bare word or number, a list, a hash, or a plugin (of a codec). */
export type LogstashValue = string | LogstashValue[] | LogstashPlugin | { [key: string]: LogstashValue };

/** A plugin and its settings. */
export interface LogstashPlugin {
  plugin: string;
  settings: Record<string, LogstashValue>;
}

/** A section's plugins in order, those inside of conditions too. */
export interface LogstashConfig {
  input: LogstashPlugin[];
  filter: LogstashPlugin[];
  output: LogstashPlugin[];
}

/**
 * Reads a configuration by Logstash's grammar, as far as it is used here. Strings are as written: `\d` stays two letters.
 *
 * @throws {SyntaxError} where it isn't one.
 */
export function readLogstashConfig(text: string): LogstashConfig {
  const config: LogstashConfig = { input: [], filter: [], output: [] }, tokens = tokensOf(text);
  while (!tokens.isAtEnd) {
    const section = tokens.next();
    if (!(section in config)) {
      throw new SyntaxError(`Cannot read the configuration: no section is "${section}"`);
    }
    readPlugins(tokens, config[section as keyof LogstashConfig]);
  }
  return config;
}

const TOKEN =
  /\s*(?:#[^\n]*\s*)*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\/(?:[^/\\\n]|\\.)+\/(?=\s*[){])|=>|==|!=|=~|!~|[{}\[\]()!,]|[\w@.$:%+-]+|$)/y;

class Tokens {
  #at = 0;

  constructor(readonly all: string[]) {}

  get isAtEnd(): boolean {
    return this.all[this.#at] === "";
  }

  get ahead(): string {
    return this.all[this.#at];
  }

  next(): string {
    return this.all[this.#at++];
  }

  expect(token: string): void {
    const found = this.next();
    if (found !== token) {
      const before = this.all.slice(Math.max(0, this.#at - 8), this.#at).join(" ");
      throw new SyntaxError(
        `Cannot read the configuration: "${found}" for "${token}" at the end of: ${before}`,
      );
    }
  }
}

function tokensOf(text: string): Tokens {
  const all: string[] = [];
  TOKEN.lastIndex = 0;
  for (;;) {
    const at = TOKEN.lastIndex, match = TOKEN.exec(text);
    if (match === null) {
      throw new SyntaxError(`Cannot read the configuration: ${JSON.stringify(text.slice(at, at + 40))}`);
    }
    all.push(match[1]);
    if (match[1] === "") return new Tokens(all);
  }
}

/** `{ plugin { … } if … { … } else { … } }` */
function readPlugins(tokens: Tokens, plugins: LogstashPlugin[]): void {
  tokens.expect("{");
  while (tokens.ahead !== "}") {
    const name = tokens.next();
    if (name !== "if" && name !== "else") plugins.push({ plugin: name, settings: readSettings(tokens) });
    else {
      while (tokens.ahead !== "{") tokens.next(); // the condition
      readPlugins(tokens, plugins);
    }
  }
  tokens.expect("}");
}

function readSettings(tokens: Tokens): Record<string, LogstashValue> {
  const settings: Record<string, LogstashValue> = {};
  tokens.expect("{");
  while (tokens.ahead !== "}") {
    const name = unquoted(tokens.next());
    tokens.expect("=>");
    if (name in settings) throw new SyntaxError(`Cannot read the configuration: "${name}" twice`);
    settings[name] = readValue(tokens);
  }
  tokens.expect("}");
  return settings;
}

function readValue(tokens: Tokens): LogstashValue {
  if (tokens.ahead === "{") return readSettings(tokens);
  if (tokens.ahead === "[") return readList(tokens);
  const value = tokens.next();
  if (tokens.ahead === "{") return { plugin: value, settings: readSettings(tokens) };
  return unquoted(value);
}

function readList(tokens: Tokens): LogstashValue[] {
  const list: LogstashValue[] = [];
  tokens.expect("[");
  while (tokens.ahead !== "]") {
    list.push(readValue(tokens));
    if (tokens.ahead !== "]") tokens.expect(",");
  }
  tokens.expect("]");
  return list;
}

function unquoted(token: string): string {
  return /^["']/.test(token) ? token.slice(1, -1) : token;
}

/** A pattern with Logstash's names of fields, `[log][level]`, as Elasticsearch's: `log.level`. */
export function elasticPattern(pattern: string): string {
  return pattern.replaceAll(
    /(%\{\w+:)((?:\[[^\[\]]+\])+)((?::\w+)?\})/g,
    (_, start: string, field: string, end: string) =>
      `${start}${field.slice(1, -1).replaceAll("][", ".")}${end}`,
  );
}
