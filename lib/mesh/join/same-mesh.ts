/** Whether two sources speak of one mesh. */
import type { Mesh } from '../model';

/** Account id out of an ARN; the mesh of a shared mesh's ARN is its owner's. */
const accountOf = (arn: string | undefined): string | undefined =>
  /^arn:[^:]*:[^:]*:[^:]*:(\d+):/.exec(arn ?? '')?.[1];

type Identity = Pick<Mesh, 'awsName' | 'owner'> & { ref: Pick<Mesh['ref'], 'arn'> };

/**
 * By ARN where both know it, else by AWS name and owner, else by AWS name alone: an object that was never accepted has no
 * ARN yet, and does not name an owner unless the mesh is another account's.
 */
export function sameMesh(a: Identity, b: Identity): boolean {
  if (a.ref.arn !== undefined && b.ref.arn !== undefined) return a.ref.arn === b.ref.arn;
  if (a.awsName !== b.awsName) return false;
  const [ofA, ofB] = [a.owner ?? accountOf(a.ref.arn), b.owner ?? accountOf(b.ref.arn)];
  return ofA === undefined || ofB === undefined || ofA === ofB;
}
