/** Groups: one for everything, and one with a filter. */
import { ACCOUNT, REGION } from '../appmesh/resource-id';
import { filterFrom, type Filter } from './filter';
import { invalid, textOf, type Fields } from './requests';

const arn = (name: string, id: string) => `arn:aws:xray:${REGION}:${ACCOUNT}:group/${name}/${id}`;

const GROUPS = [
  { GroupName: 'Default', GroupARN: arn('Default', 'DEFAULT'), FilterExpression: undefined },
  {
    GroupName: 'failed-requests',
    GroupARN: arn('failed-requests', '6QFYJ3B2ZQ4M5V7T'),
    FilterExpression: 'fault OR error',
  },
];

export const groups = () =>
  GROUPS.map((group) => ({
    ...group,
    InsightsConfiguration: { InsightsEnabled: false, NotificationsEnabled: false },
  }));

/** The group a request names. Throws InvalidRequestException when there is none of that name. */
export function groupOf(fields: Fields) {
  const name = textOf(fields, 'GroupName');
  const groupArn = textOf(fields, 'GroupARN');
  if (name === undefined && groupArn === undefined) return groups()[0];
  const found = groups().find(({ GroupName, GroupARN }) => GroupName === name || GroupARN === groupArn);
  if (!found) throw invalid(`Group not found: ${name ?? groupArn}`);
  return found;
}

export const groupFilter = (fields: Fields): Filter => filterFrom(groupOf(fields)?.FilterExpression);
