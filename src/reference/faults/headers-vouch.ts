import type { Fault } from './fault.ts';

export const headersVouch: Fault = {
  name: 'headers-vouch',
  row: '7',
  title: 'Who calls is taken from the header by which proxies pass on a client certificate',
  seam: 'identity',
  kills: ['traffic-access/spoofed-headers-denied'],
  mayAffect: [],
  apply: (decisions) => ({
    ...decisions,
    identify(caller, request) {
      const [, namespace, serviceAccount] = /URI=spiffe:\/\/[^/]+\/ns\/([^/]+)\/sa\/([^;,]+)/.exec(request?.headers.get('x-forwarded-client-cert') ?? '') ?? [];
      const own = decisions.identify(caller, request);
      return own === undefined || namespace === undefined || serviceAccount === undefined ? own : { ...own, namespace, serviceAccount };
    },
  }),
};
