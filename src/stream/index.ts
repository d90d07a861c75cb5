export { cloudEventOf, type CloudEvent } from './cloud-event.ts';
export { cloudEventStream, streamTrouble, type Stream, type Streamed, type StreamOptions } from './cloud-events.ts';
