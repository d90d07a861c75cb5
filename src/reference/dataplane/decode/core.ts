import type { KubeObject } from '../../../cluster/port.ts';
import type { Pod, Service, ServicePort } from '../model.ts';
import { fields, list, namesOf, text, textMap } from './fields.ts';

export function decodeService(object: KubeObject): Service {
  const { clusterIP, type, selector, ports } = fields(object['spec']);
  return {
    ...namesOf(object),
    ...(text(clusterIP) !== '' && clusterIP !== 'None' && { clusterIP: text(clusterIP) }),
    type: text(type) || 'ClusterIP',
    selector: textMap(selector),
    ports: list(ports).map(decodePort),
  };
}

export function decodePod(object: KubeObject): Pod {
  const containers = list(fields(object['spec'])['containers']).map(fields);
  const ports = containers.flatMap((container) => list(container['ports']).map(fields));
  const conditions = list(fields(object['status'])['conditions']).map(fields);
  return {
    ...namesOf(object),
    labels: object.metadata.labels ?? {},
    ready: object.metadata.deletionTimestamp === undefined && conditions.some(({ type, status }) => type === 'Ready' && status === 'True'),
    portNames: Object.fromEntries(ports.flatMap(({ name, containerPort }) => (typeof name === 'string' && typeof containerPort === 'number' ? [[name, containerPort]] : []))),
  };
}

function decodePort(value: unknown): ServicePort {
  const { name, port, targetPort, protocol, appProtocol } = fields(value);
  const number = typeof port === 'number' ? port : 0;
  return {
    name: text(name),
    port: number,
    targetPort: typeof targetPort === 'number' || typeof targetPort === 'string' ? targetPort : number,
    transport: protocol === 'UDP' ? 'udp' : 'tcp',
    speaks: spoken(text(appProtocol).toLowerCase() || text(name).split('-', 1)[0]),
  };
}

function spoken(hint: string | undefined): ServicePort['speaks'] {
  if (hint === 'http' || hint === 'http2' || hint === 'kubernetes.io/h2c' || hint === 'grpc') return 'http';
  return hint === 'tcp' ? 'tcp' : undefined;
}
