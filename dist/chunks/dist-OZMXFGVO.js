import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);
import{c as a}from"./chunk-FTYLPHHW.js";import"./chunk-WLA777F4.js";export default a();
