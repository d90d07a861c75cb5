import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);
import{a,b,c}from"./chunk-DZUSAARQ.js";import"./chunk-5C3GFGJ3.js";import"./chunk-QA36WGYX.js";import"./chunk-MBKO2RRH.js";import"./chunk-7ZZFYDMM.js";import"./chunk-FUUZNAAP.js";import"./chunk-VHLO2HMP.js";import"./chunk-WLA777F4.js";export{c as bytesOf,a as readReport,b as reportIn};
