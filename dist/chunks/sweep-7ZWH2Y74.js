import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);
import{e as a,f as b}from"./chunk-7TCG37AL.js";import"./chunk-ZLFT2N4U.js";import"./chunk-JB767HBJ.js";import"./chunk-2DBFAXHS.js";import"./chunk-ID7EPF35.js";import"./chunk-BJN3ZEVX.js";import"./chunk-XJWQDNEG.js";export{a as sweep,b as sweepAll};
