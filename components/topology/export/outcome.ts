import type { MessageKey, MessageValues } from '@/lib/i18n/translate';

/**
 * X101: nothing is read yet. X102: the file could not be made. X103: the browser gave no PNG. X104: the clipboard
 * is closed. Each has a section in docs/export.md.
 */
export type ExportProblem = 'X101' | 'X102' | 'X103' | 'X104';

/** How an export went, to be said to the reader. */
export type Outcome =
  | { ok: true; message: MessageKey; values?: MessageValues | undefined; caution?: Caution | undefined }
  | { ok: false; problem: ExportProblem; detail?: string | undefined; text?: string | undefined };

/** What the reader should know of a file that was made. */
export interface Caution {
  message: MessageKey;
  values?: MessageValues | undefined;
}
