/** App Mesh APIs that do not serve: nobody listens, everything is forbidden, or no answer ever comes. */
import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface BrokenApis {
  /** A SPEC of `--app-mesh` for each, named `down`, `forbidden` and `slow`. */
  specs: string[];
  stop(): void;
}

async function listen(answer: RequestListener): Promise<{ server: Server; url: string }> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // a TCP server
  return { server, url: `http://127.0.0.1:${port}` };
}

function end({ server }: { server: Server }): void {
  server.close();
  server.closeAllConnections();
}

/** In the words of AWS. */
export const DENIAL = 'User e2e is not authorized to perform: appmesh:ListMeshes';

export async function startBrokenApis(): Promise<BrokenApis> {
  const down = await listen(() => undefined);
  end(down);
  const forbidden = await listen((_, answer) => {
    answer.writeHead(403, { 'x-amzn-errortype': 'ForbiddenException' });
    answer.end(JSON.stringify({ message: DENIAL }));
  });
  const slow = await listen(() => undefined);
  return {
    specs: Object.entries({ down, forbidden, slow }).map(
      ([name, { url }]) => `us-west-2,endpoint=${url},name=${name}`,
    ),
    stop: () => [forbidden, slow].forEach(end),
  };
}
