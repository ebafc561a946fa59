'use client';
import { useId, useState } from 'react';
import type { ReactNode } from 'react';
import { useSpeech } from '@/lib/i18n/react';
import type { Listener, Protocol } from '@/lib/mesh/model';
import { HeaderRows } from './header-rows';
import { readPasted } from './pasted';
import { problemsOf } from './request-draft';
import type { DraftField, RequestDraft } from './request-draft';
import type { Suggestions } from './suggestions';
import styles from './route-tester.module.css';

/** As the CRD lists them. */
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'CONNECT', 'TRACE'];

export interface RequestFormProps {
  draft: RequestDraft;
  listeners: readonly Listener[];
  /** What can be spoken where there are no listeners to say so. */
  protocols: readonly Protocol[];
  suggestions: Suggestions;
  onDraft: (draft: RequestDraft) => void;
}

/** The request, in as many fields as routes here can look at. */
export function RequestForm({ draft, listeners, protocols, suggestions, onDraft }: RequestFormProps) {
  const { t } = useSpeech();
  const lists = useId();
  const [pasted, setPasted] = useState<{ missedPort?: number | undefined }>();
  const problems = problemsOf(draft);
  const put = (part: Partial<RequestDraft>) => {
    setPasted(undefined);
    onDraft({ ...draft, ...part });
  };
  const web = draft.protocol === 'http' || draft.protocol === 'http2';

  /** What is no address is typed text. */
  const typePath = (text: string) => {
    const read = readPasted(text);
    if (!read) return put({ path: text });
    const { port, ...parts } = read;
    const here = listeners.find((each) => each.port === port && each.protocol === draft.protocol);
    onDraft({ ...draft, ...parts, ...(here && listeners.length > 1 && { port: here.port }) });
    setPasted({ missedPort: port === undefined || here || listeners.length === 0 ? undefined : port });
  };
  const problem = (field: DraftField) => {
    const found = problems.get(field);
    return found && t(`tester.problem.${found}`);
  };

  return (
    <form
      className={styles.form}
      aria-label={t('tester.form')}
      onSubmit={(event) => event.preventDefault()}
      onPaste={(event) => {
        // A command of several lines would be cut to one in the field.
        const text = event.clipboardData.getData('text');
        if (!web || !/^\s*curl\s/.test(text) || !readPasted(text)) return;
        event.preventDefault();
        typePath(text);
      }}
    >
      <div className={styles.row}>
        {listeners.length > 1 && (
          <Field label={t('tester.listener')}>
            {(attributes) => (
              <select
                {...attributes}
                value={`${draft.protocol} ${draft.port ?? ''}`}
                onChange={({ target }) => {
                  const chosen = listeners[target.selectedIndex];
                  if (chosen) put(spoken(draft, chosen.protocol, chosen.port));
                }}
              >
                {listeners.map(({ port, protocol }) => (
                  <option key={`${protocol} ${port}`} value={`${protocol} ${port}`}>
                    {`${protocol} :${port}`}
                  </option>
                ))}
              </select>
            )}
          </Field>
        )}
        {listeners.length === 0 && protocols.length > 1 && (
          <Field label={t('tester.protocol')}>
            {(attributes) => (
              <select
                {...attributes}
                value={draft.protocol}
                onChange={({ target }) => {
                  const chosen = protocols[target.selectedIndex];
                  if (chosen) put(spoken(draft, chosen, undefined));
                }}
              >
                {protocols.map((protocol) => (
                  <option key={protocol}>{protocol}</option>
                ))}
              </select>
            )}
          </Field>
        )}
        {web && suggestions.looksAt.scheme && (
          <Field label={t('tester.scheme')}>
            {(attributes) => (
              <select
                {...attributes}
                value={draft.scheme}
                onChange={({ target }) => put({ scheme: target.value === 'https' ? 'https' : 'http' })}
              >
                <option>http</option>
                <option>https</option>
              </select>
            )}
          </Field>
        )}
      </div>
      {draft.protocol === 'tcp' && <p className={styles.note}>{t('tester.tcp')}</p>}
      {web && (
        <div className={styles.row}>
          <Field label={t('tester.method')}>
            {(attributes) => (
              <select
                {...attributes}
                value={draft.method}
                onChange={({ target }) => put({ method: target.value })}
              >
                {[...new Set([...METHODS, draft.method])].map((method) => (
                  <option key={method}>{method}</option>
                ))}
              </select>
            )}
          </Field>
          <Field label={t('tester.path')} error={problem('path')} hint={hintText()} wide>
            {(attributes) => (
              <input
                {...attributes}
                value={draft.path}
                list={`${lists}paths`}
                onChange={({ target }) => typePath(target.value)}
              />
            )}
          </Field>
        </div>
      )}
      {draft.protocol === 'grpc' && (
        <div className={styles.row}>
          <Field label={t('tester.service')} error={problem('service')} wide>
            {(attributes) => (
              <input
                {...attributes}
                value={draft.service}
                list={`${lists}services`}
                onChange={({ target }) => put({ service: target.value })}
              />
            )}
          </Field>
          <Field label={t('tester.call')} error={problem('call')}>
            {(attributes) => (
              <input
                {...attributes}
                value={draft.call}
                list={`${lists}calls`}
                onChange={({ target }) => put({ call: target.value })}
              />
            )}
          </Field>
        </div>
      )}
      {draft.protocol !== 'tcp' && (suggestions.looksAt.host || draft.host !== '') && (
        <Field label={t('tester.host')} error={problem('host')} hint={t('tester.host.hint')}>
          {(attributes) => (
            <input
              {...attributes}
              value={draft.host}
              list={`${lists}hosts`}
              onChange={({ target }) => put({ host: target.value })}
            />
          )}
        </Field>
      )}
      {draft.protocol !== 'tcp' && (
        <HeaderRows
          metadata={draft.protocol === 'grpc'}
          headers={draft.headers}
          known={suggestions.headers}
          problem={(n) => problem(`header ${n}`)}
          onHeaders={(headers) => put({ headers })}
        />
      )}
      <Options id={`${lists}paths`} texts={suggestions.paths} />
      <Options id={`${lists}hosts`} texts={suggestions.hosts} />
      <Options id={`${lists}services`} texts={suggestions.services} />
      <Options id={`${lists}calls`} texts={suggestions.calls} />
    </form>
  );

  function hintText(): string {
    if (!pasted) return t('tester.path.hint');
    return pasted.missedPort === undefined
      ? t('tester.pasted')
      : t('tester.pasted.port', { port: pasted.missedPort });
  }
}

/** The draft at another way in. Between http and gRPC nothing of it would mean the same. */
function spoken(draft: RequestDraft, protocol: Protocol, port: number | undefined): Partial<RequestDraft> {
  const method = protocol === 'grpc' ? 'POST' : draft.protocol === 'grpc' ? 'GET' : draft.method;
  return { protocol, port, method };
}

interface FieldAttributes {
  id: string;
  className: string | undefined;
  'aria-invalid': true | undefined;
  'aria-describedby': string | undefined;
  autoComplete: 'off';
  spellCheck: false;
}

function Field({
  label,
  hint,
  error,
  wide = false,
  children,
}: {
  label: string;
  hint?: string;
  error?: string | undefined;
  wide?: boolean;
  children: (attributes: FieldAttributes) => ReactNode;
}) {
  const id = useId();
  const told = error ?? hint;
  return (
    <div className={styles.field} data-wide={wide || undefined}>
      <label htmlFor={id}>{label}</label>
      {children({
        id,
        className: styles.input,
        'aria-invalid': error === undefined ? undefined : true,
        'aria-describedby': told === undefined ? undefined : `${id}told`,
        autoComplete: 'off',
        spellCheck: false,
      })}
      {told !== undefined && (
        <span id={`${id}told`} className={error === undefined ? styles.hint : styles.error}>
          {told}
        </span>
      )}
    </div>
  );
}

function Options({ id, texts }: { id: string; texts: readonly string[] }) {
  return (
    <datalist id={id}>
      {texts.map((text) => (
        <option key={text} value={text} />
      ))}
    </datalist>
  );
}
