import type { Fault } from './fault.ts';
import { anyPortWillDo } from './any-port-will-do.ts';
import { backendsSplitToo } from './backends-split-too.ts';
import { definitionNotEstablished } from './definition-not-established.ts';
import { denyEverything } from './deny-everything.ts';
import { equalWeights } from './equal-weights.ts';
import { firstGroupOnly } from './first-group-only.ts';
import { firstMatchOnly } from './first-match-only.ts';
import { firstMatchesStay } from './first-matches-stay.ts';
import { firstMethodOnly } from './first-method-only.ts';
import { firstPortOnly } from './first-port-only.ts';
import { firstWeightsStay } from './first-weights-stay.ts';
import { headerFiltersOred } from './header-filters-ored.ts';
import { headersIgnored } from './headers-ignored.ts';
import { heaviestTakesAll } from './heaviest-takes-all.ts';
import { httpRoutesIgnored } from './http-routes-ignored.ts';
import { identityFromLabels } from './identity-from-labels.ts';
import { lastTargetWins } from './last-target-wins.ts';
import { matchesMixed } from './matches-mixed.ts';
import { methodWildcardLiteral } from './method-wildcard-literal.ts';
import { missingBackendBreaks } from './missing-backend-breaks.ts';
import { noDataPlane } from './no-data-plane.ts';
import { onlyHttpSplit } from './only-http-split.ts';
import { outsidersRefused } from './outsiders-refused.ts';
import { ownClientsOnly } from './own-clients-only.ts';
import { pathLiteral } from './path-literal.ts';
import { pathSearched } from './path-searched.ts';
import { permissionBothWays } from './permission-both-ways.ts';
import { portsByName } from './ports-by-name.ts';
import { quantitiesRefused } from './quantities-refused.ts';
import { quantitiesTruncated } from './quantities-truncated.ts';
import { quantityUnitsDropped } from './quantity-units-dropped.ts';
import { ratioAcrossClients } from './ratio-across-clients.ts';
import { rootTargetPort } from './root-target-port.ts';
import { routeGroupsReadOnce } from './route-groups-read-once.ts';
import { segmentSharedEvenly } from './segment-shared-evenly.ts';
import { singleBackendIgnored } from './single-backend-ignored.ts';
import { splitDeletionIgnored } from './split-deletion-ignored.ts';
import { splitFieldsOptional } from './split-fields-optional.ts';
import { splitIgnored } from './split-ignored.ts';
import { splitOpensBackends } from './split-opens-backends.ts';
import { splitsEverywhere } from './splits-everywhere.ts';
import { targetDeletionIgnored } from './target-deletion-ignored.ts';
import { weightsArePercentages } from './weights-are-percentages.ts';
import { weightsClamped } from './weights-clamped.ts';
import { weightsNormalised } from './weights-normalised.ts';
import { weightsReversed } from './weights-reversed.ts';
import { zeroWeightIsOne } from './zero-weight-is-one.ts';

export type { Fault } from './fault.ts';

/** Every wrong behaviour that the reference mesh can show, in the order of the catalogue's table, then those that it does not have. */
export const faults: readonly Fault[] = [
  noDataPlane,
  denyEverything,
  identityFromLabels,
  permissionBothWays,
  lastTargetWins,
  httpRoutesIgnored,
  targetDeletionIgnored,
  splitDeletionIgnored,
  pathSearched,
  pathLiteral,
  matchesMixed,
  firstMethodOnly,
  methodWildcardLiteral,
  headersIgnored,
  headerFiltersOred,
  splitIgnored,
  equalWeights,
  weightsReversed,
  heaviestTakesAll,
  weightsArePercentages,
  zeroWeightIsOne,
  quantitiesTruncated,
  quantityUnitsDropped,
  firstWeightsStay,
  ratioAcrossClients,
  rootTargetPort,
  firstPortOnly,
  missingBackendBreaks,
  splitsEverywhere,
  weightsClamped,
  singleBackendIgnored,
  backendsSplitToo,
  anyPortWillDo,
  portsByName,
  definitionNotEstablished,
  splitFieldsOptional,
  quantitiesRefused,
  weightsNormalised,
  outsidersRefused,
  splitOpensBackends,
  onlyHttpSplit,
  ownClientsOnly,
  firstGroupOnly,
  firstMatchOnly,
  segmentSharedEvenly,
  firstMatchesStay,
  routeGroupsReadOnce,
];

export function findFault(name: string): Fault | undefined {
  return faults.find((fault) => fault.name === name);
}
