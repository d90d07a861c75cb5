import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);
import{c as a}from"./chunk-3NMPQF4E.js";import"./chunk-XJWQDNEG.js";export default a();
