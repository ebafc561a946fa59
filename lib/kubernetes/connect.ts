/** A connection to one cluster. Authentication, TLS and proxies are client-node's; sending and reading are plain Node. */
import 'server-only';
import http from 'node:http';
import type { IncomingMessage, RequestOptions } from 'node:http';
import https from 'node:https';
import { delimiter } from 'node:path';
import { KubeConfig } from '@kubernetes/client-node';
import { refusal } from './answer';
import type { Answer, Refusal } from './answer';

/** Longest silence while waiting for the head of an answer, or for more of one that is read whole, in milliseconds. */
const ANSWER_TIMEOUT_MS = 30_000;

export interface ConnectionConfig {
  /** Path of a kubeconfig, or of several as in $KUBECONFIG; of two entries with one name the first counts. */
  kubeconfig?: string;
  context?: string;
  /** Use the pod's service account. */
  inCluster?: boolean;
}

export interface RequestDetails {
  query?: Record<string, string>;
  /** Sent as JSON. */
  body?: unknown;
  contentType?: string;
  signal?: AbortSignal;
  /** Whether the cluster may change by it; if so, an answer that is lost leaves the outcome unknown. Without it: all but GET. */
  writes?: boolean;
}

/** An answer whose body is still coming; `refused` where the server said no. */
export type Opened = { ok: true; status: number; stream: IncomingMessage } | Refusal;

export interface ClusterClient {
  /** Name of the context, as kubectl shows it. */
  name: string;
  /** Address of the API server, without a user name or password. */
  server: string;
  /** Sends a request and reads the whole answer. Never throws for what a cluster can do. */
  request(method: string, path: string, details?: RequestDetails): Promise<Answer>;
  /** Sends a GET and gives the answer's body as it comes; for watches. */
  open(path: string, details?: Pick<RequestDetails, 'query' | 'signal'>): Promise<Opened>;
}

const TLS_FIELDS = ['ca', 'cert', 'key', 'pfx', 'passphrase', 'rejectUnauthorized', 'servername'] as const;

/** One keep-alive agent for as long as the credentials stay the same. */
function createAgents() {
  let known: { fingerprint: string; agent: https.Agent } | undefined;
  const plain = new http.Agent({ keepAlive: true });
  return {
    plain,
    secure(options: https.RequestOptions): https.Agent {
      const tls = Object.fromEntries(
        TLS_FIELDS.flatMap((field) => (field in options ? [[field, options[field]]] : [])),
      );
      const fingerprint = JSON.stringify(tls, (_, each: unknown) =>
        Buffer.isBuffer(each) ? each.toString('base64') : each,
      );
      if (known?.fingerprint !== fingerprint)
        known = { fingerprint, agent: new https.Agent({ ...tls, keepAlive: true }) };
      return known.agent;
    },
  };
}

/** Reads an answer whole. One that stalls is given up: a connection can stand for hours after the other side is gone. */
async function text(stream: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  const patience = setTimeout(
    () => stream.destroy(new Error(`the answer stalled for ${ANSWER_TIMEOUT_MS / 1000} s`)),
    ANSWER_TIMEOUT_MS,
  );
  try {
    for await (const chunk of stream) {
      patience.refresh();
      chunks.push(Buffer.from(chunk as Uint8Array)); // no encoding is set: chunks are bytes
    }
  } finally {
    clearTimeout(patience);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** An error in one line. The further lines of a parser's message quote what it read, and a kubeconfig holds secrets. */
const wordsOf = (error: unknown): string => {
  if (error instanceof SyntaxError) return 'what was received is no JSON'; // its message quotes the text
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return error.message.trim().split('\n', 1)[0] || code || error.name;
};

const header = (message: IncomingMessage, name: string): string | undefined => {
  const found = message.headers[name];
  return Array.isArray(found) ? found[0] : found;
};

function withoutCredentials(address: URL): string {
  const shown = new URL(address);
  shown.username = '';
  shown.password = '';
  return shown.href.replace(/\/$/, '');
}

function createClient(config: KubeConfig, name: string, base: URL, viaProxy: boolean): ClusterClient {
  const agents = createAgents();

  /** Readies a request. Fails where the credentials cannot be had; nothing is sent then. */
  async function prepare(method: string, path: string, details: RequestDetails) {
    const url = new URL(base);
    url.pathname = `${base.pathname.replace(/\/$/, '')}${path}`;
    url.search = new URLSearchParams(details.query).toString();
    const options: https.RequestOptions = { headers: {} };
    await config.applyToHTTPSOptions(options);
    const body = details.body === undefined ? undefined : JSON.stringify(details.body);
    const secure = url.protocol === 'https:';
    const sent: RequestOptions = {
      method,
      headers: {
        ...options.headers,
        accept: 'application/json',
        'user-agent': 'meshdeck',
        ...(body === undefined
          ? {}
          : {
              'content-type': details.contentType ?? 'application/json',
              'content-length': Buffer.byteLength(body),
            }),
      },
      ...(options.auth ? { auth: options.auth } : {}),
      agent: viaProxy ? options.agent : secure ? agents.secure(options) : agents.plain,
      ...(details.signal ? { signal: details.signal } : {}),
    };
    return { url, sent, body, secure };
  }

  function send({ url, sent, body, secure }: Awaited<ReturnType<typeof prepare>>): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const request = (secure ? https : http).request(url, sent, (answer) => {
        clearTimeout(patience);
        resolve(answer);
      });
      const patience = setTimeout(
        () => request.destroy(new Error(`no answer within ${ANSWER_TIMEOUT_MS / 1000} s`)),
        ANSWER_TIMEOUT_MS,
      );
      request.once('error', (error) => {
        clearTimeout(patience);
        reject(error);
      });
      request.end(body);
    });
  }

  return {
    name,
    server: withoutCredentials(base),
    async request(method, path, details = {}) {
      const { writes = method !== 'GET' } = details;
      let prepared: Awaited<ReturnType<typeof prepare>>;
      try {
        prepared = await prepare(method, path, details);
      } catch (error) {
        return { ok: false, kind: 'unreachable', message: wordsOf(error) };
      }
      let answer: IncomingMessage;
      try {
        answer = await send(prepared);
      } catch (error) {
        // A refused connection never carried the write; anything later may have.
        const neverSent = /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|CERT|certificate/.test(
          `${wordsOf(error)} ${error instanceof Error && 'code' in error ? String(error.code) : ''}`,
        );
        const kind = !writes || neverSent ? 'unreachable' : 'outcomeUnknown';
        return { ok: false, kind, message: wordsOf(error) };
      }
      const status = answer.statusCode ?? 0;
      try {
        const content = await text(answer);
        if (status < 200 || status > 299) return refusal(status, content, header(answer, 'retry-after'));
        const body: unknown = content === '' ? undefined : JSON.parse(content);
        const dateMs = Date.parse(header(answer, 'date') ?? '');
        return { ok: true, status, body, ...(Number.isNaN(dateMs) ? {} : { dateMs }) };
      } catch (error) {
        const kind = writes ? 'outcomeUnknown' : 'unreachable';
        return { ok: false, kind, message: wordsOf(error) };
      }
    },
    async open(path, details = {}) {
      try {
        const stream = await send(await prepare('GET', path, details));
        const status = stream.statusCode ?? 0;
        if (status >= 200 && status <= 299) return { ok: true, status, stream };
        return refusal(status, await text(stream), header(stream, 'retry-after'));
      } catch (error) {
        return { ok: false, kind: 'unreachable', message: wordsOf(error) };
      }
    },
  };
}

function loadFiles(kube: KubeConfig, paths: string): void {
  for (const [i, path] of paths.split(delimiter).filter(Boolean).entries()) {
    if (i === 0) {
      kube.loadFromFile(path);
      continue;
    }
    const next = new KubeConfig();
    next.loadFromFile(path);
    for (const cluster of next.clusters) if (!kube.getCluster(cluster.name)) kube.addCluster(cluster);
    for (const user of next.users) if (!kube.getUser(user.name)) kube.addUser(user);
    for (const context of next.contexts) if (!kube.getContextObject(context.name)) kube.addContext(context);
    if (!kube.getCurrentContext()) kube.setCurrentContext(next.getCurrentContext());
  }
}

/**
 * Prepares a connection; nothing is sent yet. Never picks up a kubeconfig that was not named. `problem` is one sentence on
 * what is wrong with the configuration.
 */
export function connect(
  config: ConnectionConfig,
): { ok: true; cluster: ClusterClient } | { ok: false; problem: string } {
  const kube = new KubeConfig();
  if (config.inCluster === true && !process.env['KUBERNETES_SERVICE_HOST'])
    return { ok: false, problem: 'this is no pod of a cluster: KUBERNETES_SERVICE_HOST is not set' };
  try {
    if (config.inCluster === true) kube.loadFromCluster();
    else if (config.kubeconfig !== undefined) loadFiles(kube, config.kubeconfig);
    else return { ok: false, problem: 'no cluster is configured' };
  } catch (error) {
    return { ok: false, problem: `the kubeconfig cannot be read: ${wordsOf(error)}` };
  }
  if (config.context !== undefined) kube.setCurrentContext(config.context);
  const cluster = kube.getCurrentCluster();
  const name = config.inCluster === true ? 'in-cluster' : kube.getCurrentContext();
  if (!cluster)
    return { ok: false, problem: `the kubeconfig holds no context named ${name || '(none)'} with a cluster` };
  if (!URL.canParse(cluster.server) || !/^https?:$/.test(new URL(cluster.server).protocol))
    return { ok: false, problem: `the server of the cluster ${cluster.name} is no http or https address` };
  // client-node sends nothing over plain http unless this is set; better said now than with every request.
  if (cluster.server.startsWith('http:') && cluster.skipTLSVerify !== true)
    return {
      ok: false,
      problem: `the server of the cluster ${cluster.name} is plain http, and insecure-skip-tls-verify does not say that this is meant`,
    };
  return {
    ok: true,
    cluster: createClient(kube, name, new URL(cluster.server), cluster.proxyUrl !== undefined),
  };
}
