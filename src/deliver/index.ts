export { keepEvidence } from './keep-evidence.ts';
export { deliver, type Delivered, type DeliverInput } from './deliver.ts';
export type { ArtifactPlan, BaselinePlan, DeliveryPlan, GitHubPlan, PublishingPlan, Said, SigningPlan, UploadPlan } from './plan.ts';
