import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);
import{a,b,c}from"./chunk-7V2HJ3QM.js";import"./chunk-VLGFRHPF.js";import"./chunk-QSFMEWIJ.js";import"./chunk-SYLX46MH.js";import"./chunk-WLA777F4.js";export{a as differenceOf,b as regressionsOf,c as worth};
