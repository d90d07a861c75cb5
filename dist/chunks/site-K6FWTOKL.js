import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);
import{a as vt,c as xt}from"./chunk-74C5AXSU.js";import{a as wt,b as le,e as bt,h as $t}from"./chunk-J5U3HVTS.js";import"./chunk-BK5S27K3.js";import{e as ne}from"./chunk-O2HAF7R5.js";import{a as yt}from"./chunk-WQTY5CJN.js";import{e as $e,f as T,k as V,l as ce}from"./chunk-YB7A3Z45.js";import"./chunk-QSFMEWIJ.js";import"./chunk-QHSOYY6W.js";import{a as ve}from"./chunk-IJK2QEAQ.js";import{a as B,g as ut}from"./chunk-SYLX46MH.js";import{a as ht,d as gt}from"./chunk-S3BBHOCQ.js";import"./chunk-MBKO2RRH.js";import"./chunk-7ZZFYDMM.js";import{a as Cn,b as ft}from"./chunk-GZKNGO6S.js";import{a as I,b as _}from"./chunk-BJN3ZEVX.js";import{e as ze,f as pt,g as mt}from"./chunk-XJWQDNEG.js";import{availableParallelism as bs}from"node:os";import{relative as Fn,resolve as Mn,sep as Sn}from"node:path";function xe(e){return(t,n)=>{let r=An(t,e);return(Pn.test(r)?r:r.split("/").map(encodeURIComponent).join("/"))+(n===void 0?"":`#${encodeURIComponent(n)}`)}}var Pn=/^[\w./-]*$/;function An(e,t){let n=0;for(let s=0;e.charCodeAt(s)===t.charCodeAt(s);s++)e[s]==="/"&&(n=s+1);let r="";for(let s=t.indexOf("/",n);s>=0;s=t.indexOf("/",s+1))r+="../";return r+e.slice(n)}var u={home:"index.html",requirements:"requirements.html",runs:"runs/index.html",compare:"compare.html",about:"about.html",style:"site.css",script:"site.js",mesh:e=>`meshes/${e}/index.html`,changes:(e,t)=>`meshes/${e}/changes/${t}.html`,assertion:e=>`assertions/${e}.html`,month:e=>`runs/${e}.html`,run:e=>e.replace(/\.json$/,".html")};function z({id:e,version:t}){return`${e.replace("/",".")}.${t}`}function j(e,t){return e.replace(/\.html$/,`.${t}`)}function kt(e){let t=new Set;return new Map(e.map(n=>{let r=n.replaceAll(/[^\w.+-]+/g,"_").replace(/^[.-]+/,"_").slice(0,80)||"_",s=r;for(let o=2;t.has(s.toLowerCase());o++)s=`${r}~${o}`;return t.add(s.toLowerCase()),[n,s]}))}import{createHash as qn}from"node:crypto";var Ft={pass:"p",partial:"h",fail:"f",skip:"s",inconclusive:"q",error:"e",info:"i"},Tn=new Map(ut.map(e=>[Ft[e],e]));function Mt(e,t,n,r){let{run:s,mesh:o,suite:i,kubernetes:a,summary:c,assertions:d}=e;return r.join({path:wt(e),digest:t,id:s.id,startedAt:s.startedAt,durationMs:s.durationMs},{mesh:{id:o.id,name:o.name,version:o.version},kubernetes:a.version,suite:{version:i.version,digest:i.digest},...i.smiRelease!==void 0&&{smiRelease:i.smiRelease},result:e.result==="passed"?"passed":"failed",must:Ke(c.must),should:Ke(c.should),specifications:e.specifications.map(({specification:p,capability:m,compliance:f,summary:{must:h}})=>({specification:p,capability:m,compliance:f,must:Ke(h)})),plan:d.map(({id:p,version:m,level:f})=>({id:p,version:m,level:f})),verdicts:d.map(({verdict:p})=>Ft[p]).join(""),provenance:n})}var de=["mesh","suite","must","should","specifications","plan","provenance"];function ke(){let e=new Map,t=new Map,n=new WeakMap,r=new WeakMap,s=new WeakMap;function o(a){let c={...a,...Object.fromEntries(de.map(m=>[m,i(a[m])]))},d=Rt([c.kubernetes,c.smiRelease,c.result,c.verdicts,...de.map(m=>s.get(c[m]))]),p=e.get(d)??c;return e.set(d,p),p}function i(a){let c=s.get(a)??Rt(a);s.set(a,c);let d=t.get(c)??a;return t.set(c,d),d}return{join(a,c){let d=r.get(c)??o(c);r.set(c,d);let p={...a,...d};return n.set(p,d),p},sharedOf(a){let c=n.get(a);if(c===void 0)throw new Error(`the facts of run ${a.id} were not joined here`);return c}}}function Rt(e){return qn("sha256").update(JSON.stringify(e)).digest("base64url")}function D({plan:e,verdicts:t}){return e.map((n,r)=>({...n,verdict:Tn.get(t[r]??"")??"error"}))}function Ke({passed:e,partial:t,failed:n,inconclusive:r,applicable:s}){return{passed:e,partial:t,failed:n,inconclusive:r,applicable:s}}function St(e){let t=kt(e.versions.map(({version:n})=>n));return e.versions.slice(0,-1).flatMap(({run:n},r)=>{let s=e.versions[r+1]?.run;return s===void 0?[]:[{mesh:e,before:s,after:n,difference:We(s,n),name:`${t.get(s.mesh.version)}-to-${t.get(n.mesh.version)}`}]})}function We(e,t){return vt({assertions:D(e)},{assertions:D(t)})}function U({worse:e,better:t,other:n,added:r,gone:s}){let i=[[e.length,"worse"],[t.length,"better"],[n.length,"otherwise changed"],[r.length,"new"],[s.length,"gone"]].filter(([a])=>a>0).map(([a,c])=>`${a} ${c}`);return i.length===0?"no change":i.join(", ")}function Ot({worse:e,better:t,other:n,added:r,gone:s,same:o}){let i=c=>c.map(({before:d,after:p})=>({assertion:p.id,version:p.version,level:p.level,before:d.verdict,after:p.verdict})),a=c=>c.map(({id:d,version:p,level:m,verdict:f})=>({assertion:d,version:p,level:m,verdict:f}));return{worse:i(e),better:i(t),other:i(n),added:a(r),gone:a(s),same:o}}var pe=ze(yt(),1);var Ct={$schema:"http://json-schema.org/draft-07/schema#",$id:"https://smi-conformance.github.io/schema/known-failures.json",title:"Known failures",description:"Verdicts that are known, with the bug that is to mend them.",type:"array",items:{type:"object",additionalProperties:!1,required:["mesh","assertion","bug"],properties:{mesh:{description:"Canonical id of the mesh.",type:"string",pattern:"^[a-z0-9][a-z0-9-]*$"},assertion:{description:"Id of the assertion.",type:"string",pattern:"^traffic-(access|specs|split|metrics)/[a-z0-9-]+$"},versions:{description:"API versions it is about; all where absent.",type:"array",minItems:1,items:{enum:["v1alpha1","v1alpha2","v1alpha3","v1alpha4"]}},meshVersions:{description:'A range of versions of the mesh, such as ">=1.2.0 <1.3.0"; all where absent.',type:"string",minLength:1},bug:{description:"Where it is tracked.",type:"string",pattern:`^https://[^\\s"'<>]+$`,maxLength:500},note:{description:"What is known of it, in a sentence.",type:"string",minLength:1,maxLength:500}}}};async function De(e){let{value:t,positionOf:n}=await gt(e,ft(Ct),"BAD_DEFINITION"),r=t.flatMap(({meshVersions:s},o)=>{if(s===void 0||pe.default.validRange(s)!==null)return[];let i=`/${o}/meshVersions`;return[{file:e,...n(i),pointer:i,message:`${JSON.stringify(s)} is no range of versions: write it as ">=1.2.0 <1.3.0"`}]});if(r.length>0)throw new ht("BAD_DEFINITION",r);return t}function me(e){let t=new Map;for(let n of e)t.set(`${n.mesh} ${n.assertion}`,[...t.get(`${n.mesh} ${n.assertion}`)??[],n]);return({id:n,version:r},s)=>t.get(`${s.id} ${n}`)?.find(o=>(o.versions?.includes(r)??!0)&&jn(s.version,o.meshVersions))}function jn(e,t){if(t===void 0)return!0;let n=pe.default.parse(e,{loose:!0})??pe.default.coerce(e);return n!==null&&pe.default.satisfies(n,t,{includePrerelease:!0})}var Pt=ze(Cn(),1);import{isUtf8 as Nn}from"node:buffer";var ue=8*1024**2;function Re(e){if(e.byteLength>ue)return{refused:`it has ${e.byteLength} bytes, and a report at most ${ue}`};try{if(!Nn(e))return{refused:"it is not JSON: it is not UTF-8"};let t=JSON.parse(Buffer.from(e.buffer,e.byteOffset,e.byteLength).toString("utf8")),n=In();if(!n(t)){if(typeof t=="object"&&t!==null&&"schemaVersion"in t&&typeof t.schemaVersion=="number"&&t.schemaVersion>1)return{refused:`it is a report of schema version ${Number(t.schemaVersion)}, and this program reads version 1: build the pages with a newer one`};let[o]=n.errors??[];return{refused:`it is no report: ${o?.instancePath||"it"} ${o?.message??"is wrong"}`}}let r=bt(t);return r===void 0?{report:t}:{refused:r}}catch(t){return{refused:`it is not JSON: ${_(t)}`}}}var En;function In(){return En??=new Pt.Ajv({strict:!0,strictTypes:!1,strictRequired:!1,discriminator:!0}).compile(Hn())}function Hn(){let{expected:e,step:t}=ve.definitions;return{...ve,definitions:{...ve.definitions,expected:{...e,type:"object",discriminator:{propertyName:"outcome"}},step:{...t,type:"object",discriminator:{propertyName:"verb"}}}}}async function At(e,t){let n=new Map;for(let{versions:[r]}of e){let s=r&&t.get(r.run);if(r===void 0||s===void 0)continue;let o=Re(await s.read());if("report"in o)for(let[i,a]of Bn(o.report.assertions))n.set(i,[...n.get(i)??[],{run:r.run,results:a}])}return r=>n.get(r)??[]}function Bn(e){return Map.groupBy(e,({id:t})=>t)}import{readFile as Vn}from"node:fs/promises";import{join as zn}from"node:path";var fe="manifest.json";function Kn(){return{files:new Map,requirements:[],pages:new Map}}async function qt(e,t,n){let r=await Dn(zn(e,fe));if(r===void 0)return;let s=new Map(r.pages.map(([a,c,d])=>[a,[c,d]]));if(r.reading!==t)return{...Kn(),pages:s};let o=new Map,i=r.shared.map(a=>({...a,...Object.fromEntries(de.map(c=>[c,r.parts[a[c]]]))}));for(let[a,c,d,p,m,f,h,y,g]of r.runs){let w=i[p];w!==void 0&&o.set(a,{stamp:c,digest:d||f,outcome:{facts:n.join({path:m,digest:f,id:h,startedAt:y,durationMs:g},w)}})}for(let[a,c,d,p]of r.refused)o.set(a,{stamp:c,digest:d,outcome:{refused:p}});return{files:o,requirements:r.requirements,pages:s}}function Tt({files:e,requirements:t,pages:n},r,s){let o={manifest:1,reading:r,parts:[],shared:[],runs:[],refused:[],requirements:t,pages:[...n].map(([p,[m,f]])=>[p,m,f])},i=new Map,a=new Map;for(let[p,{stamp:m,digest:f,outcome:h}]of e)"refused"in h?o.refused.push([p,m,f,h.refused]):o.runs.push(Wn(p,m,f,h.facts,c(s.sharedOf(h.facts))));return`${JSON.stringify(o)}
`;function c(p){let m=i.get(p)??o.shared.push({...p,...Object.fromEntries(de.map(f=>[f,d(p[f])]))})-1;return i.set(p,m),m}function d(p){let m=a.get(p)??o.parts.push(p)-1;return a.set(p,m),m}}function Wn(e,t,n,{path:r,digest:s,id:o,startedAt:i,durationMs:a},c){return[e,t,n===s?"":n,c,r,s,o,i,a]}async function Dn(e){try{let t=JSON.parse(await Vn(e,"utf8"));return t.manifest===1&&Array.isArray(t.pages)&&Array.isArray(t.runs)&&Array.isArray(t.refused)&&Array.isArray(t.shared)&&Array.isArray(t.requirements)?t:void 0}catch{return}}import{createHash as Un}from"node:crypto";import{writeFile as Jn}from"node:fs";import{mkdir as _n,readdir as Yn,rm as Gn,stat as Xn}from"node:fs/promises";import{dirname as Qn,join as Ue,relative as Zn,sep as er}from"node:path";import{promisify as tr}from"node:util";var nr=12,rr=tr(Jn);async function Lt(e,t){let n=await sr(e);if(t===void 0&&n.size>0)throw new I("BAD_INPUT",`The folder ${e} is not empty, and holds no ${fe} of an earlier build: its files would be lost among the pages. Name a new folder, or one that was built before.`);let r=new Map,s=new Map,o=new Set,i=new Set,a=0,c;async function d(m,f){let h=Ue(e,m),y=Qn(h);o.has(y)||(await _n(y,{recursive:!0}),o.add(y)),await rr(h,f)}function p(m,f){let h=t?.pages.get(m);return h?.[0]!==f||!n.has(m)?!1:(r.set(m,h),!0)}return{pages:r,keeps:p,async write(m,f,h=Y(f)){if(c!==void 0)throw Je(e,c);p(m,h)||(r.set(m,[h,Buffer.byteLength(f)]),i.delete(m),a++,await s.get(m),s.set(m,d(m,f).catch(y=>{c??=y}).finally(()=>s.delete(m))),s.size>=nr&&await Promise.race(s.values()))},drop(m){r.delete(m)&&i.add(m)},async finish(){if(await Promise.all(s.values()),c!==void 0)throw Je(e,c);let m=[...t?.pages.keys()??[]].filter(f=>!r.has(f)&&n.has(f));for(let f of[...m,...i])await Gn(Ue(e,f),{force:!0});return{written:a,removed:m.length}}}}function Y(e){return Un("sha256").update(e).digest("base64url")}function Je(e,t){return new I("WRITE_FAILED",`The pages cannot be written to ${e}: ${_(t)}. Make room, or name another folder; what was built is kept for the next try.`,{cause:t})}async function sr(e){try{if(!(await Xn(e)).isDirectory())throw new I("BAD_INPUT",`${e} is no folder. Name a folder for the pages.`);let t=await Yn(e,{recursive:!0,withFileTypes:!0});return new Set(t.filter(n=>!n.isDirectory()).map(n=>Zn(e,Ue(n.parentPath,n.name)).split(er).join("/")))}catch(t){if(t.code==="ENOENT")return new Set;throw t instanceof I?t:Je(e,t)}}var Fe=class{text;constructor(t){this.text=t}toString(){return this.text}};function l(e,...t){let n=e[0]??"";for(let r=0;r<t.length;r++)n+=jt(t[r])+(e[r+1]??"");return new Fe(n)}function jt(e){return e===void 0||e===!1?"":e instanceof Fe?e.text:typeof e=="object"?e.map(jt).join(""):or(String(e))}var ir={"&":"&amp;","<":"&lt;",">":"&gt;",'"':"&quot;","'":"&#39;"};function or(e){return ar.test(e)?e.toWellFormed().replaceAll(/[&<>"'\p{Cc}\u061C\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF]/gu,t=>ir[t]??(/[\t\n\r]/.test(t)?" ":"�")):e}var ar=/[^\w .,:;/()+\-=%@→·–×]/;function Q(e,t=e){return l`<b class="v ${e}">${t}</b>`}function re(e,t,n){return l`<a class="v ${e}" href="${t}"${n!==void 0&&l` aria-label="${n}"`}>${e}</a>`}function Me(e){return l`<b class="v ${{passed:"pass",failed:"fail","not-applicable":"skip",incomplete:"error"}[e.compliance]}">${e.compliance==="not-applicable"?"not offered":e.compliance}</b>`}function J(e){return l`<b class="v ${e==="passed"?"pass":"fail"}">${e}</b>`}function A({passed:e,applicable:t}){return`${e} of ${t}`}function Nt({partial:e,failed:t,inconclusive:n}){return[[t,"failed"],[n,"inconclusive"],[e,"partial"]].filter(([r])=>r!==0).map(([r,s])=>`${r} ${s}`).join(", ")}var cr=[["pass","as required"],["partial","a lesser form that the assertion allows for"],["fail","against the requirement"],["inconclusive","a requirement that it rests on failed"],["skip","the mesh does not offer it"],["info","observed, never scored"]];function G(){return l`<dl class="legend">${cr.map(([e,t])=>l`<div><dt>${Q(e)}</dt><dd>${t}</dd></div>`)}</dl>`}function O({path:e,title:t,description:n,part:r,trail:s=[],data:o=!0,main:i},a){let c=xe(e),d=p=>p===r&&l` aria-current="page"`;return l`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${dr}">
<meta name="referrer" content="no-referrer">
<meta name="description" content="${n}">
<meta name="color-scheme" content="light dark">
<title>${t===a?t:`${t} · ${a}`}</title>
<link rel="icon" href="${lr}">
<link rel="stylesheet" href="${c(u.style)}">
<script src="${c(u.script)}" defer></script>
${o&&["json","yaml"].map(p=>l`<link rel="alternate" type="application/${p}" href="${c(j(e,p))}">
`)}</head>
<body>
<a class="to-content" href="#main">Skip to the content</a>
<header class="site"><div class="wide">
<a class="brand" href="${c(u.home)}">${a}</a>
<nav aria-label="Site"><a href="${c(u.home)}"${d("home")}>Meshes</a><a href="${c(u.requirements)}"${d("requirements")}>Requirements</a><a href="${c(u.runs)}"${d("runs")}>Runs</a><a href="${c(u.compare)}"${d("compare")}>Compare</a><a href="${c(u.about)}"${d("about")}>About</a></nav>
</div></header>
<main id="main" class="wide" tabindex="-1">
${s.length>0&&l`<nav class="trail" aria-label="Where you are"><ol>${s.map(p=>l`<li><a href="${c(p.target)}">${p.title}</a></li>`)}</ol></nav>`}
${i(c)}
</main>
<footer class="site"><div class="wide">
${o&&l`<p>This page as data: <a href="${c(j(e,"json"))}">JSON</a>, <a href="${c(j(e,"yaml"))}">YAML</a></p>`}
<p>Every figure follows from the runs. <a href="${c(u.about)}">How to read and check them</a></p>
</div></footer>
</body>
</html>
`.text}var lr=`data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="4" fill="#17663f"/><path d="M4 8.5l2.6 2.6L12 5.4" fill="none" stroke="#fff" stroke-width="1.8"/></svg>')}`,dr="default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'";var _e=200;function Et({title:e,refused:t}){let n=u.about;return{path:n,html:O({path:n,title:"How to read and check these pages",description:"What capability, compliance and the verdicts mean.",part:"about",main:()=>l`<h1>How to read and check these pages</h1>
<h2>Two answers, never mixed</h2>
<p><b>Capability</b> says how much of a specification a mesh offers: full, partial or none. A mesh that never meant to offer one has the capability none, which is no failure.</p>
<p><b>Compliance</b> says whether what it offers behaves as the specification says. It has passed when every <i>must</i> requirement that applies holds. Requirements of the level <i>should</i> are counted apart.</p>
<h2>Verdicts</h2>${G()}
<p>A requirement can be asked for at more than one version of its API: each has a verdict of its own.</p>
<h2>Which run counts</h2>
<p>For a version of a mesh, its newest run. Only complete runs of the whole suite on a real cluster are shown: nothing was left out, and nothing could not be judged.</p>
<h2>Checking a result</h2>
<p>Every run’s page links its report and, where it was signed, the bundle beside it. <code>smi-conformance verify</code> checks the signature and who made it, and works the figures out again from the looks in the report. A report that is <i>unsigned</i> can be read and recomputed, but nobody vouches for it.</p>
<h2 id="left-out">Files that are not shown</h2>
${t.length===0?l`<p>None: every report among the runs is shown.</p>`:l`<p>${t.length} among the runs ${t.length===1?"is":"are"} not shown:</p><ul class="plain">${t.slice(0,_e).map(s=>l`<li><code class="break">${s.path}</code>: ${s.why}</li>`)}</ul>${t.length>_e&&l`<p>… and ${t.length-_e} more.</p>`}`}`},e),data:{title:e,refused:t}}}var It=["January","February","March","April","May","June","July","August","September","October","November","December"];function N(e){let t=new Date(e);return l`<time datetime="${e}">${t.getUTCDate()} ${It[t.getUTCMonth()]?.slice(0,3)} ${t.getUTCFullYear()}</time>`}function Se(e){return l`<time datetime="${e}">${N(e)}, ${new Date(e).toISOString().slice(11,16)} UTC</time>`}function Ye(e){let[t,n]=e.split("-");return`${It[Number(n)-1]??e} ${t??""}`.trim()}function q(e,t){return`${e<1e3?String(e):String(e).replaceAll(/\B(?=(?:\d{3})+$)/g," ")} ${t}${e===1?"":"s"}`}function E(e){return e.replace("traffic-","Traffic ").replace(/ (.)/,(t,n)=>` ${n.toUpperCase()}`)}function Oe(e,t){let{reason:n,expected:r,seen:s,afterwards:o,steps:i,failedStep:a}=e,c=[["Because",n],["Expected",r],["Seen",s],["Afterwards",o]],d=i.map((p,m)=>pr(p,m,m===a));return l`<dl class="words">${c.filter(([,p])=>p!==void 0&&p!=="").map(([p,m])=>l`<div><dt>${p}</dt><dd>${m}</dd></div>`)}
${t!==void 0&&l`<div><dt>Known</dt><dd><a href="${t.bug}" rel="noreferrer">${t.bug}</a>${t.note!==void 0&&l`<br>${t.note}`}</dd></div>`}</dl>${d.length>0&&l`<ol class="steps">${d}</ol>`}`}function pr(e,t,n){let r=[...mr(e),...n?["ended here"]:[]];return l`<li><p class="step"><b>${t+1}. ${e.verb}</b> <span class="quiet">${r.join(" · ")}</span></p>${ur(e)}</li>`}function mr({writes:e=[],objects:t=[],subject:n,holds:r,expected:s,seen:o,workloads:i=[],traffic:a,held:c,readings:d,looks:p,deadlineMs:m,convergenceMs:f,durationMs:h}){return[...e.map(hr),...t.map(({kind:y,name:g})=>`${y} ${g}`),...n===void 0?[]:[r===void 0?n:`${n}: ${r?"as expected":`expected ${s}; seen ${o}`}`],...i.map(({workload:y,replicas:g})=>`${y} ${g}`),...a===void 0?[]:[$e(a)],...c===void 0?[]:[fr(c)],...d===void 0?[]:[q(d,"reading")],...p===void 0?[]:[q(p.count,"look")],...m===void 0?[]:[f===void 0?`not so within ${T(m)}`:`in force after ${T(f)} of at most ${T(m)}`],...h===void 0?[]:[T(h)]]}function ur({measured:e,intervals:t,looks:n,deadlineMs:r,shown:s,otherwise:o}){let i=n?.lastFailing;return[e!==void 0&&Ge(e,t),i!==void 0&&(e===void 0||r===void 0)&&l`<p class="small">The last look that did not hold, at ${T(i.at)}:</p>${Ge(i)}`,s!==void 0&&Ht(s),o!==void 0&&l`<p class="small">The lesser form that the assertion allows for:</p>${Array.isArray(o)?Ht(o):Ge(o)}`]}function Ht(e){return l`<ul class="look">${e.map(({holds:t,expected:n="",seen:r=""})=>l`<li><span>${t===!1?"not so":"so"}</span> <span>${n}</span> <span>${r}</span></li>`)}</ul>`}function fr({traffic:e,connection:t,attempts:n,answers:r,refusals:s,brokenAfterMs:o}){let i=o===void 0?"all answered":`not answered ${T(o)} after the change`;return`${$e(e)}, ${t==="kept"?"one connection":"fresh connections"}, ${n} attempts: ${[Z(r),Z(s),i].filter(a=>a!=="").join("; ")}`}function hr({kind:e,name:t,apiVersion:n,outcome:r,message:s}){return`${e} ${t} (${n}) ${r}${s===void 0?"":`: ${s}`}`}function Ge({seen:e},t=[]){return l`<ul class="look">${e.map(n=>l`<li><span>${$e(n.traffic)}</span> <span>${yr(n.expected)}</span> <span>${gr(n,t)}</span></li>`)}</ul>`}function gr({expected:e,attempts:t,answers:n,refusals:r,reached:s,alive:o},i){let a=e.outcome==="shares"&&i.length>0?wr(i):Z(n);return[`${t} ${t===1?"attempt":"attempts"}: ${a===""?"no answer":a}`,Z(r),...Z(s)===Z(n)||e.outcome!=="denied"?[]:[`yet reached ${Z(s)}`],...o===!1?["a server did not prove that it was alive"]:[]].filter(c=>c!=="").join("; ")}function yr(e){return e.outcome==="answered"?`answered by ${e.by.join(", ")}`:e.outcome==="shares"?Object.entries(e.shares).map(([t,n])=>`${t} ${n}`).join(" : "):e.outcome}function wr(e){return e.map(({workload:t,low:n,high:r,seen:s})=>`${t} ${s} (${n}–${r})`).join(", ")}function Z(e){return Object.entries(e).map(([t,n])=>`${t} ${n}`).join(", ")}var br=16;function Bt(e,t,{title:n,meshes:r,requirements:s,known:o}){let{id:i,specification:a,level:c,kind:d,source:p,text:m,versions:f,ignoring:h,gates:y=[]}=e,g=u.assertion(i),w=r.flatMap(({name:x,id:$,versions:v})=>{let k=v.slice(0,br).map(({version:F,run:C})=>({version:F,run:C,results:D(C).filter(S=>S.id===i)})).filter(({results:F})=>F.length>0);return k.length===0?[]:[{name:x,mesh:$,seen:k.toReversed()}]}),b=x=>l`<p class="kicker"><code>${i}</code></p><h1>${e.title}</h1>
<p class="lead">${m}</p>
<dl class="facts"><div><dt>Level</dt><dd>${c}</dd></div><div><dt>Kind</dt><dd>${d}</dd></div><div><dt>Specification</dt><dd>${p}</dd></div>${f!==void 0&&l`<div><dt>API versions</dt><dd>${f.join(", ")}</dd></div>`}
${y.length>0&&l`<div><dt>Rests on</dt><dd>${y.map(($,v)=>l`${v>0&&", "}${s.has($)?l`<a href="${x(u.assertion($))}">${V($)}</a>`:V($)}`)}</dd></div>`}
${h!==void 0&&l`<div><dt>A mesh that ignores it</dt><dd>${h}</dd></div>`}</dl>
${w.length===0?l`<p class="calm">No run has a result for it yet.</p>`:l`
<section aria-labelledby="versions"><h2 id="versions">By version</h2>${w.map(({name:$,mesh:v,seen:k})=>l`<h3><a href="${x(u.mesh(v))}">${$}</a></h3><ul class="strip">${k.map(({version:F,run:C,results:S})=>l`
<li><span>${F}</span>${S.map(L=>re(L.verdict,x(u.run(C.path),z(L)),`${F}: ${L.verdict}, at ${L.version}`))}</li>`)}</ul>`)}</section>
<section aria-labelledby="seen"><h2 id="seen">Expected and seen</h2><p class="quiet">In the newest run of the latest version of each mesh.</p>${t.map($=>R($,x))}</section>`}`;function R({run:x,results:$},v){return l`${$.map(k=>l`<article class="result"><h3>${x.mesh.name} ${x.mesh.version} ${re(k.verdict,v(u.run(x.path),z(k)))} <small>${k.version}</small></h3>${Oe(k,o(k,x.mesh))}</article>`)}`}let M={...e,meshes:t.map(({run:x,results:$})=>({mesh:x.mesh.id,meshVersion:x.mesh.version,report:x.path,results:$.map(({version:v,verdict:k,reason:F,expected:C,seen:S})=>({version:v,verdict:k,reason:F,expected:C,seen:S}))})),versions:Object.fromEntries(w.map(({mesh:x,seen:$})=>[x,Object.fromEntries($.map(({version:v,results:k})=>[v,Object.fromEntries(k.map(F=>[F.version,F.verdict]))]))])),...f!==void 0&&{apiVersions:f}};return{path:g,html:O({path:g,title:e.title,description:m,part:"requirements",trail:[{title:"Requirements",target:u.requirements},{title:E(a),target:u.requirements}],main:b},n),data:M}}function Ce({worse:e,better:t,other:n,added:r,gone:s,same:o},i,a,c){if(e.length+t.length+n.length+r.length+s.length===0)return l`<p class="calm">No verdict changed: ${q(o,"result")} as before.</p>`;let[d,p]=[u.run(i.path),u.run(a.path)],m=(h,y)=>y.length>0&&l`<h3>${h} <span class="count">${y.length}</span></h3><ul class="changes">${y.map(g=>l`
<li><a href="${c(u.assertion(g.after.id))}"><code>${ce(g.after)}</code></a> ${Vt(g.after.level)}<span class="change">${re(g.before.verdict,c(d,z(g.before)),`before: ${g.before.verdict}`)} <span aria-hidden="true">→</span> ${re(g.after.verdict,c(p,z(g.after)),`after: ${g.after.verdict}`)}</span></li>`)}</ul>`,f=(h,y)=>y.length>0&&l`<details><summary><h3>${h} <span class="count">${y.length}</span></h3></summary><ul class="changes">${y.map(g=>l`
<li><a href="${c(u.assertion(g.id))}"><code>${ce(g)}</code></a> ${Vt(g.level)}${Q(g.verdict)}</li>`)}</ul></details>`;return l`${m("Worse",e)}${m("Better",t)}${m("Otherwise changed",n)}${f("Only in the later run",r)}${f("Only in the earlier run",s)}<p class="quiet">${q(o,"result")} unchanged.</p>`}function Vt(e){return e!=="must"&&l`<i class="level">${e}</i> `}function K({path:e,id:t,startedAt:n,mesh:r,kubernetes:s,suite:o,smiRelease:i,result:a,must:c,should:d,specifications:p,digest:m,provenance:f}){return{run:t,startedAt:n,mesh:r.id,meshVersion:r.version,kubernetes:s,suite:o.version,suiteDigest:o.digest,...i!==void 0&&{smiRelease:i},result:a,must:c,should:d,specifications:p,report:e,sha256:m,provenance:f}}function se(e){let t={};for(let{id:n,version:r,verdict:s}of D(e))(t[n]??={})[r]=s;return t}function Kt({mesh:e,before:t,after:n,difference:r,name:s},{title:o}){let i=u.changes(e.id,s),a=`${e.name} ${t.mesh.version} → ${n.mesh.version}`,c=m=>l`<h1>${a}</h1>
<p class="lead">${U(r)}.</p>
${zt("Before",t,m)}${zt("After",n,m)}
${t.suite.digest!==n.suite.digest&&l`<p class="note">The two runs used different suites (${t.suite.version} and ${n.suite.version}): a verdict may have changed because its requirement did.</p>`}
${t.kubernetes!==n.kubernetes&&l`<p class="note">They ran on different versions of Kubernetes: ${t.kubernetes} and ${n.kubernetes}.</p>`}
<section aria-labelledby="changes"><h2 id="changes">Verdicts</h2>${Ce(r,t,n,m)}</section>`,d=`SMI conformance of ${e.name}: ${U(r)} from ${t.mesh.version} to ${n.mesh.version}.`,p={mesh:e.id,before:K(t),after:K(n),...Ot(r)};return{path:i,html:O({path:i,title:a,description:d,part:"home",trail:[{title:"Meshes",target:u.home},{title:e.name,target:u.mesh(e.id)}],main:c},o),data:p}}function zt(e,t,n){return l`<p class="side"><b>${e}</b> <a href="${n(u.run(t.path))}">${t.mesh.version}, ${N(t.startedAt)}</a> ${J(t.result)} <span class="quiet">${A(t.must)} must · Kubernetes ${t.kubernetes} · suite ${t.suite.version}</span></p>`}var $r=200;function Wt({title:e,meshes:t}){let n=u.compare,r=Math.max(1,Math.floor($r/Math.max(1,t.length))),s=t.map(({name:i,versions:a})=>l`<optgroup label="${i}">${a.slice(0,r).map(({version:c,run:d})=>l`<option value="${u.run(d.path)}">${i} ${c}, ${d.startedAt.slice(0,10)}</option>`)}</optgroup>`);return{path:n,html:O({path:n,title:"Compare two runs",description:"What changed between two runs.",part:"compare",data:!1,main:i=>l`<h1>Compare two runs</h1>
<p class="lead">What got worse, better, new and gone between two runs, by assertion and API version.</p>
<form class="compare" method="get" action="${i(n)}"><p><label for="a">Before</label> <select id="a" name="a">${s}</select></p><p><label for="b">After</label> <select id="b" name="b">${s}</select></p><p><button>Compare</button></p></form>
<div id="comparison" aria-live="polite"></div>
<noscript><p class="note">Comparing any two runs needs JavaScript. What is below does not.</p></noscript>
<h2>Adjacent versions</h2><ul class="rows">${t.filter(({versions:a})=>a.length>1).map(({id:a,name:c})=>l`<li><a href="${i(u.mesh(a),"changes")}">${c}, from version to version</a></li>`)}</ul>`},e)}}var P=8,ee=5,he=7*P,[vr,Xe]=[3*P,3*P],xr=14,kr=["passed","partial","inconclusive","failed"];function Dt(e,t,n){let r=t.slice(-xr),s=Math.ceil(Math.max(1,...r.map(({run:c})=>c.must.applicable))/ee),[o,i]=[Math.max(4,r.length)*he,vr+s*P],a=xe(e);return l`<div class="chart scroll" role="region" tabindex="0" aria-label="${n}"><svg viewBox="0 0 ${o} ${i+Xe}" width="${o}" height="${i+Xe}" role="group" aria-label="${n}"><line x1="0" x2="${o}" y1="${i+.5}" y2="${i+.5}"/>${r.map(({label:c,run:d},p)=>Rr({x:p*he,base:i,value:c,must:d.must,href:a(u.run(d.path))}))}</svg></div>`}function Ut(){let e=(t,n)=>l`<pattern id="cell-${t}" width="${P}" height="${P}" patternUnits="userSpaceOnUse">${n}</pattern>`;return l`<svg class="unseen" aria-hidden="true"><defs>${e("passed",l`<rect x="1" y="1" width="6" height="6" class="pass"/>`)}${e("partial",l`<path d="M1 7V1h6z" class="partial"/>`)}${e("inconclusive",l`<rect x="1.75" y="1.75" width="4.5" height="4.5" class="inconclusive"/>`)}${e("failed",l`<path d="M1.7 1.7l4.6 4.6M6.3 1.7l-4.6 4.6" class="fail"/>`)}</defs></svg>`}function Pe(e){return l`<svg viewBox="0 0 ${P} ${P}" width="12" height="12" aria-hidden="true"><rect fill="url(#cell-${e})" width="${P}" height="${P}"/></svg>`}function Rr({x:e,base:t,value:n,must:r,href:s}){let o=0,i=kr.map(c=>{let d=Fr(o,r[c],e+P,t).map(p=>l`<rect fill="url(#cell-${c})" x="${p.x}" y="${p.y}" width="${p.wide}" height="${p.tall}"/>`);return o+=r[c],d}),a=t-Math.ceil(o/ee)*P;return l`<a href="${s}"><rect class="hit" x="${e}" y="0" width="${he}" height="${t+Xe}"/>${i}<text class="figure" x="${e+he/2}" y="${a-7}">${r.passed}/${r.applicable}</text> <text x="${e+he/2}" y="${t+17}">${Mr(n)}</text></a>`}function Fr(e,t,n,r){let s=[];for(let o=e,i=t;i>0;){let[a,c]=[Math.floor(o/ee),o%ee],d=c===0?Math.floor(i/ee):0,p=d>0?ee:Math.min(i,ee-c);s.push({x:n+c*P,y:r-(a+Math.max(1,d))*P,wide:p*P,tall:Math.max(1,d)*P}),o+=p*Math.max(1,d),i-=p*Math.max(1,d)}return s}function Mr(e){return e.length>8?`${e.slice(0,7)}…`:e}function Jt(e){let t=e.slice(-12);if(t.length<2)return;let[n,r,s]=[11,26,4],o=t.map(({must:d})=>d.applicable===0?0:d.passed/d.applicable),i=Math.min(.8,...o),a=t.map(({result:d},p)=>({x:s+p*n,y:Sr(s+(1-(o[p]??0))/(1-i)*(r-2*s)),result:d})),c=(t.length-1)*n+2*s;return l`<span>${t.filter(({result:d})=>d==="passed").length} of ${t.length} passed</span><svg class="spark" viewBox="0 0 ${c} ${r}" width="${c}" height="${r}" aria-hidden="true"><polyline points="${a.map(({x:d,y:p})=>`${d},${p}`).join(" ")}"/>${a.map(({x:d,y:p,result:m})=>l`<circle class="${m}" cx="${d}" cy="${p}" r="3"/>`)}</svg>`}function Sr(e){return Math.round(e*10)/10}function ge({columns:e,requirements:t,known:n,link:r,caption:s}){let o=e.map(({run:a})=>Yt(a)),i=a=>[...t.values()].filter(c=>c.specification===a&&o.some(d=>d.has(c.id))).map(({id:c})=>c);return l`<div class="matrix scroll" role="region" tabindex="0" aria-label="${s}"><table data-filter="requirements" data-hint="such as weight">
<caption class="unseen">${s}</caption>
<thead><tr><th scope="col">Requirement</th>${e.map(({head:a})=>l`<th scope="col">${a}</th>`)}</tr></thead>
${B.map(a=>{let c=i(a);return c.length>0&&l`<tbody><tr class="group"><th scope="rowgroup" colspan="${e.length+1}">${E(a)}</th></tr>
${c.map(d=>{let{title:p,level:m}=t.get(d)??{title:d,level:"must"};return l`<tr data-text="${d} ${p}"><th scope="row"><a href="${r(u.assertion(d))}">${V(d)}</a>${m!=="must"&&l` <i class="level">${m}</i>`}<small>${p}</small></th>${e.map(({run:f},h)=>Or(o[h]?.get(d),f,n,r))}</tr>
`})}</tbody>`})}
</table></div>`}function _t(e,t){let n=e.columns.map(({run:i})=>Yt(i)),r=i=>n.filter(a=>a.get(i)?.some(({verdict:c})=>!Gt.has(c))).length,s=[...e.requirements.keys()].filter(i=>n.some(a=>a.has(i))),o=s.map(i=>({id:i,missing:r(i)})).toSorted((i,a)=>a.missing-i.missing).map(({id:i})=>i);for(let i=s.length;;i=Math.floor(i*.8)){let a=new Set(o.slice(0,i)),c=ge({...e,requirements:new Map([...e.requirements].filter(([d])=>a.has(d)))});if(c.text.length<=t||i<=1)return{table:c,rows:i,all:s.length}}}function Yt(e){let t=new Map;for(let{id:n,version:r,verdict:s}of D(e)){let o=t.get(n);o===void 0?t.set(n,[{id:n,version:r,verdict:s}]):o.push({id:n,version:r,verdict:s})}return t}function Or(e,t,n,r){if(e===void 0)return l`<td class="none"><span class="unseen">not in this run</span></td>`;let s=u.run(t.path),o=e.every(({verdict:a})=>a===e[0]?.verdict),i=o?e.slice(0,1):e;return l`<td>${i.map(a=>{let c=l`${a.verdict}${!o&&l` <small>${a.version}</small>`}`;return Gt.has(a.verdict)?Q(a.verdict,c):l`<a class="v ${a.verdict}" href="${r(s,z(a))}">${c}</a>${Cr(a,t,n)}`})}</td>`}var Gt=new Set(["pass","skip","info"]);function Cr(e,t,n){let r=n({id:e.id,version:e.version},t.mesh);return r!==void 0&&l` <a class="bug" href="${r.bug}" rel="noreferrer">known</a>`}function Xt({title:e,meshes:t,requirements:n,known:r}){let s=u.requirements,o=a=>l`<h1>Requirements</h1>
<p class="lead">Each requirement of the suite, and what the latest version of each mesh makes of it.</p>
${t.length===0?l`<p class="calm">There are no runs yet.</p>`:l`${G()}
${ge({columns:Qe(t,a),requirements:n,known:r,link:a,caption:"Requirements by mesh"})}`}`,i={requirements:[...n.values()],meshes:t.flatMap(({id:a,versions:[c]})=>c===void 0?[]:[{id:a,version:c.version,report:c.run.path,verdicts:se(c.run)}])};return{path:s,html:O({path:s,title:"Requirements",description:`All ${n.size} requirements of the suite, by mesh.`,part:"requirements",main:o},e),data:i}}function Qe(e,t){return e.flatMap(({id:n,name:r,versions:[s]})=>s===void 0?[]:[{head:l`<a href="${t(u.mesh(n))}">${r}</a> <small>${s.version}</small>`,run:s.run}])}function te(e){switch(e.state){case"unsigned":return l`<span class="quiet">unsigned</span>`;case"broken":return l`<b class="v error">signature does not fit</b>`;case"signed":return l`signed`;case"verified":return e.account?.ok===!1?l`<b class="v partial">signed, not enrolled</b>`:l`<b class="v pass">signature verified</b>`}}function Zt(e){switch(e.state){case"unsigned":return l`<p>${te(e)}. Nobody put a name to this report: it shows what somebody says that a run has seen.</p>`;case"broken":return l`<p>${te(e)}: ${e.reason}. Do not rely on this report.</p>`;case"signed":return l`<p>Signed, by its own account, ${Qt(e)}. The bundle is for exactly this report; whether its signature holds was not checked when this page was made${e.unchecked!==void 0&&l`: ${e.unchecked}`}.</p>`;case"verified":return l`<p>${te(e)}: signed ${Qt(e)}.${e.account!==void 0&&Pr(e.account)}</p>`}}function Pr({ok:e,detail:t}){return e?l` ${t}, by the list of accounts.`:l` The signature holds, and does not count as the mesh's own: ${t}.`}function Qt({signer:e,with:t,issuer:n}){return t==="key"?l`with the key <code>${e}</code>`:l`by <code>${e}</code>${n!==void 0&&l`, as <code>${n}</code> says`}`}var Ae=ze(yt(),1),et=[{name:"mesh version",of:e=>e.mesh.version},{name:"SMI release",of:e=>e.smiRelease??"none as a set"},{name:"suite version",of:e=>e.suite.version},{name:"Kubernetes version",of:e=>e.kubernetes}];function qe(e,t){let n=new Map;for(let r of e){let s=t(r),o=n.get(s);n.set(s,{value:s,run:o!==void 0&&Te(o.run,r)?o.run:r,runs:(o?.runs??0)+1})}return[...n.values()].toSorted((r,s)=>tt(r.value,s.value))}function tt(e,t){let[n,r]=[tn(e),tn(t)];return n===null||r===null?n===r?Ze(e,t):n===null?-1:1:Ae.default.compareBuild(n,r)||Ze(e,t)}var en=new Map;function tn(e){let t=en.get(e);return t===void 0&&en.set(e,t=Ae.default.parse(e,{loose:!0})??Ae.default.coerce(e)),t}function Ze(e,t){return e<t?-1:e>t?1:0}function Te(e,t){return e.startedAt===t.startedAt?e.path>t.path:e.startedAt>t.startedAt}function ye(e,t){return Te(e,t)?-1:1}function Ar(e){return/^v?\d+\.\d+/.exec(e)?.[0]??e}function ie({mesh:e,kubernetes:t}){return`${e.id} ${Ar(t)}`}function nn(e){let t=new Map;for(let n of e){let r=t.get(n.mesh.id);r===void 0?t.set(n.mesh.id,[n]):r.push(n)}return[...t].map(([n,r])=>{let s=r.toSorted(ye),o=qe(s,i=>i.mesh.version);return{id:n,name:s[0]?.mesh.name??n,runs:s,versions:o.toReversed().map(({run:i,runs:a})=>({version:i.mesh.version,run:i,runs:a}))}}).toSorted((n,r)=>Ze(n.name.toLowerCase(),r.name.toLowerCase()))}var qr=6,Tr=8e4;function rn(e,t){let{title:n,meshes:r}=e,s=r.flatMap(d=>d.versions[0]??[]).map(({run:d})=>d),o=r.reduce((d,p)=>d+p.runs.length,0),i=u.home,a=d=>l`
<h1>${n}</h1>
<p class="lead">Which service meshes do what the <abbr title="Service Mesh Interface">SMI</abbr> specifications say. <em>Capability</em> is how much of a specification a mesh offers; <em>compliance</em> is whether what it offers behaves as the specification says.</p>
${r.length===0?l`<p class="calm">There are no runs yet. A workflow with <code>publish_branch: smi-conformance</code> adds one each time.</p>`:l`
<p class="quiet">${q(o,"run")} of ${q(r.length,"mesh").replace("meshs","meshes")}; the newest of ${N(s.toSorted(ye)[0]?.startedAt??"")}.</p>
${jr(r,d)}
${Lr(e,d)}
${t.length>0&&l`<section aria-labelledby="changed"><h2 id="changed">What changed last</h2><ul class="rows">${t.slice(0,qr).map(p=>l`
<li><a href="${d(u.changes(p.mesh.id,p.name))}">${p.mesh.name} ${p.before.mesh.version} → ${p.after.mesh.version}</a> <span>${U(p.difference)}</span> <span class="quiet">${N(p.after.startedAt)}</span></li>`)}</ul></section>`}`}`,c={title:n,runs:o,meshes:r.map(({id:d,name:p,versions:[m],runs:f})=>({id:d,name:p,runs:f.length,...m&&{latest:{...K(m.run),verdicts:se(m.run)}}}))};return{path:i,html:O({path:i,title:n,description:"Capability and compliance of service meshes with the Service Mesh Interface, from signed runs.",part:"home",main:a},n),data:c}}function Lr({meshes:e,requirements:t,known:n},r){let{table:s,rows:o,all:i}=_t({columns:Qe(e,r),requirements:t,known:n,link:r,caption:"Requirements by mesh"},Tr),a=o===i?"Each requirement of the suite, and":l`${o} of <a href="${r(u.requirements)}">all ${i} requirements</a>, those that fewest meshes meet, and`;return l`<section aria-labelledby="requirements"><h2 id="requirements">Requirements</h2>
<p>${a} what the latest version of each mesh makes of it.</p>
${G()}
${s}</section>`}function jr(e,t){return l`<table class="meshes stack"><caption class="unseen">Meshes by specification: capability, compliance, and how many must requirements hold</caption>
<thead><tr><th scope="col">Mesh</th>${B.map(n=>l`<th scope="col">${E(n)}</th>`)}<th scope="col">Over versions</th></tr></thead>
<tbody>${e.map(({id:n,name:r,versions:s})=>{let[o]=s;if(o===void 0)return;let{run:i}=o;return l`<tr><th scope="row"><a href="${t(u.mesh(n))}">${r}</a> <span class="version">${o.version}</span><small><a href="${t(u.run(i.path))}">${N(i.startedAt)}</a> · Kubernetes ${i.kubernetes} · ${te(i.provenance)}</small></th>
${B.map(a=>Nr(a,i.specifications.find(c=>c.specification===a)))}<td data-label="Over versions">${Jt(s.map(a=>a.run).toReversed())??l`<span class="quiet small">one version</span>`}</td></tr>
`})}</tbody></table>`}function Nr(e,t){if(t===void 0)return l`<td data-label="${E(e)}"><span class="quiet">not in this run</span></td>`;let n=t.must.partial>0?`, ${t.must.partial} partial`:"",r=t.capability==="none"?"capability none":`${t.capability} · ${A(t.must)} must${n}`;return l`<td data-label="${E(e)}">${Me(t)}<small>${r}</small></td>`}function we(e,t,n=!0){return l`<div class="scroll" role="region" tabindex="0" aria-label="Runs"><table class="runs" data-filter="runs" data-hint="such as v1.2"><thead><tr><th scope="col">Run</th>${n&&l`<th scope="col">Mesh</th>`}<th scope="col">Version</th><th scope="col">Kubernetes</th><th scope="col">Result</th><th scope="col" class="number">Must</th><th scope="col">Suite</th><th scope="col">Signature</th></tr></thead>
<tbody>${e.map(r=>l`<tr data-text="${r.mesh.name} ${r.mesh.version} ${r.kubernetes} ${r.id} ${r.result}"><th scope="row"><a href="${t(u.run(r.path))}">${Se(r.startedAt)}</a></th>${n&&l`<td><a href="${t(u.mesh(r.mesh.id))}">${r.mesh.name}</a></td>`}<td>${r.mesh.version}</td><td>${r.kubernetes}</td><td>${J(r.result)}</td><td class="number">${A(r.must)}</td><td>${r.suite.version}</td><td>${te(r.provenance)}</td></tr>
`)}</tbody></table></div>`}function Le(e,t={}){return l`<div class="cards">${e.specifications.map(n=>l`<div class="card"><h2>${E(n.specification)}</h2><p class="big">${Me(n)}</p>
<dl><div><dt>Capability</dt><dd>${n.capability}</dd></div>${n.capability!=="none"&&l`<div><dt>Must</dt><dd>${A(n.must)}</dd></div>`}</dl>${Er(n)}${t[n.specification]!==void 0&&l`<p class="quiet small">${t[n.specification]}</p>`}</div>`)}</div>`}function Er(e){let t=Nt(e.must);return t===""?void 0:l`<p class="small">${t}</p>`}var sn=10,Ir=25,Hr=8;function on(e,t,{title:n,requirements:r,known:s}){let o=u.mesh(e.id),i=e.versions[0],a=e.versions.slice(0,sn),c=m=>i!==void 0&&l`
<h1>${e.name}</h1>
<p class="lead">${J(i.run.result)} Version ${i.version}: ${A(i.run.must)} must requirements hold. <a href="${m(u.run(i.run.path))}">Run of ${N(i.run.startedAt)}</a> on Kubernetes ${i.run.kubernetes}.</p>
${Le(i.run)}
<section aria-labelledby="history"><h2 id="history">History</h2>
<p>A cell for each must requirement, by the newest run for each version. Those that hold stand at the bottom, and the others on top of them: <span class="sample">${Pe("partial")} partial</span>, <span class="sample">${Pe("inconclusive")} inconclusive</span>, <span class="sample">${Pe("failed")} failed</span>.</p>
${Ut()}
<div class="charts">${et.map(({name:f,of:h},y)=>{let g=qe(e.runs,h);return(y===0||g.length>1)&&Br(o,f,g,m)})}</div></section>
<section aria-labelledby="versions"><h2 id="versions">Requirements by version</h2>
${a.length<e.versions.length&&l`<p class="quiet">The latest ${a.length} of ${e.versions.length} versions; the data of this page have all.</p>`}
${G()}
${ge({columns:a.map(({version:f,run:h})=>({head:l`<a href="${m(u.run(h.path))}">${f}</a>`,run:h})),requirements:r,known:s,link:m,caption:`Requirements by version of ${e.name}`})}</section>
${t.length>0&&l`<section aria-labelledby="changes"><h2 id="changes">From version to version</h2><ul class="rows">${t.map(f=>l`
<li><a href="${m(u.changes(e.id,f.name))}">${f.before.mesh.version} → ${f.after.mesh.version}</a> <span>${U(f.difference)}</span></li>`)}</ul></section>`}
${Vr(e,m)}
<section aria-labelledby="runs"><h2 id="runs">Newest runs</h2>${we(e.runs.slice(0,Ir),m,!1)}
<p><a href="${m(u.runs)}">All runs by month</a></p></section>`,d={mesh:e.id,name:e.name,runs:e.runs.length,versions:e.versions.map(({run:m,runs:f})=>({...K(m),runs:f,verdicts:se(m)})),history:Object.fromEntries(et.map(({name:m,of:f})=>[m,qe(e.runs,f).map(({value:h,run:y,runs:g})=>({value:h,runs:g,must:y.must,result:y.result,report:y.path}))]))},p=`SMI conformance of ${e.name}: ${q(e.versions.length,"version")}, ${q(e.runs.length,"run")}.`;return{path:o,html:O({path:o,title:e.name,description:p,part:"home",trail:[{title:"Meshes",target:u.home}],main:c},n),data:d}}function Br(e,t,n,r){return l`<figure><figcaption>By ${t}</figcaption>${Dt(e,n.map(({value:s,run:o})=>({label:s,run:o})),`Must requirements by ${t}`)}
<details><summary>As a table</summary><div class="scroll" role="region" tabindex="0" aria-label="Table by ${t}"><table><thead><tr><th scope="col">${t}</th><th scope="col">Result</th><th scope="col" class="number">Must</th><th scope="col" class="number">Should</th><th scope="col" class="number">Runs</th><th scope="col">Newest</th></tr></thead>
<tbody>${n.toReversed().map(({value:s,run:o,runs:i})=>l`<tr><th scope="row">${s}</th><td>${J(o.result)}</td><td class="number">${A(o.must)}</td><td class="number">${A(o.should)}</td><td class="number">${i}</td><td><a href="${r(u.run(o.path))}">${N(o.startedAt)}</a></td></tr>
`)}</tbody></table></div></details></figure>`}function Vr({runs:e,versions:t,name:n},r){let s=[...new Set(e.map(i=>i.kubernetes))].toSorted(tt).toReversed().slice(0,Hr);if(s.length<2)return;let o=new Map(e.toReversed().map(i=>[`${i.mesh.version} ${i.kubernetes}`,i]));return l`<section aria-labelledby="kubernetes"><h2 id="kubernetes">On which Kubernetes</h2><div class="scroll" role="region" tabindex="0" aria-label="Versions of ${n} by Kubernetes version"><table class="grid"><thead><tr><th scope="col">Version</th>${s.map(i=>l`<th scope="col">${i}</th>`)}</tr></thead>
<tbody>${t.slice(0,sn).map(({version:i})=>l`<tr><th scope="row">${i}</th>${s.map(a=>{let c=o.get(`${i} ${a}`);return c===void 0?l`<td class="none"><span class="unseen">no run</span></td>`:l`<td><a class="v ${c.result==="passed"?"pass":"fail"}" href="${r(u.run(c.path))}">${c.result}</a> <small>${c.must.passed}/${c.must.applicable}</small></td>`})}</tr>
`)}</tbody></table></div></section>`}var an=50,nt=250;function*cn({title:e,meshes:t}){let n=t.flatMap(s=>s.runs).toSorted(ye),r=Wr(n);yield zr(e,n,r);for(let s of r)yield Kr(e,s)}function zr(e,t,n){let r=u.runs,s=i=>l`<h1>Runs</h1>
<p class="lead">${q(t.length,"run")}. Each is shown whole, with what was expected and what was seen.</p>
<section aria-labelledby="newest"><h2 id="newest">Newest</h2>${we(t.slice(0,an),i)}</section>
<section aria-labelledby="months"><h2 id="months">By month</h2><ul class="columns">${n.map(a=>l`
<li><a href="${i(u.month(a.name))}">${a.title}</a> <span class="quiet">${a.runs.length}</span></li>`)}</ul></section>`,o={runs:t.length,newest:t.slice(0,an).map(K),months:n.map(i=>({name:i.name,runs:i.runs.length}))};return{path:r,html:O({path:r,title:"Runs",description:`All ${t.length} runs.`,part:"runs",main:s},e),data:o}}function Kr(e,{name:t,title:n,runs:r}){let s=u.month(t),o=i=>l`<h1>Runs of ${n}</h1><p class="lead">${q(r.length,"run")}.</p>${we(r,i)}`;return{path:s,html:O({path:s,title:`Runs of ${n}`,description:`${r.length} runs of ${n}.`,part:"runs",trail:[{title:"Runs",target:u.runs}],main:o},e),data:{runs:r.map(K)}}}function Wr(e){let t=new Map;for(let n of e){let r=n.startedAt.slice(0,7),s=t.get(r);s===void 0?t.set(r,[n]):s.push(n)}return[...t].flatMap(([n,r])=>{let s=Math.ceil(r.length/nt),o=r.toReversed();return Array.from({length:s},(i,a)=>({name:s===1||a===0?n:`${n}-${a+1}`,title:s===1?Ye(n):`${Ye(n)}, part ${a+1}`,runs:o.slice(a*nt,(a+1)*nt).toReversed()})).toReversed()})}var Dr=2e3;function je(e,t=[]){let n=new Map(t.filter(({at:s})=>s!==void 0).map(s=>[s.id,s]));for(let{id:s,title:o,kind:i,requirement:a,ignoring:c,gates:d}of e){let{specification:p,level:m,source:f,text:h,versions:y}=a;n.set(s,{id:s,title:o,specification:p,kind:i,level:m,source:f,text:h,versions:y,ignoring:c,gates:d})}function r(s,o){let i=n.get(s);return i===void 0?n.size<Dr:i.at!==void 0&&i.at<=o}return{take({run:s,assertions:o}){for(let{id:i,title:a,specification:c,kind:d,level:p,requirement:m}of o)r(i,s.startedAt)&&n.set(i,{id:i,title:a,specification:c,kind:d,level:p,...m,at:s.startedAt})},merge(s){for(let o of s)o.at!==void 0&&r(o.id,o.at)&&n.set(o.id,o)},all:()=>new Map([...n.values()].toSorted(Ur).map(s=>[s.id,s]))}}function Ur(e,t){return B.indexOf(e.specification)-B.indexOf(t.specification)||(V(e.id)<V(t.id)?-1:1)}import{createHash as Yr}from"node:crypto";import{createHash as Jr,X509Certificate as _r}from"node:crypto";async function dn(e,t,n){if(t===void 0)return{state:"unsigned"};try{let r=JSON.parse(Buffer.from(t).toString("utf8"));if(n===void 0)return ln(e.bytes,r);let s=await n(e,t);return"unchecked"in s?{...ln(e.bytes,r),...s}:{state:"verified",with:r.verificationMaterial?.publicKey===void 0?"certificate":"key",...s}}catch(r){return{state:"broken",reason:r instanceof Error?r.message:String(r)}}}function ln(e,{verificationMaterial:t,dsseEnvelope:n}){let r=JSON.parse(Buffer.from(n?.payload??"","base64").toString("utf8")),s=Jr("sha256").update(e).digest("hex");if(!(r.subject??[]).some(a=>a.digest?.sha256===s))return{state:"broken",reason:"its bundle was made for another file"};let o=t?.certificate?.rawBytes??t?.x509CertificateChain?.certificates?.[0]?.rawBytes;if(o===void 0)return{state:"signed",signer:t?.publicKey?.hint??"a key without a name",with:"key"};let{subjectAltName:i=""}=new _r(Buffer.from(o,"base64"));return{state:"signed",signer:i.replaceAll(/(?:^|, )(?:URI|email):/g,""),with:"certificate"}}async function Ne(e,{stamp:t,known:n,sharing:r,verify:s}){let o=Yr("sha256").update(e.report).digest("hex"),i=e.bundle===void 0?o:`${o} ${Y(e.bundle)}`;if(n?.digest===i)return{file:{...n,stamp:t}};let a=Re(e.report);if("refused"in a)return{file:{stamp:t,digest:i,outcome:a}};let{report:c}=a,d=await dn({bytes:e.report,report:c},e.bundle,s);return{report:c,file:{stamp:t,digest:i,outcome:{facts:Mt(c,o,d,r)}}}}var Gr=4;function Ee(e,t){let n=new Map,r=0;return async s=>{for(;r<Math.min(e.length,s+Gr);r++){let i=e[r];i!==void 0&&t(i)&&n.set(r,rt(i).catch(a=>({failed:_(a)})))}let o=await n.get(s);return n.delete(s),o}}async function rt(e){for(let{size:r,path:s}of[e,...e.bundle?[e.bundle]:[]])if(r>ue)throw new I("BAD_INPUT",`${s} has ${r} bytes, and at most ${ue} are read. Leave it out.`);let[t,n]=await Promise.all([e.read(),e.bundle?.read()]);return{report:t,bundle:n}}import{on as as}from"node:events";import{Worker as cs}from"node:worker_threads";import{isMainThread as is,parentPort as gn,workerData as yn}from"node:worker_threads";function pn(e,t,n,{title:r,known:s,sourceUrl:o}){let i=u.run(t.path),a=`${e.mesh.name} ${e.mesh.version}`,c=Object.fromEntries(e.specifications.map(({specification:h,capabilityReason:y})=>[h,y])),d=Xr(t,o),p=e.assertions.filter(mn).toSorted((h,y)=>X[h.verdict]-X[y.verdict]),m=h=>l`<h1>${a} <small>on Kubernetes ${e.kubernetes.version}</small></h1>
<p class="lead">${J(t.result)} ${A(t.must)} must requirements hold. ${Se(e.run.startedAt)}.</p>
${Le(t,c)}
${e.warnings.length>0&&l`<section aria-labelledby="warnings"><h2 id="warnings">Warnings</h2><ul>${e.warnings.map(y=>l`<li>${y}</li>`)}</ul></section>`}
${p.length>0&&l`<section aria-labelledby="attention"><h2 id="attention">What did not pass</h2>${p.map(y=>un(y,t,s,h))}</section>`}
<section aria-labelledby="results"><h2 id="results">${p.length>0?"All else":"Results"}</h2><p class="quiet">Open one to see what was expected, what was seen, and the numbers behind it.</p>
<div data-filter="results" data-hint="such as weight">${B.map(y=>Qr(y,e,t,s,h))}</div></section>
${n!==void 0&&Zr(t,n,h)}
<section aria-labelledby="provenance"><h2 id="provenance">Who says so</h2>${Zt(t.provenance)}
<p>Report: ${d.report(h)}${t.provenance.state!=="unsigned"&&l` · bundle: ${d.bundle(h)}`} · SHA-256 of the report: <code class="break">${t.digest}</code></p>
<p>Check it yourself, with both files in a folder: <code>smi-conformance verify ${st(t.path)}${t.provenance.state!=="unsigned"&&` --bundle ${st(le(t.path))}`}</code></p></section>
${es(e)}
<p><a href="${h(u.compare)}?b=${encodeURIComponent(i)}">Compare this run with another</a></p>`,f=`${a} on Kubernetes ${e.kubernetes.version}: ${t.result}, ${A(t.must)} must requirements of SMI hold.`;return O({path:i,title:`${a}, ${e.run.startedAt.slice(0,10)}`,description:f,part:"runs",data:o===void 0,trail:[{title:"Runs",target:u.runs},{title:e.mesh.name,target:u.mesh(e.mesh.id)}],main:m},r)}function Xr({path:e},t){let n=r=>s=>l`<a href="${t===void 0?s(r):t+r.split("/").map(encodeURIComponent).join("/")}">${st(r)}</a>`;return{report:n(t===void 0?j(u.run(e),"json"):e),bundle:n(le(e))}}function st(e){return e.slice(e.lastIndexOf("/")+1)}var X={fail:0,error:1,partial:2,inconclusive:3,pass:4,info:5,skip:6};function mn({verdict:e}){return X[e]<X.pass}function Qr(e,{assertions:t},n,r,s){let o=t.filter(i=>i.specification===e&&!mn(i)).toSorted((i,a)=>X[i.verdict]-X[a.verdict]);return o.length===0?void 0:l`<h3 class="group">${E(e)}</h3>${o.map(i=>un(i,n,r,s))}`}function un(e,t,n,r){let{id:s,version:o,title:i,verdict:a,level:c,requirement:d,durationMs:p}=e,m=a==="pass"?void 0:n(e,t.mesh),f=[o,...c==="must"?[]:[c],...p===0?[]:[T(p)]];return l`<details class="result" data-id="${ce(e)}" data-verdict="${a}" data-text="${s} ${i} ${a}"${X[a]<X.partial&&l` open`}><summary>${Q(a)} <span class="name">${V(s)}</span> <span class="title">${i}</span>${m!==void 0&&l` <span class="tag">known</span>`} <span class="times">${f.join(" · ")}</span></summary>
<div id="${z(e)}" class="body"><p>${d.text} <span class="quiet">${d.source}${e.gate&&" · other requirements rest on it"}</span></p>${Oe(e,m)}<p class="small"><a href="${r(u.assertion(s))}">The same of all meshes</a></p></div></details>
`}function Zr(e,t,n){let r=We(t,e);return l`<section aria-labelledby="since"><h2 id="since">Since the run before</h2><p><a href="${n(u.run(t.path))}">${t.mesh.version}, ${N(t.startedAt)}</a>, on Kubernetes ${t.kubernetes}: ${U(r)}.${t.suite.digest!==e.suite.digest&&" The suite was another one."}</p>${Ce(r,t,e,n)}</section>`}function es({run:e,suite:t,mesh:n,kubernetes:r,timing:s,statistics:o,served:i,phases:a}){let c=[["Run",l`<code>${e.id}</code>, ${T(e.durationMs)} (${a.map(({name:d,durationMs:p})=>`${d} ${T(p)}`).join(", ")})`],["Suite",l`${t.version}${t.smiRelease!==void 0&&`, SMI ${t.smiRelease}`}, <code class="break">${t.digest}</code>`],["Program",e.tool],["Kubernetes",r.version],["Served",i.map(({group:d,version:p,kinds:m})=>`${d}/${p}: ${m.join(", ")}`).join("; ")||"nothing of SMI"],["Images of the mesh",n.images.length===0?"none found":l`<ul class="plain">${n.images.map(({image:d,digest:p,kind:m})=>l`<li><code class="break">${d}</code><br><code class="break quiet">${p}</code>${m==="image-id"&&" (image id)"}</li>`)}</ul>`],["Patience",`${s.name}: a change may take ${T(s.applyMs)}, and later ${s.applyFactor} times the slowest one seen, at least ${T(s.applyFloorMs)}`],["Chance of a false failure",`${o.falseFailure.toExponential(1)} over ${o.checks} statistical checks`]];return l`<section aria-labelledby="facts"><h2 id="facts">Under which conditions</h2><dl class="facts">${c.map(([d,p])=>l`<div><dt>${d}</dt><dd>${p}</dd></div>`)}</dl></section>`}function Ie(e){return`${hn(e)?ot(e,"",""):at(e)}
`}function ot(e,t,n){let r="",s=t,o=(i,a,c)=>{r!==""&&(r+=`
`),r+=s+i,s=n,hn(a)?i==="-"?r+=ot(a," ",c):r+=`
${ot(a,c,c)}`:r+=` ${at(a)}`};if(fn(e))for(let i of e)o("-",i,`${n}  `);else for(let i in e)e[i]!==void 0&&o(`${at(i)}:`,e[i],`${n}  `);return r}function fn(e){return Array.isArray(e)}function hn(e){if(typeof e!="object"||e===null)return!1;if(fn(e))return e.length>0;for(let t in e)if(e[t]!==void 0)return!0;return!1}var ts=/^(?!(?:true|false|null|yes|no|on|off|y|n)$)[a-z][\w./-]*$/i,[ns,rs]=[40,2e4],it=new Map;function at(e){if(typeof e=="number")return Number.isFinite(e)?String(e):"null";if(typeof e!="string")return JSON.stringify(e)??"null";let t=it.get(e);if(t!==void 0)return t;let n=ts.test(e)?e:ss(e);return e.length<=ns&&it.size<rs&&it.set(e,n),n}function ss(e){return JSON.stringify(e).replaceAll(/[\u007F-\u009F\u2028\u2029\uFEFF]/g,t=>`\\u${t.charCodeAt(0).toString(16).padStart(4,"0")}`)}function He({facts:e,bundled:t,digest:n,before:r,context:s,look:o}){let i=u.run(e.path),a={path:i,key:Y([o,e.digest,JSON.stringify(e.provenance),r?.digest,r?.path].join()),make:(c,d)=>pn(d,e,r,s)};return s.sourceUrl!==void 0?[a]:[a,{path:j(i,"json"),key:e.digest,make:({report:c})=>c},{path:j(i,"yaml"),key:e.digest,make:(c,d)=>Ie(d)},...t?[{path:le(e.path),key:n,make:({bundle:c})=>c}]:[]]}async function ct({accounts:e,roots:t}){let{checkProvenance:n,readTrustedRoots:r}=await import("./attest-OOZ4WPMJ.js"),s={accounts:e,roots:typeof t=="string"?await r(Buffer.from(t)):t};return async({bytes:o,report:i},a)=>{let c=await n(o,a,s,i);if(c.state==="broken")throw new Error(c.reason);if(c.state==="unchecked")return{unchecked:c.why};let{signer:d,issuer:p,account:m}=c;return{signer:d,account:m,...p!==void 0&&{issuer:p}}}}var wn=import.meta.url;!is&&gn!==null&&yn?.of==="site"&&os(yn,gn);async function os({title:e,sourceUrl:t,failures:n,look:r,trust:s},o){let i={title:e,known:me(n),...t!==void 0&&{sourceUrl:t}},a=s===void 0?void 0:await ct(s),c=je([]),d=ke(),p=new Map,m=new Map,f=new Map,h=Promise.resolve();o.on("message",b=>{h=h.then(async()=>{if(b!=="end")return y(b);o.postMessage({requirements:[...c.all().values()]}),o.close()})});async function y({path:b,stamp:R,contents:M}){let{file:{digest:x,outcome:$},report:v}=await Ne(M,{stamp:R,sharing:d,verify:a});if("refused"in $||v===void 0)return w({path:b,stamp:R,digest:x,refused:"refused"in $?$.refused:""});c.take(v);let{facts:k}=$,F=f.get(ie(k));f.set(ie(k),{facts:k,path:b});let S=k.path===b?He({facts:k,bundled:M.bundle!==void 0,digest:x,before:F?.facts,context:i,look:r}).flatMap(({path:ae,key:be,make:W})=>{let H=W(M,v);return H===void 0?[]:[{path:ae,key:be,contents:typeof H=="string"?new TextEncoder().encode(H):H}]}):[],{startedAt:L,id:oe,durationMs:Be}=k;w({path:b,stamp:R,digest:x,own:{path:k.path,digest:k.digest,id:oe,startedAt:L,durationMs:Be},...g(d.sharedOf(k)),before:F?.path,files:S},[...new Set(S.map(({contents:{buffer:ae}})=>ae))])}function g(b){let R=p.get(b);if(R!==void 0)return{place:R};let{plan:M,...x}=b,$=p.size;p.set(b,$);let v=m.get(M);return v!==void 0?{place:$,shared:{...x,planPlace:v}}:(m.set(M,m.size),{place:$,shared:{...x,planPlace:m.size-1,plan:M}})}function w(b,R=[]){o.postMessage(b,R)}}var ls=2,ds=1e3,ps={maxYoungGenerationSizeMb:12,maxOldGenerationSizeMb:96};async function bn(e,t){let n=new Map,r=Math.ceil(e.length/t.threads),s=Array.from({length:t.threads},(o,i)=>e.slice(i*r,(i+1)*r));return await Promise.all(s.map(o=>us(o,t,n))),n}function ms({report:e,bundle:t}){return[e,t].flatMap(n=>n!==void 0&&n.buffer instanceof ArrayBuffer&&n.byteLength===n.buffer.byteLength?[n.buffer]:[])}async function us(e,{task:t,stampOf:n,output:r,sharing:s,requirements:o,signal:i,log:a},c){let d=new cs(new URL(wn),{workerData:t,resourceLimits:ps,execArgv:[]}),p=Ee(e,()=>!0),m=[],f=[],h=0;async function y(){for(;;){let w=h++,b=e[w];if(b===void 0)return w===e.length?d.postMessage("end"):void 0;let R=await p(w);if(R!==void 0&&"report"in R)return d.postMessage({path:b.path,stamp:n(b),contents:R},ms(R))}}async function g(w){let{path:b,stamp:R,digest:M}=w;if("refused"in w)return void c.set(b,{file:{stamp:R,digest:M,outcome:w},before:void 0,files:[]});let{own:x,place:$,shared:v,before:k,files:F}=w;if(v!==void 0){let{planPlace:S,plan:L,...oe}=v;L!==void 0&&(f[S]=L),m[$]={...oe,plan:f[S]??[]}}let C=m[$];if(C===void 0)throw new Error(`the facts of ${b} were never sent`);for(let S of F)await r.write(S.path,S.contents,S.key);c.set(b,{file:{stamp:R,digest:M,outcome:{facts:s.join(x,C)}},before:k,files:F.map(S=>S.path)}),c.size%ds===0&&a(`${c.size} runs were read`)}try{let w=as(d,"message",{signal:i,close:["exit"]});for(let b=0;b<ls;b++)await y();for await(let[b]of w){if("requirements"in b)return o.merge(b.requirements);await y(),await g(b)}throw new Error("it ended early")}catch(w){if(i.aborted)throw ne(i);if(w instanceof I)throw w;a(`a thread that reads runs ended (${_(w)}): what it did not do is done without it`)}finally{await d.terminate()}}async function lt({entry:e,contents:t,report:n,...r},s){let o=He(r).filter(({path:c,key:d})=>!s.keeps(c,d));if(o.length===0)return;let i=t!==void 0&&"report"in t?t:await rt(e),a=n??JSON.parse(Buffer.from(i.report).toString("utf8"));for(let{path:c,key:d,make:p}of o){let m=p(i,a);m!==void 0&&await s.write(c,m,d)}}async function xn(e){let{entries:t,before:n,output:r,context:s,look:o,signal:i,log:a}=e,c={files:new Map,shown:new Map,refused:[]},d=new Set,p=new Map,m=new Map,f=t.toSorted((g,w)=>ws(vn(g),vn(w))),h=await gs(f,e),y=Ee(f,g=>!h.has(g.path)&&n.get(g.path)?.stamp!==dt(g));for(let[g,w]of f.entries()){if(i.aborted)throw ne(i);let b=await y(g),R=h.get(w.path),{file:M,report:x}=R??await hs(w,b,e),$="facts"in M.outcome&&d.has(M.outcome.facts.path)?{refused:"another file holds the same run"}:M.outcome;if(c.files.set(w.path,M),"refused"in $){c.refused.push({path:w.path,why:$.refused}),a(`${w.path} is not shown: ${$.refused}`);continue}let{facts:v}=$,k=ie(v);d.add(v.path),c.shown.set(v,w);let F=p.get(k);m.set(v,F);let C=R!==void 0&&R.files.length>0&&R.before===(F&&c.shown.get(F)?.path);v.path!==w.path&&h.get(v.path)?.files.forEach(r.drop),C||await lt({facts:v,entry:w,bundled:w.bundle!==void 0,digest:M.digest,contents:b,report:x,before:F,context:s,look:o},r),p.set(k,v),R===void 0&&g%$n===$n-1&&a(`${g+1} of ${f.length} runs`)}return await fs(c,m,e),c}var $n=1e3;async function fs({shown:e,files:t},n,{output:r,context:s,look:o}){let i=Map.groupBy(e.keys(),ie);for(let a of i.values()){let c=a.toSorted((d,p)=>Te(d,p)?1:-1);for(let[d,p]of c.entries()){let m=e.get(p);m!==void 0&&n.get(p)!==c[d-1]&&await lt({facts:p,entry:m,bundled:m.bundle!==void 0,digest:t.get(m.path)?.digest??"",before:c[d-1],context:s,look:o},r)}}}async function hs(e,t,{before:n,requirements:r,sharing:s,verify:o}){let i=n.get(e.path),a=dt(e);if(t===void 0&&i!==void 0)return{file:i};if(t===void 0||"failed"in t)return{file:{stamp:a,digest:"",outcome:{refused:t?.failed??"it was not read"}}};let c=await Ne(t,{stamp:a,known:i,sharing:s,verify:o});return c.report!==void 0&&r.take(c.report),c}async function gs(e,t){let{before:n,threads:r,task:s}=t,o=e.filter(({path:i})=>!n.has(i));return s===void 0||r<2||o.length<r*ys?new Map:bn(o,{...t,task:s,stampOf:dt})}var ys=20;function dt({stamp:e,bundle:t}){return t===void 0?e:`${e} ${t.stamp}`}function vn({path:e}){let t=e.split("/");return`${t.at(-4)??""} ${t.at(-1)??""} ${e}`}function ws(e,t){return e<t?-1:e>t?1:0}var kn=`'use strict';
const worth = ${JSON.stringify(xt)};

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
`;var Rn=`
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
`;var On=2,$s=2,vs=1024**3;async function xs(e,t,n){var L=[];try{Rs(e,t);let{title:r="SMI conformance",sourceUrl:s,verifier:o,environment:i,signal:a,log:c}=n;let d=n.knownFailures===void 0?[]:await De(n.knownFailures);let p=me(d);let m=Y(JSON.stringify([On,o?.policy]));let f=ke();let h=await qt(t,m,f);let y=pt(L,await $t(e,{environment:i,signal:a,...n.branch!==void 0&&{branch:n.branch}}),!0);let g=await Lt(t,h);let w=je(n.catalogue??[],h?.requirements);let b={entries:y.entries,before:h?.files??new Map,output:g,requirements:w,sharing:f,signal:a,log:c,look:Y(JSON.stringify([On,r,d,s])),context:{title:r,known:p,...s!==void 0&&{sourceUrl:s}},...o!==void 0&&{verify:o.verify},threads:n.threads??Math.min($s,bs())};(o===void 0||o.trust!==void 0)&&(b.task={of:"site",title:r,failures:d,look:b.look,...s!==void 0&&{sourceUrl:s},...o?.trust&&{trust:o.trust}});let{files:R,shown:M,refused:x}=await xn(b);let $={...b.context,meshes:nn([...M.keys()]),requirements:w.all(),refused:x};for await(let{path:W,html:H,data:Ve}of ks($,M)){if(a.aborted)throw ne(a);await g.write(W,H),Ve!==void 0&&(await g.write(j(W,"json"),`${JSON.stringify(Ve)}
`),await g.write(j(W,"yaml"),Ie(Ve)))}await g.write(u.style,Rn);await g.write(u.script,kn);let{written:v,removed:k}=await g.finish();let F=new Map(g.pages);await g.write(fe,Tt({files:R,requirements:[...$.requirements.values()],pages:F},m,f));await g.finish();let C=[...g.pages.values()].reduce((W,[,H])=>W+H,0);C>vs&&c(`the pages have ${Math.round(C/1024**2)} MiB, and GitHub Pages takes 1024: link the reports instead of copying them (sourceUrl)`);let S=[u.home,u.style,u.script].reduce((W,H)=>W+(g.pages.get(H)?.[1]??0),0);return{runs:M.size,refused:x,files:g.pages.size,written:v,removed:k,bytes:C,firstViewBytes:S}}catch(oe){var Be=oe,ae=!0}finally{var be=mt(L,Be,ae);be&&await be}}async function*ks(e,t){let n=e.meshes.map(o=>({mesh:o,list:St(o)})),r=n.flatMap(({list:o})=>o.slice(0,1)).toSorted((o,i)=>o.after.startedAt<i.after.startedAt?1:-1);yield rn(e,r),yield Xt(e);for(let{mesh:o,list:i}of n){yield on(o,i,e);for(let a of i)yield Kt(a,e)}let s=await At(e.meshes,t);for(let o of e.requirements.values())yield Bt(o,s(o.id),e);yield*cn(e),yield Wt(e),yield Et(e)}function Rs(e,t){let[n,r]=[Mn(e),Mn(t)],s=(o,i)=>!Fn(i,o).split(Sn).includes("..")&&!Fn(i,o).startsWith(Sn);if(s(r,n)||s(n,r))throw new I("BAD_INPUT",`The runs (${n}) and the pages (${r}) must not lie within each other. Name another folder for the pages.`)}export{xs as buildSite,me as knownFailures,De as readKnownFailures,ct as verifierOf};
