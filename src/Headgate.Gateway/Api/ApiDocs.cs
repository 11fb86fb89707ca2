using System.Text;
using Microsoft.AspNetCore.Http;

namespace Headgate.Gateway.Api;

/// <summary><c>/docs</c>: the API to browse and to try, in one page that loads nothing from anywhere but the gate.</summary>
internal static class ApiDocs
{
    private static readonly byte[] Page = Encoding.UTF8.GetBytes(
        """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Headgate API</title>
        <style>
        :root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1b1f24;background:#fff}
        h2{margin-top:2rem;border-bottom:1px solid #d0d7de}details{border:1px solid #d0d7de;border-radius:6px;margin:.5rem 0;padding:.4rem .8rem}
        summary{cursor:pointer}code,pre,input,textarea{font:14px/1.4 ui-monospace,monospace}pre{background:#f6f8fa;padding:.7rem;overflow:auto;max-height:30rem}
        .m{display:inline-block;min-width:4.5rem;font-weight:600}input,textarea{width:100%;box-sizing:border-box;margin:.2rem 0 .5rem}
        @media(prefers-color-scheme:dark){body{color:#e6edf3;background:#0d1117}pre{background:#161b22}details,h2{border-color:#30363d}}
        </style></head><body><h1>Headgate API</h1><p id="about">Loading <a href="/openapi/v1.json">/openapi/v1.json</a> …</p><div id="api"></div>
        <script>
        "use strict";
        const make=(tag,text,...children)=>{const e=document.createElement(tag);if(text)e.textContent=text;e.append(...children);return e};
        const resolve=(d,s)=>s&&s.$ref?s.$ref.slice(2).split("/").reduce((o,k)=>o[k],d):s;
        const sketch=(d,s,n=0)=>{s=resolve(d,s);if(!s||n>4)return null;const t=[].concat(s.type||[]).find(x=>x!=="null");
          if(s.properties)return Object.fromEntries(Object.entries(s.properties).map(([k,v])=>[k,sketch(d,v,n+1)]));
          if(t==="array")return[sketch(d,s.items,n+1)];if(s.enum)return s.enum.join(" | ");return s.format?`${t} (${s.format})`:t||"any"};
        const operation=(d,path,method,op)=>{
          const box=make("details"),form=make("form"),out=make("pre");out.hidden=true;
          box.append(make("summary","",Object.assign(make("span",method.toUpperCase()),{className:"m"}),make("code",path),make("span"," "+(op.summary||""))));
          const fields=(op.parameters||[]).map(p=>{const i=make("input");i.placeholder=p.name+(p.required?" (required)":"")+(p.in==="query"?" in the query":"");form.append(i);return{p,i}});
          let body=null;const schema=op.requestBody&&Object.values(op.requestBody.content||{})[0]?.schema;
          if(schema){body=make("textarea");body.rows=6;body.value=JSON.stringify(sketch(d,schema),null,2);form.append(body)}
          form.append(make("button","Try it"));
          form.onsubmit=async e=>{e.preventDefault();let url=path;const query=new URLSearchParams();
            for(const{p,i}of fields)if(i.value)p.in==="path"?url=url.replace(`{${p.name}}`,encodeURIComponent(i.value)):query.set(p.name,i.value);
            if([...query].length)url+="?"+query;out.hidden=false;out.textContent="…";
            try{const r=await fetch(url,{method:method.toUpperCase(),headers:body?{"Content-Type":"application/json"}:{},body:body?body.value:undefined});
              const text=await r.text();let shown=text;try{shown=JSON.stringify(JSON.parse(text),null,2)}catch{}
              out.textContent=`${r.status} ${r.headers.get("content-type")||""}\n\n${shown}`}catch(x){out.textContent=String(x)}};
          const ok=op.responses&&(op.responses[200]||op.responses["200"]);const answer=ok&&Object.values(ok.content||{})[0]?.schema;
          if(answer)box.append(make("p","Answers:"),make("pre",JSON.stringify(sketch(d,answer),null,2)));
          if(path.endsWith("/events"))box.append(make("p","A stream that does not end: watch it with curl -N."));else box.append(form,out);
          return box};
        fetch("/openapi/v1.json").then(r=>r.json()).then(d=>{
          document.getElementById("about").replaceChildren(make("span",d.info.description+" "),Object.assign(make("a","OpenAPI description"),{href:"/openapi/v1.json"}));
          const groups=new Map();
          for(const[path,item]of Object.entries(d.paths))for(const[method,op]of Object.entries(item)){
            if(!["get","put","post","delete","patch"].includes(method))continue;
            const tag=(op.tags||["other"])[0];if(!groups.has(tag))groups.set(tag,[]);groups.get(tag).push(operation(d,path,method,op))}
          // What the gate itself is asked comes first.
          const first=["gate","health","metrics"],place=t=>first.includes(t)?first.indexOf(t):first.length;
          for(const[tag,boxes]of[...groups].sort((a,b)=>place(a[0])-place(b[0])))document.getElementById("api").append(make("h2",tag),...boxes)
        }).catch(x=>document.getElementById("about").textContent="The description cannot be loaded: "+x);
        </script></body></html>
        """);

    public static Task WriteAsync(HttpContext context)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.ContentLength = Page.Length;
        // Nothing but this page's own script runs, and it talks to the gate alone.
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; form-action 'none'; frame-ancestors 'none'";
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.Body.WriteAsync(Page, context.RequestAborted).AsTask();
    }
}
