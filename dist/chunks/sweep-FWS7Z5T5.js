import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);
import{c as a,d as b}from"./chunk-CZHHYFZP.js";import"./chunk-YA2GRAA7.js";import"./chunk-YLMZMUXI.js";import"./chunk-ICVGDBWQ.js";import"./chunk-VHLO2HMP.js";import"./chunk-WLA777F4.js";export{a as sweep,b as sweepAll};
