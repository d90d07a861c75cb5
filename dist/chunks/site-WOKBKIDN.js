import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);
import{a as ct,c as dt}from"./chunk-4IXNUUQ4.js";import{a as ot,b as se,e as at,h as lt}from"./chunk-KJ54SGHW.js";import"./chunk-BK5S27K3.js";import{e as me}from"./chunk-O2HAF7R5.js";import{a as it}from"./chunk-WQTY5CJN.js";import{e as pe,f as A,k as I,l as re}from"./chunk-SXKRBXJU.js";import"./chunk-QSFMEWIJ.js";import"./chunk-QHSOYY6W.js";import{a as nt}from"./chunk-DGVBOGYZ.js";import{a as j,g as et}from"./chunk-SYLX46MH.js";import{a as rt,d as st}from"./chunk-S3BBHOCQ.js";import"./chunk-MBKO2RRH.js";import"./chunk-7ZZFYDMM.js";import{a as yn,b as tt}from"./chunk-GZKNGO6S.js";import{a as B,b as Z}from"./chunk-BJN3ZEVX.js";import{e as Ce,f as Qe,g as Ze}from"./chunk-XJWQDNEG.js";import{relative as dn,resolve as pn,sep as mn}from"node:path";import{posix as Ae}from"node:path";function ue(e){return(t,n)=>(Ae.relative(Ae.dirname(e),t)||Ae.basename(t)).split("/").map(encodeURIComponent).join("/")+(n===void 0?"":`#${encodeURIComponent(n)}`)}var f={home:"index.html",runs:"runs/index.html",compare:"compare.html",about:"about.html",style:"site.css",script:"site.js",mesh:e=>`meshes/${e}/index.html`,changes:(e,t)=>`meshes/${e}/changes/${t}.html`,assertion:e=>`assertions/${e}.html`,month:e=>`runs/${e}.html`,run:e=>e.replace(/\.json$/,".html")};function H({id:e,version:t}){return`${e.replace("/",".")}.${t}`}function M(e,t){return e.replace(/\.html$/,`.${t}`)}function pt(e){let t=new Set;return new Map(e.map(n=>{let r=n.replaceAll(/[^\w.+-]+/g,"_").replace(/^[.-]+/,"_").slice(0,80)||"_",s=r;for(let o=2;t.has(s.toLowerCase());o++)s=`${r}~${o}`;return t.add(s.toLowerCase()),[n,s]}))}var mt={pass:"p",partial:"h",fail:"f",skip:"s",inconclusive:"q",error:"e",info:"i"},wn=new Map(et.map(e=>[mt[e],e]));function ut(e,t,n,r){let{run:s,mesh:o,suite:i,kubernetes:l,summary:c,assertions:d}=e;return r.join({path:ot(e),digest:t,id:s.id,startedAt:s.startedAt,durationMs:s.durationMs},{mesh:{id:o.id,name:o.name,version:o.version},kubernetes:l.version,suite:{version:i.version,digest:i.digest},...i.smiRelease!==void 0&&{smiRelease:i.smiRelease},result:e.result==="passed"?"passed":"failed",must:qe(c.must),should:qe(c.should),specifications:e.specifications.map(({specification:p,capability:m,compliance:u,summary:{must:h}})=>({specification:p,capability:m,compliance:u,must:qe(h)})),plan:d.map(({id:p,version:m,level:u})=>({id:p,version:m,level:u})),verdicts:d.map(({verdict:p})=>mt[p]).join(""),provenance:n})}function ft(){let e=new Map,t=new WeakMap;return{join(n,r){let s=JSON.stringify(r),o=e.get(s)??r;e.set(s,o);let i={...n,...o};return t.set(i,o),i},sharedOf(n){let r=t.get(n);if(r===void 0)throw new Error(`the facts of run ${n.id} were not joined here`);return r}}}function V({plan:e,verdicts:t}){return e.map((n,r)=>({...n,verdict:wn.get(t[r]??"")??"error"}))}function qe({passed:e,partial:t,failed:n,inconclusive:r,applicable:s}){return{passed:e,partial:t,failed:n,inconclusive:r,applicable:s}}function ht(e){let t=pt(e.versions.map(({version:n})=>n));return e.versions.slice(0,-1).flatMap(({run:n},r)=>{let s=e.versions[r+1]?.run;return s===void 0?[]:[{mesh:e,before:s,after:n,difference:Pe(s,n),name:`${t.get(s.mesh.version)}-to-${t.get(n.mesh.version)}`}]})}function Pe(e,t){return ct({assertions:V(e)},{assertions:V(t)})}function E({worse:e,better:t,other:n,added:r,gone:s}){let i=[[e.length,"worse"],[t.length,"better"],[n.length,"otherwise changed"],[r.length,"new"],[s.length,"gone"]].filter(([l])=>l>0).map(([l,c])=>`${l} ${c}`);return i.length===0?"no change":i.join(", ")}function gt({worse:e,better:t,other:n,added:r,gone:s,same:o}){let i=c=>c.map(({before:d,after:p})=>({assertion:p.id,version:p.version,level:p.level,before:d.verdict,after:p.verdict})),l=c=>c.map(({id:d,version:p,level:m,verdict:u})=>({assertion:d,version:p,level:m,verdict:u}));return{worse:i(e),better:i(t),other:i(n),added:l(r),gone:l(s),same:o}}var ie=Ce(it(),1);var yt={$schema:"http://json-schema.org/draft-07/schema#",$id:"https://smi-conformance.github.io/schema/known-failures.json",title:"Known failures",description:"Verdicts that are known, with the bug that is to mend them.",type:"array",items:{type:"object",additionalProperties:!1,required:["mesh","assertion","bug"],properties:{mesh:{description:"Canonical id of the mesh.",type:"string",pattern:"^[a-z0-9][a-z0-9-]*$"},assertion:{description:"Id of the assertion.",type:"string",pattern:"^traffic-(access|specs|split|metrics)/[a-z0-9-]+$"},versions:{description:"API versions it is about; all where absent.",type:"array",minItems:1,items:{enum:["v1alpha1","v1alpha2","v1alpha3","v1alpha4"]}},meshVersions:{description:'A range of versions of the mesh, such as ">=1.2.0 <1.3.0"; all where absent.',type:"string",minLength:1},bug:{description:"Where it is tracked.",type:"string",pattern:`^https://[^\\s"'<>]+$`,maxLength:500},note:{description:"What is known of it, in a sentence.",type:"string",minLength:1,maxLength:500}}}};async function Le(e){let{value:t,positionOf:n}=await st(e,tt(yt),"BAD_DEFINITION"),r=t.flatMap(({meshVersions:s},o)=>{if(s===void 0||ie.default.validRange(s)!==null)return[];let i=`/${o}/meshVersions`;return[{file:e,...n(i),pointer:i,message:`${JSON.stringify(s)} is no range of versions: write it as ">=1.2.0 <1.3.0"`}]});if(r.length>0)throw new rt("BAD_DEFINITION",r);return t}function Te(e){let t=new Map;for(let n of e)t.set(`${n.mesh} ${n.assertion}`,[...t.get(`${n.mesh} ${n.assertion}`)??[],n]);return({id:n,version:r},s)=>t.get(`${s.id} ${n}`)?.find(o=>(o.versions?.includes(r)??!0)&&$n(s.version,o.meshVersions))}function $n(e,t){if(t===void 0)return!0;let n=ie.default.parse(e,{loose:!0})??ie.default.coerce(e);return n!==null&&ie.default.satisfies(n,t,{includePrerelease:!0})}var wt=Ce(yn(),1);var oe=8*1024**2;function fe(e){if(e.byteLength>oe)return{refused:`it has ${e.byteLength} bytes, and a report at most ${oe}`};try{let t=JSON.parse(Buffer.from(e).toString("utf8")),n=xn();if(!n(t)){if(typeof t=="object"&&t!==null&&"schemaVersion"in t&&typeof t.schemaVersion=="number"&&t.schemaVersion>1)return{refused:`it is a report of schema version ${Number(t.schemaVersion)}, and this program reads version 1: build the pages with a newer one`};let[o]=n.errors??[];return{refused:`it is no report: ${o?.instancePath||"it"} ${o?.message??"is wrong"}`}}let r=at(t);return r===void 0?{report:t}:{refused:r}}catch(t){return{refused:`it is not JSON: ${Z(t)}`}}}var vn;function xn(){return vn??=new wt.Ajv({strict:!0,strictTypes:!1,strictRequired:!1}).compile(nt)}async function bt(e,t){let n=new Map;for(let{versions:[r]}of e){let s=r&&t.get(r.run);if(r===void 0||s===void 0)continue;let o=fe(await s.read());if("report"in o)for(let[i,l]of kn(o.report.assertions))n.set(i,[...n.get(i)??[],{run:r.run,results:l}])}return r=>n.get(r)??[]}function kn(e){return Map.groupBy(e,({id:t})=>t)}import{readFile as Rn}from"node:fs/promises";import{join as Fn}from"node:path";var ae="manifest.json";function Mn(){return{files:new Map,requirements:[],pages:new Map}}async function $t(e,t,n){let r=await On(Fn(e,ae));if(r===void 0)return;let s=new Map(r.pages.map(([i,l,c])=>[i,[l,c]]));if(r.reading!==t)return{...Mn(),pages:s};let o=new Map;for(let[i,l,c,d,p,m,u,h,g]of r.runs){let y=r.shared[d];y!==void 0&&o.set(i,{stamp:l,digest:c||m,outcome:{facts:n.join({path:p,digest:m,id:u,startedAt:h,durationMs:g},y)}})}for(let[i,l,c,d]of r.refused)o.set(i,{stamp:l,digest:c,outcome:{refused:d}});return{files:o,requirements:r.requirements,pages:s}}function vt({files:e,requirements:t,pages:n},r,s){let o={manifest:1,reading:r,shared:[],runs:[],refused:[],requirements:t,pages:[...n].map(([c,[d,p]])=>[c,d,p])},i=new Map;for(let[c,{stamp:d,digest:p,outcome:m}]of e)"refused"in m?o.refused.push([c,d,p,m.refused]):o.runs.push(Sn(c,d,p,m.facts,l(s.sharedOf(m.facts))));return`${JSON.stringify(o)}
`;function l(c){let d=i.get(c)??o.shared.push(c)-1;return i.set(c,d),d}}function Sn(e,t,n,{path:r,digest:s,id:o,startedAt:i,durationMs:l},c){return[e,t,n===s?"":n,c,r,s,o,i,l]}async function On(e){try{let t=JSON.parse(await Rn(e,"utf8"));return t.manifest===1&&Array.isArray(t.pages)&&Array.isArray(t.runs)&&Array.isArray(t.refused)&&Array.isArray(t.shared)&&Array.isArray(t.requirements)?t:void 0}catch{return}}import{createHash as Cn}from"node:crypto";import{writeFile as An}from"node:fs";import{mkdir as qn,readdir as Pn,rm as Ln,stat as Tn}from"node:fs/promises";import{dirname as jn,join as je,relative as In,sep as Hn}from"node:path";import{promisify as Nn}from"node:util";var Bn=12,Vn=Nn(An);async function xt(e,t){let n=await En(e);if(t===void 0&&n.size>0)throw new B("BAD_INPUT",`The folder ${e} is not empty, and holds no ${ae} of an earlier build: its files would be lost among the pages. Name a new folder, or one that was built before.`);let r=new Map,s=new Map,o=new Set,i=0,l;async function c(p,m){let u=je(e,p),h=jn(u);o.has(h)||(await qn(h,{recursive:!0}),o.add(h)),await Vn(u,m)}function d(p,m){let u=t?.pages.get(p);return u?.[0]!==m||!n.has(p)?!1:(r.set(p,u),!0)}return{pages:r,keeps:d,async write(p,m,u=D(m)){if(l!==void 0)throw Ie(e,l);d(p,u)||(r.set(p,[u,Buffer.byteLength(m)]),i++,await s.get(p),s.set(p,c(p,m).catch(h=>{l??=h}).finally(()=>s.delete(p))),s.size>=Bn&&await Promise.race(s.values()))},async finish(){if(await Promise.all(s.values()),l!==void 0)throw Ie(e,l);let p=[...t?.pages.keys()??[]].filter(m=>!r.has(m)&&n.has(m));for(let m of p)await Ln(je(e,m),{force:!0});return{written:i,removed:p.length}}}}function D(e){return Cn("sha256").update(e).digest("hex").slice(0,16)}function Ie(e,t){return new B("WRITE_FAILED",`The pages cannot be written to ${e}: ${Z(t)}. Make room, or name another folder; what was built is kept for the next try.`,{cause:t})}async function En(e){try{if(!(await Tn(e)).isDirectory())throw new B("BAD_INPUT",`${e} is no folder. Name a folder for the pages.`);let t=await Pn(e,{recursive:!0,withFileTypes:!0});return new Set(t.filter(n=>!n.isDirectory()).map(n=>In(e,je(n.parentPath,n.name)).split(Hn).join("/")))}catch(t){if(t.code==="ENOENT")return new Set;throw t instanceof B?t:Ie(e,t)}}var he=class{text;constructor(t){this.text=t}toString(){return this.text}};function a(e,...t){let n=e[0]??"";for(let r=0;r<t.length;r++)n+=kt(t[r])+(e[r+1]??"");return new he(n)}function kt(e){return e===void 0||e===!1?"":e instanceof he?e.text:typeof e=="object"?e.map(kt).join(""):Kn(String(e))}var zn={"&":"&amp;","<":"&lt;",">":"&gt;",'"':"&quot;","'":"&#39;"};function Kn(e){return Dn.test(e)?e.toWellFormed().replaceAll(/[&<>"'\p{Cc}\u061C\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF]/gu,t=>zn[t]??(/[\t\n\r]/.test(t)?" ":"�")):e}var Dn=/[^\w .,:;/()+\-=%@→·–×]/;function Y(e,t=e){return a`<b class="v ${e}">${t}</b>`}function ee(e,t,n){return a`<a class="v ${e}" href="${t}"${n!==void 0&&a` aria-label="${n}"`}>${e}</a>`}function ge(e){return a`<b class="v ${{passed:"pass",failed:"fail","not-applicable":"skip",incomplete:"error"}[e.compliance]}">${e.compliance==="not-applicable"?"not offered":e.compliance}</b>`}function z(e){return a`<b class="v ${e==="passed"?"pass":"fail"}">${e}</b>`}function R({passed:e,applicable:t}){return`${e} of ${t}`}function Rt({partial:e,failed:t,inconclusive:n}){return[[t,"failed"],[n,"inconclusive"],[e,"partial"]].filter(([r])=>r!==0).map(([r,s])=>`${r} ${s}`).join(", ")}var Un=[["pass","as required"],["partial","a lesser form that the assertion allows for"],["fail","against the requirement"],["inconclusive","a requirement that it rests on failed"],["skip","the mesh does not offer it"],["info","observed, never scored"]];function te(){return a`<dl class="legend">${Un.map(([e,t])=>a`<div><dt>${Y(e)}</dt><dd>${t}</dd></div>`)}</dl>`}function $({path:e,title:t,description:n,part:r,trail:s=[],data:o=!0,main:i},l){let c=ue(e),d=p=>p===r&&a` aria-current="page"`;return a`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${Jn}">
<meta name="referrer" content="no-referrer">
<meta name="description" content="${n}">
<meta name="color-scheme" content="light dark">
<title>${t===l?t:`${t} · ${l}`}</title>
<link rel="icon" href="${Wn}">
<link rel="stylesheet" href="${c(f.style)}">
<script src="${c(f.script)}" defer></script>
${o&&["json","yaml"].map(p=>a`<link rel="alternate" type="application/${p}" href="${c(M(e,p))}">
`)}</head>
<body>
<a class="to-content" href="#main">Skip to the content</a>
<header class="site"><div class="wide">
<a class="brand" href="${c(f.home)}">${l}</a>
<nav aria-label="Site"><a href="${c(f.home)}"${d("home")}>Meshes</a><a href="${c(f.home,"requirements")}">Requirements</a><a href="${c(f.runs)}"${d("runs")}>Runs</a><a href="${c(f.compare)}"${d("compare")}>Compare</a><a href="${c(f.about)}"${d("about")}>About</a></nav>
</div></header>
<main id="main" class="wide" tabindex="-1">
${s.length>0&&a`<nav class="trail" aria-label="Where you are"><ol>${s.map(p=>a`<li><a href="${c(p.target)}">${p.title}</a></li>`)}</ol></nav>`}
${i(c)}
</main>
<footer class="site"><div class="wide">
${o&&a`<p>This page as data: <a href="${c(M(e,"json"))}">JSON</a>, <a href="${c(M(e,"yaml"))}">YAML</a></p>`}
<p>Every figure follows from the runs. <a href="${c(f.about)}">How to read and check them</a></p>
</div></footer>
</body>
</html>
`.text}var Wn=`data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="4" fill="#17663f"/><path d="M4 8.5l2.6 2.6L12 5.4" fill="none" stroke="#fff" stroke-width="1.8"/></svg>')}`,Jn="default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'";var He=200;function Ft({title:e,refused:t}){let n=f.about;return{path:n,html:$({path:n,title:"How to read and check these pages",description:"What capability, compliance and the verdicts mean.",part:"about",main:()=>a`<h1>How to read and check these pages</h1>
<h2>Two answers, never mixed</h2>
<p><b>Capability</b> says how much of a specification a mesh offers: full, partial or none. A mesh that never meant to offer one has the capability none, which is no failure.</p>
<p><b>Compliance</b> says whether what it offers behaves as the specification says. It has passed when every <i>must</i> requirement that applies holds. Requirements of the level <i>should</i> are counted apart.</p>
<h2>Verdicts</h2>${te()}
<p>A requirement can be asked for at more than one version of its API: each has a verdict of its own.</p>
<h2>Which run counts</h2>
<p>For a version of a mesh, its newest run. Only complete runs of the whole suite on a real cluster are shown: nothing was left out, and nothing could not be judged.</p>
<h2>Checking a result</h2>
<p>Every run’s page links its report and, where it was signed, the bundle beside it. <code>smi-conformance verify</code> checks the signature and who made it, and works the figures out again from the looks in the report. A report that is <i>unsigned</i> can be read and recomputed, but nobody vouches for it.</p>
<h2 id="left-out">Files that are not shown</h2>
${t.length===0?a`<p>None: every report among the runs is shown.</p>`:a`<p>${t.length} among the runs ${t.length===1?"is":"are"} not shown:</p><ul class="plain">${t.slice(0,He).map(s=>a`<li><code class="break">${s.path}</code>: ${s.why}</li>`)}</ul>${t.length>He&&a`<p>… and ${t.length-He} more.</p>`}`}`},e),data:{title:e,refused:t}}}var Mt=["January","February","March","April","May","June","July","August","September","October","November","December"];function q(e){let t=new Date(e);return a`<time datetime="${e}">${t.getUTCDate()} ${Mt[t.getUTCMonth()]?.slice(0,3)} ${t.getUTCFullYear()}</time>`}function ye(e){return a`<time datetime="${e}">${q(e)}, ${new Date(e).toISOString().slice(11,16)} UTC</time>`}function Ne(e){let[t,n]=e.split("-");return`${Mt[Number(n)-1]??e} ${t??""}`.trim()}function F(e,t){return`${e.toLocaleString("en").replaceAll(","," ")} ${t}${e===1?"":"s"}`}function P(e){return e.replace("traffic-","Traffic ").replace(/ (.)/,(t,n)=>` ${n.toUpperCase()}`)}function we(e,t){let{reason:n,expected:r,seen:s,afterwards:o,steps:i,failedStep:l}=e,c=[["Because",n],["Expected",r],["Seen",s],["Afterwards",o]],d=i.map((p,m)=>_n(p,m,m===l));return a`<dl class="words">${c.filter(([,p])=>p!==void 0&&p!=="").map(([p,m])=>a`<div><dt>${p}</dt><dd>${m}</dd></div>`)}
${t!==void 0&&a`<div><dt>Known</dt><dd><a href="${t.bug}" rel="noreferrer">${t.bug}</a>${t.note!==void 0&&a`<br>${t.note}`}</dd></div>`}</dl>${d.length>0&&a`<ol class="steps">${d}</ol>`}`}function _n(e,t,n){let r=[...Yn(e),...n?["ended here"]:[]];return a`<li><p class="step"><b>${t+1}. ${e.verb}</b> <span class="quiet">${r.join(" · ")}</span></p>${Gn(e)}</li>`}function Yn({writes:e=[],objects:t=[],subject:n,holds:r,expected:s,seen:o,workloads:i=[],traffic:l,held:c,readings:d,looks:p,deadlineMs:m,convergenceMs:u,durationMs:h}){return[...e.map(Qn),...t.map(({kind:g,name:y})=>`${g} ${y}`),...n===void 0?[]:[r===void 0?n:`${n}: ${r?"as expected":`expected ${s}; seen ${o}`}`],...i.map(({workload:g,replicas:y})=>`${g} ${y}`),...l===void 0?[]:[pe(l)],...c===void 0?[]:[Xn(c)],...d===void 0?[]:[F(d,"reading")],...p===void 0?[]:[F(p.count,"look")],...m===void 0?[]:[u===void 0?`not so within ${A(m)}`:`in force after ${A(u)} of at most ${A(m)}`],...h===void 0?[]:[A(h)]]}function Gn({measured:e,intervals:t,looks:n,deadlineMs:r,shown:s,otherwise:o}){let i=n?.lastFailing;return[e!==void 0&&Be(e,t),i!==void 0&&(e===void 0||r===void 0)&&a`<p class="small">The last look that did not hold, at ${A(i.at)}:</p>${Be(i)}`,s!==void 0&&St(s),o!==void 0&&a`<p class="small">The lesser form that the assertion allows for:</p>${Array.isArray(o)?St(o):Be(o)}`]}function St(e){return a`<ul class="look">${e.map(({holds:t,expected:n="",seen:r=""})=>a`<li><span>${t===!1?"not so":"so"}</span> <span>${n}</span> <span>${r}</span></li>`)}</ul>`}function Xn({traffic:e,connection:t,attempts:n,answers:r,refusals:s,brokenAfterMs:o}){let i=o===void 0?"all answered":`not answered ${A(o)} after the change`;return`${pe(e)}, ${t==="kept"?"one connection":"fresh connections"}, ${n} attempts: ${[G(r),G(s),i].filter(l=>l!=="").join("; ")}`}function Qn({kind:e,name:t,apiVersion:n,outcome:r,message:s}){return`${e} ${t} (${n}) ${r}${s===void 0?"":`: ${s}`}`}function Be({seen:e},t=[]){return a`<ul class="look">${e.map(n=>a`<li><span>${pe(n.traffic)}</span> <span>${er(n.expected)}</span> <span>${Zn(n,t)}</span></li>`)}</ul>`}function Zn({expected:e,attempts:t,answers:n,refusals:r,reached:s,alive:o},i){let l=e.outcome==="shares"&&i.length>0?tr(i):G(n);return[`${t} ${t===1?"attempt":"attempts"}: ${l===""?"no answer":l}`,G(r),...G(s)===G(n)||e.outcome!=="denied"?[]:[`yet reached ${G(s)}`],...o===!1?["a server did not prove that it was alive"]:[]].filter(c=>c!=="").join("; ")}function er(e){return e.outcome==="answered"?`answered by ${e.by.join(", ")}`:e.outcome==="shares"?Object.entries(e.shares).map(([t,n])=>`${t} ${n}`).join(" : "):e.outcome}function tr(e){return e.map(({workload:t,low:n,high:r,seen:s})=>`${t} ${s} (${n}–${r})`).join(", ")}function G(e){return Object.entries(e).map(([t,n])=>`${t} ${n}`).join(", ")}var nr=16;function Ot(e,t,{title:n,meshes:r,requirements:s,known:o}){let{id:i,specification:l,level:c,kind:d,source:p,text:m,versions:u,ignoring:h,gates:g=[]}=e,y=f.assertion(i),S=r.flatMap(({name:w,id:b,versions:O})=>{let x=O.slice(0,nr).map(({version:C,run:T})=>({version:C,run:T,results:V(T).filter(W=>W.id===i)})).filter(({results:C})=>C.length>0);return x.length===0?[]:[{name:w,mesh:b,seen:x.toReversed()}]}),v=w=>a`<p class="kicker"><code>${i}</code></p><h1>${e.title}</h1>
<p class="lead">${m}</p>
<dl class="facts"><div><dt>Level</dt><dd>${c}</dd></div><div><dt>Kind</dt><dd>${d}</dd></div><div><dt>Specification</dt><dd>${p}</dd></div>${u!==void 0&&a`<div><dt>API versions</dt><dd>${u.join(", ")}</dd></div>`}
${g.length>0&&a`<div><dt>Rests on</dt><dd>${g.map((b,O)=>a`${O>0&&", "}${s.has(b)?a`<a href="${w(f.assertion(b))}">${I(b)}</a>`:I(b)}`)}</dd></div>`}
${h!==void 0&&a`<div><dt>A mesh that ignores it</dt><dd>${h}</dd></div>`}</dl>
${S.length===0?a`<p class="calm">No run has a result for it yet.</p>`:a`
<section aria-labelledby="versions"><h2 id="versions">By version</h2>${S.map(({name:b,mesh:O,seen:x})=>a`<h3><a href="${w(f.mesh(O))}">${b}</a></h3><ul class="strip">${x.map(({version:C,run:T,results:W})=>a`
<li><span>${C}</span>${W.map(J=>ee(J.verdict,w(f.run(T.path),H(J)),`${C}: ${J.verdict}, at ${J.version}`))}</li>`)}</ul>`)}</section>
<section aria-labelledby="seen"><h2 id="seen">Expected and seen</h2><p class="quiet">In the newest run of the latest version of each mesh.</p>${t.map(b=>L(b,w))}</section>`}`;function L({run:w,results:b},O){return a`${b.map(x=>a`<article class="result"><h3>${w.mesh.name} ${w.mesh.version} ${ee(x.verdict,O(f.run(w.path),H(x)))} <small>${x.version}</small></h3>${we(x,o(x,w.mesh))}</article>`)}`}let K={...e,meshes:t.map(({run:w,results:b})=>({mesh:w.mesh.id,meshVersion:w.mesh.version,report:w.path,results:b.map(({version:O,verdict:x,reason:C,expected:T,seen:W})=>({version:O,verdict:x,reason:C,expected:T,seen:W}))})),versions:Object.fromEntries(S.map(({mesh:w,seen:b})=>[w,Object.fromEntries(b.map(({version:O,results:x})=>[O,Object.fromEntries(x.map(C=>[C.version,C.verdict]))]))])),...u!==void 0&&{apiVersions:u}};return{path:y,html:$({path:y,title:e.title,description:m,part:"home",trail:[{title:"Requirements",target:f.home},{title:P(l),target:f.home}],main:v},n),data:K}}function be({worse:e,better:t,other:n,added:r,gone:s,same:o},i,l,c){if(e.length+t.length+n.length+r.length+s.length===0)return a`<p class="calm">No verdict changed: ${F(o,"result")} as before.</p>`;let[d,p]=[f.run(i.path),f.run(l.path)],m=(h,g)=>g.length>0&&a`<h3>${h} <span class="count">${g.length}</span></h3><ul class="changes">${g.map(y=>a`
<li><a href="${c(f.assertion(y.after.id))}"><code>${re(y.after)}</code></a> ${Ct(y.after.level)}<span class="change">${ee(y.before.verdict,c(d,H(y.before)),`before: ${y.before.verdict}`)} <span aria-hidden="true">→</span> ${ee(y.after.verdict,c(p,H(y.after)),`after: ${y.after.verdict}`)}</span></li>`)}</ul>`,u=(h,g)=>g.length>0&&a`<details><summary><h3>${h} <span class="count">${g.length}</span></h3></summary><ul class="changes">${g.map(y=>a`
<li><a href="${c(f.assertion(y.id))}"><code>${re(y)}</code></a> ${Ct(y.level)}${Y(y.verdict)}</li>`)}</ul></details>`;return a`${m("Worse",e)}${m("Better",t)}${m("Otherwise changed",n)}${u("Only in the later run",r)}${u("Only in the earlier run",s)}<p class="quiet">${F(o,"result")} unchanged.</p>`}function Ct(e){return e!=="must"&&a`<i class="level">${e}</i> `}function N({path:e,id:t,startedAt:n,mesh:r,kubernetes:s,suite:o,smiRelease:i,result:l,must:c,should:d,specifications:p,digest:m,provenance:u}){return{run:t,startedAt:n,mesh:r.id,meshVersion:r.version,kubernetes:s,suite:o.version,suiteDigest:o.digest,...i!==void 0&&{smiRelease:i},result:l,must:c,should:d,specifications:p,report:e,sha256:m,provenance:u}}function $e(e){let t={};for(let{id:n,version:r,verdict:s}of V(e))(t[n]??={})[r]=s;return t}function qt({mesh:e,before:t,after:n,difference:r,name:s},{title:o}){let i=f.changes(e.id,s),l=`${e.name} ${t.mesh.version} → ${n.mesh.version}`,c=m=>a`<h1>${l}</h1>
<p class="lead">${E(r)}.</p>
${At("Before",t,m)}${At("After",n,m)}
${t.suite.digest!==n.suite.digest&&a`<p class="note">The two runs used different suites (${t.suite.version} and ${n.suite.version}): a verdict may have changed because its requirement did.</p>`}
${t.kubernetes!==n.kubernetes&&a`<p class="note">They ran on different versions of Kubernetes: ${t.kubernetes} and ${n.kubernetes}.</p>`}
<section aria-labelledby="changes"><h2 id="changes">Verdicts</h2>${be(r,t,n,m)}</section>`,d=`SMI conformance of ${e.name}: ${E(r)} from ${t.mesh.version} to ${n.mesh.version}.`,p={mesh:e.id,before:N(t),after:N(n),...gt(r)};return{path:i,html:$({path:i,title:l,description:d,part:"home",trail:[{title:"Meshes",target:f.home},{title:e.name,target:f.mesh(e.id)}],main:c},o),data:p}}function At(e,t,n){return a`<p class="side"><b>${e}</b> <a href="${n(f.run(t.path))}">${t.mesh.version}, ${q(t.startedAt)}</a> ${z(t.result)} <span class="quiet">${R(t.must)} must · Kubernetes ${t.kubernetes} · suite ${t.suite.version}</span></p>`}var rr=200;function Pt({title:e,meshes:t}){let n=f.compare,r=Math.max(1,Math.floor(rr/Math.max(1,t.length))),s=t.map(({name:i,versions:l})=>a`<optgroup label="${i}">${l.slice(0,r).map(({version:c,run:d})=>a`<option value="${f.run(d.path)}">${i} ${c}, ${d.startedAt.slice(0,10)}</option>`)}</optgroup>`);return{path:n,html:$({path:n,title:"Compare two runs",description:"What changed between two runs.",part:"compare",data:!1,main:i=>a`<h1>Compare two runs</h1>
<p class="lead">What got worse, better, new and gone between two runs, by assertion and API version.</p>
<form class="compare" method="get" action="${i(n)}"><p><label for="a">Before</label> <select id="a" name="a">${s}</select></p><p><label for="b">After</label> <select id="b" name="b">${s}</select></p><p><button>Compare</button></p></form>
<div id="comparison" aria-live="polite"></div>
<noscript><p class="note">Comparing any two runs needs JavaScript. What is below does not.</p></noscript>
<h2>Adjacent versions</h2><ul class="rows">${t.filter(({versions:l})=>l.length>1).map(({id:l,name:c})=>a`<li><a href="${i(f.mesh(l),"changes")}">${c}, from version to version</a></li>`)}</ul>`},e)}}var k=8,X=5,le=7*k,[sr,Ve]=[3*k,3*k],ir=14,or=["passed","partial","inconclusive","failed"];function Lt(e,t,n){let r=t.slice(-ir),s=Math.ceil(Math.max(1,...r.map(({run:c})=>c.must.applicable))/X),[o,i]=[Math.max(4,r.length)*le,sr+s*k],l=ue(e);return a`<div class="chart scroll" role="region" tabindex="0" aria-label="${n}"><svg viewBox="0 0 ${o} ${i+Ve}" width="${o}" height="${i+Ve}" role="group" aria-label="${n}"><line x1="0" x2="${o}" y1="${i+.5}" y2="${i+.5}"/>${r.map(({label:c,run:d},p)=>ar({x:p*le,base:i,value:c,must:d.must,href:l(f.run(d.path))}))}</svg></div>`}function Tt(){let e=(t,n)=>a`<pattern id="cell-${t}" width="${k}" height="${k}" patternUnits="userSpaceOnUse">${n}</pattern>`;return a`<svg class="unseen" aria-hidden="true"><defs>${e("passed",a`<rect x="1" y="1" width="6" height="6" class="pass"/>`)}${e("partial",a`<path d="M1 7V1h6z" class="partial"/>`)}${e("inconclusive",a`<rect x="1.75" y="1.75" width="4.5" height="4.5" class="inconclusive"/>`)}${e("failed",a`<path d="M1.7 1.7l4.6 4.6M6.3 1.7l-4.6 4.6" class="fail"/>`)}</defs></svg>`}function ve(e){return a`<svg viewBox="0 0 ${k} ${k}" width="12" height="12" aria-hidden="true"><rect fill="url(#cell-${e})" width="${k}" height="${k}"/></svg>`}function ar({x:e,base:t,value:n,must:r,href:s}){let o=0,i=or.map(c=>{let d=lr(o,r[c],e+k,t).map(p=>a`<rect fill="url(#cell-${c})" x="${p.x}" y="${p.y}" width="${p.wide}" height="${p.tall}"/>`);return o+=r[c],d}),l=t-Math.ceil(o/X)*k;return a`<a href="${s}"><rect class="hit" x="${e}" y="0" width="${le}" height="${t+Ve}"/>${i}<text class="figure" x="${e+le/2}" y="${l-7}">${r.passed}/${r.applicable}</text> <text x="${e+le/2}" y="${t+17}">${cr(n)}</text></a>`}function lr(e,t,n,r){let s=[];for(let o=e,i=t;i>0;){let[l,c]=[Math.floor(o/X),o%X],d=c===0?Math.floor(i/X):0,p=d>0?X:Math.min(i,X-c);s.push({x:n+c*k,y:r-(l+Math.max(1,d))*k,wide:p*k,tall:Math.max(1,d)*k}),o+=p*Math.max(1,d),i-=p*Math.max(1,d)}return s}function cr(e){return e.length>8?`${e.slice(0,7)}…`:e}function jt(e){let t=e.slice(-12);if(t.length<2)return;let[n,r,s]=[11,26,4],o=t.map(({must:d})=>d.applicable===0?0:d.passed/d.applicable),i=Math.min(.8,...o),l=t.map(({result:d},p)=>({x:s+p*n,y:dr(s+(1-(o[p]??0))/(1-i)*(r-2*s)),result:d})),c=(t.length-1)*n+2*s;return a`<span>${t.filter(({result:d})=>d==="passed").length} of ${t.length} passed</span><svg class="spark" viewBox="0 0 ${c} ${r}" width="${c}" height="${r}" aria-hidden="true"><polyline points="${l.map(({x:d,y:p})=>`${d},${p}`).join(" ")}"/>${l.map(({x:d,y:p,result:m})=>a`<circle class="${m}" cx="${d}" cy="${p}" r="3"/>`)}</svg>`}function dr(e){return Math.round(e*10)/10}function xe({columns:e,requirements:t,known:n,link:r,caption:s}){let o=e.map(({run:l})=>pr(l)),i=l=>[...t.values()].filter(c=>c.specification===l&&o.some(d=>d.has(c.id))).map(({id:c})=>c);return a`<div class="matrix scroll" role="region" tabindex="0" aria-label="${s}"><table data-filter="requirements" data-hint="such as weight">
<caption class="unseen">${s}</caption>
<thead><tr><th scope="col">Requirement</th>${e.map(({head:l})=>a`<th scope="col">${l}</th>`)}</tr></thead>
${j.map(l=>{let c=i(l);return c.length>0&&a`<tbody><tr class="group"><th scope="rowgroup" colspan="${e.length+1}">${P(l)}</th></tr>
${c.map(d=>{let{title:p,level:m}=t.get(d)??{title:d,level:"must"};return a`<tr data-text="${d} ${p}"><th scope="row"><a href="${r(f.assertion(d))}">${I(d)}</a>${m!=="must"&&a` <i class="level">${m}</i>`}<small>${p}</small></th>${e.map(({run:u},h)=>mr(o[h]?.get(d),u,n,r))}</tr>
`})}</tbody>`})}
</table></div>`}function pr(e){let t=new Map;for(let{id:n,version:r,verdict:s}of V(e)){let o=t.get(n);o===void 0?t.set(n,[{id:n,version:r,verdict:s}]):o.push({id:n,version:r,verdict:s})}return t}function mr(e,t,n,r){if(e===void 0)return a`<td class="none"><span class="unseen">not in this run</span></td>`;let s=f.run(t.path),o=e.every(({verdict:l})=>l===e[0]?.verdict),i=o?e.slice(0,1):e;return a`<td>${i.map(l=>{let c=a`${l.verdict}${!o&&a` <small>${l.version}</small>`}`;return ur.has(l.verdict)?Y(l.verdict,c):a`<a class="v ${l.verdict}" href="${r(s,H(l))}">${c}</a>${fr(l,t,n)}`})}</td>`}var ur=new Set(["pass","skip","info"]);function fr(e,t,n){let r=n({id:e.id,version:e.version},t.mesh);return r!==void 0&&a` <a class="bug" href="${r.bug}" rel="noreferrer">known</a>`}function Q(e){switch(e.state){case"unsigned":return a`<span class="quiet">unsigned</span>`;case"broken":return a`<b class="v error">signature does not fit</b>`;case"signed":return a`signed`;case"verified":return e.account?.ok===!1?a`<b class="v partial">signed, not enrolled</b>`:a`<b class="v pass">signature verified</b>`}}function Ht(e){switch(e.state){case"unsigned":return a`<p>${Q(e)}. Nobody put a name to this report: it shows what somebody says that a run has seen.</p>`;case"broken":return a`<p>${Q(e)}: ${e.reason}. Do not rely on this report.</p>`;case"signed":return a`<p>Signed, by its own account, ${It(e)}. The bundle is for exactly this report; whether its signature holds was not checked when this page was made${e.unchecked!==void 0&&a`: ${e.unchecked}`}.</p>`;case"verified":return a`<p>${Q(e)}: signed ${It(e)}.${e.account!==void 0&&hr(e.account)}</p>`}}function hr({ok:e,detail:t}){return e?a` ${t}, by the list of accounts.`:a` The signature holds, and does not count as the mesh's own: ${t}.`}function It({signer:e,with:t,issuer:n}){return t==="key"?a`with the key <code>${e}</code>`:a`by <code>${e}</code>${n!==void 0&&a`, as <code>${n}</code> says`}`}var ke=Ce(it(),1),ze=[{name:"mesh version",of:e=>e.mesh.version},{name:"SMI release",of:e=>e.smiRelease??"none as a set"},{name:"suite version",of:e=>e.suite.version},{name:"Kubernetes version",of:e=>e.kubernetes}];function Re(e,t){let n=new Map;for(let r of e){let s=t(r),o=n.get(s);n.set(s,{value:s,run:o!==void 0&&Fe(o.run,r)?o.run:r,runs:(o?.runs??0)+1})}return[...n.values()].toSorted((r,s)=>Ke(r.value,s.value))}function Ke(e,t){let[n,r]=[Bt(e),Bt(t)];return n===null||r===null?n===r?Ee(e,t):n===null?-1:1:ke.default.compareBuild(n,r)||Ee(e,t)}var Nt=new Map;function Bt(e){let t=Nt.get(e);return t===void 0&&Nt.set(e,t=ke.default.parse(e,{loose:!0})??ke.default.coerce(e)),t}function Ee(e,t){return e<t?-1:e>t?1:0}function Fe(e,t){return e.startedAt===t.startedAt?e.path>t.path:e.startedAt>t.startedAt}function ce(e,t){return Fe(e,t)?-1:1}function Vt(e){return/^v?\d+\.\d+/.exec(e)?.[0]??e}function Et(e){let t=new Map;for(let n of e){let r=t.get(n.mesh.id);r===void 0?t.set(n.mesh.id,[n]):r.push(n)}return[...t].map(([n,r])=>{let s=r.toSorted(ce),o=Re(s,i=>i.mesh.version);return{id:n,name:s[0]?.mesh.name??n,runs:s,versions:o.toReversed().map(({run:i,runs:l})=>({version:i.mesh.version,run:i,runs:l}))}}).toSorted((n,r)=>Ee(n.name.toLowerCase(),r.name.toLowerCase()))}var gr=6;function zt(e,t){let{title:n,meshes:r,requirements:s,known:o}=e,i=r.flatMap(m=>m.versions[0]??[]).map(({run:m})=>m),l=r.reduce((m,u)=>m+u.runs.length,0),c=f.home,d=m=>a`
<h1>${n}</h1>
<p class="lead">Which service meshes do what the <abbr title="Service Mesh Interface">SMI</abbr> specifications say. <em>Capability</em> is how much of a specification a mesh offers; <em>compliance</em> is whether what it offers behaves as the specification says.</p>
${r.length===0?a`<p class="calm">There are no runs yet. A workflow with <code>publish_branch: smi-conformance</code> adds one each time.</p>`:a`
<p class="quiet">${F(l,"run")} of ${F(r.length,"mesh").replace("meshs","meshes")}; the newest of ${q(i.toSorted(ce)[0]?.startedAt??"")}.</p>
${yr(r,m)}
<section aria-labelledby="requirements"><h2 id="requirements">Requirements</h2>
<p>Each requirement of the suite, and what the latest version of each mesh makes of it.</p>
${te()}
${xe({columns:r.flatMap(({id:u,name:h,versions:[g]})=>g===void 0?[]:[{head:a`<a href="${m(f.mesh(u))}">${h}</a> <small>${g.version}</small>`,run:g.run}]),requirements:s,known:o,link:m,caption:"Requirements by mesh"})}</section>
${t.length>0&&a`<section aria-labelledby="changed"><h2 id="changed">What changed last</h2><ul class="rows">${t.slice(0,gr).map(u=>a`
<li><a href="${m(f.changes(u.mesh.id,u.name))}">${u.mesh.name} ${u.before.mesh.version} → ${u.after.mesh.version}</a> <span>${E(u.difference)}</span> <span class="quiet">${q(u.after.startedAt)}</span></li>`)}</ul></section>`}`}`,p={title:n,runs:l,meshes:r.map(({id:m,name:u,versions:[h],runs:g})=>({id:m,name:u,runs:g.length,...h&&{latest:{...N(h.run),verdicts:$e(h.run)}}}))};return{path:c,html:$({path:c,title:n,description:"Capability and compliance of service meshes with the Service Mesh Interface, from signed runs.",part:"home",main:d},n),data:p}}function yr(e,t){return a`<table class="meshes stack"><caption class="unseen">Meshes by specification: capability, compliance, and how many must requirements hold</caption>
<thead><tr><th scope="col">Mesh</th>${j.map(n=>a`<th scope="col">${P(n)}</th>`)}<th scope="col">Over versions</th></tr></thead>
<tbody>${e.map(({id:n,name:r,versions:s})=>{let[o]=s;if(o===void 0)return;let{run:i}=o;return a`<tr><th scope="row"><a href="${t(f.mesh(n))}">${r}</a> <span class="version">${o.version}</span><small><a href="${t(f.run(i.path))}">${q(i.startedAt)}</a> · Kubernetes ${i.kubernetes} · ${Q(i.provenance)}</small></th>
${j.map(l=>wr(l,i.specifications.find(c=>c.specification===l)))}<td data-label="Over versions">${jt(s.map(l=>l.run).toReversed())??a`<span class="quiet small">one version</span>`}</td></tr>
`})}</tbody></table>`}function wr(e,t){if(t===void 0)return a`<td data-label="${P(e)}"><span class="quiet">not in this run</span></td>`;let n=t.must.partial>0?`, ${t.must.partial} partial`:"",r=t.capability==="none"?"capability none":`${t.capability} · ${R(t.must)} must${n}`;return a`<td data-label="${P(e)}">${ge(t)}<small>${r}</small></td>`}function de(e,t,n=!0){return a`<div class="scroll" role="region" tabindex="0" aria-label="Runs"><table class="runs" data-filter="runs" data-hint="such as v1.2"><thead><tr><th scope="col">Run</th>${n&&a`<th scope="col">Mesh</th>`}<th scope="col">Version</th><th scope="col">Kubernetes</th><th scope="col">Result</th><th scope="col" class="number">Must</th><th scope="col">Suite</th><th scope="col">Signature</th></tr></thead>
<tbody>${e.map(r=>a`<tr data-text="${r.mesh.name} ${r.mesh.version} ${r.kubernetes} ${r.id} ${r.result}"><th scope="row"><a href="${t(f.run(r.path))}">${ye(r.startedAt)}</a></th>${n&&a`<td><a href="${t(f.mesh(r.mesh.id))}">${r.mesh.name}</a></td>`}<td>${r.mesh.version}</td><td>${r.kubernetes}</td><td>${z(r.result)}</td><td class="number">${R(r.must)}</td><td>${r.suite.version}</td><td>${Q(r.provenance)}</td></tr>
`)}</tbody></table></div>`}function Me(e,t={}){return a`<div class="cards">${e.specifications.map(n=>a`<div class="card"><h2>${P(n.specification)}</h2><p class="big">${ge(n)}</p>
<dl><div><dt>Capability</dt><dd>${n.capability}</dd></div>${n.capability!=="none"&&a`<div><dt>Must</dt><dd>${R(n.must)}</dd></div>`}</dl>${br(n)}${t[n.specification]!==void 0&&a`<p class="quiet small">${t[n.specification]}</p>`}</div>`)}</div>`}function br(e){let t=Rt(e.must);return t===""?void 0:a`<p class="small">${t}</p>`}var Kt=10,$r=25,vr=8;function Dt(e,t,{title:n,requirements:r,known:s}){let o=f.mesh(e.id),i=e.versions[0],l=e.versions.slice(0,Kt),c=m=>i!==void 0&&a`
<h1>${e.name}</h1>
<p class="lead">${z(i.run.result)} Version ${i.version}: ${R(i.run.must)} must requirements hold. <a href="${m(f.run(i.run.path))}">Run of ${q(i.run.startedAt)}</a> on Kubernetes ${i.run.kubernetes}.</p>
${Me(i.run)}
<section aria-labelledby="history"><h2 id="history">History</h2>
<p>A cell for each must requirement, by the newest run for each version. Those that hold stand at the bottom, and the others on top of them: <span class="sample">${ve("partial")} partial</span>, <span class="sample">${ve("inconclusive")} inconclusive</span>, <span class="sample">${ve("failed")} failed</span>.</p>
${Tt()}
<div class="charts">${ze.map(({name:u,of:h},g)=>{let y=Re(e.runs,h);return(g===0||y.length>1)&&xr(o,u,y,m)})}</div></section>
<section aria-labelledby="versions"><h2 id="versions">Requirements by version</h2>
${l.length<e.versions.length&&a`<p class="quiet">The latest ${l.length} of ${e.versions.length} versions; the data of this page have all.</p>`}
${te()}
${xe({columns:l.map(({version:u,run:h})=>({head:a`<a href="${m(f.run(h.path))}">${u}</a>`,run:h})),requirements:r,known:s,link:m,caption:`Requirements by version of ${e.name}`})}</section>
${t.length>0&&a`<section aria-labelledby="changes"><h2 id="changes">From version to version</h2><ul class="rows">${t.map(u=>a`
<li><a href="${m(f.changes(e.id,u.name))}">${u.before.mesh.version} → ${u.after.mesh.version}</a> <span>${E(u.difference)}</span></li>`)}</ul></section>`}
${kr(e,m)}
<section aria-labelledby="runs"><h2 id="runs">Newest runs</h2>${de(e.runs.slice(0,$r),m,!1)}
<p><a href="${m(f.runs)}">All runs by month</a></p></section>`,d={mesh:e.id,name:e.name,runs:e.runs.length,versions:e.versions.map(({run:m,runs:u})=>({...N(m),runs:u,verdicts:$e(m)})),history:Object.fromEntries(ze.map(({name:m,of:u})=>[m,Re(e.runs,u).map(({value:h,run:g,runs:y})=>({value:h,runs:y,must:g.must,result:g.result,report:g.path}))]))},p=`SMI conformance of ${e.name}: ${F(e.versions.length,"version")}, ${F(e.runs.length,"run")}.`;return{path:o,html:$({path:o,title:e.name,description:p,part:"home",trail:[{title:"Meshes",target:f.home}],main:c},n),data:d}}function xr(e,t,n,r){return a`<figure><figcaption>By ${t}</figcaption>${Lt(e,n.map(({value:s,run:o})=>({label:s,run:o})),`Must requirements by ${t}`)}
<details><summary>As a table</summary><div class="scroll" role="region" tabindex="0" aria-label="Table by ${t}"><table><thead><tr><th scope="col">${t}</th><th scope="col">Result</th><th scope="col" class="number">Must</th><th scope="col" class="number">Should</th><th scope="col" class="number">Runs</th><th scope="col">Newest</th></tr></thead>
<tbody>${n.toReversed().map(({value:s,run:o,runs:i})=>a`<tr><th scope="row">${s}</th><td>${z(o.result)}</td><td class="number">${R(o.must)}</td><td class="number">${R(o.should)}</td><td class="number">${i}</td><td><a href="${r(f.run(o.path))}">${q(o.startedAt)}</a></td></tr>
`)}</tbody></table></div></details></figure>`}function kr({runs:e,versions:t,name:n},r){let s=[...new Set(e.map(i=>i.kubernetes))].toSorted(Ke).toReversed().slice(0,vr);if(s.length<2)return;let o=new Map(e.toReversed().map(i=>[`${i.mesh.version} ${i.kubernetes}`,i]));return a`<section aria-labelledby="kubernetes"><h2 id="kubernetes">On which Kubernetes</h2><div class="scroll" role="region" tabindex="0" aria-label="Versions of ${n} by Kubernetes version"><table class="grid"><thead><tr><th scope="col">Version</th>${s.map(i=>a`<th scope="col">${i}</th>`)}</tr></thead>
<tbody>${t.slice(0,Kt).map(({version:i})=>a`<tr><th scope="row">${i}</th>${s.map(l=>{let c=o.get(`${i} ${l}`);return c===void 0?a`<td class="none"><span class="unseen">no run</span></td>`:a`<td><a class="v ${c.result==="passed"?"pass":"fail"}" href="${r(f.run(c.path))}">${c.result}</a> <small>${c.must.passed}/${c.must.applicable}</small></td>`})}</tr>
`)}</tbody></table></div></section>`}var Ut=50,De=250;function Wt({title:e,meshes:t}){let n=t.flatMap(s=>s.runs).toSorted(ce),r=Mr(n);return[Rr(e,n,r),...r.map(s=>Fr(e,s))]}function Rr(e,t,n){let r=f.runs,s=i=>a`<h1>Runs</h1>
<p class="lead">${F(t.length,"run")}. Each is shown whole, with what was expected and what was seen.</p>
<section aria-labelledby="newest"><h2 id="newest">Newest</h2>${de(t.slice(0,Ut),i)}</section>
<section aria-labelledby="months"><h2 id="months">By month</h2><ul class="columns">${n.map(l=>a`
<li><a href="${i(f.month(l.name))}">${l.title}</a> <span class="quiet">${l.runs.length}</span></li>`)}</ul></section>`,o={runs:t.length,newest:t.slice(0,Ut).map(N),months:n.map(i=>({name:i.name,runs:i.runs.length}))};return{path:r,html:$({path:r,title:"Runs",description:`All ${t.length} runs.`,part:"runs",main:s},e),data:o}}function Fr(e,{name:t,title:n,runs:r}){let s=f.month(t),o=i=>a`<h1>Runs of ${n}</h1><p class="lead">${F(r.length,"run")}.</p>${de(r,i)}`;return{path:s,html:$({path:s,title:`Runs of ${n}`,description:`${r.length} runs of ${n}.`,part:"runs",trail:[{title:"Runs",target:f.runs}],main:o},e),data:{runs:r.map(N)}}}function Mr(e){let t=new Map;for(let n of e){let r=n.startedAt.slice(0,7),s=t.get(r);s===void 0?t.set(r,[n]):s.push(n)}return[...t].flatMap(([n,r])=>{let s=Math.ceil(r.length/De),o=r.toReversed();return Array.from({length:s},(i,l)=>({name:s===1||l===0?n:`${n}-${l+1}`,title:s===1?Ne(n):`${Ne(n)}, part ${l+1}`,runs:o.slice(l*De,(l+1)*De).toReversed()})).toReversed()})}var Sr=2e3;function Jt(e,t=[]){let n=new Map(t.filter(({at:r})=>r!==void 0).map(r=>[r.id,r]));for(let{id:r,title:s,kind:o,requirement:i,ignoring:l,gates:c}of e){let{specification:d,level:p,source:m,text:u,versions:h}=i;n.set(r,{id:r,title:s,specification:d,kind:o,level:p,source:m,text:u,versions:h,ignoring:l,gates:c})}return{take({run:r,assertions:s}){for(let{id:o,title:i,specification:l,kind:c,level:d,requirement:p}of s){let m=n.get(o);(m===void 0?n.size>=Sr:m.at===void 0||m.at>r.startedAt)||n.set(o,{id:o,title:i,specification:l,kind:c,level:d,...p,at:r.startedAt})}},all:()=>new Map([...n.values()].toSorted(Or).map(r=>[r.id,r]))}}function Or(e,t){return j.indexOf(e.specification)-j.indexOf(t.specification)||(I(e.id)<I(t.id)?-1:1)}import{createHash as Vr}from"node:crypto";import{createHash as Cr,X509Certificate as Ar}from"node:crypto";async function Yt(e,t,n){if(t===void 0)return{state:"unsigned"};try{let r=JSON.parse(Buffer.from(t).toString("utf8"));if(n===void 0)return _t(e,r);let s=await n(e,t);return"unchecked"in s?{..._t(e,r),...s}:{state:"verified",with:r.verificationMaterial?.publicKey===void 0?"certificate":"key",...s}}catch(r){return{state:"broken",reason:r instanceof Error?r.message:String(r)}}}function _t(e,{verificationMaterial:t,dsseEnvelope:n}){let r=JSON.parse(Buffer.from(n?.payload??"","base64").toString("utf8")),s=Cr("sha256").update(e).digest("hex");if(!(r.subject??[]).some(l=>l.digest?.sha256===s))return{state:"broken",reason:"its bundle was made for another file"};let o=t?.certificate?.rawBytes??t?.x509CertificateChain?.certificates?.[0]?.rawBytes;if(o===void 0)return{state:"signed",signer:t?.publicKey?.hint??"a key without a name",with:"key"};let{subjectAltName:i=""}=new Ar(Buffer.from(o,"base64"));return{state:"signed",signer:i.replaceAll(/(?:^|, )(?:URI|email):/g,""),with:"certificate"}}var qr=6;function Gt(e,t){let n=new Map,r=0;return async s=>{for(;r<Math.min(e.length,s+qr);r++){let i=e[r];i!==void 0&&t(i)&&n.set(r,Ue(i).catch(l=>({failed:Z(l)})))}let o=await n.get(s);return n.delete(s),o}}async function Ue(e){for(let{size:r,path:s}of[e,...e.bundle?[e.bundle]:[]])if(r>oe)throw new B("BAD_INPUT",`${s} has ${r} bytes, and at most ${oe} are read. Leave it out.`);let[t,n]=await Promise.all([e.read(),e.bundle?.read()]);return{report:t,bundle:n}}function Xt(e,t,n,{title:r,known:s,sourceUrl:o}){let i=f.run(t.path),l=`${e.mesh.name} ${e.mesh.version}`,c=Object.fromEntries(e.specifications.map(({specification:h,capabilityReason:g})=>[h,g])),d=Pr(t,o),p=e.assertions.filter(Qt).toSorted((h,g)=>U[h.verdict]-U[g.verdict]),m=h=>a`<h1>${l} <small>on Kubernetes ${e.kubernetes.version}</small></h1>
<p class="lead">${z(t.result)} ${R(t.must)} must requirements hold. ${ye(e.run.startedAt)}.</p>
${Me(t,c)}
${e.warnings.length>0&&a`<section aria-labelledby="warnings"><h2 id="warnings">Warnings</h2><ul>${e.warnings.map(g=>a`<li>${g}</li>`)}</ul></section>`}
${p.length>0&&a`<section aria-labelledby="attention"><h2 id="attention">What did not pass</h2>${p.map(g=>Zt(g,t,s,h))}</section>`}
<section aria-labelledby="results"><h2 id="results">${p.length>0?"All else":"Results"}</h2><p class="quiet">Open one to see what was expected, what was seen, and the numbers behind it.</p>
<div data-filter="results" data-hint="such as weight">${j.map(g=>Lr(g,e,t,s,h))}</div></section>
${n!==void 0&&Tr(t,n,h)}
<section aria-labelledby="provenance"><h2 id="provenance">Who says so</h2>${Ht(t.provenance)}
<p>Report: ${d.report(h)}${t.provenance.state!=="unsigned"&&a` · bundle: ${d.bundle(h)}`} · SHA-256 of the report: <code class="break">${t.digest}</code></p>
<p>Check it yourself, with both files in a folder: <code>smi-conformance verify ${We(t.path)}${t.provenance.state!=="unsigned"&&` --bundle ${We(se(t.path))}`}</code></p></section>
${jr(e)}
<p><a href="${h(f.compare)}?b=${encodeURIComponent(i)}">Compare this run with another</a></p>`,u=`${l} on Kubernetes ${e.kubernetes.version}: ${t.result}, ${R(t.must)} must requirements of SMI hold.`;return $({path:i,title:`${l}, ${e.run.startedAt.slice(0,10)}`,description:u,part:"runs",data:o===void 0,trail:[{title:"Runs",target:f.runs},{title:e.mesh.name,target:f.mesh(e.mesh.id)}],main:m},r)}function Pr({path:e},t){let n=r=>s=>a`<a href="${t===void 0?s(r):t+r.split("/").map(encodeURIComponent).join("/")}">${We(r)}</a>`;return{report:n(t===void 0?M(f.run(e),"json"):e),bundle:n(se(e))}}function We(e){return e.slice(e.lastIndexOf("/")+1)}var U={fail:0,error:1,partial:2,inconclusive:3,pass:4,info:5,skip:6};function Qt({verdict:e}){return U[e]<U.pass}function Lr(e,{assertions:t},n,r,s){let o=t.filter(i=>i.specification===e&&!Qt(i)).toSorted((i,l)=>U[i.verdict]-U[l.verdict]);return o.length===0?void 0:a`<h3 class="group">${P(e)}</h3>${o.map(i=>Zt(i,n,r,s))}`}function Zt(e,t,n,r){let{id:s,version:o,title:i,verdict:l,level:c,requirement:d,durationMs:p}=e,m=l==="pass"?void 0:n(e,t.mesh),u=[o,...c==="must"?[]:[c],...p===0?[]:[A(p)]];return a`<details class="result" data-id="${re(e)}" data-verdict="${l}" data-text="${s} ${i} ${l}"${U[l]<U.partial&&a` open`}><summary>${Y(l)} <span class="name">${I(s)}</span> <span class="title">${i}</span>${m!==void 0&&a` <span class="tag">known</span>`} <span class="times">${u.join(" · ")}</span></summary>
<div id="${H(e)}" class="body"><p>${d.text} <span class="quiet">${d.source}${e.gate&&" · other requirements rest on it"}</span></p>${we(e,m)}<p class="small"><a href="${r(f.assertion(s))}">The same of all meshes</a></p></div></details>
`}function Tr(e,t,n){let r=Pe(t,e);return a`<section aria-labelledby="since"><h2 id="since">Since the run before</h2><p><a href="${n(f.run(t.path))}">${t.mesh.version}, ${q(t.startedAt)}</a>, on Kubernetes ${t.kubernetes}: ${E(r)}.${t.suite.digest!==e.suite.digest&&" The suite was another one."}</p>${be(r,t,e,n)}</section>`}function jr({run:e,suite:t,mesh:n,kubernetes:r,timing:s,statistics:o,served:i,phases:l}){let c=[["Run",a`<code>${e.id}</code>, ${A(e.durationMs)} (${l.map(({name:d,durationMs:p})=>`${d} ${A(p)}`).join(", ")})`],["Suite",a`${t.version}${t.smiRelease!==void 0&&`, SMI ${t.smiRelease}`}, <code class="break">${t.digest}</code>`],["Program",e.tool],["Kubernetes",r.version],["Served",i.map(({group:d,version:p,kinds:m})=>`${d}/${p}: ${m.join(", ")}`).join("; ")||"nothing of SMI"],["Images of the mesh",n.images.length===0?"none found":a`<ul class="plain">${n.images.map(({image:d,digest:p,kind:m})=>a`<li><code class="break">${d}</code><br><code class="break quiet">${p}</code>${m==="image-id"&&" (image id)"}</li>`)}</ul>`],["Patience",`${s.name}: a change may take ${A(s.applyMs)}, and later ${s.applyFactor} times the slowest one seen, at least ${A(s.applyFloorMs)}`],["Chance of a false failure",`${o.falseFailure.toExponential(1)} over ${o.checks} statistical checks`]];return a`<section aria-labelledby="facts"><h2 id="facts">Under which conditions</h2><dl class="facts">${c.map(([d,p])=>a`<div><dt>${d}</dt><dd>${p}</dd></div>`)}</dl></section>`}function Se(e){return`${tn(e)?_e(e,"",""):Ye(e)}
`}function _e(e,t,n){let r="",s=t,o=(i,l,c)=>{r!==""&&(r+=`
`),r+=s+i,s=n,tn(l)?i==="-"?r+=_e(l," ",c):r+=`
${_e(l,c,c)}`:r+=` ${Ye(l)}`};if(en(e))for(let i of e)o("-",i,`${n}  `);else for(let i in e)e[i]!==void 0&&o(`${Ye(i)}:`,e[i],`${n}  `);return r}function en(e){return Array.isArray(e)}function tn(e){if(typeof e!="object"||e===null)return!1;if(en(e))return e.length>0;for(let t in e)if(e[t]!==void 0)return!0;return!1}var Ir=/^(?!(?:true|false|null|yes|no|on|off|y|n)$)[a-z][\w./-]*$/i,[Hr,Nr]=[40,2e4],Je=new Map;function Ye(e){if(typeof e=="number")return Number.isFinite(e)?String(e):"null";if(typeof e!="string")return JSON.stringify(e)??"null";let t=Je.get(e);if(t!==void 0)return t;let n=Ir.test(e)?e:Br(e);return e.length<=Hr&&Je.size<Nr&&Je.set(e,n),n}function Br(e){return JSON.stringify(e).replaceAll(/[\u007F-\u009F\u2028\u2029\uFEFF]/g,t=>`\\u${t.charCodeAt(0).toString(16).padStart(4,"0")}`)}async function Ge({facts:e,entry:t,digest:n,contents:r,report:s,before:o},{output:i,context:l,look:c}){let d=f.run(e.path),p=se(e.path),m=[[d,D([c,e.digest,JSON.stringify(e.provenance),o?.digest,o?.path].join())],...l.sourceUrl!==void 0?[]:[[M(d,"json"),e.digest],[M(d,"yaml"),e.digest]],...l.sourceUrl!==void 0||t.bundle===void 0?[]:[[p,n]]],u=new Map(m.filter(([v,L])=>!i.keeps(v,L)));if(u.size===0)return;let{report:h,bundle:g}=r!==void 0&&"report"in r?r:await Ue(t),y=s??JSON.parse(Buffer.from(h).toString("utf8")),S={[d]:()=>Xt(y,e,o,l),[M(d,"json")]:()=>h,[M(d,"yaml")]:()=>Se(y),[p]:()=>g};for(let[v,L]of u){let K=S[v]?.();K!==void 0&&await i.write(v,K,L)}}async function sn(e){let{entries:t,before:n,signal:r,log:s}=e,o={files:new Map,shown:new Map,refused:[]},i=new Set,l=new Map,c=new Map,d=t.toSorted((m,u)=>Kr(rn(m),rn(u))),p=Gt(d,m=>n.get(m.path)?.stamp!==an(m));for(let[m,u]of d.entries()){if(r.aborted)throw me(r);let h=await p(m),{file:g,report:y}=await zr(u,h,e),S="facts"in g.outcome&&i.has(g.outcome.facts.path)?{refused:"another file holds the same run"}:g.outcome;if(o.files.set(u.path,g),"refused"in S){o.refused.push({path:u.path,why:S.refused}),s(`${u.path} is not shown: ${S.refused}`);continue}let{facts:v}=S,L=on(v);i.add(v.path),o.shown.set(v,u),c.set(v,l.get(L)),await Ge({facts:v,entry:u,digest:g.digest,contents:h,report:y,before:l.get(L)},e),l.set(L,v),m%nn===nn-1&&s(`${m+1} of ${d.length} runs`)}return await Er(o,c,e),o}var nn=1e3;async function Er({shown:e,files:t},n,r){let s=Map.groupBy(e.keys(),on);for(let o of s.values()){let i=o.toSorted((l,c)=>Fe(l,c)?1:-1);for(let[l,c]of i.entries()){let d=e.get(c);d!==void 0&&n.get(c)!==i[l-1]&&await Ge({facts:c,entry:d,digest:t.get(d.path)?.digest??"",before:i[l-1]},r)}}}function on({mesh:e,kubernetes:t}){return`${e.id} ${Vt(t)}`}async function zr(e,t,{before:n,requirements:r,sharing:s,verify:o}){let i=n.get(e.path),l=an(e);if(t===void 0&&i!==void 0)return{file:i};if(t===void 0||"failed"in t)return{file:{stamp:l,digest:"",outcome:{refused:t?.failed??"it was not read"}}};let c=Vr("sha256").update(t.report).digest("hex"),d=t.bundle===void 0?c:`${c} ${D(t.bundle)}`;if(i?.digest===d)return{file:{...i,stamp:l}};let p=fe(t.report);if("refused"in p)return{file:{stamp:l,digest:d,outcome:p}};r.take(p.report);let m=await Yt(t.report,t.bundle,o);return{report:p.report,file:{stamp:l,digest:d,outcome:{facts:ut(p.report,c,m,s)}}}}function an({stamp:e,bundle:t}){return t===void 0?e:`${e} ${t.stamp}`}function rn({path:e}){let t=e.split("/");return`${t.at(-4)??""} ${t.at(-1)??""} ${e}`}function Kr(e,t){return e<t?-1:e>t?1:0}var ln=`'use strict';
const worth = ${JSON.stringify(dt)};

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/* A filter over rows that say in data-text what they are about. */
for (const list of document.querySelectorAll('[data-filter]')) {
  const rows = [...list.querySelectorAll('[data-text]')];
  if (rows.length < 8) continue;
  const groups = [...list.querySelectorAll('tbody')].filter((body) => body.querySelector('.group'));
  const words = element('input', { type: 'search', placeholder: list.dataset.hint || '', 'aria-label': 'Filter ' + list.dataset.filter });
  const said = element('span', { class: 'quiet', role: 'status' });
  const only = element('input', { type: 'checkbox' });
  const asks = (row) => row.querySelector('.v.fail, .v.partial, .v.inconclusive, .v.error') !== null;
  const show = () => {
    const wanted = words.value.toLowerCase().split(/\\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      const text = row.dataset.text.toLowerCase();
      row.hidden = !wanted.every((word) => text.includes(word)) || (only.checked && !asks(row));
      if (!row.hidden) shown++;
    }
    for (const group of groups) group.hidden = !group.querySelector('[data-text]:not([hidden])');
    said.textContent = shown === rows.length ? '' : shown + ' of ' + rows.length;
  };
  words.addEventListener('input', show);
  only.addEventListener('change', show);
  const form = element('form', { class: 'filter', role: 'search', 'aria-label': list.dataset.filter }, words, element('label', {}, only, 'only what did not pass'), said);
  form.addEventListener('submit', (event) => event.preventDefault());
  (list.closest('.scroll') || list).before(form);
}

/* An address may name a result: its details are opened. */
const openNamed = () => {
  const named = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const details = named && named.closest('details');
  if (details && !details.open) {
    details.open = true;
    named.scrollIntoView();
  }
};
addEventListener('hashchange', openNamed);
openNamed();

/* Any two runs, compared from their pages. */
const comparison = document.getElementById('comparison');
if (comparison) {
  const query = new URLSearchParams(location.search);
  for (const name of ['a', 'b']) {
    const chosen = query.get(name);
    const select = document.getElementById(name);
    if (chosen && isRun(chosen)) {
      if (![...select.options].some((option) => option.value === chosen)) select.append(element('option', { value: chosen }, chosen.replace(/^runs\\//, '').replace(/\\.html$/, '')));
      select.value = chosen;
    } else if (name === 'b' && select.options.length > 1) select.selectedIndex = 0;
    else if (select.options.length > 1) select.selectedIndex = 1;
  }
  const [a, b] = [query.get('a'), query.get('b')];
  if (a && b && isRun(a) && isRun(b)) compare(a, b);
}

/* Only pages of runs of this site, whatever an address says. */
function isRun(path) {
  return /^runs(\\/[\\w.+-]+){3}\\/[\\w+-]+\\.html$/.test(path) && !path.includes('..');
}

async function compare(a, b) {
  comparison.replaceChildren(element('p', {}, 'Comparing …'));
  try {
    const [before, after] = await Promise.all([resultsOf(a), resultsOf(b)]);
    comparison.replaceChildren(...differences(before, after, a, b));
  } catch (error) {
    const why = location.protocol === 'file:' ? 'Pages from a disk may not read each other: serve the folder, such as by npx http-server.' : String(error.message);
    comparison.replaceChildren(element('p', { class: 'note' }, 'These two cannot be compared. ' + why));
  }
}

async function resultsOf(path) {
  const answer = await fetch(path.split('/').map(encodeURIComponent).join('/'));
  if (!answer.ok) throw new Error(path + ' is not there (' + answer.status + ').');
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  return new Map([...page.querySelectorAll('[data-id]')].map((one) => [one.dataset.id, { verdict: one.dataset.verdict, anchor: one.querySelector('.body').id }]));
}

function differences(before, after, a, b) {
  const lists = { Worse: [], Better: [], 'Otherwise changed': [], 'Only in the later run': [], 'Only in the earlier run': [] };
  let same = 0;
  for (const [id, is] of after) {
    const was = before.get(id);
    if (!was) lists['Only in the later run'].push(line(id, undefined, is, a, b));
    else if (was.verdict === is.verdict) same++;
    else lists[direction(was.verdict, is.verdict)].push(line(id, was, is, a, b));
  }
  for (const [id, was] of before) if (!after.has(id)) lists['Only in the earlier run'].push(line(id, was, undefined, a, b));
  const parts = Object.entries(lists).filter(([, list]) => list.length > 0).flatMap(([title, list]) => [element('h2', {}, title + ' ', element('span', { class: 'count' }, String(list.length))), element('ul', { class: 'changes' }, ...list)]);
  return [...parts, element('p', { class: parts.length === 0 ? 'calm' : 'quiet' }, same + (parts.length === 0 ? ' results, and all are as before.' : ' results unchanged.'))];
}

function direction(was, is) {
  const [from, to] = [worth[was], worth[is]];
  if (from === undefined || to === undefined || from === to || (from < to && is === 'skip')) return 'Otherwise changed';
  return to < from ? 'Worse' : 'Better';
}

function line(id, was, is, a, b) {
  const mark = (one, page) => element('a', { class: 'v ' + one.verdict, href: page.split('/').map(encodeURIComponent).join('/') + '#' + encodeURIComponent(one.anchor) }, one.verdict);
  const change = [was && mark(was, a), was && is && ' → ', is && mark(is, b)].filter(Boolean);
  return element('li', {}, element('code', {}, id), element('span', { class: 'change' }, ...change));
}
`;var cn=`
:root {
  color-scheme: light dark;
  --paper: #fcfcfa; --raised: #ffffff; --ink: #1b1e23; --soft: #565d66; --line: #e2e2dc; --faint: #f3f3ee; --link: #1a559c;
  --pass: #17663f; --fail: #a01818; --fail-back: #fbe6e3; --partial: #774a00; --partial-back: #f9edd2; --inconclusive: #563c97; --inconclusive-back: #ece6f9; --info: #1a5b82;
  --bar-pass: #9ccab1; --bar-fail: #c0392b; --bar-partial: #e0aa3e; --bar-inconclusive: #8f79c8;
  --sans: Inter, ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif;
  --mono: ui-monospace, "SF Mono", "Cascadia Code", Menlo, Consolas, "Liberation Mono", "DejaVu Sans Mono", monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14161a; --raised: #1a1d22; --ink: #e6e7e9; --soft: #a2a9b3; --line: #2d3138; --faint: #1e2127; --link: #8bb9f2;
    --pass: #7ccf9f; --fail: #ff968d; --fail-back: #3d1d1c; --partial: #e8bd66; --partial-back: #372a12; --inconclusive: #bcaaf3; --inconclusive-back: #2a2341; --info: #86c1e6;
    --bar-pass: #3d7a5a; --bar-fail: #e5675c; --bar-partial: #b98730; --bar-inconclusive: #7b66b5;
  }
}
* { box-sizing: border-box; }
html { font: 100%/1.55 var(--sans); background: var(--paper); color: var(--ink); -webkit-text-size-adjust: 100%; text-size-adjust: 100%; scroll-padding-top: 1rem; }
body { margin: 0; font-variant-numeric: tabular-nums; overflow-wrap: break-word; }
.wide { max-width: 75rem; margin-inline: auto; padding-inline: clamp(1rem, 4vw, 2.5rem); }
a { color: var(--link); text-decoration-thickness: 1px; text-underline-offset: .18em; text-decoration-color: color-mix(in srgb, currentColor 40%, transparent); }
a:hover { text-decoration-color: currentColor; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 3px; }
main:focus { outline: none; }
.to-content { position: absolute; left: -100vw; background: var(--raised); padding: .6rem 1rem; z-index: 2; }
.to-content:focus { left: .5rem; top: .5rem; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

header.site { border-bottom: 1px solid var(--line); }
header.site .wide { display: flex; flex-wrap: wrap; align-items: baseline; gap: .25rem 2rem; padding-block: .9rem; }
.brand { font-weight: 650; letter-spacing: -.01em; color: var(--ink); text-decoration: none; margin-right: auto; }
header.site nav { display: flex; flex-wrap: wrap; gap: .1rem 1.4rem; font-size: .925rem; }
header.site nav a { color: var(--soft); text-decoration: none; padding-block: .3rem; border-bottom: 2px solid transparent; }
header.site nav a:hover { color: var(--ink); }
header.site nav a[aria-current] { color: var(--ink); border-color: var(--ink); }
footer.site { margin-top: 5rem; border-top: 1px solid var(--line); color: var(--soft); font-size: .875rem; }
footer.site .wide { display: flex; flex-wrap: wrap; gap: 0 2.5rem; padding-block: 1.2rem 2.5rem; }
.trail { margin-top: 1.6rem; margin-bottom: -1rem; font-size: .875rem; }
.trail ol { display: flex; flex-wrap: wrap; list-style: none; margin: 0; padding: 0; }
.trail li:not(:last-child)::after { content: "/"; content: "/" / ""; color: var(--soft); margin-inline: .5rem; }

h1, h2, h3 { line-height: 1.2; letter-spacing: -.015em; font-weight: 650; text-wrap: balance; }
h1 { font-size: clamp(1.7rem, 1.3rem + 1.8vw, 2.5rem); margin: 2.4rem 0 .8rem; letter-spacing: -.025em; }
h1 small { display: inline-block; font-size: .5em; font-weight: 450; letter-spacing: 0; color: var(--soft); }
h2 { font-size: 1.375rem; margin: 3.5rem 0 .8rem; }
h3 { font-size: 1.0625rem; margin: 1.8rem 0 .5rem; }
p, ul, ol, dl { margin: .6rem 0; }
.lead { font-size: 1.125rem; max-width: 46rem; line-height: 1.5; text-wrap: pretty; }
main > p, section > p, section > ul, .lead { max-width: 46rem; }
.lead em { font-style: normal; font-weight: 600; }
.quiet { color: var(--soft); }
.small, small { font-size: .8125rem; }
small { font-weight: 400; color: var(--soft); }
.kicker { margin: 2.4rem 0 0; color: var(--soft); }
.kicker + h1 { margin-top: .3rem; }
.calm, .note { padding: .9rem 1.1rem; background: var(--faint); border-radius: 6px; max-width: 46rem; }
code { font: .875em/1.4 var(--mono); }
.break { overflow-wrap: anywhere; }
abbr { text-decoration: none; }
.level, .tag { font-style: normal; font-size: .75rem; color: var(--soft); border: 1px solid var(--line); border-radius: 3px; padding: 0 .3em; white-space: nowrap; }
.count { font-weight: 450; color: var(--soft); }

.v { display: inline-block; font-weight: 500; font-style: normal; white-space: nowrap; padding: .06em .45em .06em .3em; border-radius: 4px; text-decoration: none; line-height: 1.4; color: var(--soft); unicode-bidi: isolate; }
a.v:hover { text-decoration: underline; text-decoration-thickness: 1px; }
.v::before { display: inline-block; width: 1.15em; text-align: center; margin-right: .15em; font-weight: 700; content: "\\25CB"; content: "\\25CB" / ""; }
.v.pass { color: var(--pass); } .v.pass::before { content: "\\2713"; content: "\\2713" / ""; }
.v.fail { color: var(--fail); background: var(--fail-back); } .v.fail::before { content: "\\2717"; content: "\\2717" / ""; }
.v.partial { color: var(--partial); background: var(--partial-back); } .v.partial::before { content: "\\25D0"; content: "\\25D0" / ""; }
.v.inconclusive { color: var(--inconclusive); background: var(--inconclusive-back); } .v.inconclusive::before { content: "?"; content: "?" / ""; }
.v.error { color: var(--fail); outline: 1px solid currentColor; outline-offset: -1px; } .v.error::before { content: "!"; content: "!" / ""; }
.v.info { color: var(--info); } .v.info::before { content: "\\00B7"; content: "\\00B7" / ""; }
.v:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
.legend { display: flex; flex-wrap: wrap; gap: .35rem 1.6rem; font-size: .875rem; margin: 1rem 0 1.2rem; }
.legend div { display: flex; gap: .35rem; align-items: baseline; } .legend dd { margin: 0; color: var(--soft); }

.scroll { overflow-x: auto; position: relative; }
table { border-collapse: collapse; width: 100%; font-size: .9375rem; }
th, td { text-align: left; vertical-align: baseline; padding: .5rem .9rem .5rem 0; border-top: 1px solid var(--line); font-weight: 400; }
th:last-child, td:last-child { padding-right: 0; }
thead th { border-top: 0; font-size: .8125rem; font-weight: 500; color: var(--soft); padding-bottom: .4rem; vertical-align: bottom; }
tbody tr:hover > * { background: color-mix(in srgb, var(--faint) 70%, transparent); }
th.number, td.number { text-align: right; white-space: nowrap; padding-right: 1.8rem; }
td.none { color: var(--soft); }
td.none::before { content: "\\2013"; content: "\\2013" / ""; padding-left: .3em; }
.plain { list-style: none; padding: 0; }

.meshes { margin-top: 1.4rem; }
.meshes th[scope=row] { font-size: 1.0625rem; }
.meshes th[scope=row] > a { font-weight: 600; }
.meshes td, .meshes th[scope=row] { padding-block: .9rem; }
.meshes small { display: block; margin-top: .2rem; padding-left: .2em; }
.meshes th small { padding-left: 0; }
.version { color: var(--soft); font-weight: 400; overflow-wrap: anywhere; }
.spark { display: block; overflow: visible; margin-top: .1rem; }
.spark polyline { fill: none; stroke: var(--soft); stroke-width: 1.5; stroke-linejoin: round; }
.spark circle { fill: var(--soft); stroke: var(--soft); stroke-width: 1.5; } .spark .failed { fill: var(--paper); }

.matrix table { min-width: min(100%, 42rem); }
.matrix th[scope=row] { width: 25rem; min-width: 17rem; max-width: 26rem; padding-right: 1.5rem; }
.matrix th[scope=row] a { font: .875rem/1.4 var(--mono); }
.matrix th small { display: block; line-height: 1.35; }
.matrix thead th { min-width: 6.2rem; }
.matrix thead th small { display: block; }
.matrix td { padding-block: .45rem; }
.matrix td .v { margin-left: -.3em; }
.matrix td .v + .v { margin-top: .2rem; }
.matrix .group th { padding-top: 1.6rem; border-top: 0; font-weight: 650; font-size: 1rem; }
.matrix .group:hover th { background: none; }
.bug { font-size: .8125rem; }
@media (min-width: 64rem) {
  .matrix thead th { position: sticky; top: 0; background: var(--paper); z-index: 1; box-shadow: 0 1px 0 var(--line); padding-top: .6rem; }
  .matrix.scroll { overflow-x: visible; }
}
@media (max-width: 63.99rem) {
  .matrix th[scope=row] { position: sticky; left: 0; background: var(--paper); min-width: 11rem; max-width: 42vw; z-index: 1; }
  .matrix th[scope=row] small { display: none; }
  .matrix .group th { position: sticky; left: 0; }
}

.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(13.5rem, 1fr)); gap: 1px; background: var(--line); border: 1px solid var(--line); border-radius: 8px; overflow: hidden; margin: 1.6rem 0; }
.card { background: var(--raised); padding: 1rem 1.2rem; }
.card h2 { margin: 0 0 .3rem; font-size: .9375rem; font-weight: 500; color: var(--soft); letter-spacing: 0; }
.card .big { font-size: 1.2rem; margin: 0 0 .5rem -.3rem; } .lead .v { margin-inline: -.3em .1em; }
.card dl { margin: 0; display: flex; flex-wrap: wrap; gap: .1rem 1.4rem; font-size: .875rem; }
.card dl div { display: flex; gap: .4rem; } .card dt { color: var(--soft); } .card dd { margin: 0; white-space: nowrap; }
.card p.small { margin: .4rem 0 0; }

.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 30rem), 1fr)); gap: 2rem 3rem; margin-top: 1.2rem; }
figure { margin: 0; min-width: 0; }
figcaption { font-weight: 600; font-size: .9375rem; }
.chart { margin: .4rem 0 .6rem; }
.chart svg { display: block; }
.chart text { font: 12px var(--sans); fill: var(--soft); text-anchor: middle; font-variant-numeric: tabular-nums; }
.chart .figure { fill: var(--ink); }
.chart line { stroke: var(--line); }
.chart a { text-decoration: none; outline-offset: -2px; }
.chart .hit { fill: transparent; }
.chart a:hover .hit { fill: var(--faint); }
rect.pass { fill: var(--bar-pass); } path.partial { fill: var(--bar-partial); } rect.inconclusive { fill: none; stroke: var(--bar-inconclusive); stroke-width: 1.5; } path.fail { fill: none; stroke: var(--bar-fail); stroke-width: 2.4; stroke-linecap: round; }
.sample { white-space: nowrap; } .sample svg { vertical-align: -.1em; }
figure details { font-size: .875rem; } figure summary, summary { cursor: pointer; }
figure table { font-size: .875rem; }

.rows { list-style: none; padding: 0; }
.rows li { display: flex; flex-wrap: wrap; gap: .1rem 1.2rem; padding: .5rem 0; border-top: 1px solid var(--line); }
.rows li > :first-child { min-width: 16rem; }
.columns { list-style: none; padding: 0; columns: 12rem; }
.columns li { padding-block: .15rem; }
.changes { list-style: none; padding: 0; max-width: none; }
.changes li { padding: .45rem 0; border-top: 1px solid var(--line); display: flex; flex-wrap: wrap; gap: .2rem .8rem; align-items: baseline; }
.changes .change { margin-left: auto; }
details > summary > h3 { display: inline-block; margin-bottom: .3rem; }
.side { margin: .3rem 0; } .side b:first-child { display: inline-block; min-width: 4rem; font-weight: 500; color: var(--soft); }
.grid td small { white-space: nowrap; }

.result > summary { display: grid; grid-template-columns: 1rem 7.4rem minmax(11rem, 17rem) 1fr auto; gap: .2rem .8rem; align-items: baseline; padding: .5rem 0; border-top: 1px solid var(--line); list-style: none; }
.result > summary::before { content: ""; width: .4rem; height: .4rem; border: solid var(--soft); border-width: 0 1.5px 1.5px 0; transform: translateY(-.1rem) rotate(-45deg); justify-self: center; }
.result[open] > summary::before { transform: translateY(-.2rem) rotate(45deg); }
.result > summary::-webkit-details-marker { display: none; }
.result > summary:hover { background: var(--faint); }
.result .v { justify-self: start; }
.result .name { font: .875rem/1.4 var(--mono); grid-column: 3; }
.result .title { grid-column: 4; font-size: .9375rem; }
.result .tag { grid-column: 3; justify-self: start; }
.result .times { grid-column: 5; grid-row: 1; color: var(--soft); font-size: .8125rem; text-align: right; }
.result[open] > summary .name { font-weight: 700; }
.result .body { padding: .2rem 0 1.4rem 10rem; max-width: 66rem; scroll-margin-top: 4rem; }
.result .body > p:first-child { margin-top: 0; max-width: 46rem; }
.result .body:target { box-shadow: -3px 0 0 var(--link); }
h3.group { margin-top: 2.2rem; }
article.result { border-top: 1px solid var(--line); padding-bottom: 1rem; }
.words { display: grid; gap: .35rem; margin: .8rem 0; }
.words div, .facts div { display: grid; grid-template-columns: 7rem minmax(0, 1fr); gap: .2rem 1rem; }
.facts div { grid-template-columns: 12rem minmax(0, 1fr); padding: .4rem 0; border-top: 1px solid var(--line); }
dt { color: var(--soft); font-weight: 400; } dd { margin: 0; unicode-bidi: isolate; overflow-wrap: anywhere; }
.facts ul { margin: 0; }
.steps { list-style: none; padding: 0; margin: 1rem 0; font-size: .875rem; }
.steps li { border-left: 2px solid var(--line); padding: .1rem 0 .4rem 1rem; }
.step { margin: 0; } .step b { font-weight: 600; }
.look { list-style: none; padding: 0; margin: .3rem 0 .2rem; font-size: .8125rem; }
.steps .look li { border: 0; padding: .12rem 0; display: grid; grid-template-columns: minmax(11rem, 2fr) minmax(6rem, 2fr) 3fr; gap: 0 1.2rem; }
.look span { unicode-bidi: isolate; overflow-wrap: anywhere; } .look span:nth-child(2) { color: var(--soft); }

.strip { list-style: none; display: flex; flex-wrap: wrap; gap: .6rem; padding: 0; }
.strip li { display: grid; gap: .1rem; justify-items: start; border: 1px solid var(--line); border-radius: 6px; padding: .35rem .6rem; font-size: .875rem; background: var(--raised); }
.strip li > span { color: var(--soft); font-size: .8125rem; }
.strip .v { margin-left: -.3em; }

.filter { display: flex; flex-wrap: wrap; gap: .6rem 1rem; align-items: center; margin: 1rem 0; font-size: .9375rem; }
.filter label { display: flex; gap: .5rem; align-items: center; }
input[type=search], select, button { font: inherit; color: inherit; background: var(--raised); border: 1px solid color-mix(in srgb, var(--soft) 60%, transparent); border-radius: 5px; padding: .35rem .6rem; min-height: 2.4rem; max-width: 100%; }
input[type=search] { width: 16rem; }
button { font-weight: 550; padding-inline: 1.2rem; cursor: pointer; background: var(--ink); color: var(--paper); border-color: var(--ink); }
.compare p { display: flex; flex-wrap: wrap; gap: .4rem 1rem; align-items: center; } .compare label { min-width: 4rem; color: var(--soft); }
[hidden] { display: none !important; }

@media (max-width: 46rem) {
  .stack thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
  .stack, .stack tbody, .stack tr, .stack th, .stack td { display: block; }
  .stack tr { border-top: 1px solid var(--line); padding-block: .8rem; }
  .stack th, .stack td { border: 0; padding: .25rem 0; }
  .stack td { display: grid; grid-template-columns: 8rem auto 1fr; gap: 0 .6rem; align-items: baseline; }
  .stack td::before { content: attr(data-label); color: var(--soft); font-size: .875rem; }
  .stack td small { display: inline; margin: 0; padding: 0; }
  .stack .spark { align-self: center; margin: 0; }
  .result > summary { grid-template-columns: 1rem auto 1fr; gap: .2rem .5rem; }
  .result .name { grid-column: 3; } .result .title, .result .times, .result .tag { grid-column: 2 / -1; grid-row: auto; text-align: left; }
  .result .body { padding-left: 1.5rem; }
  .steps .look li { grid-template-columns: 1fr; padding-bottom: .4rem; }
  .words div, .facts div { grid-template-columns: 1fr; gap: 0; }
  .changes .change { margin-left: 0; }
  h2 { margin-top: 2.6rem; }
  footer.site { margin-top: 3rem; }
}
@media (prefers-contrast: more) { :root { --soft: var(--ink); --line: var(--soft); } }
@media (forced-colors: active) { .v { border: 1px solid; } }
@media print {
  header.site nav, .to-content, .filter, footer.site { display: none; }
  .scroll { overflow: visible; }
  html { font-size: 80%; }
}
`;var un=1,Dr=1024**3;async function Ur(e,t,n){var J=[];try{Jr(e,t);let{title:r="SMI conformance",sourceUrl:s,verifier:o,environment:i,signal:l,log:c}=n;let d=n.knownFailures===void 0?[]:await Le(n.knownFailures);let p=Te(d);let m=D(JSON.stringify([un,o?.policy]));let u=ft();let h=await $t(t,m,u);let g=Qe(J,await lt(e,{environment:i,signal:l,...n.branch!==void 0&&{branch:n.branch}}),!0);let y=await xt(t,h);let S=Jt(n.catalogue??[],h?.requirements);let v={entries:g.entries,before:h?.files??new Map,output:y,requirements:S,sharing:u,signal:l,log:c,look:D(JSON.stringify([un,r,d,s])),context:{title:r,known:p,...s!==void 0&&{sourceUrl:s}},...o!==void 0&&{verify:o.verify}};let{files:L,shown:K,refused:w}=await sn(v);let b={...v.context,meshes:Et([...K.keys()]),requirements:S.all(),refused:w};for await(let{path:_,html:ne,data:Oe}of Wr(b,K)){if(l.aborted)throw me(l);await y.write(_,ne),Oe!==void 0&&(await y.write(M(_,"json"),`${JSON.stringify(Oe)}
`),await y.write(M(_,"yaml"),Se(Oe)))}await y.write(f.style,cn);await y.write(f.script,ln);let{written:O,removed:x}=await y.finish();let C=new Map(y.pages);await y.write(ae,vt({files:L,requirements:[...b.requirements.values()],pages:C},m,u));await y.finish();let T=[...y.pages.values()].reduce((_,[,ne])=>_+ne,0);T>Dr&&c(`the pages have ${Math.round(T/1024**2)} MiB, and GitHub Pages takes 1024: link the reports instead of copying them (sourceUrl)`);let W=[f.home,f.style,f.script].reduce((_,ne)=>_+(y.pages.get(ne)?.[1]??0),0);return{runs:K.size,refused:w,files:y.pages.size,written:O,removed:x,bytes:T,firstViewBytes:W}}catch(fn){var hn=fn,gn=!0}finally{var Xe=Ze(J,hn,gn);Xe&&await Xe}}async function*Wr(e,t){let n=e.meshes.map(o=>({mesh:o,list:ht(o)})),r=n.flatMap(({list:o})=>o.slice(0,1)).toSorted((o,i)=>o.after.startedAt<i.after.startedAt?1:-1);yield zt(e,r);for(let{mesh:o,list:i}of n){yield Dt(o,i,e);for(let l of i)yield qt(l,e)}let s=await bt(e.meshes,t);for(let o of e.requirements.values())yield Ot(o,s(o.id),e);yield*Wt(e),yield Pt(e),yield Ft(e)}function Jr(e,t){let[n,r]=[pn(e),pn(t)],s=(o,i)=>!dn(i,o).split(mn).includes("..")&&!dn(i,o).startsWith(mn);if(s(r,n)||s(n,r))throw new B("BAD_INPUT",`The runs (${n}) and the pages (${r}) must not lie within each other. Name another folder for the pages.`)}export{Ur as buildSite,Te as knownFailures,Le as readKnownFailures};
