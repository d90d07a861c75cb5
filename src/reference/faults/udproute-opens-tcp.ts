import type { Fault } from './fault.ts';

export const udprouteOpensTcp: Fault = {
  name: 'udproute-opens-tcp',
  row: '+',
  title: 'The ports of a UDPRoute are open to TCP as well',
  seam: 'authorise',
  kills: ['traffic-specs/udproute-not-tcp'],
  mayAffect: [],
  apply: (decisions) => ({
    ...decisions,
    layers(rules) {
      const layers = decisions.layers(rules);
      return layers.udp !== undefined && layers.tcp === undefined ? { ...layers, tcp: layers.udp } : layers;
    },
  }),
};
