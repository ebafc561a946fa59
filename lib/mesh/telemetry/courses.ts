/** The ways that a picture has for calls. Several are alternatives that what is known of a call does not tell apart. */
import type { EntityKey } from '../keys';
import type { TopologyEdge } from '../topology';
import type { CallReading } from './measured';
import type { Bearer, Names } from './names';
import type { Places } from './places';
import type { Post } from './tally';
import type { Edges, Ways } from './ways';

/** A caller and a target, whatever lies between. */
export interface Ends {
  source: EntityKey;
  target: EntityKey;
  post: Post;
}

/** Where a call with these names goes in the picture. */
export interface Course {
  source: EntityKey | undefined;
  target: EntityKey | undefined;
  services: readonly EntityKey[];
  /** It is told, and known to the picture, which service was called. */
  named: EntityKey | undefined;
  /** The picture has the way that was taken, as far as the call tells it. */
  declared: boolean;
  /** Edges and entities that it passes, by their places. Its services, routers and target are among the entities. */
  edges: readonly Post[];
  entities: readonly Post[];
  /** The same object for all courses between the same two. */
  ends: Ends | undefined;
}

const NONE: Edges = [];
const endOf = ({ target }: TopologyEdge): EntityKey => target;

/** What `edges` gives for each of a list, taken together; a list of one is the common case. */
function together<T>(list: readonly T[], edges: (each: T) => Edges): Edges {
  const [only] = list;
  if (only === undefined) return NONE;
  return list.length === 1 ? edges(only) : [...new Set(list.flatMap(edges))];
}

/** Posts that no other shares, by their places. */
class Lone {
  private readonly posts: Post[] = [];

  at(place: number): Post {
    return (this.posts[place] ??= { at: place, alternatives: [] });
  }
}

/** What is left of the way from services on. */
interface Rest {
  leads: boolean;
  edges: readonly Post[];
  entities: readonly Post[];
}

export interface CoursesInput {
  names: Names;
  ways: Ways;
  entities: Places<EntityKey>;
  edges: Places<TopologyEdge>;
}

type ByService = Map<Bearer | undefined, Course>;

/** Courses of one picture, each worked out once. */
export class Courses {
  private readonly known = new Map<Bearer | undefined, Map<Bearer | undefined, ByService>>();
  private readonly rests = new Map<EntityKey, Map<EntityKey | undefined, Rest>>();
  private readonly lone = new Lone();
  private pairs = 0;

  constructor(private readonly input: CoursesInput) {}

  /** Pairs of caller and target so far; their posts count from 0. */
  get pairCount(): number {
    return this.pairs;
  }

  of({ from, to, service }: CallReading): Course {
    const { names } = this.input;
    const source = names.proxy(from);
    const target = names.node(to);
    const named = service === undefined ? undefined : names.service(service);
    let targets = this.known.get(source);
    if (targets === undefined) this.known.set(source, (targets = new Map<Bearer | undefined, ByService>()));
    let services = targets.get(target);
    if (services === undefined) targets.set(target, (services = new Map<Bearer | undefined, Course>()));
    let course = services.get(named);
    if (course === undefined)
      services.set(named, (course = this.make(source?.key, target?.key, named?.key, services)));
    return course;
  }

  private make(
    source: EntityKey | undefined,
    target: EntityKey | undefined,
    named: EntityKey | undefined,
    known: ByService,
  ): Course {
    const { ways } = this.input;
    const between = named === undefined && source && target ? ways.between(source, target) : [];
    const services = named === undefined ? between : [named];
    const [other] = known.values();
    const ends = source && target ? (other?.ends ?? this.join(source, target)) : undefined;
    const told = { source, target, services, named, ends };
    for (const { services: its, edges, entities } of known.values())
      if (its.length === 1 && services.length === 1 && its[0] === services[0])
        return { ...told, declared: true, edges, entities };
    const allowed = source ? together(services, (service) => ways.allowed(source, service)) : NONE;
    const [only] = services;
    const rest =
      only !== undefined && services.length === 1 ? this.behind(only, target) : this.rest(services, target);
    return {
      ...told,
      // X-Ray's services are those that are allowed and lead there.
      declared: named === undefined ? between.length > 0 : rest.leads && allowed.length > 0,
      edges: allowed.length === 0 ? rest.edges : [...this.along(allowed), ...rest.edges],
      entities: rest.entities,
    };
  }

  /** From one service to a node it is the same for all callers. */
  private behind(service: EntityKey, target: EntityKey | undefined): Rest {
    let byTarget = this.rests.get(service);
    if (byTarget === undefined) this.rests.set(service, (byTarget = new Map<EntityKey | undefined, Rest>()));
    let rest = byTarget.get(target);
    if (rest === undefined) byTarget.set(target, (rest = this.rest([service], target)));
    return rest;
  }

  private rest(services: readonly EntityKey[], target: EntityKey | undefined): Rest {
    const { ways } = this.input;
    const providers = together(services, (service) => ways.providers(service));
    const arrivals = target
      ? together(providers, (edge) => (edge.target === target ? [edge] : ways.routes(edge.target, target)))
      : NONE;
    const provided = this.along(providers);
    const arriving = this.along(arrivals).filter(({ at }) => !provided.some((post) => post.at === at));
    return {
      leads: target !== undefined && services.some((service) => ways.leads(service, target) !== 'no'),
      edges: [...provided, ...arriving],
      entities: this.through(services, providers, target),
    };
  }

  private join(source: EntityKey, target: EntityKey): Ends {
    const post = { at: this.pairs, alternatives: [] };
    this.pairs += 1;
    return { source, target, post };
  }

  /** One post for each place; several are alternatives to each other. */
  private posts(places: readonly number[]): Post[] {
    return places.length < 2
      ? places.map((place) => this.lone.at(place))
      : places.map((at) => ({ at, alternatives: places }));
  }

  private along(edges: Edges): Post[] {
    return this.posts(edges.map((edge) => this.input.edges.of(edge)));
  }

  /** A router that provides several of the services is passed once. */
  private through(services: readonly EntityKey[], providers: Edges, target: EntityKey | undefined): Post[] {
    const { entities, ways } = this.input;
    const behind = providers.length < 2 ? providers.map(endOf) : [...new Set(providers.map(endOf))];
    const posts = this.posts(services.map((key) => entities.of(key)));
    this.posts(behind.map((key) => entities.of(key))).forEach((post, n) => {
      const key = behind[n];
      if (key !== undefined && ways.isRouter(key)) posts.push(post);
    });
    if (target !== undefined) posts.push(this.lone.at(entities.of(target)));
    return posts;
  }
}
