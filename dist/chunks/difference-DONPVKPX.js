import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);
import{a,b,c}from"./chunk-74C5AXSU.js";import"./chunk-YB7A3Z45.js";import"./chunk-QSFMEWIJ.js";import"./chunk-SYLX46MH.js";import"./chunk-XJWQDNEG.js";export{a as differenceOf,b as regressionsOf,c as worth};
