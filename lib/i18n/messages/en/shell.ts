export const shell = {
  'shell.product': 'meshdeck',
  'shell.skipToContent': 'Skip to the content',
} as const;
