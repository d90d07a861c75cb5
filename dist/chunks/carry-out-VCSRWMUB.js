import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);
import{a}from"./chunk-7FPCINRH.js";import"./chunk-WLA777F4.js";export{a as carryOut};
