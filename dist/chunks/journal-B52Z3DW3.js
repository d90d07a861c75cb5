import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);
import{a,b}from"./chunk-YLMZMUXI.js";import"./chunk-VHLO2HMP.js";import"./chunk-WLA777F4.js";export{a as openJournal,b as openRuns};
