/** Where the requests of calls went. */
import type { EntityKey } from '../keys';
import type { Course, Ends } from './courses';
import type { Ground } from './ground';
import type { CallReading } from './measured';
import { Sums, Tally } from './tally';

/** One reading of a call in terms of the picture. */
export interface Passage {
  call: CallReading;
  course: Course;
}

/** All readings of one caller and target. */
export interface Pair {
  ends: Ends;
  services: readonly EntityKey[];
  /** Readings that took no declared way. */
  undeclared: Passage[];
}

export interface Passages {
  edges: Tally;
  /** Services, routers, and nodes by what was sent to them. */
  entities: Tally;
  /** By the posts of pairs. */
  calls: Tally;
  pairs: Pair[];
}

const NONE: Passage[] = [];

/** Services of one more reading; the list is the course's own as long as all have the same. */
function addServices(pair: Pair, services: Course['services']): void {
  if (services === pair.services) return;
  for (const service of services)
    if (!pair.services.includes(service)) pair.services = [...pair.services, service];
}

/**
 * Puts every reading down to the edges and entities it passed. Where the evidence does not tell edges apart, each has the
 * whole, with the others named. A reading is counted once for each service, router and node.
 */
export function followCalls(readings: readonly CallReading[], { courses, places }: Ground): Passages {
  const taken = readings.map((call) => courses.of(call));
  let alongEdges = 0;
  let throughEntities = 0;
  for (const course of taken) {
    alongEdges += course.edges.length;
    throughEntities += course.entities.length;
  }
  const sums = new Sums(readings);
  const edges = new Tally(places.edges.count, sums, alongEdges);
  const entities = new Tally(places.entities.count, sums, throughEntities);
  const calls = new Tally(courses.pairCount, sums, readings.length);
  const byPlace = new Array<Pair | undefined>(courses.pairCount);
  const pairs: Pair[] = [];
  readings.forEach((call, n) => {
    const course = taken[n];
    if (course === undefined) return;
    for (const post of course.edges) edges.add(n, post);
    for (const post of course.entities) entities.add(n, post);
    const { ends } = course;
    if (ends === undefined) return;
    calls.add(n, ends.post);
    let pair = byPlace[ends.post.at];
    if (pair === undefined) {
      pair = byPlace[ends.post.at] = { ends, services: course.services, undeclared: NONE };
      pairs.push(pair);
    } else addServices(pair, course.services);
    if (course.declared) return;
    if (pair.undeclared === NONE) pair.undeclared = [];
    pair.undeclared.push({ call, course });
  });
  return { edges, entities, calls, pairs };
}
