import { activity } from './activity';
import { exporting } from './export';
import { find } from './find';
import { findings } from './findings';
import { inspector } from './inspector';
import { overlay } from './overlay';
import { problems } from './problems';
import { shell } from './shell';
import { topology } from './topology';
import { traffic } from './traffic';
import { view } from './view';

export const en = {
  ...activity,
  ...exporting,
  ...find,
  ...findings,
  ...inspector,
  ...overlay,
  ...problems,
  ...shell,
  ...topology,
  ...traffic,
  ...view,
};
