/** Requests with a client token: a repeat gets the first answer, and is not carried out again. */
import { isDeepStrictEqual } from 'node:util';
import { ApiError } from '../api-errors';

/** Far more than a client has under way; older tokens are forgotten. */
const REMEMBERED = 10_000;

export class Repeats {
  private readonly known = new Map<string, { request: unknown; answer: object }>();

  /**
   * The answer of `carryOut`, or that of the same request with the same token before. Throws ConflictException when the
   * token came with another request. A refused request is not remembered.
   */
  answer(token: string | undefined, request: unknown, carryOut: () => object): object {
    if (token === undefined) return carryOut();
    const before = this.known.get(token);
    if (before) {
      if (isDeepStrictEqual(before.request, request)) return before.answer;
      throw new ApiError('ConflictException', `The client token ${token} was used with another request.`);
    }
    const answer = carryOut();
    this.known.set(token, { request, answer });
    const [oldest] = this.known.keys();
    if (this.known.size > REMEMBERED && oldest !== undefined) this.known.delete(oldest);
    return answer;
  }
}
