/** Every kind of card, in the order in which kinds are listed. */
export const CARD_KINDS = [
  'gateway',
  'service',
  'router',
  'node',
  'backendGroup',
  'workload',
  'kubeService',
  'host',
  'unresolved',
  'malformed',
] as const;
