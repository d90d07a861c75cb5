import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);
async function o(e){let[{loadConnection:t},{connect:n}]=await Promise.all([import("./config-6FDAHFQC.js"),import("./connect-QEXOYBXK.js")]);return n(await t(e.kubeconfig))}export{o as a};
