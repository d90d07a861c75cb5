import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);
import{a}from"./chunk-LTZ67IIN.js";import"./chunk-XJWQDNEG.js";export{a as carryOut};
