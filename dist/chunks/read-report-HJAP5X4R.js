import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);
import{a,b,c}from"./chunk-OCUU7JBU.js";import"./chunk-5C3GFGJ3.js";import"./chunk-KAZM4EVO.js";import"./chunk-MBKO2RRH.js";import"./chunk-N2A4445D.js";import"./chunk-UAWEFI7J.js";import"./chunk-VHLO2HMP.js";import"./chunk-WLA777F4.js";export{c as bytesOf,a as readReport,b as reportIn};
