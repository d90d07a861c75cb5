import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);
import{a}from"./chunk-RNQJ4BD6.js";import"./chunk-WLA777F4.js";export{a as carryOut};
