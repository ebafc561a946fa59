/** Raw weights as they are written between slashes: `80/20`; a dash where there was no route. */
export const weightsText = (targets: readonly { weight: number }[]): string =>
  targets.length === 0 ? '–' : targets.map(({ weight }) => weight).join('/');
