import type { Fault } from './fault.ts';
import { accessDefinitionMissing } from './access-definition-missing.ts';
import { accountsUnknown } from './accounts-unknown.ts';
import { addressesUngoverned } from './addresses-ungoverned.ts';
import { allMatchesNeeded } from './all-matches-needed.ts';
import { anchorBeforeAlternatives } from './anchor-before-alternatives.ts';
import { anyPortWillDo } from './any-port-will-do.ts';
import { anyPortsMeansNone } from './any-ports-means-none.ts';
import { backendsFrozen } from './backends-frozen.ts';
import { backendsSplitToo } from './backends-split-too.ts';
import { badSplitStalls } from './bad-split-stalls.ts';
import { bindingDefinitionMissing } from './binding-definition-missing.ts';
import { bindingLabelsIgnored } from './binding-labels-ignored.ts';
import { bindingSchemesAnded } from './binding-schemes-anded.ts';
import { bindingsEverywhere } from './bindings-everywhere.ts';
import { bindingsIgnored } from './bindings-ignored.ts';
import { bindingsReadOnce } from './bindings-read-once.ts';
import { brokenExpressionOpen } from './broken-expression-open.ts';
import { convertedUnitsDropped } from './converted-units-dropped.ts';
import { datagramsUngoverned } from './datagrams-ungoverned.ts';
import { defaultAccountIsNobody } from './default-account-is-nobody.ts';
import { definitionNotEstablished } from './definition-not-established.ts';
import { deletionsHeld } from './deletions-held.ts';
import { denyEverything } from './deny-everything.ts';
import { destinationByLabel } from './destination-by-label.ts';
import { destinationPortIgnored } from './destination-port-ignored.ts';
import { emptyListsMeanAnything } from './empty-lists-mean-anything.ts';
import { equalWeights } from './equal-weights.ts';
import { firstGroupOnly } from './first-group-only.ts';
import { firstListedPortOnly } from './first-listed-port-only.ts';
import { firstMatchOnly } from './first-match-only.ts';
import { firstMatchesStay } from './first-matches-stay.ts';
import { firstMethodOnly } from './first-method-only.ts';
import { firstPodOnly } from './first-pod-only.ts';
import { firstPortAlone } from './first-port-alone.ts';
import { firstPortOnly } from './first-port-only.ts';
import { firstRulesStay } from './first-rules-stay.ts';
import { firstSegmentOnly } from './first-segment-only.ts';
import { firstSourceOnly } from './first-source-only.ts';
import { firstWeightsStay } from './first-weights-stay.ts';
import { fractionsTaken } from './fractions-taken.ts';
import { fullNamesOnly } from './full-names-only.ts';
import { groupDeletionIgnored } from './group-deletion-ignored.ts';
import { headerAloneTakesNothing } from './header-alone-takes-nothing.ts';
import { headerFiltersOred } from './header-filters-ored.ts';
import { headerNamesByCase } from './header-names-by-case.ts';
import { headersIgnored } from './headers-ignored.ts';
import { headersPruned } from './headers-pruned.ts';
import { headersVouch } from './headers-vouch.ts';
import { heaviestTakesAll } from './heaviest-takes-all.ts';
import { httpNeedsHttpRoutes } from './http-needs-http-routes.ts';
import { httpRoutesIgnored } from './http-routes-ignored.ts';
import { http2Ungoverned } from './http2-ungoverned.ts';
import { http2Unsplit } from './http2-unsplit.ts';
import { identityFromLabels } from './identity-from-labels.ts';
import { lastTargetWins } from './last-target-wins.ts';
import { lateBackendsUnseen } from './late-backends-unseen.ts';
import { lazyRepetitionUnknown } from './lazy-repetition-unknown.ts';
import { matchNamesIgnored } from './match-names-ignored.ts';
import { matchesMixed } from './matches-mixed.ts';
import { matchesOfAnyKind } from './matches-of-any-kind.ts';
import { methodWildcardCommon } from './method-wildcard-common.ts';
import { methodWildcardLiteral } from './method-wildcard-literal.ts';
import { methodsIgnored } from './methods-ignored.ts';
import { mismatchUntold } from './mismatch-untold.ts';
import { metricsBothWays } from './metrics-both-ways.ts';
import { metricsClockStopped } from './metrics-clock-stopped.ts';
import { metricsCountedTwice } from './metrics-counted-twice.ts';
import { metricsCumulative } from './metrics-cumulative.ts';
import { metricsDeploymentsOnly } from './metrics-deployments-only.ts';
import { metricsEdgesAssumed } from './metrics-edges-assumed.ts';
import { metricsEdgesReversed } from './metrics-edges-reversed.ts';
import { metricsEdgesShowTotal } from './metrics-edges-show-total.ts';
import { metricsEdgesWithPods } from './metrics-edges-with-pods.ts';
import { metricsFailuresSucceed } from './metrics-failures-succeed.ts';
import { metricsForEverybody } from './metrics-for-everybody.ts';
import { metricsListsOneNamespace } from './metrics-lists-one-namespace.ts';
import { metricsListsRepeat } from './metrics-lists-repeat.ts';
import { metricsNamespacesEmpty } from './metrics-namespaces-empty.ts';
import { metricsNodesEmpty } from './metrics-nodes-empty.ts';
import { metricsNodesInNamespaces } from './metrics-nodes-in-namespaces.ts';
import { metricsNotToBeListed } from './metrics-not-to-be-listed.ts';
import { metricsOfAnother } from './metrics-of-another.ts';
import { metricsOfNothing } from './metrics-of-nothing.ts';
import { metricsOfOneCaller } from './metrics-of-one-caller.ts';
import { metricsOfOnePod } from './metrics-of-one-pod.ts';
import { metricsOfOneWorkload } from './metrics-of-one-workload.ts';
import { metricsOfPodsOnly } from './metrics-of-pods-only.ts';
import { metricsPercentilesAreMeans } from './metrics-percentiles-are-means.ts';
import { metricsPercentilesSwapped } from './metrics-percentiles-swapped.ts';
import { metricsPodsAlike } from './metrics-pods-alike.ts';
import { metricsSelectorIgnored } from './metrics-selector-ignored.ts';
import { metricsSelectorUntold } from './metrics-selector-untold.ts';
import { metricsSentUncounted } from './metrics-sent-uncounted.ts';
import { metricsServicesEmpty } from './metrics-services-empty.ts';
import { metricsSidesSwapped } from './metrics-sides-swapped.ts';
import { metricsSplitPastRoot } from './metrics-split-past-root.ts';
import { metricsSplitUnseen } from './metrics-split-unseen.ts';
import { metricsSplitWithoutEdge } from './metrics-split-without-edge.ts';
import { metricsUnavailable } from './metrics-unavailable.ts';
import { metricsUnitWrong } from './metrics-unit-wrong.ts';
import { metricsWithoutEdges } from './metrics-without-edges.ts';
import { metricsWithoutP90 } from './metrics-without-p90.ts';
import { metricsWithoutWindow } from './metrics-without-window.ts';
import { missingBackendBreaks } from './missing-backend-breaks.ts';
import { missingMatchOpens } from './missing-match-opens.ts';
import { missingRouteOpens } from './missing-route-opens.ts';
import { namelessMatchesOpen } from './nameless-matches-open.ts';
import { namespaceOpened } from './namespace-opened.ts';
import { noDataPlane } from './no-data-plane.ts';
import { noMatchNamesNoMatches } from './no-match-names-no-matches.ts';
import { nodeportNoBackend } from './nodeport-no-backend.ts';
import { onlyHttpSplit } from './only-http-split.ts';
import { otherNamespacesShut } from './other-namespaces-shut.ts';
import { outsidersRefused } from './outsiders-refused.ts';
import { ownClientsOnly } from './own-clients-only.ts';
import { pathLiteral } from './path-literal.ts';
import { pathSearched } from './path-searched.ts';
import { pathWithQuery } from './path-with-query.ts';
import { pathsBySegment } from './paths-by-segment.ts';
import { permissionBothWays } from './permission-both-ways.ts';
import { plainTcprouteOpensNothing } from './plain-tcproute-opens-nothing.ts';
import { podsFrozen } from './pods-frozen.ts';
import { podsWeigh } from './pods-weigh.ts';
import { portsByNameTaken } from './ports-by-name-taken.ts';
import { portsByName } from './ports-by-name.ts';
import { portsIgnored } from './ports-ignored.ts';
import { quantitiesRefused } from './quantities-refused.ts';
import { quantitiesTruncated } from './quantities-truncated.ts';
import { quantityUnitsDropped } from './quantity-units-dropped.ts';
import { ratioAcrossClients } from './ratio-across-clients.ts';
import { rootTargetPort } from './root-target-port.ts';
import { routeDefinitionsMissing } from './route-definitions-missing.ts';
import { routeGroupsReadOnce } from './route-groups-read-once.ts';
import { routeListsShortened } from './route-lists-shortened.ts';
import { routesFoundByName } from './routes-found-by-name.ts';
import { routesFoundElsewhere } from './routes-found-elsewhere.ts';
import { routesOpenByThemselves } from './routes-open-by-themselves.ts';
import { ruleMatchesPruned } from './rule-matches-pruned.ts';
import { rulesAllNeeded } from './rules-all-needed.ts';
import { rulesFlattened } from './rules-flattened.ts';
import { segmentSharedEvenly } from './segment-shared-evenly.ts';
import { serviceOpenedWhole } from './service-opened-whole.ts';
import { signsDropped } from './signs-dropped.ts';
import { silentClientsShutOut } from './silent-clients-shut-out.ts';
import { singleBackendIgnored } from './single-backend-ignored.ts';
import { sourceNamespaceIgnored } from './source-namespace-ignored.ts';
import { sourcesLost } from './sources-lost.ts';
import { splitDeletionIgnored } from './split-deletion-ignored.ts';
import { splitFieldsOptional } from './split-fields-optional.ts';
import { splitIgnored } from './split-ignored.ts';
import { splitOpensBackends } from './split-opens-backends.ts';
import { splitsEverywhere } from './splits-everywhere.ts';
import { subjectKindIgnored } from './subject-kind-ignored.ts';
import { targetDeletionIgnored } from './target-deletion-ignored.ts';
import { targetFieldsOptional } from './target-fields-optional.ts';
import { tcpKnowsNoSources } from './tcp-knows-no-sources.ts';
import { udprouteOpensTcp } from './udproute-opens-tcp.ts';
import { unknownMethodIsAny } from './unknown-method-is-any.ts';
import { unknownRulesOpen } from './unknown-rules-open.ts';
import { versionsNotConverted } from './versions-not-converted.ts';
import { weightsArePercentages } from './weights-are-percentages.ts';
import { weightsClamped } from './weights-clamped.ts';
import { weightsNormalised } from './weights-normalised.ts';
import { weightsReversed } from './weights-reversed.ts';
import { wildcardTakesOneSegment } from './wildcard-takes-one-segment.ts';
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
  methodWildcardCommon,
  pathWithQuery,
  headersIgnored,
  headerFiltersOred,
  splitIgnored,
  firstPodOnly,
  equalWeights,
  weightsReversed,
  heaviestTakesAll,
  weightsArePercentages,
  zeroWeightIsOne,
  quantitiesTruncated,
  quantityUnitsDropped,
  convertedUnitsDropped,
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
  signsDropped,
  lateBackendsUnseen,
  mismatchUntold,
  fullNamesOnly,
  http2Unsplit,
  nodeportNoBackend,
  backendsFrozen,
  podsWeigh,
  badSplitStalls,
  matchesOfAnyKind,
  fractionsTaken,
  outsidersRefused,
  splitOpensBackends,
  onlyHttpSplit,
  ownClientsOnly,
  firstGroupOnly,
  firstMatchOnly,
  segmentSharedEvenly,
  firstMatchesStay,
  routeGroupsReadOnce,
  sourceNamespaceIgnored,
  podsFrozen,
  headersVouch,
  destinationByLabel,
  serviceOpenedWhole,
  namespaceOpened,
  defaultAccountIsNobody,
  otherNamespacesShut,
  firstSourceOnly,
  sourcesLost,
  subjectKindIgnored,
  accountsUnknown,
  bindingsIgnored,
  bindingLabelsIgnored,
  bindingSchemesAnded,
  bindingsEverywhere,
  bindingsReadOnce,
  rulesFlattened,
  rulesAllNeeded,
  matchNamesIgnored,
  noMatchNamesNoMatches,
  portsIgnored,
  destinationPortIgnored,
  datagramsUngoverned,
  udprouteOpensTcp,
  missingRouteOpens,
  missingMatchOpens,
  emptyListsMeanAnything,
  unknownRulesOpen,
  targetFieldsOptional,
  firstPortAlone,
  tcpKnowsNoSources,
  httpNeedsHttpRoutes,
  firstRulesStay,
  addressesUngoverned,
  http2Ungoverned,
  routesFoundByName,
  routesFoundElsewhere,
  routesOpenByThemselves,
  groupDeletionIgnored,
  pathsBySegment,
  anchorBeforeAlternatives,
  wildcardTakesOneSegment,
  firstSegmentOnly,
  brokenExpressionOpen,
  methodsIgnored,
  unknownMethodIsAny,
  namelessMatchesOpen,
  portsByNameTaken,
  headerAloneTakesNothing,
  headerNamesByCase,
  lazyRepetitionUnknown,
  allMatchesNeeded,
  anyPortsMeansNone,
  plainTcprouteOpensNothing,
  firstListedPortOnly,
  silentClientsShutOut,
  accessDefinitionMissing,
  bindingDefinitionMissing,
  routeDefinitionsMissing,
  deletionsHeld,
  ruleMatchesPruned,
  routeListsShortened,
  headersPruned,
  versionsNotConverted,
  metricsUnavailable,
  metricsNotToBeListed,
  metricsOfPodsOnly,
  metricsNodesInNamespaces,
  metricsForEverybody,
  metricsEdgesWithPods,
  metricsWithoutWindow,
  metricsOfAnother,
  metricsWithoutP90,
  metricsClockStopped,
  metricsBothWays,
  metricsOfOneCaller,
  metricsPodsAlike,
  metricsNamespacesEmpty,
  metricsDeploymentsOnly,
  metricsServicesEmpty,
  metricsNodesEmpty,
  metricsOfNothing,
  metricsListsRepeat,
  metricsListsOneNamespace,
  metricsSelectorIgnored,
  metricsSelectorUntold,
  metricsWithoutEdges,
  metricsEdgesReversed,
  metricsSidesSwapped,
  metricsEdgesAssumed,
  metricsEdgesShowTotal,
  metricsCountedTwice,
  metricsFailuresSucceed,
  metricsPercentilesSwapped,
  metricsPercentilesAreMeans,
  metricsUnitWrong,
  metricsOfOnePod,
  metricsOfOneWorkload,
  metricsCumulative,
  metricsSentUncounted,
  metricsSplitUnseen,
  metricsSplitPastRoot,
  metricsSplitWithoutEdge,
];

export function findFault(name: string): Fault | undefined {
  return faults.find((fault) => fault.name === name);
}
