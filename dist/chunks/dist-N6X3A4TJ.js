import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);
import{a}from"./chunk-23CM4RC2.js";import"./chunk-FTYLPHHW.js";import"./chunk-WLA777F4.js";export default a();
