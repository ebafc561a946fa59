/**
 * The OpenAPI v2 document kubectl asks for before it writes: whether a kind's patch knows `dryRun` and
 * `fieldValidation`. It only reads the protobuf form (https://github.com/google/gnostic, OpenAPIv2.proto), and skips
 * its own validation for kinds the document does not define: this one defines none, the server validates.
 */
import type { ResourceType } from './types';

export const OPENAPI_TYPE = 'application/com.github.proto-openapi.spec.v2.v1.0+protobuf';

/** Query parameters of a patch. */
const PARAMETERS = ['dryRun', 'fieldManager', 'fieldValidation', 'force'];

const CONTINUES = 0x80;

function varint(amount: number): number[] {
  return amount < CONTINUES
    ? [amount]
    : [(amount % CONTINUES) | CONTINUES, ...varint(Math.floor(amount / CONTINUES))];
}

/** A length-delimited protobuf field. */
function field(number: number, ...content: (Uint8Array | string)[]): Uint8Array {
  const bytes = Buffer.concat(content.map((part) => Buffer.from(part)));
  return Buffer.concat([Buffer.from([...varint((number << 3) | 2), ...varint(bytes.length)]), bytes]);
}

/** Operation.parameters > Parameter > NonBodyParameter > QueryParameterSubSchema { in, name, type }. */
const queryParameter = (name: string) =>
  field(8, field(1, field(2, field(3, field(2, 'query'), field(4, name), field(6, 'string')))));

/** Paths.path > PathItem.patch, with the kind as a vendor extension. */
function patchOf({ group, version, kind, plural, namespaced }: ResourceType): Uint8Array {
  const root = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
  const path = `${root}${namespaced ? '/namespaces/{namespace}' : ''}/${plural}/{name}`;
  const yaml = `group: "${group}"\nkind: ${kind}\nversion: ${version}\n`;
  const extension = field(13, field(1, 'x-kubernetes-group-version-kind'), field(2, field(2, yaml)));
  return field(2, field(1, path), field(2, field(8, ...PARAMETERS.map(queryParameter), extension)));
}

/** Document { swagger = 1, info = 2 { title = 1, version = 2 }, paths = 8 }. */
export function openApiDocument(types: ResourceType[]): Uint8Array {
  const info = field(2, field(1, 'sandbox'), field(2, 'v1'));
  return Buffer.concat([field(1, '2.0'), info, field(8, ...types.map(patchOf))]);
}
