import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);
import{a,b,c}from"./chunk-GMFX3CCS.js";import"./chunk-IWY6YBVZ.js";import"./chunk-QSFMEWIJ.js";import"./chunk-SYLX46MH.js";import"./chunk-WLA777F4.js";export{a as differenceOf,b as regressionsOf,c as worth};
