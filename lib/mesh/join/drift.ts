/** MD51x: where the cluster's objects and what the control plane holds part ways. */
import type { Finding } from '../finding';
import { finding } from '../findings/make';
import type { EntityKey } from '../keys';
import type { Entity, Mesh } from '../model';

/** Declared differs from what is held. `fields` in the object's own words. */
export const differs = (subject: EntityKey, fields: readonly string[], version: number): Finding =>
  finding('MD510', subject, { details: { fields: fields.join(', '), version } });

/** Declared with an ARN, and not there. */
export const notHeld = ({ key, ref }: Entity | Mesh): Finding =>
  finding('MD511', key, { details: { arn: ref.arn ?? '' } });

/** Held, and declared by no object. */
export const notDeclared = ({ key, ref }: Entity): Finding =>
  finding('MD512', key, { details: { name: ref.name, arn: ref.arn ?? '' } });
