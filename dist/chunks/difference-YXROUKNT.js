import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);
import{a,b,c}from"./chunk-4IXNUUQ4.js";import"./chunk-SXKRBXJU.js";import"./chunk-QSFMEWIJ.js";import"./chunk-SYLX46MH.js";import"./chunk-XJWQDNEG.js";export{a as differenceOf,b as regressionsOf,c as worth};
