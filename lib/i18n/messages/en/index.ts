import { activity } from './activity';
import { backendEditor } from './backend-editor';
import { backendGroups } from './backend-groups';
import { backends } from './backends';
import { edits } from './edits';
import { exporting } from './export';
import { find } from './find';
import { findings } from './findings';
import { inspector } from './inspector';
import { metrics } from './metrics';
import { overlay } from './overlay';
import { problems } from './problems';
import { routes } from './routes';
import { shell } from './shell';
import { shiftForm } from './shift-form';
import { shifts } from './shifts';
import { tester } from './tester';
import { topology } from './topology';
import { traces } from './traces';
import { traffic } from './traffic';
import { view } from './view';

export const en = {
  ...activity,
  ...backendEditor,
  ...backendGroups,
  ...backends,
  ...edits,
  ...exporting,
  ...find,
  ...findings,
  ...inspector,
  ...metrics,
  ...overlay,
  ...problems,
  ...routes,
  ...shell,
  ...shiftForm,
  ...shifts,
  ...tester,
  ...topology,
  ...traces,
  ...traffic,
  ...view,
};
