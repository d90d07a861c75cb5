import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);
import{a}from"./chunk-FU2TURBB.js";import"./chunk-XJWQDNEG.js";export{a as carryOut};
