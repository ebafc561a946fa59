/** The log: JSON lines on standard output. Only named fields are written, never whole requests or objects. */
import 'server-only';
import pino from 'pino';
import type { Config } from './config';

export type Log = pino.Logger;

/** Begins a log at a level. */
export function createLog(level: Config['logLevel']): Log {
  return pino({ name: 'meshdeck', level, base: null, timestamp: pino.stdTimeFunctions.isoTime });
}

/** One attempted write, as the audit line tells it. */
export interface AuditLine {
  action:
    | 'weights'
    | 'backends'
    | 'egress'
    | 'undo'
    | 'shift'
    | 'createShift'
    | 'controlShift'
    | 'editRouter'
    | 'createGroup'
    | 'editGroup'
    | 'deleteGroup';
  source: string;
  /** namespace/name; of a mesh its name. */
  object: string;
  route?: string | undefined;
  /** Names of a node's own entries, or of the members of a group, before and after; of a change that was not made, what was asked for. */
  backends?:
    | { before: string[]; after: string[] }
    | { allow: string[] | undefined; revoke: string[] | undefined }
    | undefined;
  /** The egress filter of a mesh before and after; of a change that was not made, what was asked for. */
  egress?: string | undefined;
  /** How a router is edited. */
  edit?: string | undefined;
  /** What is asked of a shift, and the id of the request. */
  control?: { action: string; requestId: string } | undefined;
  dryRun: boolean;
  /** unknown: it may have been written or not. failed: the console failed with an error of its own. */
  outcome: 'applied' | 'dryRun' | 'refused' | 'unknown' | 'failed';
  code?: string | undefined;
  by: string;
  reason?: string | undefined;
  /** Id of the change; for routes of an App Mesh API, which carry no history, this line is where it is kept. */
  historyId?: string | undefined;
  /** The change of several routes that it is a part of. */
  bulk?: string | undefined;
  /** Id of the change that was taken back. */
  undoOf?: string | undefined;
  before?: { node: string; weight: number }[] | undefined;
  /** Absent where the request could not be read. */
  after?: { node: string; weight: number }[] | undefined;
}

/** Writes the audit line of a write, refused ones as well. */
export function audit(log: Log, line: AuditLine): void {
  log.info({ audit: line }, 'audit');
}
