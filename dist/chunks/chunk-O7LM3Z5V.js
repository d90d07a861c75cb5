import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);
async function i(e){let[{loadConnection:n},{connect:t}]=await Promise.all([import("./config-6FDAHFQC.js"),import("./connect-SJYAP73Z.js")]);return t(await n(e.kubeconfig),void 0,void 0,e.signal)}export{i as a};
