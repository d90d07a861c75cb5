export type { ApiAccess } from './api.ts';
export { type Artifact, type ArtifactService, keepArtifact } from './artifact.ts';
export { artifactName, artifactPart } from './artifact-name.ts';
export { storeAttestation } from './attestation.ts';
export { checkLimit, conclusionOf, setCheck } from './check.ts';
export { commentLimit, commentOnPull, type Commented, type WorkflowRun } from './comment.ts';
export { markerOf, type Place, placeName } from './place.ts';
