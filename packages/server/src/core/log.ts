export type Level = 'debug' | 'info' | 'warn' | 'error';
export type Fields = Record<string, string | number | boolean | null | undefined>;

/** Writes what happened: a sentence without variables, and fields. Never a secret, never a message body. */
export interface Logger {
  debug(what: string, fields?: Fields): void;
  info(what: string, fields?: Fields): void;
  warn(what: string, fields?: Fields): void;
  error(what: string, fields?: Fields): void;
}

const ORDER: Record<Level | 'silent', number> = { debug: 0, info: 1, warn: 2, error: 3, silent: 4 };

export interface LoggerOptions {
  level: Level | 'silent';
  format: 'text' | 'json';
  write: (line: string) => void;
  now: () => number;
}

function text(level: Level, what: string, fields: Fields, at: string): string {
  const pairs = Object.entries(fields).filter(([, v]) => v !== undefined);
  const tail = pairs.map(([k, v]) => ` ${k}=${typeof v === 'string' ? JSON.stringify(v) : v}`).join('');
  return `${at} ${level.padEnd(5)} ${what}${tail}`;
}

export function createLogger({ level, format, write, now }: LoggerOptions): Logger {
  const log =
    (of: Level) =>
    (what: string, fields: Fields = {}) => {
      if (ORDER[of] < ORDER[level]) return;
      const at = new Date(now()).toISOString();
      write(
        format === 'json' ? JSON.stringify({ at, level: of, what, ...fields }) : text(of, what, fields, at),
      );
    };
  return { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') };
}

/** The words of any thrown value, for a log line. */
export const reason = (thrown: unknown): string =>
  thrown instanceof Error ? thrown.message : String(thrown);
