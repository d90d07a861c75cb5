export { bootCluster, type Booted, type BootRequest } from './boot.ts';
export { type Choice, chooseCluster, type MachineFacts } from './choose.ts';
export { askDocker, type DockerState } from './docker.ts';
export { type NodeImage, nodeImageFor } from './images.ts';
export { exportLogsOf } from './logs.ts';
export { lookAround } from './look-around.ts';
export { removeMade, type Removing } from './remove.ts';
