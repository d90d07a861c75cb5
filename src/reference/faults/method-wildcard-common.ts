import type { Fault } from './fault.ts';

const common = ['GET', 'HEAD', 'POST'];

export const methodWildcardCommon: Fault = {
  name: 'method-wildcard-common',
  row: '+',
  title: '`*` takes GET, HEAD and POST only',
  seam: 'route match',
  kills: ['traffic-specs/method-wildcard'],
  mayAffect: ['traffic-access/additive-overlap'],
  apply: (decisions) => ({ ...decisions, methodListed: (methods, method) => methods.includes(method) || (common.includes(method) && decisions.methodListed(methods, method)) }),
};
