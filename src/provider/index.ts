export { defaultProvider, providerAddress } from './address.ts';
export { credentialOf, type Credential } from './credential.ts';
export { namings, payloadOf, refusalOf, type CamelCase, type Naming, type Payload, type PayloadFacts } from './payload.ts';
export { receiptFile } from './receipt.ts';
export { resultIdOf, systemIdOf } from './result-id.ts';
export { systemClock, usualLimits, type Clock, type Limits } from './retry.ts';
export { Secret, takeSecret } from './secret.ts';
export { laterText, noTokenText, upload, type Uploaded, type UploadLog, type UploadOptions } from './upload.ts';
