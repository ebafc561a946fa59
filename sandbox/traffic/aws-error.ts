/** A refusal of X-Ray or CloudWatch, by the name its clients know it by. */
export class AwsError extends Error {
  constructor(
    readonly code: string,
    readonly status: number,
    message: string,
  ) {
    super(message);
    this.name = 'AwsError';
  }
}

/** Whether a request is signed is all that is looked at: the sandbox has no keys to check a signature with. */
export function checkSigned(authorization: string | undefined): void {
  if (authorization === undefined)
    throw new AwsError('MissingAuthenticationTokenException', 403, 'Missing Authentication Token');
  if (!/^AWS4-HMAC-SHA256 .*Credential=[^,\s]+.*Signature=/.test(authorization))
    throw new AwsError('IncompleteSignatureException', 403, 'The Authorization header is no AWS signature.');
}
