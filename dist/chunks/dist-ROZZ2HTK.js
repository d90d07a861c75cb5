import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);
import{a}from"./chunk-OS5S6EAY.js";import"./chunk-3NMPQF4E.js";import"./chunk-XJWQDNEG.js";export default a();
