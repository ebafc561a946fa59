/** A receiver of notifications on this machine, for tests. */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  headers: IncomingHttpHeaders;
  body: string;
}

export class Receiver {
  readonly received: Received[] = [];
  /** What the next requests are answered; 200 after them. */
  readonly answers: { status: number; headers?: Record<string, string> }[] = [];
  private readonly server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (part: string) => (body += part));
    request.on('end', () => {
      const { status = 200, headers = {} } = this.answers.shift() ?? {};
      this.received.push({ headers: request.headers, body });
      response.writeHead(status, headers).end('thanks');
    });
  });

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  get url(): string {
    const { port } = this.server.address() as AddressInfo; // it listens on a port, not on a pipe
    return `http://127.0.0.1:${port}/hook`;
  }

  /** One field of each body, in the order they came. */
  told(field: string): unknown[] {
    return this.received.map(({ body }) => (JSON.parse(body) as Record<string, unknown>)[field]);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
