import type { Fault } from './fault.ts';

export const firstMethodOnly: Fault = {
  name: 'first-method-only',
  row: '29',
  title: 'Of a list of methods only the first counts',
  seam: 'route match',
  kills: ['traffic-specs/method-list'],
  mayAffect: ['traffic-specs/header-path-method-and'],
  apply: (decisions) => ({ ...decisions, methodListed: (methods, method) => decisions.methodListed(methods.slice(0, 1), method) }),
};
