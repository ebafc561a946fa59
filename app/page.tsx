import { MeshesScreen } from '@/components/shell/meshes-screen';

/** The start: the only mesh, or the list of them. */
export default function Page() {
  return <MeshesScreen straight />;
}
