import { ApiError } from '../../cluster/port.ts';
import type { ResourceKind } from './kinds.ts';

/** The answers of an API server that are no success: status, reason and words as a real one gives them. */
export const failures = {
  /** A kind or version that the cluster does not serve. */
  unknownResource: () => new ApiError(404, 'NotFound', 'the server could not find the requested resource'),
  notFound: (kind: ResourceKind, name: string) => new ApiError(404, 'NotFound', `${resourceOf(kind)} "${name}" not found`),
  alreadyExists: (kind: ResourceKind, name: string) => new ApiError(409, 'AlreadyExists', `${resourceOf(kind)} "${name}" already exists`),
  /** The name is still taken by an object that is on its way out. */
  stillGoing: (kind: ResourceKind, name: string) => new ApiError(409, 'AlreadyExists', `object is being deleted: ${resourceOf(kind)} "${name}" already exists`),
  otherObject: (kind: ResourceKind, name: string, sent: string, stored: string) =>
    new ApiError(409, 'Conflict', `Operation cannot be fulfilled on ${resourceOf(kind)} "${name}": Precondition failed: UID in precondition: ${sent}, UID in object meta: ${stored}`),
  conflict: (kind: ResourceKind, name: string) =>
    new ApiError(409, 'Conflict', `Operation cannot be fulfilled on ${resourceOf(kind)} "${name}": the object has been modified; please apply your changes to the latest version and try again`),
  invalid: (kind: ResourceKind, name: string, problems: readonly string[]) =>
    new ApiError(422, 'Invalid', `${typeOf(kind)} "${name}" is invalid: ${problems.length === 1 ? problems[0] : `[${problems.join(', ')}]`}`),
  forbidden: (kind: ResourceKind, name: string, because: string) => new ApiError(403, 'Forbidden', `${resourceOf(kind)} "${name}" is forbidden: ${because}`),
  readOnly: () => new ApiError(405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource'),
  badRequest: (message: string) => new ApiError(400, 'BadRequest', message),
  /** An error of the server's own storage, which it passes on as it is. */
  unexpected: (message: string) => new ApiError(500, 'Unknown', message),
};

function resourceOf(kind: ResourceKind): string {
  return kind.group === '' ? kind.plural : `${kind.plural}.${kind.group}`;
}

function typeOf(kind: ResourceKind): string {
  return kind.group === '' ? kind.kind : `${kind.kind}.${kind.group}`;
}
