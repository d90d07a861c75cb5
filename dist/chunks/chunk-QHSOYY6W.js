import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);
function o({protocol:t,hostname:e}){return t==="https:"||t==="http:"&&n(e)}function n(t){return t==="localhost"||t==="[::1]"||/^127(?:\.\d{1,3}){3}$/.test(t)}export{o as a,n as b};
