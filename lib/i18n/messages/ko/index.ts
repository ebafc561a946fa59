import { exporting } from './export';
import { findings } from './findings';
import { inspector } from './inspector';
import { problems } from './problems';
import { shell } from './shell';
import { topology } from './topology';
import { traffic } from './traffic';

export const ko = { ...shell, ...topology, ...inspector, ...traffic, ...findings, ...problems, ...exporting };
