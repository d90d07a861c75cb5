import type { Caller } from './call.ts';
import { jsonOf } from './exchange.ts';

/** Whether the caller may do `verb` on `resource` (`pods`, or a subresource: `pods/log`) in all namespaces. */
export async function mayI(caller: Caller, verb: string, group: string, resource: string): Promise<boolean> {
  const [name, subresource] = resource.split('/');
  const reply = await caller.call({
    method: 'POST',
    path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
    body: {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectAccessReview',
      spec: { resourceAttributes: { verb, group, resource: name, ...(subresource !== undefined && { subresource }) } },
    },
  });
  const { status } = jsonOf<{ status?: { allowed?: boolean } }>(reply);
  return status?.allowed === true;
}
