import { filled, isBefore, isFields, withoutNulls, type Renderer } from './form.ts';

/** Ports came with v1alpha4, where an empty list means all: before, only that can be said, without a `spec` in v1alpha1 and v1alpha2, with an empty one in v1alpha3. */
export const tcpRoute: Renderer = (resource, version) => {
  if (!isBefore(version, 'v1alpha4')) return { body: { spec: withPorts(resource.spec) } };
  if (listsPorts(resource.spec)) {
    return { cannot: `a TCPRoute of specs ${version} has no ports: they came with v1alpha4` };
  }
  return { body: version === 'v1alpha3' ? { spec: {} } : {} };
};

/** There is one form: v1alpha4's. */
export const udpRoute: Renderer = (resource) => ({ body: { spec: withPorts(resource.spec) } });

/** The text lets `ports` be absent, the reference definitions require it: an empty list says the same and satisfies both. */
function withPorts(spec: Record<string, unknown>): Record<string, unknown> {
  const { matches = {} } = spec;
  return withoutNulls({ ...spec, matches: isFields(matches) ? filled(matches, { ports: [] }) : matches });
}

function listsPorts({ matches }: Record<string, unknown>): boolean {
  const ports = isFields(matches) ? matches['ports'] : matches;
  return ports !== undefined && ports !== null && !(Array.isArray(ports) && ports.length === 0);
}
