import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);
import{a,b,c}from"./chunk-G4LHVLQO.js";import"./chunk-IJK2QEAQ.js";import"./chunk-S3BBHOCQ.js";import"./chunk-MBKO2RRH.js";import"./chunk-7ZZFYDMM.js";import"./chunk-GZKNGO6S.js";import"./chunk-BJN3ZEVX.js";import"./chunk-XJWQDNEG.js";export{c as bytesOf,a as readReport,b as reportIn};
