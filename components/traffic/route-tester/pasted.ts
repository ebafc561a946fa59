/** What an address or a curl command that was pasted says of a request. Pure. */

export interface Pasted {
  method?: string;
  scheme?: 'http' | 'https';
  host?: string;
  port?: number;
  path?: string;
  headers?: { name: string; content: string }[];
}

const ADDRESS = /^(https?):\/\/(\[[^\]]*\]|[^/:?#\s]*)(?::(\d+))?([/?][^\s#]*)?(?:#\S*)?$/i;

function addressOf(text: string): Pasted | undefined {
  const [, scheme, host, port, path] = ADDRESS.exec(text) ?? [];
  if (scheme === undefined || host === undefined) return undefined;
  return {
    scheme: scheme.toLowerCase() === 'https' ? 'https' : 'http',
    host,
    ...(port !== undefined && { port: Number(port) }),
    path: path === undefined ? '/' : path.startsWith('/') ? path : `/${path}`,
  };
}

/** The words of a command line, without its quotes and the ends of its lines. */
function words(line: string): string[] {
  const found = line.replace(/\\\r?\n/g, ' ').matchAll(/(?:\$?'[^']*'|"(?:\\.|[^"\\])*"|\\.|[^\s'"\\])+/g);
  return [...found].map(([word]) =>
    word.replace(/\$?'([^']*)'|"((?:\\.|[^"\\])*)"|\\(.)/g, (_, single, double, escaped) =>
      String(single ?? double?.replace(/\\(.)/g, '$1') ?? escaped ?? ''),
    ),
  );
}

/** Options of curl that are followed by something, and are none of a request's route. */
const SKIPPED = /^(-[oumxbcTwK]|--(output|user|max-time|proxy|cookie|cookie-jar|upload-file|write-out|connect-timeout|resolve|cacert|cert|key|retry))$/; // prettier-ignore
const BODY = /^(-d|--data(-raw|-binary|-urlencode|-ascii)?|--json|-F|--form)$/;

function curlOf(text: string): Pasted | undefined {
  const [command, ...rest] = words(text.trim());
  if (command !== 'curl') return undefined;
  const pasted: Pasted = { headers: [] };
  let address: string | undefined;
  const take = () => rest.shift() ?? '';
  const header = (line: string) => {
    const [, name, content] = /^([^:;]+)[:;]\s*(.*)$/.exec(line) ?? [];
    if (name === undefined) return;
    if (name.toLowerCase() === 'host') pasted.host = (content ?? '').replace(/:\d+$/, '');
    else pasted.headers?.push({ name: name.trim(), content: content ?? '' });
  };
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const [, option, given] = /^(--[\w-]+)=(.*)$/s.exec(word) ?? /^(-[XH])(.+)$/s.exec(word) ?? [];
    if (option !== undefined) {
      word = option;
      rest.unshift(given ?? '');
    }
    if (word === '-X' || word === '--request') pasted.method = take().toUpperCase();
    else if (word === '-H' || word === '--header') header(take());
    else if (word === '-A' || word === '--user-agent') header(`user-agent: ${take()}`);
    else if (word === '-I' || word === '--head') pasted.method ??= 'HEAD';
    else if (BODY.test(word)) {
      take();
      pasted.method ??= 'POST';
    } else if (SKIPPED.test(word)) take();
    else if (word === '--url') address = take();
    else if (!word.startsWith('-')) address ??= word;
  }
  if (address === undefined) return undefined;
  const read = addressOf(address.includes('://') ? address : `http://${address}`);
  return read && { method: 'GET', ...read, ...pasted };
}

/** `undefined` for a text that is neither. */
export const readPasted = (text: string): Pasted | undefined => curlOf(text) ?? addressOf(text.trim());
