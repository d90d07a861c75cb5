export { deliver, type Delivered, type DeliverInput } from './deliver.ts';
export type { BaselinePlan, DeliveryPlan, PublishingPlan, Said, SigningPlan, UploadPlan } from './plan.ts';
