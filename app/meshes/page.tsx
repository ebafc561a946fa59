import { MeshesScreen } from '@/components/shell/meshes-screen';

export default function Page() {
  return <MeshesScreen straight={false} />;
}
