import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);
function h(t,l){let n=[],r=0;t.setEncoding("utf8"),t.on("data",e=>{let i=0;for(let o=e.indexOf(`
`);o>=0;o=e.indexOf(`
`,i)){n.push(e.slice(i,o));let s=n.length===1?n[0]??"":n.join("");n=[],r=0,i=o+1,l(s)}i!==e.length&&(n.push(e.slice(i)),r+=e.length-i,r>4194304&&t.destroy(new Error("A line of more than 4194304 characters came; this is not the probe's protocol.")))})}export{h as a};
