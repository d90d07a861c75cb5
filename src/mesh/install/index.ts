export { installMesh, type Installed, type InstallOptions } from './install.ts';
export type { MadeMesh } from './made.ts';
export { type PreparedMesh, prepareMesh } from './prepare.ts';
export { uninstallMesh, type Uninstalled, type UninstallOptions } from './uninstall.ts';
export { pairedKubernetes } from './version.ts';
