/** The kubeconfig that the sandbox writes. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { UsageError } from './prepare.mjs';

/**
 * Clears the place of the sandbox's kubeconfig: a file that is there already would keep its mode, and would be taken for
 * the new one by whoever waits for it. Refuses a file that is not of the sandbox, lest ~/.kube/config be lost to a slip.
 */
export function makeRoom(file) {
  if (!existsSync(file)) return;
  const text = readFileSync(file, 'utf8');
  if (text !== '' && !/^current-context: sandbox$/m.test(text))
    throw new UsageError(
      `${file} exists and is not the sandbox's; choose another with --sandbox-kubeconfig.`,
    );
  rmSync(file);
}
