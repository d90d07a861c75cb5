import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);
import{a}from"./chunk-AGAQMSS6.js";import"./chunk-XJWQDNEG.js";export{a as carryOut};
