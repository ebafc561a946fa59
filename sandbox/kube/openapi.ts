/**
 * The OpenAPI v2 document kubectl asks for before it applies anything. It only reads the protobuf form, and skips its
 * own validation for kinds the document does not describe: this one describes none, the server validates.
 */

export const OPENAPI_TYPE = 'application/com.github.proto-openapi.spec.v2.v1.0+protobuf';

/** A length-delimited protobuf field; contents below 128 bytes. */
function field(number: number, content: Uint8Array | string): Uint8Array {
  const bytes = Buffer.from(content);
  return Buffer.concat([Buffer.from([(number << 3) | 2, bytes.length]), bytes]);
}

/** Document { swagger = 1, info = 2 { title = 1, version = 2 }, paths = 8 }. */
export function openApiDocument(): Uint8Array {
  const info = Buffer.concat([field(1, 'sandbox'), field(2, 'v1')]);
  return Buffer.concat([field(1, '2.0'), field(2, info), field(8, '')]);
}
