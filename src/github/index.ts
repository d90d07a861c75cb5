export { type Artifact, type ArtifactService, keepArtifact } from './artifact.ts';
export { artifactName } from './artifact-name.ts';
