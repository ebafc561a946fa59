/** The queries of GetMetricData, checked. */
import type { Series } from './catalogue';
import { invalid, need, object, objects, text, type Fields } from './requests';
import { checkStat } from './statistics';

interface Shown {
  id: string;
  label: string | undefined;
  returned: boolean;
}
export interface MetricQuery extends Shown {
  series: Series;
  stat: string;
  periodS: number;
}
export interface ExpressionQuery extends Shown {
  expression: string;
}
export type Query = MetricQuery | ExpressionQuery;

export const isMetric = (query: Query): query is MetricQuery => 'series' in query;

const MOST_QUERIES = 500;

export function queriesOf(fields: Fields): Query[] {
  const queries = objects(fields, 'MetricDataQueries').map(queryOf);
  if (queries.length === 0) throw invalid('The parameter MetricDataQueries is required.');
  if (queries.length > MOST_QUERIES)
    throw invalid(`The collection MetricDataQueries must not have a size greater than ${MOST_QUERIES}.`);
  const ids = new Set<string>();
  for (const { id } of queries) {
    if (ids.has(id)) throw invalid(`The values for parameter id in MetricDataQueries are not unique: ${id}.`);
    ids.add(id);
  }
  return queries;
}

function queryOf(fields: Fields): Query {
  const id = need(fields, 'Id');
  if (!/^[a-z]\w{0,254}$/.test(id))
    throw invalid(
      `The value ${id} for parameter Id is not matching the expected pattern ^[a-z][a-zA-Z0-9_]*$.`,
    );
  const shown = { id, label: text(fields, 'Label'), returned: fields['ReturnData'] !== false };
  const metricStat = object(fields, 'MetricStat');
  const expression = text(fields, 'Expression');
  if ((metricStat === undefined) === (expression === undefined))
    throw invalid(`Exactly one of MetricStat and Expression must be set in the query ${id}.`);
  if (expression !== undefined) {
    if (expression === '' || expression.length > 2048)
      throw invalid(`The expression of ${id} has a wrong length.`);
    return { ...shown, expression };
  }
  const stat = need(metricStat ?? {}, 'Stat');
  checkStat(stat);
  return { ...shown, series: seriesOf(metricStat ?? {}), stat, periodS: periodOf(metricStat ?? {}) };
}

function seriesOf(metricStat: Fields): Series {
  const metric = object(metricStat, 'Metric') ?? {};
  const dimensions = objects(metric, 'Dimensions');
  if (dimensions.length > 30)
    throw invalid('The collection Dimensions must not have a size greater than 30.');
  return {
    namespace: need(metric, 'Namespace'),
    name: need(metric, 'MetricName'),
    dimensions: dimensions.map((each) => [need(each, 'Name'), need(each, 'Value')] as const),
  };
}

function periodOf({ Period: period }: Fields): number {
  if (typeof period !== 'number' || !Number.isInteger(period) || period < 60 || period % 60 !== 0)
    throw invalid(`The parameter Period must be a multiple of 60, not ${String(period)}.`);
  return period;
}
