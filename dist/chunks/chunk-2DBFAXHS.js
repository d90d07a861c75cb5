import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);
function*l(o=0){for(let e of[0,50,100,200,400])e>=o&&(yield e);for(let e=0;e<12;e+=1)yield 400;for(;;)yield 900}export{l as a};
