import { metricsDecisions } from '../../metrics/decisions.ts';
import { correctStoreDecisions } from '../../store/admission.ts';
import type { Decisions } from '../decisions.ts';
import { accessDecisions } from './access.ts';
import { endpointDecisions } from './endpoint.ts';
import { identityDecisions } from './identity.ts';
import { routeDecisions } from './route.ts';
import { splitDecisions } from './split.ts';

/** The judgements of a mesh that does what SMI says. */
export const correctDecisions: Decisions = {
  ...identityDecisions,
  ...accessDecisions,
  ...routeDecisions,
  ...splitDecisions,
  ...endpointDecisions,
  store: correctStoreDecisions,
  metrics: metricsDecisions,
  view: (store) => store,
};
