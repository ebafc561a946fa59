/** Messages and formatting. Messages are ICU texts, one per key and language; no sentence is glued together. */
import { IntlMessageFormat } from 'intl-messageformat';
import type { Locale } from './locale';
import { en } from './messages/en';
import { ko } from './messages/ko';

export type MessageKey = keyof typeof en;
export type MessageValues = Record<string, string | number | Date>;
export type Translate = (key: MessageKey, values?: MessageValues) => string;

/** Operators read times of day on 24 hours, whatever the language. */
const FORMATS = {
  time: { medium: { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } },
} as const;

const CATALOGUES: Record<Locale, Record<MessageKey, string>> = { en, ko };

/** Whether a text is a message key; for keys that are put together from a code, such as `finding.MD101.message`. */
export function isMessageKey(text: string): text is MessageKey {
  return Object.hasOwn(en, text);
}

/** A translate function for one language. Parsed messages, and texts without values, are kept. */
export function createTranslate(locale: Locale): Translate {
  const parsed = new Map<MessageKey, IntlMessageFormat>();
  const plain = new Map<MessageKey, string>();
  return (key, values) => {
    const known = values === undefined ? plain.get(key) : undefined;
    if (known !== undefined) return known;
    let message = parsed.get(key);
    if (!message) {
      message = new IntlMessageFormat(CATALOGUES[locale][key], locale, FORMATS, { ignoreTag: true });
      parsed.set(key, message);
    }
    const text = String(message.format(values));
    if (values === undefined) plain.set(key, text);
    return text;
  };
}
