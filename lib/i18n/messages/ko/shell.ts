import type { shell as en } from '../en/shell';

export const shell: Record<keyof typeof en, string> = {
  'shell.product': 'meshdeck',
  'shell.skipToContent': '본문으로 건너뛰기',
};
