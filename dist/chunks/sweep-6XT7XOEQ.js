import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);
import{c as a,d as b}from"./chunk-YUKKMIIK.js";import"./chunk-YA2GRAA7.js";import"./chunk-JB767HBJ.js";import"./chunk-ICVGDBWQ.js";import"./chunk-BJN3ZEVX.js";import"./chunk-XJWQDNEG.js";export{a as sweep,b as sweepAll};
