/** Every route of the API, in one table: requests are sent by it and the API document is made from it. */
import 'server-only';
import { z } from 'zod';
import {
  accessAnswer,
  meshesAnswer,
  objectAnswer,
  revision,
  sourcesAnswer,
  topologyWithParts,
} from '@/lib/api/topology';
import { backendsAnswer, backendsRequest, bulkBackendsAnswer, bulkBackendsRequest } from '@/lib/api/backends';
import { egressAnswer, egressRequest } from '@/lib/api/egress';
import { groupAnswer, groupCreation, groupEdit, groupRemovalRequest } from '@/lib/api/backend-groups';
import { routerEditAnswer, routerEditRequest } from '@/lib/api/router-edits';
import { routesAnswer } from '@/lib/api/routes';
import { controlRequest, shiftsAnswer } from '@/lib/api/shifts';
import { bulkAnswer, bulkRequest, weightsAnswer, weightsRequest } from '@/lib/api/weights';
import type { ApiRoute } from './call';
import { metricsAnswer, telemetryAnswer, traceAnswer, tracesAnswer } from '@/lib/api/telemetry';
import { patchBackends, patchBulkBackends } from './handlers/backends';
import { deleteGroup, patchGroup, postGroup } from './handlers/backend-groups';
import { patchEgress } from './handlers/egress';
import { patchBulkWeights } from './handlers/bulk-weights';
import { getMetrics, getTelemetry, getTrace, listTraces } from './handlers/telemetry';
import { getStream, getTopology, listFindings } from './handlers/mesh';
import { postRouterEdit } from './handlers/router-edits';
import { listWeightedRoutes } from './handlers/routes';
import { getAccess, getObject } from './handlers/objects';
import { listMeshes, listSources, refresh } from './handlers/sources';
import { getShift, listShifts, postControl, postShift } from './handlers/shifts';
import { patchWeights } from './handlers/weights';
import { controlDocument, shiftDocument, startDocument, startRequest } from './shifts/contract';
import { openApiDocument } from './openapi';

const SOURCE = '/api/v1/sources/{source}';
const MESH = `${SOURCE}/meshes/{mesh}`;

const WINDOW = {
  window: '5m (default), 15m, 1h, 6h or 24h, up to now.',
  from: 'With `to` in place of `window`: epoch milliseconds or ISO 8601.',
  to: 'See `from`.',
} as const;

export const ROUTES: readonly ApiRoute[] = [
  {
    method: 'GET',
    path: '/api/v1/sources',
    summary: 'The places meshes are read from, and how each is doing.',
    answer: sourcesAnswer,
    problems: [],
    handle: listSources,
  },
  {
    method: 'GET',
    path: `${SOURCE}/meshes`,
    summary: 'The meshes of a source, with sizes and findings.',
    answer: meshesAnswer,
    problems: ['E301', 'E501', 'E503'],
    handle: listMeshes,
  },
  {
    method: 'GET',
    path: '/api/v1/routes',
    summary:
      'Every weighted route of every mesh: targets, owner, last change, findings, and whether it can be written. Has an ETag; If-None-Match answers 304.',
    query: {
      q: 'An expression of the find language, asked of each route on its own: `owner = argocd and weight > 0 and weight < 100`. Words also occur in the names of route, targets, mesh and source.',
    },
    answer: routesAnswer,
    problems: ['E105'],
    handle: listWeightedRoutes,
  },
  {
    method: 'POST',
    path: `${SOURCE}/refresh`,
    summary: 'Tries at once whatever waits for its next attempt to reach the cluster.',
    answer: sourcesAnswer,
    problems: ['E301'],
    handle: refresh,
  },
  {
    method: 'GET',
    path: `${MESH}/topology`,
    summary: 'Nodes, edges and findings of a mesh at one revision.',
    query: {
      q: 'An expression of the find language, such as `kind = router and weight < 100`: the nodes that match, the edges between them and the findings on them.',
    },
    answer: topologyWithParts,
    problems: ['E105', 'E301', 'E302', 'E501', 'E503'],
    handle: getTopology,
  },
  {
    method: 'GET',
    path: `${MESH}/findings`,
    summary: 'What is wrong with a mesh.',
    answer: z.object({ findings: z.array(z.looseObject({})), revision }),
    problems: ['E301', 'E302', 'E501', 'E503'],
    handle: listFindings,
  },
  {
    method: 'GET',
    path: `${MESH}/stream`,
    summary:
      'Server-sent events: snapshot, delta, status, ping. Last-Event-ID: epoch:seq resumes; a reader too far behind gets a snapshot.',
    media: 'text/event-stream',
    problems: ['E301'],
    handle: getStream,
  },
  {
    method: 'GET',
    path: `${MESH}/telemetry`,
    summary: 'What was measured in a window, by entity and edge, and how each evidence source is doing.',
    query: {
      ...WINDOW,
      groups: 'Namespaces whose proxies are asked about; repeat for several; left out: all.',
    },
    answer: telemetryAnswer,
    problems: ['E101', 'E301', 'E302', 'E501', 'E503'],
    handle: getTelemetry,
  },
  {
    method: 'GET',
    path: `${MESH}/metrics`,
    summary: 'Lines of a chart for entities and edges.',
    query: { ...WINDOW, key: 'Key of an entity or edge; repeat for up to 8.' },
    answer: metricsAnswer,
    problems: ['E101', 'E301', 'E302', 'E501', 'E503'],
    handle: getMetrics,
  },
  {
    method: 'GET',
    path: `${MESH}/traces`,
    summary: 'Traces of a window.',
    query: {
      ...WINDOW,
      key: 'Key of an entity or edge that takes part.',
      status: 'ok, error, throttle or fault.',
      minMs: 'Least response time in milliseconds.',
      maxMs: 'Longest response time in milliseconds.',
      filter: 'An X-Ray filter expression, passed on as it is.',
      token: 'The next page: `nextToken` of the one before.',
    },
    answer: tracesAnswer,
    problems: ['E101', 'E106', 'E301', 'E302', 'E307', 'E501', 'E503', 'E506'],
    handle: listTraces,
  },
  {
    method: 'GET',
    path: `${MESH}/traces/{id}`,
    summary: 'One trace, with the part of the mesh that each span stands for.',
    answer: traceAnswer,
    problems: ['E301', 'E302', 'E306', 'E307', 'E501', 'E503', 'E506'],
    handle: getTrace,
  },
  {
    method: 'GET',
    path: `${SOURCE}/objects/{kind}/{namespace}/{name}`,
    summary:
      'One object as the cluster holds it, with its events. Namespace _ for cluster-scoped objects and those of an App Mesh API.',
    query: { mesh: 'For objects of an App Mesh API: their mesh, where several have one of that name.' },
    answer: objectAnswer,
    problems: ['E202', 'E301', 'E303', 'E501', 'E502', 'E504'],
    handle: getObject,
  },
  {
    method: 'GET',
    path: `${SOURCE}/access`,
    summary: 'What the identity of the console may change in a namespace.',
    query: { namespace: 'The namespace asked about.' },
    answer: accessAnswer,
    problems: ['E101', 'E301', 'E501', 'E502', 'E504'],
    handle: getAccess,
  },
  {
    method: 'PATCH',
    path: `${SOURCE}/routers/{namespace}/{name}/routes/{route}/weights`,
    summary: 'Sets the weights of one route.',
    query: {
      mesh: 'For namespace _ (a router of an App Mesh API): its mesh, where several have one of that name.',
    },
    body: weightsRequest,
    answer: weightsAnswer,
    problems: [
      'E100', 'E101', 'E102', 'E103', 'E104', 'E201', 'E202', 'E203', 'E204', 'E301', 'E303', 'E304', 'E401', 'E402',
      'E403', 'E404', 'E405', 'E406', 'E409', 'E410', 'E501', 'E502', 'E503', 'E504', 'E505',
    ], // prettier-ignore
    handle: patchWeights,
  },
  {
    method: 'POST',
    path: `${SOURCE}/routers/{namespace}/{name}/edits`,
    summary:
      'Adds or takes away a canary by header (a route tried before the others that sends one header to one node), or a target without weight.',
    body: routerEditRequest,
    answer: routerEditAnswer,
    problems: [
      'E100', 'E101', 'E102', 'E103', 'E104', 'E201', 'E202', 'E203', 'E204', 'E301', 'E303', 'E304', 'E403', 'E405',
      'E410', 'E415', 'E416', 'E501', 'E502', 'E503', 'E504', 'E505',
    ], // prettier-ignore
    handle: postRouterEdit,
  },
  {
    method: 'PATCH',
    path: '/api/v1/routes/weights',
    summary:
      'Sets the weights of several routes. All are rehearsed first, and nothing is written unless all would be taken; then routes of one router are one write, and the first write that fails ends it. The answer tells what became of each.',
    body: bulkRequest,
    answer: bulkAnswer,
    problems: ['E100', 'E101', 'E102', 'E103', 'E104', 'E201', 'E301'],
    handle: patchBulkWeights,
  },
  {
    method: 'PATCH',
    path: `${SOURCE}/nodes/{namespace}/{name}/backends`,
    summary:
      'Adds entries to the backends of one node, takes entries away, gives them another client policy, replaces list, groups and defaults as a whole, or takes a recorded change back.',
    body: backendsRequest,
    answer: backendsAnswer,
    problems: [
      'E100', 'E101', 'E102', 'E103', 'E104', 'E201', 'E202', 'E203', 'E204', 'E301', 'E303', 'E404', 'E409', 'E410',
      'E414', 'E501', 'E502', 'E503', 'E504', 'E505',
    ], // prettier-ignore
    handle: patchBackends,
  },
  {
    method: 'PATCH',
    path: '/api/v1/nodes/backends',
    summary:
      'Changes the backends of several nodes. All are rehearsed first, and nothing is written unless all would be taken; then one after the other is written, and the first that fails ends it. The answer tells what became of each.',
    body: bulkBackendsRequest,
    answer: bulkBackendsAnswer,
    problems: ['E100', 'E101', 'E102', 'E103', 'E104', 'E201', 'E301'],
    handle: patchBulkBackends,
  },
  {
    method: 'POST',
    path: `${SOURCE}/backendgroups`,
    summary: 'Makes a BackendGroup, or one that was deleted again.',
    body: groupCreation,
    answer: groupAnswer,
    problems: [
      'E100', 'E101', 'E102', 'E103', 'E104', 'E201', 'E202', 'E301', 'E303', 'E410', 'E417', 'E501', 'E502',
      'E503', 'E504', 'E505',
    ], // prettier-ignore
    handle: postGroup,
  },
  {
    method: 'PATCH',
    path: `${SOURCE}/backendgroups/{namespace}/{name}`,
    summary: 'Adds members to a BackendGroup and takes others away, or takes a recorded change back.',
    body: groupEdit,
    answer: groupAnswer,
    problems: [
      'E100', 'E101', 'E102', 'E103', 'E104', 'E201', 'E202', 'E203', 'E204', 'E301', 'E303', 'E404', 'E409', 'E410', 'E417', 'E501', 'E502',
      'E503', 'E504', 'E505',
    ], // prettier-ignore
    handle: patchGroup,
  },
  {
    method: 'DELETE',
    path: `${SOURCE}/backendgroups/{namespace}/{name}`,
    summary: 'Deletes a BackendGroup; the answer has what makes it again.',
    body: groupRemovalRequest,
    answer: groupAnswer,
    problems: [
      'E100', 'E101', 'E102', 'E103', 'E104', 'E201', 'E202', 'E203', 'E204', 'E301', 'E303', 'E409', 'E410', 'E417', 'E501', 'E502',
      'E503', 'E504', 'E505',
    ], // prettier-ignore
    handle: deleteGroup,
  },
  {
    method: 'PATCH',
    path: `${MESH}/egress`,
    summary:
      'Sets the egress filter of a Mesh (what proxies do with calls that nothing declares), or takes a recorded change of it back.',
    body: egressRequest,
    answer: egressAnswer,
    problems: [
      'E100', 'E101', 'E102', 'E103', 'E104', 'E201', 'E202', 'E204', 'E301', 'E303', 'E404', 'E409', 'E410', 'E501',
      'E502', 'E503', 'E504', 'E505',
    ], // prettier-ignore
    handle: patchEgress,
  },
  {
    method: 'GET',
    path: `${SOURCE}/shifts`,
    summary: 'The TrafficShifts of a cluster, newest first, and whether it has them at all.',
    answer: shiftsAnswer,
    problems: ['E301'],
    handle: listShifts,
  },
  {
    method: 'POST',
    path: `${SOURCE}/shifts`,
    summary:
      'Starts a TrafficShift. As a dry run: what the cluster makes of it, the YAML, the equal command, and everything that would refuse it or keep it waiting.',
    body: startRequest,
    answer: startDocument,
    problems: [
      'E100', 'E101', 'E102', 'E103', 'E104', 'E201', 'E202', 'E301', 'E303', 'E308', 'E410', 'E411', 'E412', 'E413',
      'E501', 'E502', 'E503', 'E504', 'E505',
    ], // prettier-ignore
    handle: postShift,
  },
  {
    method: 'GET',
    path: `${SOURCE}/shifts/{namespace}/{name}`,
    summary: 'One TrafficShift with all it says, the state of its mesh, and the weights its routes have now.',
    answer: shiftDocument,
    problems: ['E301', 'E303', 'E308', 'E501', 'E502', 'E503'],
    handle: getShift,
  },
  {
    method: 'POST',
    path: `${SOURCE}/shifts/{namespace}/{name}/{action}`,
    summary:
      'Asks something of a TrafficShift under way: pause, resume, promote, promoteFull, abort, retry, adopt or reassert. Done once for each requestId.',
    body: controlRequest,
    answer: controlDocument,
    problems: [
      'E100', 'E101', 'E102', 'E103', 'E104', 'E201', 'E202', 'E301', 'E303', 'E305', 'E407', 'E408', 'E410', 'E501',
      'E502', 'E503', 'E504', 'E505',
    ], // prettier-ignore
    handle: postControl,
  },
  {
    method: 'GET',
    path: '/api/v1/openapi.json',
    summary: 'This document.',
    media: 'application/json',
    problems: [],
    handle: () => ({ ok: true, json: openApiDocument(ROUTES) }),
  },
];
