/** Raw weights as they are written between slashes: `80/20`. */
export const weightsText = (targets: readonly { weight: number }[]): string =>
  targets.map(({ weight }) => weight).join('/');
