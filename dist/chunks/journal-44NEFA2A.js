import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);
import{a,b}from"./chunk-JB767HBJ.js";import"./chunk-BJN3ZEVX.js";import"./chunk-XJWQDNEG.js";export{a as openJournal,b as openRuns};
