import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);
function e(r){return r.replaceAll(/^(\s*):(?=:)/gm,"$1: ").replaceAll("##[","## [")}export{e as a};
