/** What laying measurements over a picture needs to know of it alone, worked out once for as long as it is the same picture. */
import type { EntityKey } from '../keys';
import type { MeshModel } from '../model';
import type { EdgeKind, Topology, TopologyEdge, TopologyNode } from '../topology';
import { Courses } from './courses';
import { namesOf } from './names';
import type { Names } from './names';
import type { OwnThresholds } from './overlay';
import { Places } from './places';
import { weightedRoutesOf } from './splits';
import type { WeightedRoute } from './splits';
import { Ways } from './ways';

export interface Ground {
  model: MeshModel;
  names: Names;
  ways: Ways;
  courses: Courses;
  places: { entities: Places<EntityKey>; edges: Places<TopologyEdge> };
  nodes: { node: TopologyNode; at: number }[];
  /** Those that requests pass. */
  edges: { edge: TopologyEdge; at: number }[];
  /** Of those that set some for themselves. */
  ownThresholds: ReadonlyMap<EntityKey, OwnThresholds>;
  /** Routes with two targets or more. */
  routes: WeightedRoute[];
}

const CARRYING: ReadonlySet<EdgeKind> = new Set(['gateway-route', 'backend', 'provider', 'route-target']);

function survey(model: MeshModel, topology: Topology): Ground {
  const places = { entities: new Places<EntityKey>(), edges: new Places<TopologyEdge>() };
  const nodes = topology.nodes.map((node) => ({ node, at: places.entities.of(node.key) }));
  const edges = topology.edges
    .filter(({ kind }) => CARRYING.has(kind))
    .map((edge) => ({ edge, at: places.edges.of(edge) }));
  const names = namesOf(model, topology, places.entities);
  const ways = new Ways(topology);
  const courses = new Courses({ names, ways, ...places });
  const routes = weightedRoutesOf(model, ways, places.edges);
  const ownThresholds = new Map<EntityKey, OwnThresholds>();
  for (const entity of model.entities.values())
    if (entity.thresholds !== undefined) ownThresholds.set(entity.key, entity.thresholds);
  return { model, names, ways, courses, places, nodes, edges, ownThresholds, routes };
}

const known = new WeakMap<Topology, Ground>();

/** `topology` is drawn from `model`. Neither changes in place: a change makes new ones. */
export function groundOf(model: MeshModel, topology: Topology): Ground {
  const surveyed = known.get(topology);
  if (surveyed?.model === model) return surveyed;
  const ground = survey(model, topology);
  known.set(topology, ground);
  return ground;
}
