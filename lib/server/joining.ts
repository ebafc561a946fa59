/** One mesh in several sources: what a cluster asks for, and what App Mesh APIs took. */
import 'server-only';
import type { SourcePart } from '@/lib/api/topology';
import { joinModels, sameMesh, type Joined } from '@/lib/mesh/join';
import type { EntityKey } from '@/lib/mesh/keys';
import type { Mesh, MeshModel } from '@/lib/mesh/model';
import type { AppMeshSource } from './app-mesh/source';
import type { MeshReading } from './hub';

/** A mesh of an App Mesh API that is the same as one of the cluster. */
export interface TakenMesh {
  source: AppMeshSource;
  /** The name it has in that source. */
  name: string;
  model: MeshModel;
}

export interface Joining {
  /** The picture of a mesh of the cluster together with what the APIs hold of it, and where the two part ways. */
  join(declared: MeshModel, now: Date): MeshReading;
  taken(mesh: Mesh | undefined): TakenMesh[];
  /** The APIs that hold a mesh of the cluster, or may. */
  parts(mesh: Mesh | undefined): SourcePart[];
}

const regionOf = (arn: string | undefined): string | undefined => arn?.split(':')[3];

/** Joins the meshes of a cluster with those of these APIs. */
export function createJoining(apis: readonly AppMeshSource[]): Joining {
  const joined = new Map<EntityKey, Joined>();

  function taken(mesh: Mesh | undefined): TakenMesh[] {
    if (mesh === undefined) return [];
    return apis.flatMap((source) =>
      source.hub
        .models()
        .filter((model) => sameMesh(mesh, model.mesh))
        .map((model) => ({ source, name: model.mesh.ref.name, model })),
    );
  }

  /** An API that never told which meshes it has may have this one, unless it is of another region. */
  function mayHold(source: AppMeshSource, mesh: Mesh): boolean {
    const listed = source.listed();
    if (listed !== undefined) return listed.some(({ name }) => name === mesh.awsName);
    const region = regionOf(mesh.ref.arn);
    return region === undefined || region === source.spec.region;
  }

  /** Nobody answers at the APIs that hold the mesh, or could: what the cluster asks for is not taken any more. */
  function silent(mesh: Mesh, holders: readonly TakenMesh[]): AppMeshSource | undefined {
    if (holders.some(({ source }) => source.away() === undefined)) return undefined;
    return apis.find((source) => source.away() !== undefined && mayHold(source, mesh));
  }

  const frozen = (model: MeshModel, { name }: AppMeshSource): MeshModel => ({
    ...model,
    mesh: { ...model.mesh, controlPlane: 'frozen', controlPlaneSaidBy: name },
  });

  return {
    taken,
    join(declared, now) {
      const holders = taken(declared.mesh);
      const away = silent(declared.mesh, holders);
      const { key } = declared.mesh;
      if (holders.length === 0) {
        joined.delete(key);
        return { model: away === undefined ? declared : frozen(declared, away) };
      }
      const known = joinModels(
        declared,
        holders.map(({ model }) => model),
        joined.get(key),
        now,
      );
      joined.set(key, known);
      // What the API took last is not what it would take now: that it is silent is said once, and not for each object.
      return away === undefined
        ? { model: known.model, findings: known.drift }
        : { model: frozen(known.model, away) };
    },
    parts(mesh) {
      if (mesh === undefined) return [];
      const holders = new Map(taken(mesh).map(({ source, name }) => [source, name]));
      return apis
        .filter((source) => holders.has(source) || mayHold(source, mesh))
        .map((source) => source.partOf(holders.get(source) ?? mesh.awsName));
    },
  };
}
