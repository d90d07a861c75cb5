import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);
import{a,b,c,d,e}from"./chunk-A4DAMU4K.js";import"./chunk-BJN3ZEVX.js";import"./chunk-XJWQDNEG.js";export{b as clearEvidence,a as evidenceFolders,d as isUnjudged,e as keepEvidence,c as leavesQuestions};
